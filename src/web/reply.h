/*
 * Replies.  A handler calls one of these last.  Every reply gets the
 * security headers; pages are never cached, static files for ever.
 */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "web/form.h"
#include "web/request.h"

struct reply {
	int status;             /* 0: not replied yet */
	const char *type;
	const char *body;
	size_t len;
	const char *location;
	const char *cookies[8];
	size_t ncookies;
	const char *filename;   /* makes it an attachment */
	int retry_after;        /* seconds */
	bool keep;              /* a refusal whose writes stay */
	bool live;
	/* Of the server's own replies. */
	const char *allow, *etag, *encoding, *cache;
};

/* After a POST: look at this page next. */
MUST_USE Err see_other(struct req *, const char *fmt, ...) PRINTF(2, 3);
/* The same, with a sentence shown once on that page (a code, not a text). */
MUST_USE Err see_other_saying(struct req *, const char *flash,
    const char *fmt, ...) PRINTF(3, 4);

/* The page that says it is not there: also for what is not permitted. */
MUST_USE Err reply_absent(struct req *);
/* Somebody changed it meanwhile, or was first: 409. */
MUST_USE Err reply_conflict(struct req *, const char *title,
    const char *sentence);
/* It was there, and is over: a link that is used or too old: 410. */
MUST_USE Err reply_gone(struct req *, const char *title,
    const char *sentence);
MUST_USE Err reply_too_often(struct req *, int retry_after_seconds);
MUST_USE Err reply_text(struct req *, const char *type, const char *body);
MUST_USE Err reply_file(struct req *, const char *type, const char *name,
    const void *body, size_t len);

/*
 * Keep what was written although the reply refuses: for sign-in, codes and
 * links, whose counts and used challenges must stay.
 */
void reply_keep(struct req *);

/* Set-Cookie of __Host-NAME, Secure, HttpOnly, SameSite=Lax; age 0 clears. */
void cookie_set(struct req *, const char *name, const char *value,
    int max_age_seconds);

/*
 * Called by generated code around a page's body.  TITLE is translated.
 * page_end sets status 200, or 422 when the form was refused.
 */
struct html page_begin(struct req *, const char *title);
MUST_USE Err page_end(struct req *, struct html *);

#endif
