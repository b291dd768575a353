/* Days off in the Netherlands, and working days: see date.h. */
#include "base/date.h"

/* The computation that the almanacs call the anonymous Gregorian one. */
struct day
day_easter(int year)
{
	int golden = year % 19, century = year / 100, rest = year % 100;
	int epact = (19 * golden + century - century / 4 -
	    (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
	int to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact -
	    rest % 4) % 7;
	int late = (golden + 11 * epact + 22 * to_sunday) / 451;
	int n = epact + to_sunday - 7 * late + 114;
	struct day easter;

	ASSERT(day_make(year, n / 31, n % 31 + 1, &easter));
	return easter;
}

static bool
is_kings_day(struct date d)
{
	return d.month == 4 && ((d.mday == 27 && d.weekday != 7) ||
	    (d.mday == 26 && d.weekday == 6));
}

static bool
is_fixed_holiday(struct date d)
{
	return (d.month == 1 && d.mday == 1) || is_kings_day(d) ||
	    (d.month == 5 && d.mday == 5) ||
	    (d.month == 12 && (d.mday == 25 || d.mday == 26));
}

bool
day_is_holiday(struct day day)
{
	enum { EASTER_MONDAY = 1, ASCENSION = 39, WHIT_MONDAY = 50 };
	struct date d = day_date(day);
	int after_easter;

	if (d.weekday >= 6 || is_fixed_holiday(d))
		return true;
	after_easter = day.n - day_easter(d.year).n;
	return after_easter == EASTER_MONDAY || after_easter == ASCENSION ||
	    after_easter == WHIT_MONDAY;
}

bool
day_is_working(struct day day, const struct span *quiet, size_t nquiet)
{
	for (size_t i = 0; i < nquiet; i++)
		if (day.n >= quiet[i].first.n && day.n <= quiet[i].last.n)
			return false;
	return !day_is_holiday(day);
}

struct day
day_plus_working(struct day from, int n, const struct span *quiet,
    size_t nquiet)
{
	struct day day = from;

	while (n > 0 && day_is_valid(day)) {
		day = day_plus(day, 1);
		if (day_is_working(day, quiet, nquiet))
			n--;
	}
	return day;
}
