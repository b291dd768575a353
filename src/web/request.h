/*
 * A request, as a handler sees it: who asks, for what, with which form, and
 * where the answer goes.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/crypt.h"
#include "base/html.h"
#include "db/db.h"

enum method { GET, POST };

/* Who looks; filled by accounts/ through struct gate. */
struct viewer {
	struct person_id person;        /* 0: not signed in */
	int64_t login;                  /* the signed-in browser */
	const char *name;
	const char *initials;
	unsigned roles;                 /* active ones in the programme, bits */
	bool administrator;             /* of the installation */
	bool unfinished;                /* must set up a second step first */
	struct key form_key;            /* CSRF tokens are made with it */
};

/* The programme in the path, filled by programme/ through struct gate. */
struct setting {
	struct programme_id id;         /* 0: a page outside programmes */
	const char *slug;               /* in paths: /fryslan/today */
	const char *name;
	const char *phone;              /* help, in the footer; "" for none */
	const char *place;              /* "Fryslân" */
	enum language lang;             /* of letters to who named none */
};

/* What a one-task link allows; filled by the router from its token. */
struct holder {
	int64_t link;                   /* 0: no link */
	struct person_id person;        /* may be 0 */
	int64_t object;                 /* the id of what it is about */
	const char *token;              /* as it stood in the path */
};

struct form;
struct reply;
struct site;

struct req {
	struct arena *arena;    /* emptied when the attempt is run again */
	struct db *db;          /* in a transaction; read-only for GET */
	struct instant now;     /* one clock reading a request */
	struct day today;       /* the same, as a date in Amsterdam */
	enum language lang;
	struct viewer viewer;
	struct setting programme;
	struct holder holder;
	const struct form *form;        /* of a POST; never NULL */
	struct reply *reply;
	const struct site *site;        /* what all requests share */
	const struct route *route;
	void *prepared;                 /* what the route's prepare left */
	const char *network;            /* "192.0.2.7" or "2001:db8:1:2::/64" */
	const char *device;             /* User-Agent, at most 200 bytes */
	struct req_private *private;    /* the server's */
};

/* ":id" of the path as a positive number; 0 when it is none. */
int64_t path_id(const struct req *, const char *name);
/* ":name" of the path as text; "" when absent. */
const char *path_text(const struct req *, const char *name);
/* ?name= of the query, decoded, at most 500 bytes of sound UTF-8; else "". */
const char *query_text(const struct req *, const char *name);
int64_t query_int(const struct req *, const char *name, int64_t otherwise);
/* The value of the cookie "__Host-NAME", "" when absent. */
const char *cookie_get(const struct req *, const char *name);

int64_t new_id(struct req *);

/* The text in the reader's language. */
const char *say(const struct req *, const char *msgid);

/* A path of this programme: path_of(r, "/applications/%" PRId64, id). */
const char *path_of(const struct req *, const char *fmt, ...) PRINTF(2, 3);
/* The same with scheme and host, for mails. */
const char *url_of(const struct req *, const char *path);

#endif
