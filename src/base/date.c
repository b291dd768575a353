/* Time: see date.h.  Holidays and working days are in holiday.c. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_A_DAY = 86400 };

struct instant
instant_now(void)
{
	struct timespec t;

	ASSERT(clock_gettime(CLOCK_REALTIME, &t) == 0);
	return (struct instant){ SECONDS(t.tv_sec) + t.tv_nsec / 1000 };
}

struct instant
instant_plus(struct instant i, int64_t us)
{
	return (struct instant){ i.us + us };
}

/* Division that rounds down, for times before 1970. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Days to a date and back, counted in years that begin in March, so that the
 * leap day is the last of its year, and in eras of 400 years, which all have
 * the same length.
 */
enum { DAYS_AN_ERA = 146097, DAYS_TO_1970 = 719468 };

static int32_t
days_from_date(int year, int month, int mday)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + mday - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year;

	return (int32_t)(era * DAYS_AN_ERA + day_of_era - DAYS_TO_1970);
}

struct date
day_date(struct day day)
{
	int64_t n = (int64_t)day.n + DAYS_TO_1970;
	int64_t era = floor_div(n, DAYS_AN_ERA);
	int64_t doe = n - era * DAYS_AN_ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t march_month = (5 * doy + 2) / 153;
	int month = (int)(march_month + 2) % 12 + 1;

	return (struct date){
		.year = (int)(yoe + era * 400) + (month <= 2),
		.month = month,
		.mday = (int)(doy - (153 * march_month + 2) / 5) + 1,
		/* The first of January 1970 was a Thursday. */
		.weekday = (int)((((int64_t)day.n + 3) % 7 + 7) % 7) + 1,
	};
}

bool
day_make(int year, int month, int mday, struct day *out)
{
	static const int lengths[] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	struct day day;

	if (year < 1 || year > 9999 || month < 1 || month > 12 ||
	    mday < 1 || mday > lengths[month - 1])
		return false;
	day = (struct day){ days_from_date(year, month, mday) };
	if (day_date(day).mday != mday)
		return false;   /* the 29th of February of a common year */
	*out = day;
	return true;
}

struct day
day_plus(struct day day, int days)
{
	return (struct day){ (int32_t)(day.n + (int64_t)days) };
}

bool
day_is_valid(struct day day)
{
	return day.n >= days_from_date(1, 1, 1) &&
	    day.n <= days_from_date(9999, 12, 31);
}

static char
digit(int n)
{
	return (char)('0' + n % 10);
}

void
day_format(struct day day, char out[11])
{
	struct date d = day_date(day);

	ASSERT(day_is_valid(day));
	out[0] = digit(d.year / 1000);
	out[1] = digit(d.year / 100);
	out[2] = digit(d.year / 10);
	out[3] = digit(d.year);
	out[4] = out[7] = '-';
	out[5] = digit(d.month / 10);
	out[6] = digit(d.month);
	out[8] = digit(d.mday / 10);
	out[9] = digit(d.mday);
	out[10] = '\0';
}

bool
day_parse(const char *iso, struct day *out)
{
	static const char form[] = "dddd-dd-dd";
	int part[3] = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < sizeof form; i++) {
		if (form[i] == 'd' && iso[i] >= '0' && iso[i] <= '9')
			part[at] = part[at] * 10 + (iso[i] - '0');
		else if (form[i] == 'd' || iso[i] != form[i])
			return false;
		else
			at++;
	}
	return day_make(part[0], part[1], part[2], out);
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t
clock_change(int year, int month)
{
	struct day last = { days_from_date(year, month, 31) };
	int since_sunday = day_date(last).weekday % 7;

	return ((int64_t)last.n - since_sunday) * SECONDS_A_DAY + 3600;
}

/* Minutes east of UTC in Amsterdam, SECOND seconds after 1970. */
static int
offset_at(int64_t second)
{
	struct day day = { (int32_t)floor_div(second, SECONDS_A_DAY) };
	int year = day_date(day).year;

	return second >= clock_change(year, 3) &&
	    second < clock_change(year, 10) ? 120 : 60;
}

struct wall
instant_wall(struct instant i)
{
	int64_t second = floor_div(i.us, SECONDS(1));
	int offset = offset_at(second);
	int64_t local = second + offset * 60;
	int64_t day = floor_div(local, SECONDS_A_DAY);
	int of_day = (int)(local - day * SECONDS_A_DAY);

	return (struct wall){
		.day = { (int32_t)day },
		.hour = of_day / 3600,
		.minute = of_day / 60 % 60,
		.second = of_day % 60,
		.offset_minutes = offset,
	};
}

struct day
instant_day(struct instant i)
{
	return instant_wall(i).day;
}

bool
wall_instant(struct day day, int hour, int minute, struct instant *out)
{
	int64_t local = (int64_t)day.n * SECONDS_A_DAY + hour * 3600 +
	    minute * 60;

	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	/* Summer's offset first: of the doubled hour that is the first. */
	for (int offset = 120; offset >= 60; offset -= 60) {
		int64_t second = local - offset * 60;

		if (offset_at(second) == offset) {
			*out = (struct instant){ SECONDS(second) };
			return true;
		}
	}
	return false;
}
