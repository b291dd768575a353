/*
 * The live pages of a process, as the server sees them.
 */
#ifndef WEB_LIVE_PRIVATE_H
#define WEB_LIVE_PRIVATE_H

#include "web/live.h"

/* Before the commit of R: what it told goes with it to all processes. */
MUST_USE Err live_notify(struct req *);
/* After the commit, where no notice does it: to who listens here. */
void live_publish(const struct req *);

/* One browser that listens to a programme. */
struct listener;
enum { LIVE_WAIT = 0, LIVE_END = -1, LIVE_PER_LOGIN = 10 };

/* LOGIN is 0 for who has none.  NULL when there is no memory. */
struct listener *live_listen(struct live *, struct programme_id,
    int64_t login);
/* Whether its heart beats now: the moment to judge its right anew. */
bool live_is_due(struct listener *);
/* Beats all hearts now, for tests. */
void live_beat(struct live *);

/*
 * What is to be sent now, at most N bytes, or LIVE_END.  When there is
 * nothing: SLEEP is called and LIVE_WAIT returned; WAKE is called once when
 * that has changed.  Both are called with the lock held, so that no change
 * falls between them, and must not call back.
 */
struct live_sleep {
	void (*sleep)(void *arg);
	void (*wake)(void *arg);
	void *arg;
};
long live_read(struct listener *, char *p, size_t n,
    const struct live_sleep *);
void live_leave(struct listener *);

size_t live_count(struct live *);
/* Ends all streams. */
void live_close(struct live *);

#endif
