/* The database in an SQLite file. */
#include "db/driver.h"

#include "base/log.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_FOR_LOCK = 5000 };  /* milliseconds */

struct lite {
	struct db db;
	sqlite3 *handle;
	struct prepared_table prepared;
};

bool
sqlite_is_sound(int version)
{
	return version >= 3051003;
}

struct sqlite3 *
sqlite_handle(struct db *db)
{
	ASSERT(db->kind == DB_SQLITE);
	return ((struct lite *)db)->handle;
}

static enum err_kind
kind_of(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return ERR_UNIQUE;
	case SQLITE_BUSY_SNAPSHOT:
		return ERR_RETRY;
	case SQLITE_IOERR_SHMSIZE:      /* no room for the WAL's index */
		return ERR_FULL;
	}
	switch (code & 0xff) {
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_DAMAGED;
	}
	return ERR_FAILED;
}

/*
 * After a failed fsync nobody knows what is on the disk, and a second one
 * may report success for pages that were thrown away: the only sound thing
 * is to end, and to read back what is there.
 */
static void
end_if_not_synced(int code)
{
	if (code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC)
		return;
	LOG(LOG_FAIL, "the disk did not store what was written",
	    LOG_INT("sqlite", code));
	abort();
}

/* SQLite's messages name tables and columns, never a value. */
static Err
failure(struct lite *l, struct arena *arena, const char *what)
{
	int code = sqlite3_extended_errcode(l->handle);
	enum err_kind kind = kind_of(code);

	end_if_not_synced(code);
	/* How SQLite found out tells an operator nothing. */
	if (kind == ERR_DAMAGED)
		return err_make(arena, kind, "the database file is damaged: "
		    "restore the last back-up (%s, sqlite %d)", what, code);
	return err_make(arena, kind, "%s: %s (sqlite %d)", what,
	    sqlite3_errmsg(l->handle), code);
}

/* Sqlgen has prepared all statements on the tables of the migrations. */
static Err
no_such_tables(struct lite *l, struct arena *arena, const char *name)
{
	if (sqlite3_errcode(l->handle) != SQLITE_ERROR)
		return failure(l, arena, name);
	return err_make(arena, ERR_DAMAGED, "the database is damaged, its "
	    "tables are not those of this program: restore the last back-up "
	    "(%s: %s)", name, sqlite3_errmsg(l->handle));
}

