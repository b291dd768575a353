/* No file makes mime_read stumble, and what is composed is read as it was. */
#include <string.h>

#include "base/fuzz.h"
#include "post/mime.h"

static void
write_and_read(struct arena *arena, const char *s)
{
	const struct mail m = {
		.from_name = s, .from = "a@b", .reply_to = "", .to = "c@d",
		.message_id = "1@b", .subject = text_line(arena, s),
		.text = s, .html = s,
	};
	const char *subject, *text;

	ASSERT(mime_read(arena, mime_compose(arena, &m), &subject, &text));
	ASSERT(text_same(subject, m.subject));
	ASSERT(text_same(text, m.text));
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	const char *s = fuzz_text(a, data, n), *subject, *text;

	if (mime_read(a, s, &subject, &text))
		ASSERT(text_is_utf8(text, strlen(text)));
	if (text_is_utf8(s, strlen(s)) && strstr(s, "\r\n") == NULL)
		write_and_read(a, s);
	return 0;
}
