/*
 * Time.  An instant is microseconds UTC; a day is a date without time or
 * zone.  The clock is an argument: only app/, tests and the log call
 * instant_now.  Local time is that of Europe/Amsterdam, by the rule of the
 * European Union (02:00 to 03:00 on the last Sunday of March, back on the
 * last of October, both at 01:00 UTC), which held from 1996 and is taken to
 * hold on.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/err.h"

struct instant { int64_t us; };         /* since 1970-01-01 00:00 UTC */
struct day { int32_t n; };              /* days since 1970-01-01 */

/* No day: what a database has where nothing was said. */
#define DAY_NONE ((struct day){ INT32_MIN })

#define SECONDS(n) ((int64_t)(n) * 1000000)
#define MINUTES(n) SECONDS((int64_t)(n) * 60)
#define HOURS(n)   MINUTES((int64_t)(n) * 60)
#define DAYS(n)    HOURS((int64_t)(n) * 24)

#define INSTANT_MOST DAYS(2932531)      /* 9998-12-31: a day of it is one */

struct instant instant_now(void);
struct instant instant_plus(struct instant, int64_t us);

/* year 1 to 9999, month and mday from 1; weekday 1 is Monday, 7 Sunday. */
struct date { int year, month, mday, weekday; };

bool day_make(int year, int month, int mday, struct day *out);
struct date day_date(struct day);
struct day day_plus(struct day, int days);
bool day_is_valid(struct day);          /* from year 1 to 9999 */

/* "2026-11-23"; OUT has room for 11 bytes. */
void day_format(struct day, char out[11]);
bool day_parse(const char *iso, struct day *out);

/* A moment on the wall clock in Amsterdam. */
struct wall {
	struct day day;
	int hour, minute, second;
	int offset_minutes;     /* 60 or 120 east of UTC */
};

struct wall instant_wall(struct instant);
struct day instant_day(struct instant); /* the date in Amsterdam */

/*
 * The instant of a wall time.  In the hour that exists twice the first is
 * taken; for a time that the spring jump leaves out, false.
 */
bool wall_instant(struct day, int hour, int minute, struct instant *out);

struct day day_easter(int year);        /* Easter Sunday */

/*
 * Days on which nobody works in the Netherlands: weekends, New Year's Day,
 * Easter Monday, King's Day (the 26th when the 27th of April is a Sunday),
 * Liberation Day, Ascension, Whit Monday, Christmas and Boxing Day.
 */
bool day_is_holiday(struct day);

/* A span of whole days, both ends included, in which a programme is quiet. */
struct span { struct day first, last; };

bool day_is_working(struct day, const struct span *quiet, size_t nquiet);

/* The N-th working day after FROM; FROM itself when N is not positive. */
struct day day_plus_working(struct day from, int n,
    const struct span *quiet, size_t nquiet);

#endif
