/* Migrations: applied in order, each once, each proven to be unaltered. */
#include "db/driver.h"

#include "db/backup.h"
#include "db/migrate.h"

/* A record of what was applied; the only table that no migration makes. */
static const char record_table[] =
    "CREATE TABLE IF NOT EXISTS migration ("
    "number INTEGER NOT NULL PRIMARY KEY, "
    "name TEXT NOT NULL, "
    "checksum TEXT NOT NULL, "
    "applied_at INTEGER NOT NULL) STRICT;";

/* Any number; all processes that migrate take the same lock. */
enum { LOCK = 20250101 };

static Err
has_record(struct db *db, struct arena *arena, bool *found)
{
	static const struct db_statement statement = {
		"has_record",
		"SELECT COUNT(*) FROM sqlite_schema WHERE name = 'migration'",
		"SELECT COUNT(*) FROM pg_class WHERE relname = 'migration'"
		" AND relnamespace = current_schema()::regnamespace",
	};
	struct db_cursor c;
	bool got = false;

	db_run(db, arena, &statement, NULL, 0, &c);
	while (db_next(&c))
		got = db_int(&c, 0) != 0;
	TRY(db_end(&c, NULL));
	*found = got;
	return OK;
}

Err
migrate_level(struct db *db, struct arena *arena, int *level)
{
	static const struct db_statement statement = {
		"migrate_level",
		"SELECT COALESCE(MAX(number), 0) FROM migration",
		"SELECT COALESCE(MAX(number), 0) FROM migration",
	};
	struct db_cursor c;
	bool found;
	int got = 0;

	TRY(has_record(db, arena, &found));
	if (found) {
		db_run(db, arena, &statement, NULL, 0, &c);
		while (db_next(&c))
			got = (int)db_int(&c, 0);
		TRY(db_end(&c, NULL));
	}
	*level = got;
	return OK;
}

static const char *
checksum(struct arena *arena, const struct migration *m)
{
	struct hash h = hash_text(m->sql);

	return hash_hex(arena, &h);
}

/* The migration that bears this number, NULL when the program has none. */
static const struct migration *
migration_find(int number)
{
	for (size_t i = 0; i < nmigrations; i++)
		if (migrations[i].number == number)
			return &migrations[i];
	return NULL;
}

/* A database is only as we know it if its past is ours. */
static Err
check_past(struct db *db, struct arena *arena)
{
	static const struct db_statement statement = {
		"check_past",
		"SELECT number, checksum FROM migration ORDER BY number",
		"SELECT number, checksum FROM migration ORDER BY number",
	};
	struct db_cursor c;

	db_run(db, arena, &statement, NULL, 0, &c);
	while (db_next(&c)) {
		int number = (int)db_int(&c, 0);
		const struct migration *m = migration_find(number);

		if (m == NULL)
			c.err = err_make(arena, ERR_INPUT, "the database is "
			    "newer than this program (migration %d)", number);
		else if (!text_same(checksum(arena, m), db_text(&c, 1)))
			c.err = err_make(arena, ERR_INPUT, "migration %d is "
			    "not the one that was applied", number);
	}
	return db_end(&c, NULL);
}

Err
migrate_is_done(struct db *db, struct arena *arena, bool *done)
{
	int level;

	TRY(migrate_level(db, arena, &level));
	if (level != 0)
		TRY(check_past(db, arena));
	*done = nmigrations == 0 || level == migrations[nmigrations - 1].number;
	return OK;
}

static Err
record(struct db *db, struct arena *arena, const struct migration *m,
    struct instant now)
{
	static const struct db_statement statement = {
		"record_migration",
		"INSERT INTO migration (number, name, checksum, applied_at)"
		" VALUES (?1, ?2, ?3, ?4)",
		"INSERT INTO migration (number, name, checksum, applied_at)"
		" VALUES ($1::bigint, $2::text, $3::text, $4::bigint)",
	};
	const struct db_value value[] = {
		db_value_int(m->number), db_value_text(m->name),
		db_value_text(checksum(arena, m)), db_value_int(now.us),
	};
	struct db_cursor c;

