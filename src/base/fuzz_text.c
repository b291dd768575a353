/*
 * Any bytes are survived; of text comes text, and twice changes nothing more.
 */
#include <string.h>

#include "base/fuzz.h"

static void
expect_settled(const char *(*change)(struct arena *, const char *),
    const char *s)
{
	FUZZ_ARENA(a);
	const char *once = change(a, s);
	const char *twice = change(a, once);

	if (text_is_utf8(s, strlen(s))) {
		ASSERT(text_is_utf8(once, strlen(once)));
		ASSERT(text_same(once, twice));
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	const char *s = fuzz_text(a, data, n);
	struct buf json = buf_make(a);

	expect_settled(text_fold, s);
	expect_settled(text_trim, s);
	expect_settled(text_line, s);
	ASSERT(text_length(text_initials(a, s)) <= 2);
	ASSERT(strpbrk(text_line(a, s), "\r\n\t") == NULL);
	buf_json(&json, s);
	ASSERT(json.len >= strlen(s) + 2);
	return 0;
}
