/* Linked with desk_rules.o and base alone. */
#include <string.h>

#include "base/test.h"
#include "desk/desk_rules.h"

static struct instant
at(int hour, int minute)
{
	struct day day;
	struct instant t;

	ASSERT(day_make(2026, 11, 23, &day));
	ASSERT(wall_instant(day, hour, minute, &t));
	return t;
}

TEST(the_greeting_follows_the_clock_in_amsterdam)
{
	const struct {
		const char *why;
		int hour, minute;
		const char *says;
	} cases[] = {
		{ "night",             3, 0,   "Good evening, {name}" },
		{ "early",             5, 0,   "Good morning, {name}" },
		{ "last of the morning", 11, 59, "Good morning, {name}" },
		{ "noon",              12, 0,  "Good afternoon, {name}" },
		{ "last of afternoon", 17, 59, "Good afternoon, {name}" },
		{ "evening",           18, 0,  "Good evening, {name}" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *says = greeting(at(cases[i].hour,
		    cases[i].minute));

		if (strcmp(says, cases[i].says) != 0)
			test_fail(__FILE__, __LINE__, "%s",
			    cases[i].why);
	}
}

TEST(a_first_name_is_the_first_word)
{
	struct arena *a = arena_make(1 << 16);

	EXPECT_TEXT(first_name(a, "Sjoukje de Vries"), "Sjoukje");
	EXPECT_TEXT(first_name(a, "Wietske"), "Wietske");
	EXPECT_TEXT(first_name(a, ""), "");
	arena_free(a);
}

TEST(the_wall_is_full_and_has_a_yellow_tile)
{
	bool yellow = false;

	for (int row = 0; row < WALL_SIZE; row++) {
		for (int column = 0; column < WALL_SIZE; column++) {
			struct tile t = wall_tile(row, column);

			EXPECT((t.class == NULL) == (t.path == NULL));
			yellow |= t.class != NULL &&
			    strcmp(t.class, "w-y") == 0;
		}
	}
	EXPECT(yellow);
}
