/*
 * An exchange: one request and its reply, without a socket.  server.c feeds
 * it from libmicrohttpd, fake.c from tests; both do what each step asks for,
 * until the reply can be sent.
 *
 * Two arenas: that of the exchange holds what the browser sent and what is
 * sent back; that of an attempt holds what a handler makes in the writer,
 * and is emptied when the writer runs it again.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "web/decode.h"
#include "web/meter.h"
#include "web/reader.h"
#include "web/reply.h"
#include "web/router.h"
#include "web/site.h"

enum { FORM_LIMIT = 1 << 20 };  /* bytes of a form's body */

/* What all exchanges of a server share. */
struct service {
	const struct site *site;
	struct router *router;
	struct meter *meter;
};
MUST_USE Err service_make(struct arena *, const struct site *,
    struct service *out);

/* What the browser sent; headers that were absent are NULL. */
struct asked {
	const char *method;
	const char *target;             /* path and query as they came */
	const char *peer;               /* address of the other end */
	const char *forwarded;          /* X-Forwarded-For */
	const char *cookie, *languages, *device;
	const char *origin, *fetch_site;
	const char *type;               /* of the body */
	const char *authorization;
	const char *if_none_match, *accept_encoding;
	const char *body;
	size_t len;
	size_t limit;                   /* of LEN; past it no body is kept */
};

enum exchange_step {
	STEP_SEND,              /* the reply is ready */
	STEP_READ,              /* exchange_read, on this thread */
	STEP_POOL,              /* exchange_pool, on the worker pool */
	STEP_WRITE,             /* exchange_write; finished is called later */
};

struct exchange;

/* What a struct req leads to that handlers have no need of. */
struct req_private {
	struct exchange *exchange;
	struct form *form;
	struct reader *reader;  /* for the server's own pages */
	const char *nonce;      /* of the page, once known */
	bool prolonged;         /* its cookie was set */
	const char *owner;      /* of the receipt, once known */
	bool doubled;           /* a field came twice and was read once */
	bool flashed;           /* the flash was shown: forget it */
	bool denied;            /* to somebody whom we know: audited */
	struct programme_id denied_in;
	const char *told[4];    /* topics that changed */
	size_t ntold;
};

struct exchange {
	const struct service *service;
	struct arena *arena;
	struct asked asked;
	struct instant now;
	const struct route *route;
	struct segments path;
	struct fields query;
	struct fields fields;
	struct upload upload;
	const char *network;
	int64_t number;         /* in the log and on a failure's page */
	void *prepared;
	struct req req;
	struct req_private private;
	struct reply reply;
	struct write_job job;
	/* Called on the writer's thread after a STEP_WRITE. */
	void (*finished)(struct exchange *);
};

/*
 * How long the body may be: more than FORM_LIMIT for a file from somebody who
 * may send one here.  Asked when all but the body is known.
 */
size_t exchange_limit(struct exchange *, struct reader *);

/* asked, now, arena, service and finished are set by the caller. */
enum exchange_step exchange_open(struct exchange *);
void exchange_read(struct exchange *, struct reader *);
enum exchange_step exchange_pool(struct exchange *, struct reader *);
/* False when too many wait: the reply then says so. */
bool exchange_write(struct exchange *);
/* Whether who got the reply would get it now: they may be signed out. */
bool exchange_still(const struct exchange *, struct reader *);
/* The reply that there are too many requests now. */
void exchange_busy(struct exchange *);

/* ---- Between the files of the exchange --------------------------------- */

/* A fresh struct req for one attempt. */
struct req *exchange_req(struct exchange *, struct arena *, struct db *);
/* Identity, programme, link, token and permission; false when replied. */
MUST_USE Err exchange_admit(struct req *, bool *in);
/* What a handler did is judged: replied at all, no doubled field. */
MUST_USE Err exchange_close(struct req *);
/* Logs ERR and makes the page for it. */
void exchange_fail(struct exchange *, struct arena *, Err);
extern const struct err err_memory;
/* The form as the browser sent it; its fields are judged when read. */
struct form *form_as_sent(struct req *);
/* A form without tokens, for pages that show none. */
struct form *form_blank(struct arena *);
/* The route of addresses that nobody has. */
extern const struct route route_absent;

#endif
