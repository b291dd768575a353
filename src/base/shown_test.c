#include "base/html.h"
#include "base/test.h"

static struct day
day(int year, int month, int mday)
{
	struct day d;

	EXPECT(day_make(year, month, mday, &d));
	return d;
}

static struct instant
at(struct day d, int hour, int minute)
{
	struct instant i;

	EXPECT(wall_instant(d, hour, minute, &i));
	return i;
}

/* SHOWN in the three languages, on Monday the 23rd of November 2026. */
static void
expect_shown(struct shown shown, const char *nl, const char *fy,
    const char *en)
{
	const char *const wanted[LANGUAGES] = { nl, fy, en };
	TEST_ARENA(a);

	for (int i = 0; i < LANGUAGES; i++)
		EXPECT_TEXT(shown_text(a, (enum language)i,
		    day(2026, 11, 23), shown), wanted[i]);
}

TEST(a_day_is_told_with_its_weekday_and_year)
{
	expect_shown(shown_day(day(2026, 11, 25)),
	    "woensdag 25 november 2026", "woansdei 25 novimber 2026",
	    "Wednesday 25 November 2026");
}

TEST(near_days_have_names)
{
	expect_shown(shown_day_near(day(2026, 11, 22)), "gisteren", "juster",
	    "yesterday");
	expect_shown(shown_day_near(day(2026, 11, 23)), "vandaag", "hjoed",
	    "today");
	expect_shown(shown_day_near(day(2026, 11, 24)), "morgen", "moarn",
	    "tomorrow");
}

TEST(other_days_are_told_with_a_year_only_when_it_is_another)
{
	expect_shown(shown_day_near(day(2026, 11, 25)),
	    "woensdag 25 november", "woansdei 25 novimber",
	    "Wednesday 25 November");
	expect_shown(shown_day_near(day(2027, 1, 4)), "maandag 4 januari 2027",
	    "moandei 4 jannewaris 2027", "Monday 4 January 2027");
}

TEST(days_away_are_counted_up_to_two_weeks)
{
	expect_shown(shown_day_away(day(2026, 11, 24)), "morgen", "moarn",
	    "tomorrow");
	expect_shown(shown_day_away(day(2026, 12, 7)), "over 14 dagen",
	    "oer 14 dagen", "in 14 days");
	expect_shown(shown_day_away(day(2026, 12, 8)), "dinsdag 8 december",
	    "tiisdei 8 desimber", "Tuesday 8 December");
	expect_shown(shown_day_away(day(2026, 11, 20)), "3 dagen geleden",
	    "3 dagen lyn", "3 days ago");
}

TEST(no_day_is_shown_as_nothing)
{
	expect_shown(shown_day(DAY_NONE), "", "", "");
	expect_shown(shown_day_near(DAY_NONE), "", "", "");
	expect_shown(shown_day_away(DAY_NONE), "", "", "");
	expect_shown(shown_day_short(DAY_NONE), "", "", "");
}

TEST(a_short_day_fits_in_a_column)
{
	expect_shown(shown_day_short(day(2026, 3, 5)), "5 mrt", "5 mrt",
	    "5 Mar");
}

TEST(moments_are_those_of_amsterdam)
{
	expect_shown(shown_moment(at(day(2026, 11, 23), 16, 10)),
	    "maandag 23 november 2026, 16.10 uur",
	    "moandei 23 novimber 2026, 16.10 oere",
	    "Monday 23 November 2026, 16:10");
	expect_shown(shown_clock(at(day(2026, 7, 1), 9, 5)), "09.05", "09.05",
	    "09:05");
}

TEST(numbers_are_grouped_by_thousands)
{
	expect_shown(shown_number(999), "999", "999", "999");
	expect_shown(shown_number(1234), "1.234", "1.234", "1,234");
	expect_shown(shown_number(-1000007), "-1.000.007", "-1.000.007",
	    "-1,000,007");
	expect_shown(shown_number(INT64_MIN), "-9.223.372.036.854.775.808",
	    "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808");
}

TEST(decimals_have_no_noughts_at_the_end)
{
	expect_shown(shown_decimal(1500), "1,5", "1,5", "1.5");
	expect_shown(shown_decimal(2000), "2", "2", "2");
	expect_shown(shown_decimal(-25), "-0,025", "-0,025", "-0.025");
	expect_shown(shown_decimal(1234560), "1.234,56", "1.234,56",
	    "1,234.56");
}
