/*
 * Tests that run twice: on SQLite in a directory of its own, and on the
 * PostgreSQL that tests/postgres-for has started.
 */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

#include "base/test.h"
#include "db/db.h"

struct place {
	struct arena *arena;
	const char *dir;        /* gone afterwards, with what is in it */
	const char *url;        /* of an empty database */
	enum db_kind kind;
	struct db *db;          /* open as owner */
};

/* A test of BODY(struct place *p) on each. */
#define TEST_ON_BOTH(fn)                                                 \
	static void fn(struct place *p);                                 \
	TEST(fn##_on_sqlite) { place_run(DB_SQLITE, fn); }               \
	TEST(fn##_on_postgres) { place_run(DB_POSTGRES, fn); }           \
	static void fn(struct place *p)

#define TEST_ON_SQLITE(fn)                                               \
	static void fn(struct place *p);                                 \
	TEST(fn##_on_sqlite) { place_run(DB_SQLITE, fn); }               \
	static void fn(struct place *p)

#define TEST_ON_POSTGRES(fn)                                             \
	static void fn(struct place *p);                                 \
	TEST(fn##_on_postgres) { place_run(DB_POSTGRES, fn); }           \
	static void fn(struct place *p)

void place_run(enum db_kind, void (*body)(struct place *));

/* Bring the place's database up to date. */
void place_migrate(struct place *);

/* The one number that SQL gives; a failure ends the test. */
int64_t place_number(struct place *, const char *sql);
/* SQL that must go well, in a transaction of its own. */
void place_do(struct place *, const char *sql);

#endif
