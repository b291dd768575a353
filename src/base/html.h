/*
 * What generated templates write to.  A value is escaped by its type; there
 * is no way to put markup in from outside a template.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/date.h"
#include "base/text.h"
#include "base/words.h"

struct html {
	struct buf buf;
	enum language lang;
	struct day today;       /* for "today", "tomorrow", "in 8 days" */
};

/*
 * A value and the way in which people read it; made by the shown_ calls.
 * DAY_NONE is shown as nothing.
 */
enum shown_form {                       /* days come first */
	SHOWN_DAY,              /* woensdag 25 november 2026 */
	SHOWN_DAY_NEAR,         /* vandaag, morgen; woensdag 25 november */
	SHOWN_DAY_AWAY,         /* over 8 dagen, to 14; else as near */
	SHOWN_DAY_SHORT,        /* 25 nov */
	SHOWN_MOMENT,           /* maandag 23 november 2026, 16.10 uur */
	SHOWN_CLOCK,            /* 16.10 */
	SHOWN_NUMBER,           /* 1.234 */
	SHOWN_DECIMAL,          /* 1,5: thousandths */
};
struct shown { enum shown_form form; int64_t value; };

struct shown shown_day(struct day);
struct shown shown_day_near(struct day);
struct shown shown_day_away(struct day);
struct shown shown_day_short(struct day);
struct shown shown_moment(struct instant);
struct shown shown_clock(struct instant);
struct shown shown_number(int64_t);
struct shown shown_decimal(int64_t thousandths);
/* SHOWN as plain text, for mails and titles. */
const char *shown_text(struct arena *, enum language, struct day today,
    struct shown);

struct html html_make(struct arena *, enum language, struct day today);
void html_literal(struct html *, const char *p, size_t n);
void html_text(struct html *, const char *s);   /* NULL writes nothing */
void html_int(struct html *, int64_t);
void html_size(struct html *, size_t);
void html_instant(struct html *, struct instant); /* 2026-11-23T16:10+01:00 */
void html_day(struct html *, struct day); /* 2026-11-23; DAY_NONE nothing */
void html_shown(struct html *, struct shown);
/* A URL in href, src or action: http, https, mailto, tel or relative. */
void html_url(struct html *, const char *);

/* {{ e }} of a template; a type that is not listed does not compile. */
#define HTML_PUT(o, e) _Generic((e),                                     \
	char *: html_text, const char *: html_text,                      \
	int: html_int, long: html_int, long long: html_int,              \
	unsigned: html_size, unsigned long: html_size,                   \
	struct instant: html_instant, struct day: html_day,              \
	struct shown: html_shown)((o), (e))

/* A named value for a translated sentence: "{name} has applied". */
enum html_arg_kind { HTML_ARG_TEXT, HTML_ARG_INT, HTML_ARG_SHOWN };
struct html_arg {
	const char *name;
	enum html_arg_kind kind;
	union { const char *text; int64_t n; struct shown shown; } u;
};
struct html_arg html_arg_text(const char *name, const char *);
struct html_arg html_arg_int(const char *name, int64_t);
struct html_arg html_arg_size(const char *name, size_t);
struct html_arg html_arg_shown(const char *name, struct shown);
#define HTML_ARG(name, e) _Generic((e),                                  \
	char *: html_arg_text, const char *: html_arg_text,              \
	int: html_arg_int, long: html_arg_int, long long: html_arg_int,  \
	unsigned: html_arg_size, unsigned long: html_arg_size,           \
	struct shown: html_arg_shown)((name), (e))

/* {{_ "…" }}: translated, its {names} replaced, all of it escaped. */
void html_say(struct html *, const char *msgid, size_t nargs,
    const struct html_arg *);
void html_count(struct html *, const char *one, const char *many, int64_t n,
    size_t nargs, const struct html_arg *);

/* The same without escaping, as plain text in the arena. */
const char *words_fill(struct arena *, enum language, struct day today,
    const char *translated, size_t nargs, const struct html_arg *);

#endif
