/* Ids: see id.h. */
#include "base/id.h"

#include "base/crypt.h"

static const int64_t MILLISECONDS_TO_2025 = INT64_C(1735689600000);

int64_t
id_draw(struct id_source *source, struct instant now)
{
	int64_t ms = now.us / 1000 - MILLISECONDS_TO_2025;
	int64_t last = atomic_load(&source->last);
	uint16_t random;
	int64_t id;

	crypt_random(&random, sizeof random);
	id = (ms < 0 ? 0 : ms) << 13 | (random & 0x1fff);
	do {
		if (id <= last)
			id = last + 1;
	} while (!atomic_compare_exchange_weak(&source->last, &last, id));
	ASSERT(id <= ID_MOST);
	return id;
}
