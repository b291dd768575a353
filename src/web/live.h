/*
 * Live pages: a browser holds one GET open and hears, by server-sent events,
 * that something changed.  An event names a topic and a number, no content;
 * the page asks again for what it shows.  The topic "*" is all of them: some
 * change may have been missed.  Heartbeat every 15 seconds; a stream ends at
 * the first one after the right to listen is gone.
 *
 * Over PostgreSQL all processes hear of a change in one of them: by a notice
 * in the transaction of the change (db/notice.h).
 */
#ifndef WEB_LIVE_H
#define WEB_LIVE_H

#include "web/request.h"

/* One a process, before the server; stopped after it. */
struct live;
MUST_USE Err live_start(struct arena *, const char *database,
    struct live **out);
void live_stop(struct live *);

/*
 * Say after the commit of this request that TOPIC of the programme changed:
 * "applications", a constant of at most 31 bytes.  It may be said again.
 */
void live_tell(struct req *, const char *topic);

/*
 * Reply of a ROUTE_LIVE handler: the programme's events from now on.  One
 * login has at most ten of them; the next hears 429, and stays as it is.
 */
MUST_USE Err reply_live(struct req *);

#endif
