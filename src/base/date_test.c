#include "base/date.h"
#include "base/test.h"

static struct day
day(int year, int month, int mday)
{
	struct day d;

	EXPECT(day_make(year, month, mday, &d));
	return d;
}

/* The instant of a time in UTC. */
static struct instant
utc(int year, int month, int mday, int hour, int minute)
{
	return (struct instant){ DAYS(day(year, month, mday).n) +
	    HOURS(hour) + MINUTES(minute) };
}

TEST(days_are_counted_from_1970)
{
	EXPECT_INT(day(1970, 1, 1).n, 0);
	EXPECT_INT(day(2000, 3, 1).n, 11017);
	EXPECT_INT(day(1969, 12, 31).n, -1);
	EXPECT_INT(day(1, 1, 1).n, -719162);
	EXPECT_INT(day(9999, 12, 31).n, 2932896);
}

TEST(every_day_becomes_a_date_and_back)
{
	int weekday = 1;        /* the first of January of year 1 */

	for (int32_t n = day(1, 1, 1).n; n <= day(9999, 12, 31).n; n++) {
		struct date d = day_date((struct day){ n });
		struct day back;

		if (!day_make(d.year, d.month, d.mday, &back) ||
		    back.n != n || d.weekday != weekday)
			test_fail(__FILE__, __LINE__, "day %d", (int)n);
		weekday = weekday % 7 + 1;
	}
}

TEST(dates_that_do_not_exist_are_refused)
{
	static const struct {
		const char *why;
		int year, month, mday;
	} cases[] = {
		{ "no leap year", 2026, 2, 29 },
		{ "a century is no leap year", 1900, 2, 29 },
		{ "April has thirty", 2026, 4, 31 },
		{ "no day nought", 2026, 1, 0 },
		{ "no day 32", 2026, 1, 32 },
		{ "no month nought", 2026, 0, 1 },
		{ "no month 13", 2026, 13, 1 },
		{ "no year nought", 0, 1, 1 },
		{ "five digits", 10000, 1, 1 },
	};
	struct day d = { 7 };

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(!day_make(cases[i].year, cases[i].month,
		    cases[i].mday, &d), cases[i].why);
	EXPECT_INT(d.n, 7);
}

TEST(a_leap_day_exists_in_2024_and_2000)
{
	struct day d;

	EXPECT(day_make(2024, 2, 29, &d));
	EXPECT(day_make(2000, 2, 29, &d));
}

TEST(days_are_written_as_iso_and_read_back)
{
	char iso[11];
	struct day d;

	day_format(day(2026, 11, 23), iso);
	EXPECT_TEXT(iso, "2026-11-23");
	EXPECT(day_parse(iso, &d));
	EXPECT_INT(d.n, day(2026, 11, 23).n);
	day_format(day(1, 2, 3), iso);
	EXPECT_TEXT(iso, "0001-02-03");
}

TEST(other_forms_of_a_day_are_refused)
{
	static const struct {
		const char *why, *s;
	} cases[] = {
		{ "nothing", "" },
		{ "cut off", "2026-11-2" },
		{ "text after", "2026-11-23 " },
		{ "without hyphens", "20261123" },
		{ "other marks", "2026/11/23" },
		{ "Dutch order", "23-11-2026" },
		{ "a sign", "-026-11-23" },
		{ "space for a digit", "2026-11- 3" },
		{ "does not exist", "2026-02-30" },
		{ "year nought", "0000-01-01" },
	};
	struct day d;

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(!day_parse(cases[i].s, &d), cases[i].why);
}

TEST(no_day_is_not_valid)
{
	EXPECT(!day_is_valid(DAY_NONE));
	EXPECT(day_is_valid(day(1, 1, 1)));
	EXPECT(!day_is_valid(day_plus(day(1, 1, 1), -1)));
	EXPECT(day_is_valid(day(9999, 12, 31)));
	EXPECT(!day_is_valid(day_plus(day(9999, 12, 31), 1)));
}

TEST(the_wall_clock_follows_european_summer_time)
{
	static const struct {
		const char *why;
		int month, mday, hour, minute;          /* UTC, 2026 */
		int wall_mday, wall_hour, offset;
	} cases[] = {
		{ "winter", 1, 15, 12, 0, 15, 13, 60 },
		{ "summer", 7, 15, 12, 0, 15, 14, 120 },
		{ "a minute before the jump", 3, 29, 0, 59, 29, 1, 60 },
		{ "the jump", 3, 29, 1, 0, 29, 3, 120 },
		{ "the last of summer", 10, 25, 0, 59, 25, 2, 120 },
		{ "two o'clock again", 10, 25, 1, 0, 25, 2, 60 },
		{ "the day is Amsterdam's", 7, 15, 22, 30, 16, 0, 120 },
		{ "the new year is Amsterdam's", 12, 31, 22, 59, 31, 23, 60 },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct wall w = instant_wall(utc(2026, cases[i].month,
		    cases[i].mday, cases[i].hour, cases[i].minute));

		EXPECT_INT_WHY(day_date(w.day).mday, cases[i].wall_mday,
		    cases[i].why);
		EXPECT_INT_WHY(w.hour, cases[i].wall_hour, cases[i].why);
		EXPECT_INT_WHY(w.minute, cases[i].minute, cases[i].why);
		EXPECT_INT_WHY(w.offset_minutes, cases[i].offset,
		    cases[i].why);
	}
}

TEST(the_clock_changes_on_the_last_sunday_whichever_date_it_has)
{
	/* The 31st is itself a Sunday in 2024; it is a Saturday in 2029. */
	EXPECT_INT(instant_wall(utc(2024, 3, 31, 1, 0)).offset_minutes, 120);
	EXPECT_INT(instant_wall(utc(2024, 3, 31, 0, 59)).offset_minutes, 60);
	EXPECT_INT(instant_wall(utc(2029, 3, 25, 1, 0)).offset_minutes, 120);
	EXPECT_INT(instant_wall(utc(2029, 3, 25, 0, 59)).offset_minutes, 60);
}

