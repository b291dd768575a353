/* Back-up and restore: see backup.h. */
#include "db/backup.h"

#include "base/file.h"
#include "db/driver.h"
#include "db/migrate.h"
#include "db/tables.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
close_db(struct db **db)
{
	db_close(*db);
}

/* A connection that closes at the end of the block. */
#define DB_CLOSING CLEANUP(close_db) struct db *

static const char *
sqlite_url(struct arena *arena, const char *file)
{
	return text_fmt(arena, "sqlite:%s", file);
}

/* All pages of FROM into TO, whatever TO held. */
static Err
copy_pages(struct arena *arena, struct db *from, struct db *to)
{
	sqlite3_backup *b = sqlite3_backup_init(sqlite_handle(to), "main",
	    sqlite_handle(from), "main");
	int rc = SQLITE_ERROR;

	if (b != NULL) {
		rc = sqlite3_backup_step(b, -1);
		sqlite3_backup_finish(b);
	}
	if (rc != SQLITE_DONE)
		return err_make(arena, (rc & 0xff) == SQLITE_FULL ? ERR_FULL
		    : ERR_FAILED, "copy of the database: sqlite %d", rc);
	return OK;
}

/* Without a WAL beside it: a back-up is one file. */
static Err
settle(struct arena *arena, struct db *db)
{
	return db_script(db, arena, "PRAGMA journal_mode = DELETE");
}

/* Rows and hash of FILE, opened anew. */
static Err
prove(struct arena *arena, const char *file, const struct backup_report *wanted)
{
	DB_CLOSING db = NULL;
	struct backup_report got;

	TRY(db_open(arena, sqlite_url(arena, file), DB_READ, &db));
	TRY(backup_row_hash(arena, db, &got.rows, &got.row_hash));
	if (got.rows == wanted->rows
	    && text_same(got.row_hash, wanted->row_hash))
		return OK;
	return err_make(arena, ERR_DAMAGED, "the copy does not hold the same "
	    "rows: %" PRId64 " of %" PRId64, got.rows, wanted->rows);
}

static Err
snapshot_of(struct arena *arena, struct db *db, const char *copy,
    struct backup_report *report)
{
	DB_CLOSING to = NULL;

	TRY(backup_row_hash(arena, db, &report->rows, &report->row_hash));
	TRY(db_open(arena, sqlite_url(arena, copy), DB_OWNER, &to));
	TRY(copy_pages(arena, db, to));
	return settle(arena, to);
}

/* VACUUM leaves behind what was deleted, and is the restore that proves. */
static Err
vacuum_into(struct arena *arena, const char *copy, const char *file)
{
	DB_CLOSING db = NULL;
	const struct db_value name = db_value_text(file);

	TRY(db_open(arena, sqlite_url(arena, copy), DB_OWNER, &db));
	TRY(settle(arena, db));
	return db_exec(db, arena, "VACUUM INTO ?1", &name, 1);
}

/*
 * The pages as one moment has them, in a transaction that hashes the rows
 * of the same moment; the file is made from this copy.
 */
static Err
backup_sqlite(struct arena *arena, struct db *db, const char *file,
    struct backup_report *report)
{
	const char *copy = text_fmt(arena, "%s.part", file);
	Err err;

	err = snapshot_of(arena, db, copy, report);
	if (err == OK)
		err = vacuum_into(arena, copy, file);
	unlink(copy);
	return err;
}

/* Puts each row it is given into another database. */
struct copying {
	struct table_reader reader;     /* first: cast back from it */
	struct db *to;
	const char *insert;             /* for the present table */
	int64_t programme;              /* entered last */
};

static const char *
insert_for(struct arena *arena, const struct table *t, enum db_kind kind)
{
	struct buf b = buf_make(arena);

	buf_fmt(&b, "INSERT INTO %s (%s) VALUES (", t->name,
	    table_columns(arena, t));
	for (size_t i = 1; i <= t->ncolumns; i++)
		buf_fmt(&b, "%s%c%zu", i == 1 ? "" : ", ",
		    kind == DB_SQLITE ? '?' : '$', i);
	buf_text(&b, ")");
	return buf_get(&b);
}

static Err
copy_row(struct table_reader *reader, struct arena *row,
    const struct table *t, const struct db_value *value)
{
	struct copying *k = (struct copying *)reader;

	if (t->of_programme && value[0].n != k->programme) {
		struct programme_id p = { value[0].n };

		TRY(db_enter(k->to, row, p));
		k->programme = p.v;
	}
	return db_exec(k->to, row, k->insert, value, t->ncolumns);
}

/* All rows of FROM into TO, which has the same tables, empty. */
static Err
copy_rows(struct arena *arena, struct db *from, struct db *to)
{
	struct copying k = { .reader = { copy_row }, .to = to,
	    .programme = -1 };
	struct tables tables;

	TRY(tables_list(from, arena, &tables));
	for (size_t i = 0; i < tables.n; i++) {
		k.insert = insert_for(arena, &tables.at[i], db_kind(to));
		TRY(table_read(from, arena, &tables.at[i], &k.reader));
	}
	return OK;
}