	db_run(db, arena, &statement, value, LEN(value), &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

static Err
run_script(struct db *db, struct arena *arena, const char *sql)
{
	if (db_kind(db) == DB_POSTGRES)
		sql = migrate_for_postgres(arena, sql);
	return db_script(db, arena, sql);
}

/* The next one, if there is any, inside a transaction that has the lock. */
static Err
apply_next(struct db *db, struct arena *arena, struct instant now, bool *more)
{
	int level;

	*more = false;
	if (db_kind(db) == DB_POSTGRES)
		TRY(db_script(db, arena, text_fmt(arena,
		    "SELECT pg_advisory_xact_lock(%d)", LOCK)));
	TRY(run_script(db, arena, record_table));
	TRY(check_past(db, arena));
	TRY(migrate_level(db, arena, &level));
	for (size_t i = 0; i < nmigrations; i++) {
		const struct migration *m = &migrations[i];
		Err err;

		if (m->number <= level)
			continue;
		err = run_script(db, arena, m->sql);
		if (err != OK)
			return err_say(arena, err, "migration %d", m->number);
		*more = true;
		return record(db, arena, m, now);
	}
	return OK;
}

/* A role that owns nothing works with the rows; the owner only migrates. */
static Err
grant(struct db *db, struct arena *arena)
{
	if (db_kind(db) == DB_SQLITE)
		return OK;
	return db_script(db, arena, "DO $$ BEGIN"
	    " IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'fjouwer_app')"
	    " THEN GRANT SELECT, INSERT, UPDATE, DELETE"
	    " ON ALL TABLES IN SCHEMA public TO fjouwer_app;"
	    " REVOKE INSERT, UPDATE, DELETE ON migration FROM fjouwer_app;"
	    " END IF; END $$");
}

static Err
apply_all(struct db *db, struct arena *arena, struct instant now)
{
	bool more = true;

	while (more) {
		Err err = db_begin(db, arena);

		if (err == OK)
			err = apply_next(db, arena, now, &more);
		if (err == OK && !more)
			err = grant(db, arena);
		if (err == OK)
			err = db_commit(db, arena);
		if (err != OK) {
			db_rollback(db);
			return err;
		}
	}
	return OK;
}

/* What a run of migrate was asked. */
struct order {
	const char *url;
	const char *backup_dir; /* NULL: no copy */
	struct instant now;
};

/* With the time: what was copied for one that was cut off is kept. */
static const char *
copy_name(struct arena *arena, const struct order *order, int newest)
{
	struct wall w = instant_wall(order->now);
	char day[11];

	day_format(w.day, day);
	return text_fmt(arena, "%s/before-%04d-%s-%02d%02d%02d.%06d.sqlite",
	    order->backup_dir, newest, day, w.hour, w.minute, w.second,
	    (int)(order->now.us % SECONDS(1)));
}

/* A copy of what is there, if a migration is going to touch it. */
static Err
copy_first(struct db *db, struct arena *arena, const struct order *order,
    struct migrate_report *report)
{
	int newest = nmigrations == 0 ? 0 : migrations[nmigrations - 1].number;
	struct backup_report made;

	if (order->backup_dir == NULL || report->from == 0
	    || report->from >= newest || db_kind(db) == DB_POSTGRES)
		return OK;
	report->backup = copy_name(arena, order, newest);
	return backup_make(arena, order->url, report->backup, &made);
}

static Err
migrate_open(struct db *db, struct arena *arena, const struct order *order,
    struct migrate_report *report)
{
	TRY(migrate_level(db, arena, &report->from));
	if (report->from != 0)
		TRY(check_past(db, arena));
	TRY(copy_first(db, arena, order, report));
	TRY(apply_all(db, arena, order->now));
	return migrate_level(db, arena, &report->to);
}

Err
migrate(struct arena *arena, const char *url, const char *backup_dir,
    struct instant now, struct migrate_report *out)
{
	const struct order order = { url, backup_dir, now };
	struct migrate_report report = { 0, 0, NULL };
	struct db *db;
	Err err;

	TRY(db_open(arena, url, DB_OWNER, &db));
	err = migrate_open(db, arena, &order, &report);
	db_close(db);
	if (err == OK)
		*out = report;
	return err;
}