TEST(a_wall_time_and_its_instant_agree_through_a_year)
{
	for (int n = 0; n < 365; n++) {
		struct day d = day_plus(day(2026, 1, 1), n);
		struct instant i;
		struct wall w;

		EXPECT(wall_instant(d, 12, 34, &i));
		w = instant_wall(i);
		EXPECT_INT(w.day.n, d.n);
		EXPECT_INT(w.hour * 60 + w.minute, 12 * 60 + 34);
	}
}

TEST(the_hour_that_the_spring_jump_leaves_out_has_no_instant)
{
	struct instant i = { 7 };

	EXPECT(!wall_instant(day(2026, 3, 29), 2, 0, &i));
	EXPECT(!wall_instant(day(2026, 3, 29), 2, 59, &i));
	EXPECT_INT(i.us, 7);
	EXPECT(wall_instant(day(2026, 3, 29), 1, 59, &i));
	EXPECT(wall_instant(day(2026, 3, 29), 3, 0, &i));
	EXPECT_INT(i.us, utc(2026, 3, 29, 1, 0).us);
}

TEST(of_the_hour_that_comes_twice_the_first_is_taken)
{
	struct instant i;

	EXPECT(wall_instant(day(2026, 10, 25), 2, 30, &i));
	EXPECT_INT(i.us, utc(2026, 10, 25, 0, 30).us);
}

TEST(a_time_that_no_clock_shows_is_refused)
{
	struct instant i;

	EXPECT(!wall_instant(day(2026, 1, 1), 24, 0, &i));
	EXPECT(!wall_instant(day(2026, 1, 1), 0, 60, &i));
	EXPECT(!wall_instant(day(2026, 1, 1), -1, 0, &i));
	EXPECT(!wall_instant(day(2026, 1, 1), 0, -1, &i));
}

TEST(instants_before_1970_fall_on_the_day_before)
{
	EXPECT_INT(instant_day((struct instant){ -HOURS(2) }).n, -1);
	EXPECT_INT(instant_day((struct instant){ -1 }).n, 0);
}

TEST(easter_is_where_the_almanacs_have_it)
{
	static const struct {
		const char *why;
		int year, month, mday;
	} cases[] = {
		{ "the earliest", 1818, 3, 22 },
		{ "the latest", 2038, 4, 25 },
		{ "a full moon moved back", 1981, 4, 19 },
		{ "the other one moved back", 1954, 4, 18 },
		{ "lately", 2024, 3, 31 },
		{ "now", 2026, 4, 5 },
		{ "to come", 2027, 3, 28 },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(day_easter(cases[i].year).n,
		    day(cases[i].year, cases[i].month, cases[i].mday).n,
		    cases[i].why);
}

TEST(dutch_holidays_are_known)
{
	static const struct {
		const char *why;
		int year, month, mday;
		bool off;
	} cases[] = {
		{ "New Year's Day", 2026, 1, 1, true },
		{ "the day after", 2026, 1, 2, false },
		{ "Good Friday is worked", 2026, 4, 3, false },
		{ "Easter Monday", 2026, 4, 6, true },
		{ "King's Day", 2026, 4, 27, true },
		{ "the day after a Sunday 27th", 2031, 4, 28, false },
		{ "the Saturday before it", 2031, 4, 26, true },
		{ "the 26th in other years", 2029, 4, 26, false },
		{ "Liberation Day", 2026, 5, 5, true },
		{ "Ascension", 2026, 5, 14, true },
		{ "the Friday after", 2026, 5, 15, false },
		{ "Whit Monday", 2026, 5, 25, true },
		{ "Christmas", 2026, 12, 25, true },
		{ "Boxing Day, a Monday", 2022, 12, 26, true },
		{ "Christmas Eve", 2026, 12, 24, false },
		{ "a Saturday", 2026, 11, 21, true },
		{ "a Sunday", 2026, 11, 22, true },
		{ "a Monday", 2026, 11, 23, false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(day_is_holiday(day(cases[i].year,
		    cases[i].month, cases[i].mday)), cases[i].off,
		    cases[i].why);
}

TEST(working_days_pass_over_weekends_holidays_and_quiet_weeks)
{
	const struct span quiet[] = {
		{ day(2026, 12, 28), day(2026, 12, 31) },
	};
	const struct {
		const char *why;
		int month, mday, n;
		struct day to;
	} cases[] = {
		{ "the next day", 11, 23, 1, day(2026, 11, 24) },
		{ "from Friday to Monday", 11, 20, 1, day(2026, 11, 23) },
		{ "from a Sunday", 11, 22, 1, day(2026, 11, 23) },
		{ "five are a week", 11, 23, 5, day(2026, 11, 30) },
		{ "Easter between", 4, 2, 2, day(2026, 4, 7) },
		{ "quiet days and New Year", 12, 24, 1, day(2027, 1, 4) },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(day_plus_working(day(2026, cases[i].month,
		    cases[i].mday), cases[i].n, quiet, LEN(quiet)).n,
		    cases[i].to.n, cases[i].why);
}

TEST(both_ends_of_a_quiet_span_are_quiet)
{
	const struct span week = { day(2026, 11, 23), day(2026, 11, 27) };

	EXPECT(!day_is_working(week.first, &week, 1));
	EXPECT(!day_is_working(week.last, &week, 1));
	EXPECT(day_is_working(day_plus(week.first, -3), &week, 1));
	EXPECT(day_is_working(day_plus(week.last, 3), &week, 1));
}