static Err
backup_postgres(struct arena *arena, struct db *db, const char *file,
    struct backup_report *report)
{
	const char *url = sqlite_url(arena, file);
	struct migrate_report migrated;
	DB_CLOSING to = NULL;

	TRY(backup_row_hash(arena, db, &report->rows, &report->row_hash));
	TRY(migrate(arena, url, NULL, (struct instant){ 0 }, &migrated));
	TRY(db_open(arena, url, DB_OWNER, &to));
	TRY(db_begin(to, arena));
	TRY(copy_rows(arena, db, to));
	TRY(db_commit(to, arena));
	return settle(arena, to);
}

static Err
make(struct arena *arena, const char *url, const char *file,
    struct backup_report *report)
{
	DB_CLOSING db = NULL;

	TRY(db_open(arena, url, DB_READ, &db));
	TRY(db_begin(db, arena));
	if (db_kind(db) == DB_SQLITE)
		TRY(backup_sqlite(arena, db, file, report));
	else
		TRY(backup_postgres(arena, db, file, report));
	db_rollback(db);
	return prove(arena, file, report);
}

Err
backup_make(struct arena *arena, const char *url, const char *file,
    struct backup_report *out)
{
	struct backup_report report = { .file = file };
	const char *draft = text_fmt(arena, "%s.new", file);
	Err err;

	if (access(file, F_OK) == 0)
		return err_make(arena, ERR_INPUT, "the file is there already");
	unlink(draft);          /* of a back-up that was killed */
	err = make(arena, url, draft, &report);
	if (err == OK && !file_publish(arena, draft, file))
		err = err_make(arena, ERR_FAILED, "the back-up: %s",
		    strerror(errno));
	if (err != OK) {
		unlink(draft);
		return err;
	}
	*out = report;
	return OK;
}

/* Whether there is anything to lose. */
static Err
has_rows(struct arena *arena, struct db *db, bool *out)
{
	const char *hex;
	int64_t rows;

	TRY(db_begin(db, arena));
	TRY(backup_row_hash(arena, db, &rows, &hex));
	db_rollback(db);
	*out = rows != 0;
	return OK;
}

static Err
check_level(struct arena *arena, struct db *file)
{
	int level;

	TRY(migrate_level(file, arena, &level));
	if (level == 0)
		return err_make(arena, ERR_INPUT, "this is no back-up");
	if (level > migrations[nmigrations - 1].number)
		return err_make(arena, ERR_INPUT,
		    "the back-up is newer than this program");
	return OK;
}

static Err
restore_sqlite(struct arena *arena, struct db *from, struct db *to)
{
	TRY(copy_pages(arena, from, to));
	return db_script(to, arena, "PRAGMA journal_mode = WAL");
}

static Err
truncate_all(struct arena *arena, struct db *to)
{
	struct tables tables;
	struct buf b = buf_make(arena);

	TRY(tables_list(to, arena, &tables));
	buf_text(&b, "TRUNCATE ");
	for (size_t i = 0; i < tables.n; i++)
		buf_fmt(&b, "%s%s", i == 0 ? "" : ", ", tables.at[i].name);
	return db_script(to, arena, buf_get(&b));
}

/* An older back-up is first brought up to date, in a copy. */
static Err
restore_postgres(struct arena *arena, struct db *from, struct db *to)
{
	int level;

	TRY(migrate_level(from, arena, &level));
	if (level != migrations[nmigrations - 1].number)
		return err_make(arena, ERR_INPUT, "the back-up is older: "
		    "restore it into an SQLite file first");
	TRY(db_begin(to, arena));
	TRY(truncate_all(arena, to));
	TRY(copy_rows(arena, from, to));
	return db_commit(to, arena);
}

static Err
restore_into(struct arena *arena, struct db *from, struct db *to,
    struct backup_report *report)
{
	struct backup_report got;

	TRY(db_begin(from, arena));
	TRY(backup_row_hash(arena, from, &report->rows, &report->row_hash));
	if (db_kind(to) == DB_SQLITE)
		TRY(restore_sqlite(arena, from, to));
	else
		TRY(restore_postgres(arena, from, to));
	TRY(db_begin(to, arena));
	TRY(backup_row_hash(arena, to, &got.rows, &got.row_hash));
	db_rollback(to);
	if (!text_same(got.row_hash, report->row_hash))
		return err_make(arena, ERR_DAMAGED,
		    "what was restored is not what the back-up holds");
	return OK;
}

Err
backup_restore(struct arena *arena, const char *file, const char *url,
    bool over, struct backup_report *out)
{
	struct backup_report report = { .file = file };
	struct migrate_report migrated;
	DB_CLOSING from = NULL;
	DB_CLOSING to = NULL;
	bool occupied;

	TRY(db_open(arena, sqlite_url(arena, file), DB_READ, &from));
	TRY(check_level(arena, from));
	if (text_begins(url, "postgres:"))
		TRY(migrate(arena, url, NULL, instant_now(), &migrated));
	TRY(db_open(arena, url, DB_OWNER, &to));
	TRY(has_rows(arena, to, &occupied));
	if (occupied && !over)
		return err_make(arena, ERR_INPUT,
		    "the database holds rows already");
	TRY(restore_into(arena, from, to, &report));
	*out = report;
	return OK;
}
