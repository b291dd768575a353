/* An address that may be mailed cannot end a line or a command. */
#include <string.h>

#include "base/fuzz.h"
#include "post/post_rules.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	const char *s = fuzz_text(a, data, n);

	if (!address_is_sendable(s))
		return 0;
	ASSERT(strpbrk(s, " \t\r\n<>,;:()[]\"\\") == NULL);
	ASSERT(strchr(s, '@') == strrchr(s, '@'));
	for (const char *p = s; *p != '\0'; p++)
		ASSERT(*p > ' ' && *p < 127);
	return 0;
}
