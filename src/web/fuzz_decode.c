/*
 * What a browser sends is taken apart without reading past its end, and what
 * comes out is sound text.
 */
#include <string.h>

#include "base/fuzz.h"
#include "web/decode.h"

static void
try_fields(struct arena *arena, const char *s, size_t n)
{
	struct fields f;

	if (!fields_parse(arena, s, n, &f))
		return;
	ASSERT(f.n <= FIELDS_MAX);
	for (size_t i = 0; i < f.n; i++) {
		ASSERT(text_is_utf8(f.at[i].name, strlen(f.at[i].name)));
		ASSERT(text_is_utf8(f.at[i].value, strlen(f.at[i].value)));
		ASSERT(fields_count(&f, f.at[i].name) > 0);
	}
}

static void
try_path(struct arena *arena, const char *s)
{
	struct segments path;

	if (!path_split(arena, s, &path))
		return;
	for (size_t i = 0; i < path.n; i++) {
		ASSERT(path.at[i].len == strlen(path.at[i].text));
		ASSERT(path.at[i].len > 0);
		ASSERT(strpbrk(path.at[i].text, "\r\n\\") == NULL);
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(arena);
	const char *s = fuzz_text(arena, data, n);
	const char *value;

	try_fields(arena, (const char *)data, n);
	try_path(arena, s);
	value = cookie_find(arena, s, "a");
	ASSERT(text_is_utf8(value, strlen(value)));
	(void)network_of(arena, s);
	return 0;
}
