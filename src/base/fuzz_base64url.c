/* What is read as base64url is written again as it was. */
#include "base/crypt.h"
#include "base/fuzz.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	const char *s = fuzz_text(a, data, n);
	unsigned char *bytes;
	size_t len;

	if (base64url_parse(a, s, &bytes, &len))
		ASSERT(text_same(base64url(a, bytes, len), s));
	return 0;
}
