/*
 * A thread's own read-only connection, opened when first asked for, and
 * opened anew after it failed.
 */
#ifndef WEB_READER_H
#define WEB_READER_H

#include "db/db.h"

struct reader {
	const char *url;
	struct db *db;          /* NULL: not open */
};

/* Begins a transaction that only reads. */
MUST_USE Err reader_begin(struct reader *, struct arena *);
/* Ends it; a connection that is not SOUND is closed. */
void reader_end(struct reader *, bool sound);
void reader_close(struct reader *);

#endif
