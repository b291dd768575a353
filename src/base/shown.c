/*
 * Days, times and numbers as people read them: see html.h.  Names of days and
 * months are here and not in the catalogues, because they are one table that
 * does not change, and are written on every line of some pages.
 */
#include <stdio.h>

#include "base/html.h"

struct calendar {
	const char *weekday[7];
	const char *month[12];
	const char *month_short[12];
	const char *hours;      /* after a time */
	char clock_mark, thousands_mark, decimal_mark;
};

static const struct calendar calendars[LANGUAGES] = {
	[LANG_NL] = {
		{ "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
		  "zaterdag", "zondag" },
		{ "januari", "februari", "maart", "april", "mei", "juni",
		  "juli", "augustus", "september", "oktober", "november",
		  "december" },
		{ "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug",
		  "sep", "okt", "nov", "dec" },
		" uur", '.', '.', ',',
	},
	[LANG_FY] = {
		{ "moandei", "tiisdei", "woansdei", "tongersdei", "freed",
		  "sneon", "snein" },
		{ "jannewaris", "febrewaris", "maart", "april", "maaie",
		  "juny", "july", "augustus", "septimber", "oktober",
		  "novimber", "desimber" },
		{ "jan", "feb", "mrt", "apr", "mai", "jun", "jul", "aug",
		  "sep", "okt", "nov", "des" },
		" oere", '.', '.', ',',
	},
	[LANG_EN] = {
		{ "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		  "Saturday", "Sunday" },
		{ "January", "February", "March", "April", "May", "June",
		  "July", "August", "September", "October", "November",
		  "December" },
		{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		  "Sep", "Oct", "Nov", "Dec" },
		"", ':', ',', '.',
	},
};

struct shown
shown_day(struct day day)
{
	return (struct shown){ SHOWN_DAY, day.n };
}

struct shown
shown_day_near(struct day day)
{
	return (struct shown){ SHOWN_DAY_NEAR, day.n };
}

struct shown
shown_day_away(struct day day)
{
	return (struct shown){ SHOWN_DAY_AWAY, day.n };
}

struct shown
shown_day_short(struct day day)
{
	return (struct shown){ SHOWN_DAY_SHORT, day.n };
}

struct shown
shown_moment(struct instant i)
{
	return (struct shown){ SHOWN_MOMENT, i.us };
}

struct shown
shown_clock(struct instant i)
{
	return (struct shown){ SHOWN_CLOCK, i.us };
}

struct shown
shown_number(int64_t n)
{
	return (struct shown){ SHOWN_NUMBER, n };
}

struct shown
shown_decimal(int64_t thousandths)
{
	return (struct shown){ SHOWN_DECIMAL, thousandths };
}

static void
add_weekday_and_month(struct buf *b, const struct calendar *c, struct date d)
{
	buf_text(b, c->weekday[d.weekday - 1]);
	buf_char(b, ' ');
	buf_int(b, d.mday);
	buf_char(b, ' ');
	buf_text(b, c->month[d.month - 1]);
}

static void
add_day(struct buf *b, const struct calendar *c, struct day day)
{
	struct date d = day_date(day);

	add_weekday_and_month(b, c, d);
	buf_char(b, ' ');
	buf_int(b, d.year);
}

/* The year is told only where a reader would guess another. */
static void
add_date_near(struct buf *b, const struct calendar *c, struct day day,
    struct day today)
{
	if (day_date(day).year == day_date(today).year)
		add_weekday_and_month(b, c, day_date(day));
	else
		add_day(b, c, day);
}

/* "today" and its neighbours; NULL for every other day. */
static const char *
name_of_near(enum language lang, struct day day, struct day today)
{
	switch ((int64_t)day.n - today.n) {
	case -1: return words_say(lang, N_("yesterday"));
	case 0:  return words_say(lang, N_("today"));
	case 1:  return words_say(lang, N_("tomorrow"));
	default: return NULL;
	}
}

static const char *
days_away(enum language lang, int64_t days)
{
	if (days > 1 && days <= 14)
		return words_count(lang, "in one day", "in {n} days", days);
	if (days < -1 && days >= -14)
		return words_count(lang, "one day ago", "{n} days ago",
		    -days);
	return NULL;
}

static void
add_relative(struct buf *b, enum language lang, struct day today,
    struct shown s)
{
	struct day day = { (int32_t)s.value };
	int64_t days = (int64_t)day.n - today.n;
	const char *name = name_of_near(lang, day, today);
	struct html_arg n = html_arg_int("n", days < 0 ? -days : days);

	if (name == NULL && s.form == SHOWN_DAY_AWAY)
		name = days_away(lang, days);
	if (name == NULL)
		add_date_near(b, &calendars[lang], day, today);
	else
		buf_text(b, words_fill(b->arena, lang, today, name, 1, &n));
}

static void
add_clock(struct buf *b, const struct calendar *c, struct wall w)
{
	buf_fmt(b, "%02d%c%02d", w.hour, c->clock_mark, w.minute);
}

static void
add_moment(struct buf *b, const struct calendar *c, struct wall w)
{
	add_day(b, c, w.day);
	buf_text(b, ", ");
	add_clock(b, c, w);
	buf_text(b, c->hours);
}

static void
add_number(struct buf *b, char mark, uint64_t n)
{
	if (n < 1000) {
		buf_int(b, (int64_t)n);
		return;
	}
	add_number(b, mark, n / 1000);
	buf_fmt(b, "%c%03d", mark, (int)(n % 1000));
}

/* Takes the sign off, and writes it. */
static uint64_t
add_sign(struct buf *b, int64_t n)
{
	if (n < 0)
		buf_char(b, '-');
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* Without the noughts at the end: 1,5 and 2, not 1,500 and 2,000. */
static void
add_decimal(struct buf *b, const struct calendar *c, int64_t thousandths)
{
	uint64_t n = add_sign(b, thousandths);
	int rest = (int)(n % 1000);

	add_number(b, c->thousands_mark, n / 1000);
	if (rest == 0)
		return;
	buf_fmt(b, "%c%03d", c->decimal_mark, rest);
	while (b->p[b->len - 1] == '0')
		b->p[--b->len] = '\0';
}

static bool
is_no_day(struct shown s)
{
	return s.form <= SHOWN_DAY_SHORT && s.value == DAY_NONE.n;
}

static void
add_shown(struct buf *b, enum language lang, struct day today, struct shown s)
{
	const struct calendar *c = &calendars[lang];
	struct day day = { (int32_t)s.value };
	struct instant moment = { s.value };

	switch (s.form) {
	case SHOWN_DAY:
		add_day(b, c, day);
		break;
	case SHOWN_DAY_NEAR:
	case SHOWN_DAY_AWAY:
		add_relative(b, lang, today, s);
		break;
	case SHOWN_DAY_SHORT:
		buf_fmt(b, "%d %s", day_date(day).mday,
		    c->month_short[day_date(day).month - 1]);
		break;
	case SHOWN_MOMENT:
		add_moment(b, c, instant_wall(moment));
		break;
	case SHOWN_CLOCK:
		add_clock(b, c, instant_wall(moment));
		break;
	case SHOWN_NUMBER:
		add_number(b, c->thousands_mark, add_sign(b, s.value));
		break;
	case SHOWN_DECIMAL:
		add_decimal(b, c, s.value);
		break;
	}
}

const char *
shown_text(struct arena *arena, enum language lang, struct day today,
    struct shown s)
{
	struct buf b = buf_make(arena);

	if (!is_no_day(s))
		add_shown(&b, lang, today, s);
	return buf_get(&b);
}
