/* Any Accept-Language header gives one of the languages. */
#include "base/fuzz.h"
#include "base/words.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	enum language lang = language_accept(fuzz_text(a, data, n));

	ASSERT(language_code(lang)[0] != '\0');
	return 0;
}
