/*
 * A header is judged without reading past its end, and one with a NUL or a
 * line's end never passes.  The control believes in a byte that is not there.
 */
#include <string.h>

#include "base/fuzz.h"
#include "web/guard.h"

#ifdef FUZZ_CONTROL
enum { BELIEVED = 1 };
#else
enum { BELIEVED = 0 };
#endif

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct guard_seen seen = { 0 };
	const char *p = (const char *)data;
	const char *colon = n == 0 ? NULL : memchr(p, ':', n);
	size_t name = colon == NULL ? n : (size_t)(colon - p);
	size_t value = colon == NULL ? n : name + 1;

	guard_see(&seen, p, name, p + value, n - value + BELIEVED);
	if (n > 0 && (memchr(p, '\0', n) || memchr(p, '\n', n)))
		ASSERT(guard_sum(&seen, "HTTP/1.1") != 0);
	return 0;
}
