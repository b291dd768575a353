/*
 * MIME: a letter as the lines that go over the wire (RFC 5322, 2045 to 2047).
 * Pure: the same mail gives the same bytes, so that a letter sent again after
 * a crash is the same letter.
 */
#ifndef POST_MIME_H
#define POST_MIME_H

#include "base/date.h"
#include "base/text.h"
#include "base/words.h"

struct mail {
	const char *from_name;          /* any text; "" for none */
	const char *from;               /* address */
	const char *reply_to;           /* address; "" for none */
	const char *to;                 /* address */
	const char *message_id;         /* "7.3@mentor.example" */
	struct instant date;
	enum language lang;
	const char *subject;            /* any text */
	const char *text, *html;
	const char *calendar;           /* an iCalendar REQUEST, or NULL */
};

/* Addresses must be sendable (post_rules.h); lines end in CR LF. */
const char *mime_compose(struct arena *, const struct mail *);

/* Subject and plain text of what mime_compose made; false for other mail. */
bool mime_read(struct arena *, const char *message, const char **subject,
    const char **text);

#endif
