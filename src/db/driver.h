/*
 * What SQLite and PostgreSQL each do for db.h.  Private to this folder.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include "db/db.h"

struct driver {
	void (*close)(struct db *);
	Err (*begin)(struct db *, struct arena *);
	Err (*commit)(struct db *, struct arena *);
	void (*rollback)(struct db *);
	Err (*savepoint)(struct db *, struct arena *);
	Err (*release)(struct db *, struct arena *);
	void (*rollback_to_savepoint)(struct db *);
	bool (*in_transaction)(const struct db *);
	int64_t (*changes)(const struct db *);
	Err (*enter)(struct db *, struct arena *, struct programme_id);
	Err (*script)(struct db *, struct arena *, const char *sql);
	/* The cursor's db and arena are set. */
	void (*run)(struct db_cursor *, const struct db_statement *,
	    const struct db_value *, size_t n);
	/* SQL that is made up as we go: prepared for this once. */
	void (*run_once)(struct db_cursor *, const char *sql,
	    const struct db_value *, size_t n);
	bool (*next)(struct db_cursor *);
	int64_t (*column_int)(struct db_cursor *, int column);
	const char *(*column_text)(struct db_cursor *, int column);
	const void *(*column_blob)(struct db_cursor *, int column, size_t *);
	bool (*is_null)(struct db_cursor *, int column);
	void (*end)(struct db_cursor *, int64_t *changed);
};

/* The first member of what each of them has for a connection. */
struct db {
	const struct driver *driver;
	enum db_kind kind;
	enum db_use use;
};

MUST_USE Err sqlite_open(struct arena *, const char *path, enum db_use,
    struct db **);
MUST_USE Err postgres_open(struct arena *, const char *conninfo, enum db_use,
    struct db **);

/* As db_run, for the few who must make up their SQL: back-up, migration. */
void db_run_once(struct db *, struct arena *, const char *sql,
    const struct db_value *, size_t n, struct db_cursor *);

/* Run a statement that gives no rows, or none that matter. */
MUST_USE Err db_exec(struct db *, struct arena *, const char *sql,
    const struct db_value *, size_t n);

/*
 * Statements already prepared on a connection, found by the address of their
 * constant.  Freed with what they hold by the driver.
 */
struct prepared {
	const struct db_statement *statement;
	void *handle;
};
struct prepared_table {
	struct prepared *at;
	size_t cap, n;
};
/* The place of STATEMENT; its handle is NULL the first time. */
struct prepared *prepared_find(struct prepared_table *,
    const struct db_statement *);
void prepared_free(struct prepared_table *);

/*
 * To PostgreSQL, with NAME for whoever looks there.  One that does not answer
 * is given up after seconds; what CONNINFO says itself goes before that.
 */
struct pg_conn *postgres_connect(const char *conninfo, const char *name);

/* The handle of an SQLite connection, for the back-up API. */
struct sqlite3 *sqlite_handle(struct db *);
/* Whether a library of this number has the repair of the WAL-reset bug. */
bool sqlite_is_sound(int version);

#endif
