/*
 * The guard: what libmicrohttpd 0.9.75 does not see to.  It takes two
 * lengths for one body, requests without a host, and headers that drip in
 * for ever.  Here headers are judged strictly, and each phase of a
 * connection has a deadline, which a thread of its own enforces.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include <microhttpd.h>

#include "web/meter.h"

struct guard;

enum guard_phase {
	GUARD_NOTHING,          /* no deadline: we are the ones at work */
	GUARD_HEADER,           /* until all headers are here */
	GUARD_BODY,             /* until the body is */
	GUARD_REPLY,            /* until the reply is taken */
	GUARD_IDLE,             /* until the next request, cut silently */
};

struct guard_rules {
	int header, body, reply, idle;  /* seconds */
	int crowd;      /* with more connections who idles goes sooner */
	bool https;     /* what it says by itself says so too */
};

MUST_USE Err guard_start(struct arena *, const struct guard_rules *,
    struct meter *, struct guard **out);
/* After the connections are gone. */
void guard_stop(struct guard *);

/*
 * Tells where a connection is; the deadline starts now, but who was sending
 * headers already gets no more time for them.
 */
void guard_enter(struct guard *, struct MHD_Connection *,
    enum guard_phase);
/* A connection begins or is over. */
void guard_notify(struct guard *, struct MHD_Connection *,
    enum MHD_ConnectionNotificationCode);

/* Whether somebody has connected, and has yet to say what they want. */
bool guard_expects(struct guard *);

enum { GUARD_TARGET_MAX = 4096, GUARD_HEADERS_MAX = 16 * 1024 };

/* 0 when the headers may pass, or the status to refuse them with. */
int guard_judge(struct MHD_Connection *, const char *version,
    const char *target);

/* One header, as guard_judge sees it; exposed for tests. */
struct guard_seen {
	int lengths, encodings, hosts;
	size_t bytes;
	int status;             /* 0 so far */
};
void guard_see(struct guard_seen *, const char *name, size_t nname,
    const char *value, size_t nvalue);
int guard_sum(const struct guard_seen *, const char *version);

#endif
