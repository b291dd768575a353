/*
 * The database: one connection to SQLite or PostgreSQL, used by one thread
 * at a time.  Features do not call this; they call the typed functions that
 * sqlgen writes from their x.sql, which do.
 *
 * A URL is "sqlite:PATH" or "postgres:CONNINFO" (what libpq takes).  An
 * SQLite older than 3.51.3 is refused: until then a checkpoint could lose a
 * commit (the WAL-reset bug).
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/crypt.h"
#include "base/date.h"
#include "base/id.h"
#include "base/text.h"

struct db;

enum db_kind { DB_SQLITE, DB_POSTGRES };
enum db_use {
	DB_READ,        /* read-only; on SQLite memory-mapped */
	DB_WRITE,       /* on SQLite alone in committing, checkpointing */
	DB_OWNER,       /* migrations and maintenance */
};

/* The connection lives until db_close, the error in the arena. */
MUST_USE Err db_open(struct arena *, const char *url, enum db_use,
    struct db **out);
void db_close(struct db *);
enum db_kind db_kind(const struct db *);

/*
 * Before the first write, and beside those who read: whether the file is
 * sound (SQLite; quick_check).
 */
MUST_USE Err db_check(struct arena *, const char *url);

/*
 * A transaction.  On SQLite a writing one takes the write lock at once; on
 * PostgreSQL it is READ COMMITTED for writing, REPEATABLE READ READ ONLY for
 * reading.  An error inside leaves nothing to do but roll back.
 */
MUST_USE Err db_begin(struct db *, struct arena *);
MUST_USE Err db_commit(struct db *, struct arena *);
void db_rollback(struct db *);          /* also forgets cursors left open */

/* Within a transaction: what follows can be taken back alone. */
MUST_USE Err db_savepoint(struct db *, struct arena *);
MUST_USE Err db_release(struct db *, struct arena *);
void db_rollback_to_savepoint(struct db *);

/* Whether a transaction is still there (a full disk may have ended it). */
bool db_in_transaction(const struct db *);

/* Rows changed since it was opened, those taken back among them. */
int64_t db_changes(const struct db *);

/*
 * The second lock between programmes: from here to the end of the
 * transaction row-level security shows the rows of this programme only.
 * Nothing to do on SQLite, where sqlgen's check is the lock.
 */
MUST_USE Err db_enter(struct db *, struct arena *, struct programme_id);

/* Bytes of a column, of whatever length; p NULL is SQL's NULL. */
struct blob { const void *p; size_t len; };

/* ---- For generated code ------------------------------------------------ */

/* One statement, a constant of the program.  Prepared once a connection. */
struct db_statement {
	const char *name;
	const char *sqlite;             /* parameters as ?1, ?2 */
	const char *postgres;           /* parameters as $1, $2 */
};

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
	enum db_type type;
	int64_t n;
	const char *text;               /* NULL is SQL's NULL */
	size_t len;                     /* of a blob */
};

struct db_value db_value_int(int64_t);
struct db_value db_value_int_or_null(int64_t);  /* 0 is NULL */
struct db_value db_value_bool_or_null(int);     /* -1 is NULL */
struct db_value db_value_text(const char *);    /* NULL is NULL */
struct db_value db_value_blob(const void *, size_t);    /* likewise */
struct db_value db_value_day(struct arena *, struct day);
struct db_value db_value_day_or_null(struct arena *, struct day); /* DAY_NONE */

struct db_cursor {
	struct db *db;
	struct arena *arena;
	void *handle;
	int row;
	Err err;
};

/*
 * Run a statement.  Always followed by db_next until false, then db_end,
 * which gives the error if there was one, and the rows changed.
 */
void db_run(struct db *, struct arena *, const struct db_statement *,
    const struct db_value *, size_t n, struct db_cursor *);
bool db_next(struct db_cursor *);
int64_t db_int(struct db_cursor *, int column);         /* NULL is 0 */
/* Outside of these, or NULL where those do not stand: damaged. */
int64_t db_int_in(struct db_cursor *, int column, int64_t least,
    int64_t most);
int64_t db_int_or_none_in(struct db_cursor *, int column, int64_t least,
    int64_t most);                                      /* NULL is 0 */
const char *db_text_there(struct db_cursor *, int column); /* NULL: damaged */
const void *db_blob_there(struct db_cursor *, int column, size_t *len);
bool db_day_there(struct db_cursor *, int column, struct day *);
const char *db_text(struct db_cursor *, int column);    /* copied; NULL kept */
const void *db_blob(struct db_cursor *, int column, size_t *len);
bool db_day(struct db_cursor *, int column, struct day *); /* else DAY_NONE */
bool db_hash(struct db_cursor *, int column, struct hash *); /* of 32 bytes */
int db_bool_or_none(struct db_cursor *, int column);    /* -1 for NULL */
bool db_is_null(struct db_cursor *, int column);
MUST_USE Err db_end(struct db_cursor *, int64_t *changed);

/* ROWS, of which N of SIZE bytes are used, with room for one more. */
void *db_grow(struct arena *, void *rows, size_t n, size_t size);

/* Many statements at once, as migrations are; nothing is bound. */
MUST_USE Err db_script(struct db *, struct arena *, const char *sql);

#endif
