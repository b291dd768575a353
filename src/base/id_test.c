#include "base/id.h"
#include "base/test.h"

#include <pthread.h>

static const struct instant now = { INT64_C(1795388400000000) };

TEST(ids_of_one_source_only_rise)
{
	struct id_source source = { 0 };
	int64_t last = 0;

	for (int i = 0; i < 100000; i++) {
		int64_t id = id_draw(&source, now);

		EXPECT(id > last);
		last = id;
	}
}

TEST(an_id_that_is_drawn_again_by_chance_is_not_given_again)
{
	struct id_source source = { 0 };
	int64_t last = id_draw(&source, now);

	/* By chance alone a dozen of these would be the same. */
	for (int i = 0; i < 100000; i++) {
		source.last = last;
		EXPECT(id_draw(&source, now) > last);
	}
}

TEST(an_id_stays_below_two_to_the_53rd_for_thirty_years)
{
	struct id_source source = { 0 };

	EXPECT(id_draw(&source, instant_plus(now, DAYS(365 * 30))) <
	    INT64_C(1) << 53);
}

TEST(a_clock_that_goes_back_does_not_repeat_an_id)
{
	struct id_source source = { 0 };
	int64_t first = id_draw(&source, now);

	EXPECT(id_draw(&source, instant_plus(now, -DAYS(1))) > first);
}

TEST(a_clock_before_2025_gives_an_id_that_is_not_zero)
{
	struct id_source source = { 0 };

	EXPECT(id_draw(&source, (struct instant){ 0 }) > 0);
}

enum { THREADS = 4, DRAWS = 10000 };

struct drawer {
	struct id_source *source;
	int64_t *ids;
};

static void *
draw_many(void *p)
{
	struct drawer *d = p;

	for (int i = 0; i < DRAWS; i++)
		d->ids[i] = id_draw(d->source, now);
	return NULL;
}

/* Each thread's ids rise, so that equals are found as in a merge. */
static bool
share_none(const int64_t *a, const int64_t *b)
{
	for (int i = 0, k = 0; i < DRAWS && k < DRAWS; ) {
		if (a[i] == b[k])
			return false;
		if (a[i] < b[k])
			i++;
		else
			k++;
	}
	return true;
}

TEST(threads_that_share_a_source_never_share_an_id)
{
	TEST_ARENA(a);
	struct id_source source = { 0 };
	struct drawer drawer[THREADS];
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++) {
		drawer[i].source = &source;
		drawer[i].ids = ARENA_NEW(a, int64_t, DRAWS);
		EXPECT(pthread_create(&thread[i], NULL, draw_many,
		    &drawer[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 1; i < THREADS; i++)
		EXPECT(share_none(drawer[0].ids, drawer[i].ids));
}
