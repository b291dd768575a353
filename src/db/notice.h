/*
 * Notices between processes that share a PostgreSQL.  A notice is sent in a
 * transaction and arrives after its commit, once, at every process that
 * listens, the sender among them.  It lives nowhere: who is away misses it.
 *
 * An SQLite file has one process, which needs none of this.
 */
#ifndef DB_NOTICE_H
#define DB_NOTICE_H

#include "db/db.h"

/* Called on the listening thread, one at a time. */
struct notice_hearer {
	void (*heard)(void *arg, const char *text);
	/* The connection is new: what came before may have been missed. */
	void (*missed)(void *arg);
	void *arg;
};

/*
 * Listens in a thread and on a connection of its own, and connects again
 * whenever that is lost.  The connection must be a direct one: a pooler that
 * shares it between transactions loses notices.  *OUT is NULL on SQLite.
 */
struct notices;
MUST_USE Err notices_start(struct arena *, const char *url,
    const struct notice_hearer *, struct notices **out);
void notices_stop(struct notices *);            /* NULL is fine */

/* At the commit of this transaction, tell TEXT; on SQLite nothing is done. */
MUST_USE Err notice_send(struct db *, struct arena *, const char *text);

#endif
