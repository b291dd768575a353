/*
 * A request without a socket: the router, permission, transaction and reply
 * as the server does them, for tests of pages.
 */
#ifndef WEB_FAKE_H
#define WEB_FAKE_H

#include "web/decode.h"
#include "web/reply.h"
#include "web/site.h"

struct fake {
	struct arena *arena;
	struct site *site;
	struct instant now;
	const char *cookie;     /* Cookie header, or NULL */
	const char *language;   /* Accept-Language, or NULL */
};

/* BODY is urlencoded; CSRF and idempotency tokens are added when absent. */
MUST_USE Err fake_get(struct fake *, const char *path, struct reply *out);
MUST_USE Err fake_post(struct fake *, const char *path, const char *body,
    struct reply *out);

/* A form with a file, which is all but the tokens. */
MUST_USE Err fake_upload(struct fake *, const char *path,
    const struct upload *, struct reply *out);

#endif