static Err
lite_script(struct db *db, struct arena *arena, const char *sql)
{
	struct lite *l = (struct lite *)db;

	if (sqlite3_exec(l->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return failure(l, arena, "script");
	return OK;
}

static void
lite_close(struct db *db)
{
	struct lite *l = (struct lite *)db;

	for (size_t i = 0; i < l->prepared.cap; i++)
		sqlite3_finalize(l->prepared.at[i].handle);
	prepared_free(&l->prepared);
	sqlite3_close(l->handle);
	free(l);
}

/* Statements that a jump left in the middle. */
static void
forget_cursors(struct lite *l)
{
	sqlite3_stmt *s = NULL;

	while ((s = sqlite3_next_stmt(l->handle, s)) != NULL) {
		sqlite3_reset(s);
		sqlite3_clear_bindings(s);
	}
}

static void
bind(struct db_cursor *c, const struct db_value *value, size_t n)
{
	sqlite3_stmt *s = c->handle;

	for (size_t i = 0; i < n; i++) {
		const struct db_value *v = &value[i];
		int at = (int)i + 1;

		switch (v->type) {
		case DB_NULL:
			sqlite3_bind_null(s, at);
			break;
		case DB_INT:
			sqlite3_bind_int64(s, at, v->n);
			break;
		case DB_TEXT:
			sqlite3_bind_text(s, at, v->text, -1, SQLITE_STATIC);
			break;
		case DB_BLOB:
			sqlite3_bind_blob64(s, at, v->text, v->len,
			    SQLITE_STATIC);
			break;
		}
	}
}

static void
lite_run(struct db_cursor *c, const struct db_statement *statement,
    const struct db_value *value, size_t n)
{
	struct lite *l = (struct lite *)c->db;
	struct prepared *p = prepared_find(&l->prepared, statement);
	sqlite3_stmt *s = p->handle;

	if (s == NULL && sqlite3_prepare_v3(l->handle, statement->sqlite, -1,
	    SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
		c->err = no_such_tables(l, c->arena, statement->name);
		return;
	}
	ASSERT(!sqlite3_stmt_busy(s));
	p->handle = s;
	c->handle = s;
	bind(c, value, n);
}

/* Finalized by lite_end, as its row is not -1. */
static void
lite_run_once(struct db_cursor *c, const char *sql,
    const struct db_value *value, size_t n)
{
	struct lite *l = (struct lite *)c->db;
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(l->handle, sql, -1, &s, NULL) != SQLITE_OK) {
		c->err = failure(l, c->arena, "statement");
		return;
	}
	c->handle = s;
	c->row = 0;
	bind(c, value, n);
}

static bool
lite_next(struct db_cursor *c)
{
	struct lite *l = (struct lite *)c->db;
	int rc = sqlite3_step(c->handle);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		c->err = failure(l, c->arena, "statement");
	return rc == SQLITE_ROW;
}

static void
lite_end(struct db_cursor *c, int64_t *changed)
{
	struct lite *l = (struct lite *)c->db;

	*changed = sqlite3_changes64(l->handle);
	if (c->row >= 0) {
		sqlite3_finalize(c->handle);
	} else if (c->handle != NULL) {
		sqlite3_reset(c->handle);
		sqlite3_clear_bindings(c->handle);
	}
	c->handle = NULL;
}

static int64_t
lite_int(struct db_cursor *c, int column)
{
	return sqlite3_column_int64(c->handle, column);
}

static const char *
lite_text(struct db_cursor *c, int column)
{
	const char *s = (const char *)sqlite3_column_text(c->handle, column);

	if (s == NULL)
		return NULL;
	return text_copy_n(c->arena, s,
	    (size_t)sqlite3_column_bytes(c->handle, column));
}

static bool
lite_is_null(struct db_cursor *c, int column)
{
	return sqlite3_column_type(c->handle, column) == SQLITE_NULL;
}

static const void *
lite_blob(struct db_cursor *c, int column, size_t *len)
{
	const void *p = sqlite3_column_blob(c->handle, column);

	*len = (size_t)sqlite3_column_bytes(c->handle, column);
	if (lite_is_null(c, column))
		return NULL;
	return *len == 0 ? "" : (const void *)text_copy_n(c->arena, p, *len);
}

/* Run one of our own statements about transactions. */
static Err
control(struct db *db, struct arena *arena,
    const struct db_statement *statement)
{
	struct db_cursor c;

	db_run(db, arena, statement, NULL, 0, &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

static Err
lite_begin(struct db *db, struct arena *arena)
{
	static const struct db_statement read = { "begin", "BEGIN", NULL };
	static const struct db_statement write = {
		"begin", "BEGIN IMMEDIATE", NULL,
	};

	return control(db, arena, db->use == DB_READ ? &read : &write);
}

static Err
lite_commit(struct db *db, struct arena *arena)
{
	static const struct db_statement commit = { "commit", "COMMIT", NULL };

	return control(db, arena, &commit);
}

static bool
lite_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(((const struct lite *)db)->handle);
}

static int64_t
lite_changes(const struct db *db)
{
	return sqlite3_total_changes64(((const struct lite *)db)->handle);
}

static void
lite_rollback(struct db *db)
{
	struct lite *l = (struct lite *)db;

	forget_cursors(l);
	if (lite_in_transaction(db))
		sqlite3_exec(l->handle, "ROLLBACK", NULL, NULL, NULL);
}

static Err
lite_savepoint(struct db *db, struct arena *arena)
{
	static const struct db_statement savepoint = {
		"savepoint", "SAVEPOINT part", NULL,
	};

	return control(db, arena, &savepoint);
}

static Err
lite_release(struct db *db, struct arena *arena)
{
	static const struct db_statement release = {
		"release", "RELEASE part", NULL,
	};

	return control(db, arena, &release);
}

static void
lite_rollback_to_savepoint(struct db *db)
{
	struct lite *l = (struct lite *)db;

	forget_cursors(l);
	if (lite_in_transaction(db))
		sqlite3_exec(l->handle, "ROLLBACK TO part; RELEASE part",
		    NULL, NULL, NULL);
}

static Err
lite_enter(struct db *db, struct arena *arena, struct programme_id programme)
{
	return OK;
}

static const struct driver lite_driver = {
	.close = lite_close,
	.begin = lite_begin,
	.commit = lite_commit,
	.rollback = lite_rollback,
	.savepoint = lite_savepoint,
	.release = lite_release,
	.rollback_to_savepoint = lite_rollback_to_savepoint,
	.in_transaction = lite_in_transaction,
	.changes = lite_changes,
	.enter = lite_enter,
	.script = lite_script,
	.run = lite_run,
	.run_once = lite_run_once,
	.next = lite_next,
	.column_int = lite_int,
	.column_text = lite_text,
	.column_blob = lite_blob,
	.is_null = lite_is_null,
	.end = lite_end,
};

/*
 * Readers neither write nor checkpoint, which would race with the writer;
 * they map the file into memory, as long as it is when they ask.
 */
static Err
configure(struct lite *l, struct arena *arena)
{
	static const char reader[] =
	    "PRAGMA query_only = 1;"
	    "PRAGMA wal_autocheckpoint = 0;"
	    "PRAGMA mmap_size = 268435456;";
	static const char writer[] =
	    "PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = FULL;"
	    "PRAGMA foreign_keys = 1;"
	    "PRAGMA secure_delete = 1;"
	    "PRAGMA journal_size_limit = 67108864;";
	bool reads = l->db.use == DB_READ;

	sqlite3_extended_result_codes(l->handle, 1);
	sqlite3_busy_timeout(l->handle, WAIT_FOR_LOCK);
	sqlite3_db_config(l->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/*
	 * Plans must not look at what is bound: where a partial index could
	 * serve, they did, and were made anew at every run.
	 */
	sqlite3_db_config(l->handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	sqlite3_db_config(l->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
	    reads ? 1 : 0, NULL);
	TRY(lite_script(&l->db, arena,
	    "PRAGMA trusted_schema = 0; PRAGMA temp_store = MEMORY;"));
	return lite_script(&l->db, arena, reads ? reader : writer);
}

Err
sqlite_open(struct arena *arena, const char *path, enum db_use use,
    struct db **out)
{
	int flags = use == DB_READ ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	struct lite *l;
	Err err = OK;

	if (!sqlite_is_sound(sqlite3_libversion_number()))
		return err_make(arena, ERR_FAILED,
		    "SQLite %s can lose commits; 3.51.3 is the least",
		    sqlite3_libversion());
	l = calloc(1, sizeof *l);
	if (l == NULL)
		return err_make(arena, ERR_FAILED, "no memory to open with");
	l->db = (struct db){ &lite_driver, DB_SQLITE, use };
	if (sqlite3_open_v2(path, &l->handle, flags | SQLITE_OPEN_NOMUTEX,
	    NULL) != SQLITE_OK)
		err = failure(l, arena, "open");
	if (err == OK)
		err = configure(l, arena);
	if (err != OK && err->kind == ERR_FAILED)
		err = err_make(arena, ERR_DAMAGED,
		    "the database file cannot be read: %s", err->text);
	if (err != OK) {
		lite_close(&l->db);
		return err;
	}
	*out = &l->db;
	return OK;
}
