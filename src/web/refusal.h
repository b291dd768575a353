/*
 * The pages with which the server itself says no.
 */
#ifndef WEB_REFUSAL_H
#define WEB_REFUSAL_H

#include "web/exchange.h"

enum refusal {
	REFUSAL_ABSENT,
	REFUSAL_MALFORMED,      /* no browser sends this */
	REFUSAL_METHOD,
	REFUSAL_TOO_LARGE,
	REFUSAL_FILE_TOO_LARGE,
	REFUSAL_TYPE,           /* not a form */
	REFUSAL_FOREIGN,        /* the form is not ours, or too old */
	REFUSAL_REPEATED,       /* this form was handled already */
	REFUSAL_TOO_OFTEN,
	REFUSAL_BUSY,
	REFUSAL_FULL,           /* no room to write; the form is kept */
	REFUSAL_FAILED,
};

/* One of the sentences above as a page, with its status. */
MUST_USE Err refusal_reply(struct req *, enum refusal);

/* What the template shows. */
struct refusal_view {
	const char *title, *sentence;   /* msgids */
	int64_t number;                 /* of a failure; 0: none */
	const struct fields *kept;      /* what was sent, or NULL */
	const char *action;             /* to send it again; NULL: cannot be */
	const char *token;
};

#endif
