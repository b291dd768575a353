/*
 * A form with a file is taken apart without reading past its end, and what
 * comes out is sound text, but for the bytes of the file.
 */
#include <string.h>

#include "base/fuzz.h"
#include "web/decode.h"

#ifdef FUZZ_CONTROL
enum { BELIEVED = 1 };          /* a byte more than there is */
#else
enum { BELIEVED = 0 };
#endif

static void
try_form(const struct multipart *m, const char *p, size_t n)
{
	const struct upload *file = &m->file;

	ASSERT(m->fields.n <= FIELDS_MAX);
	for (size_t i = 0; i < m->fields.n; i++) {
		const struct field *f = &m->fields.at[i];

		ASSERT(text_is_utf8(f->name, strlen(f->name)));
		ASSERT(text_is_utf8(f->value, strlen(f->value)));
	}
	if (file->field == NULL)
		return;
	ASSERT(text_is_utf8(file->name, strlen(file->name)));
	ASSERT(file->bytes >= p && file->bytes + file->len <= p + n);
	ASSERT(strpbrk(file->name, "/\\\r\n") == NULL);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(arena);
	const char *p = (const char *)data;
	struct multipart m;

	if (multipart_parse(arena, p, n + BELIEVED, "x", &m))
		try_form(&m, p, n);
	(void)multipart_boundary(arena, text_copy_n(arena, p, n));
	return 0;
}
