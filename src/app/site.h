/*
 * The parts of a running installation, put together: key, ids, writer,
 * features, gate.  What serves, and what a command uses that writes.
 */
#ifndef APP_SITE_H
#define APP_SITE_H

#include "app/config.h"
#include "db/migrate.h"
#include "web/site.h"

/*
 * Makes the data directory and the key when they are not there, brings the
 * database up to date and starts the writer.  The site lives in the arena.
 *
 * The writer's thread first reads the whole file, beside those who already
 * read pages: nothing is ever stored in a damaged one.  DAMAGED is then
 * called, on that thread; NULL when the failing jobs tell enough.
 */
MUST_USE Err site_open(struct arena *, const struct config *,
    void (*damaged)(void), struct site **);
void site_close(struct site *);

/* Bring the database up to date, with a back-up in DATA/backup first. */
MUST_USE Err site_migrate(struct arena *, const struct config *);

/* A request that no browser made: for commands and jobs. */
struct req site_request(const struct site *, struct arena *, struct db *);

/* In a transaction of the writer, with a request of that kind. */
MUST_USE Err site_write(const struct site *, struct arena *,
    Err (*run)(struct req *, void *arg), void *arg);

#endif
