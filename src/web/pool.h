/*
 * The worker pool: slow work (password hashes, files, long exports) off the
 * event threads.  Its queue is bounded; what does not fit is refused.
 */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include "web/reader.h"

struct pool;

struct pool_job {
	void (*run)(struct pool_job *, struct reader *);
	struct pool_job *next;          /* the queue's */
};

MUST_USE Err pool_start(struct arena *, const char *url, unsigned threads,
    size_t limit, struct pool **out);
/* False when LIMIT jobs wait already. */
bool pool_put(struct pool *, struct pool_job *);
/* Runs what waits, then ends the threads; who comes after that is refused. */
void pool_stop(struct pool *);

#endif
