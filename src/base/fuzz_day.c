/* What is read as a day is written again as it was. */
#include "base/date.h"
#include "base/fuzz.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	FUZZ_ARENA(a);
	const char *s = fuzz_text(a, data, n);
	char iso[11];
	struct day day;

	if (day_parse(s, &day)) {
		day_format(day, iso);
		ASSERT(text_same(iso, s));
	}
	return 0;
}
