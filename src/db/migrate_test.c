/* Migrations on both databases, and their words for PostgreSQL. */
#include "db/fixture.h"
#include "db/migrate.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

static Err
run(struct place *p, const char *dir, struct migrate_report *report)
{
	return migrate(p->arena, p->url, dir, (struct instant){ 1 }, report);
}

TEST_ON_BOTH(an_empty_database_becomes_the_newest)
{
	struct migrate_report report;

	EXPECT_OK(run(p, NULL, &report));
	EXPECT_INT(report.from, 0);
	EXPECT_INT(report.to, nmigrations);
	EXPECT_INT(place_number(p, "SELECT COUNT(*) FROM migration"),
	    nmigrations);
}

TEST_ON_BOTH(a_second_time_nothing_is_done)
{
	struct migrate_report report;

	EXPECT_OK(run(p, NULL, &report));
	EXPECT_OK(run(p, p->dir, &report));
	EXPECT_INT(report.from, nmigrations);
	EXPECT(report.backup == NULL);
}

TEST_ON_BOTH(a_past_that_was_altered_is_refused)
{
	struct migrate_report report;
	bool done;
	Err err;

	EXPECT_OK(run(p, NULL, &report));
	place_do(p, "UPDATE migration SET checksum = '0' WHERE number = 1");
	err = run(p, NULL, &report);
	EXPECT(err != OK && err->kind == ERR_INPUT);
	EXPECT_TEXT(err->text, "migration 1 is not the one that was applied");
	EXPECT(migrate_is_done(p->db, p->arena, &done) != OK);
}

TEST_ON_BOTH(a_newer_database_is_refused)
{
	struct migrate_report report;
	Err err;

	EXPECT_OK(run(p, NULL, &report));
	place_do(p, "INSERT INTO migration (number, name, checksum,"
	    " applied_at) VALUES (9999, 'later', '', 0)");
	err = run(p, NULL, &report);
	EXPECT(err != OK && err->kind == ERR_INPUT);
}

static const char *
worded(struct place *p, const char *sql)
{
	return p->kind == DB_SQLITE ? sql
	    : migrate_for_postgres(p->arena, sql);
}

/* A database as an earlier program left it, with OLD migrations. */
enum { OLD = 3 };

static void
make_old(struct place *p)
{
	place_do(p, worded(p, "CREATE TABLE migration ("
	    "number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
	    "checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;"));
	for (size_t i = 0; i < OLD; i++) {
		struct hash h = hash_text(migrations[i].sql);

		place_do(p, worded(p, migrations[i].sql));
		place_do(p, text_fmt(p->arena,
		    "INSERT INTO migration VALUES (%zu, '', '%s', 0)", i + 1,
		    hash_hex(p->arena, &h)));
	}
}

TEST_ON_SQLITE(a_copy_is_made_before_anything_changes)
{
	struct migrate_report report;

	make_old(p);
	EXPECT_OK(run(p, p->dir, &report));
	EXPECT_INT(report.from, OLD);
	EXPECT_INT(report.to, nmigrations);
	EXPECT(report.backup != NULL && access(report.backup, R_OK) == 0);
}

TEST_ON_BOTH(a_migration_that_fails_leaves_the_one_before)
{
	struct migrate_report report;
	int level;

	make_old(p);
	place_do(p, "CREATE TABLE promise (id BIGINT)");
	EXPECT(run(p, NULL, &report) != OK);
	EXPECT_OK(migrate_level(p->db, p->arena, &level));
	EXPECT_INT(level, OLD);
	place_do(p, "DROP TABLE promise");
	EXPECT_OK(run(p, NULL, &report));
	EXPECT_INT(report.to, nmigrations);
}

TEST_ON_SQLITE(a_migration_that_was_cut_off_goes_on_and_keeps_its_copy)
{
	struct migrate_report report;

	make_old(p);
	place_do(p, "CREATE TABLE promise (id INTEGER PRIMARY KEY)");
	EXPECT(run(p, p->dir, &report) != OK);
	place_do(p, "DROP TABLE promise");
	EXPECT_OK(migrate(p->arena, p->url, p->dir, (struct instant){ 2 },
	    &report));
	EXPECT_INT(report.to, nmigrations);
	EXPECT(access(report.backup, R_OK) == 0);
}

struct runner { pthread_t thread; const char *url; bool ok; };

static void *
migrate_too(void *arg)
{
	struct runner *r = arg;
	struct arena *arena = arena_make(8 << 20);
	struct migrate_report report;

	r->ok = migrate(arena, r->url, NULL, (struct instant){ 1 }, &report)
	    == OK;
	arena_free(arena);
	return NULL;
}

TEST_ON_BOTH(several_may_migrate_at_once)
{
	struct runner runner[4];

	for (size_t i = 0; i < LEN(runner); i++) {
		runner[i].url = p->url;
		EXPECT(pthread_create(&runner[i].thread, NULL, migrate_too,
		    &runner[i]) == 0);
	}
	for (size_t i = 0; i < LEN(runner); i++)
		pthread_join(runner[i].thread, NULL);
	for (size_t i = 0; i < LEN(runner); i++)
		EXPECT(runner[i].ok);
	EXPECT_INT(place_number(p, "SELECT COUNT(*) FROM migration"),
	    nmigrations);
}

TEST(a_migration_is_worded_for_postgres)
{
	static const struct { const char *why, *sqlite, *postgres; } cases[] = {
		{ "types and STRICT",
		    "CREATE TABLE t (a INTEGER, b BLOB, c TEXT) STRICT;",
		    "CREATE TABLE t (a BIGINT, b BYTEA, c TEXT) ;" },
		{ "words inside others stay",
		    "CREATE TABLE t (INTEGERS TEXT, xBLOB TEXT);",
		    "CREATE TABLE t (INTEGERS TEXT, xBLOB TEXT);" },
		{ "texts and comments stay",
		    "-- INTEGER, it's\nINSERT INTO t VALUES ('BLOB;');",
		    "-- INTEGER, it's\nINSERT INTO t VALUES ('BLOB;');" },
		{ "a key elsewhere is no lock",
		    "CREATE TABLE t (id TEXT PRIMARY KEY, programme TEXT,"
		    " FOREIGN KEY (programme) REFERENCES p (id));",
		    "CREATE TABLE t (id TEXT PRIMARY KEY, programme TEXT,"
		    " FOREIGN KEY (programme) REFERENCES p (id));" },
	};
	TEST_ARENA(arena);

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_TEXT_WHY(migrate_for_postgres(arena, cases[i].sqlite),
		    cases[i].postgres, cases[i].why);
}

TEST(a_table_of_a_programme_gets_a_lock)
{
	static const struct { const char *why, *sql; bool locked; } cases[] = {
		{ "first in the key",
		    "CREATE TABLE t (programme INTEGER, id INTEGER,"
		    " PRIMARY KEY (programme, id));", true },
		{ "alone the key",
		    "CREATE TABLE t (programme INTEGER NOT NULL PRIMARY KEY);",
		    true },
		{ "second in the key",
		    "CREATE TABLE t (programme INTEGER, id INTEGER,"
		    " PRIMARY KEY (id, programme));", false },
		{ "not in the key",
		    "CREATE TABLE t (programme INTEGER REFERENCES p (id),"
		    " id INTEGER PRIMARY KEY);", false },
	};
	TEST_ARENA(arena);

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY((strstr(migrate_for_postgres(arena, cases[i].sql),
		    "FORCE ROW LEVEL SECURITY") != NULL) == cases[i].locked,
		    cases[i].why);
}
