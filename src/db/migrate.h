/*
 * Migrations: numbered files, forward only, each applied once in a
 * transaction of its own, its checksum kept.  They are written in SQLite's
 * dialect with STRICT tables; for PostgreSQL the column types are replaced
 * and every table with a programme in its key gets row-level security.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration {
	int number;
	const char *name;
	const char *sql;
};

/* All of them, in order; generated from migrations/ at build time. */
extern const struct migration migrations[];
extern const size_t nmigrations;

struct migrate_report {
	int from, to;           /* numbers; 0 is an empty database */
	const char *backup;     /* file made before, or NULL */
};

/*
 * Bring the database at URL up to date.  BACKUP_DIR, when not NULL, gets a
 * copy first if there is something to lose (SQLite).  Refuses a database
 * that is newer than the program, or whose past migrations were altered.
 */
MUST_USE Err migrate(struct arena *, const char *url, const char *backup_dir,
    struct instant now, struct migrate_report *);

/* The number that the database has, without changing it. */
MUST_USE Err migrate_level(struct db *, struct arena *, int *level);

/*
 * Whether it has them all, without changing it; the error when it is newer
 * than the program, or its past was altered.
 */
MUST_USE Err migrate_is_done(struct db *, struct arena *, bool *done);

/* SQL of a migration as PostgreSQL wants it; exposed for tests. */
const char *migrate_for_postgres(struct arena *, const char *sql);

#endif
