/* What templates write to: see html.h.  Dates and numbers are in shown.c. */
#include "base/html.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Most pages are between 8 and 32 KB; a buffer grows in place mostly. */
enum { FIRST_BYTES = 16 * 1024 };

struct html
html_make(struct arena *arena, enum language lang, struct day today)
{
	struct html h = { buf_make(arena), lang, today };

	h.buf.cap = FIRST_BYTES;
	h.buf.p = arena_take(arena, FIRST_BYTES);
	return h;
}

void
html_literal(struct html *h, const char *p, size_t n)
{
	buf_add(&h->buf, p, n);
}

/* What is dangerous in text or in a quoted attribute, and how it is said. */
enum { HARMLESS, AMP, LESS, GREATER, QUOTE, APOSTROPHE };

static const unsigned char danger[256] = {
	['&'] = AMP, ['<'] = LESS, ['>'] = GREATER, ['"'] = QUOTE,
	['\''] = APOSTROPHE,
};

static const struct {
	size_t n;
	char p[8];
} entities[] = {
	[AMP] = { 5, "&amp;" }, [LESS] = { 4, "&lt;" },
	[GREATER] = { 4, "&gt;" }, [QUOTE] = { 6, "&quot;" },
	[APOSTROPHE] = { 5, "&#39;" },
};

static void
escape(struct html *h, const char *p, size_t n)
{
	const char *end = p + n, *run = p;

	for (; p < end; p++) {
		unsigned char kind = danger[(unsigned char)*p];

		if (kind == HARMLESS)
			continue;
		buf_add(&h->buf, run, (size_t)(p - run));
		buf_add(&h->buf, entities[kind].p, entities[kind].n);
		run = p + 1;
	}
	buf_add(&h->buf, run, (size_t)(end - run));
}

void
html_text(struct html *h, const char *s)
{
	if (s != NULL)
		escape(h, s, strlen(s));
}

void
html_int(struct html *h, int64_t n)
{
	buf_int(&h->buf, n);
}

void
html_size(struct html *h, size_t n)
{
	ASSERT(n <= INT64_MAX);
	buf_int(&h->buf, (int64_t)n);
}

void
html_day(struct html *h, struct day day)
{
	char iso[11];

	if (day.n == DAY_NONE.n)
		return;
	day_format(day, iso);
	buf_add(&h->buf, iso, sizeof iso - 1);
}

void
html_instant(struct html *h, struct instant i)
{
	struct wall w = instant_wall(i);

	html_day(h, w.day);
	buf_fmt(&h->buf, "T%02d:%02d+%02d:00", w.hour, w.minute,
	    w.offset_minutes / 60);
}

void
html_shown(struct html *h, struct shown s)
{
	html_text(h, shown_text(h->buf.arena, h->lang, h->today, s));
}

/*
 * A browser takes what stands before the first colon for the scheme, unless
 * a slash, question mark or hash comes earlier.  It drops white space and
 * controls there, so that anything unknown is refused, not only what is known
 * as bad.
 */
static bool
url_is_safe(const char *url)
{
	static const char *const schemes[] = {
		"http", "https", "mailto", "tel"
	};
	size_t n = strcspn(url, ":/?#");

	if (url[n] != ':')
		return true;
	for (size_t i = 0; i < LEN(schemes); i++)
		if (strlen(schemes[i]) == n &&
		    strncasecmp(schemes[i], url, n) == 0)
			return true;
	return false;
}

void
html_url(struct html *h, const char *url)
{
	if (url != NULL)
		html_text(h, url_is_safe(url) ? url : "#");
}

struct html_arg
html_arg_text(const char *name, const char *text)
{
	return (struct html_arg){ name, HTML_ARG_TEXT, { .text = text } };
}

struct html_arg
html_arg_int(const char *name, int64_t n)
{
	return (struct html_arg){ name, HTML_ARG_INT, { .n = n } };
}

struct html_arg
html_arg_size(const char *name, size_t n)
{
	ASSERT(n <= INT64_MAX);
	return html_arg_int(name, (int64_t)n);
}

struct html_arg
html_arg_shown(const char *name, struct shown shown)
{
	return (struct html_arg){ name, HTML_ARG_SHOWN, { .shown = shown } };
}

static const struct html_arg *
find_arg(const char *name, size_t n, size_t nargs, const struct html_arg *arg)
{
	for (size_t i = 0; i < nargs; i++)
		if (strncmp(arg[i].name, name, n) == 0 &&
		    arg[i].name[n] == '\0')
			return &arg[i];
	return NULL;
}

typedef void writer(struct html *, const char *p, size_t n);

static void
put_arg(struct html *h, writer *put, const struct html_arg *a)
{
	const char *text = a->u.text;

	switch (a->kind) {
	case HTML_ARG_INT:
		html_int(h, a->u.n);
		return;
	case HTML_ARG_SHOWN:
		text = shown_text(h->buf.arena, h->lang, h->today, a->u.shown);
		break;
	case HTML_ARG_TEXT:
		break;
	}
	if (text != NULL)
		put(h, text, strlen(text));
}

/* SENTENCE with its {names} replaced; a name that is not given stays. */
static void
fill(struct html *h, writer *put, const char *sentence, size_t nargs,
    const struct html_arg *arg)
{
	while (*sentence != '\0') {
		size_t before = strcspn(sentence, "{");
		const char *name = sentence + before + 1;
		const struct html_arg *a = NULL;
		size_t n = 0;

		put(h, sentence, before);
		sentence += before;
		if (*sentence == '\0')
			return;
		n = strcspn(name, "}");
		if (name[n] == '}')
			a = find_arg(name, n, nargs, arg);
		if (a == NULL) {
			put(h, "{", 1);
			sentence++;
		} else {
			put_arg(h, put, a);
			sentence = name + n + 1;
		}
	}
}

void
html_say(struct html *h, const char *msgid, size_t nargs,
    const struct html_arg *arg)
{
	fill(h, escape, words_say(h->lang, msgid), nargs, arg);
}

void
html_count(struct html *h, const char *one, const char *many, int64_t n,
    size_t nargs, const struct html_arg *arg)
{
	fill(h, escape, words_count(h->lang, one, many, n), nargs, arg);
}

const char *
words_fill(struct arena *arena, enum language lang, struct day today,
    const char *translated, size_t nargs, const struct html_arg *arg)
{
	struct html plain = { buf_make(arena), lang, today };

	fill(&plain, html_literal, translated, nargs, arg);
	return buf_get(&plain.buf);
}
