/* A catalogue that is called sound can be searched for anything. */
#include <string.h>

#include "base/fuzz.h"
#include "base/words.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	static const char *const ids[] = { "today", "one apple", "", "x" };
	struct mo mo = { data, n };

#ifndef FUZZ_CONTROL
	if (!mo_is_sound(mo))
		return 0;
#endif
	for (size_t i = 0; i < LEN(ids); i++) {
		size_t len;
		const char *found = mo_find(mo, ids[i], &len);

		if (found != NULL)
			ASSERT(strlen(found) <= len);
	}
	return 0;
}
