/*
 * The log: see log.h.  The line is built on the stack and written at once, so
 * that lines of several threads do not mix, and so that logging needs neither
 * memory nor a lock.  The clock is read here, and not handed in: when a line
 * was written is no part of what the program decides.
 */
#include "base/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

struct line {
	size_t len;
	char p[2048];
};

enum { TAIL = 8 };      /* kept free: the closing quote, brace and newline */

static bool
has_room(const struct line *l, size_t n)
{
	return sizeof l->p - TAIL - l->len >= n;
}

static void
add(struct line *l, const char *p, size_t n)
{
	memcpy(l->p + l->len, p, n);
	l->len += n;
}

/* S as a JSON string, cut off between two characters where it is full. */
static void
add_string(struct line *l, const char *s)
{
	char out[JSON_CHAR];
	uint32_t cp;
	size_t n;

	add(l, "\"", 1);
	for (; *s != '\0' && has_room(l, JSON_CHAR); s += n) {
		n = utf8_next(s, &cp);
		if (n > 1)
			add(l, s, n);
		else
			add(l, out, json_char(cp < 0x80 ? *s : '?', out));
	}
	add(l, "\"", 1);
}

/* A field that does not fit is left out whole; a long text is cut. */
static void
add_field(struct line *l, const struct log_field *f)
{
	char number[24];
	int n = snprintf(number, sizeof number, "%" PRId64, f->n);

	if (!has_room(l, strlen(f->key) + sizeof number + 8))
		return;
	add(l, ",\"", 2);
	add(l, f->key, strlen(f->key));
	add(l, "\":", 2);
	if (f->text != NULL)
		add_string(l, f->text);
	else
		add(l, number, (size_t)n);
}

static void
add_start(struct line *l, enum log_level level, const char *event)
{
	static const char *const names[] = { "note", "warn", "fail" };
	struct instant now = instant_now();
	int64_t second = now.us / 1000000;
	char day[11];

	day_format((struct day){ (int32_t)(second / 86400) }, day);
	second %= 86400;
	l->len = (size_t)snprintf(l->p, 128,
	    "{\"at\":\"%sT%02d:%02d:%02d.%03dZ\",\"level\":\"%s\",\"event\":",
	    day, (int)(second / 3600), (int)(second / 60 % 60),
	    (int)(second % 60), (int)(now.us / 1000 % 1000), names[level]);
	add_string(l, event);
}

void
log_event(enum log_level level, const char *event, size_t nfields,
    const struct log_field *field)
{
	struct line l;

	add_start(&l, level, event);
	for (size_t i = 0; i < nfields; i++)
		add_field(&l, &field[i]);
	add(&l, "}\n", 2);
	/* A log that cannot be written has nowhere to complain. */
	if (write(STDERR_FILENO, l.p, l.len) < 0)
		return;
}

void
log_err(const char *event, Err e)
{
	static const char *const kinds[] = {
		[ERR_FAILED] = "failed", [ERR_RETRY] = "retry",
		[ERR_UNIQUE] = "unique", [ERR_FULL] = "full",
		[ERR_DAMAGED] = "damaged", [ERR_INPUT] = "input",
	};

	LOG(LOG_FAIL, event, LOG_TEXT("kind", kinds[e->kind]),
	    LOG_TEXT("error", e->text));
}
