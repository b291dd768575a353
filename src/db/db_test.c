/* What db.h promises, on both databases. */
#include "db/driver.h"
#include "db/fixture.h"
#include "db/migrate.h"

#include <string.h>

static void
make_table(struct place *p)
{
	static const char sql[] = "CREATE TABLE thing ("
	    "id INTEGER NOT NULL PRIMARY KEY, word TEXT, n INTEGER,"
	    "bytes BLOB) STRICT;";

	place_do(p, p->kind == DB_SQLITE ? sql
	    : migrate_for_postgres(p->arena, sql));
}

static const struct db_statement put = {
	"put", "INSERT INTO thing (id, word, n, bytes) VALUES (?1, ?2, ?3, ?4)",
	"INSERT INTO thing (id, word, n, bytes)"
	" VALUES ($1::bigint, $2::text, $3::bigint, $4::bytea)",
};
static const struct db_statement get = {
	"get", "SELECT id, word, n, bytes FROM thing ORDER BY id",
	"SELECT id, word, n, bytes FROM thing ORDER BY id",
};

static Err
put_thing(struct place *p, int64_t id, const char *word)
{
	const struct db_value value[] = {
		db_value_int(id), db_value_text(word),
		db_value_int_or_null(0), db_value_blob(NULL, 0),
	};
	struct db_cursor c;

	db_run(p->db, p->arena, &put, value, LEN(value), &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

static int64_t
things(struct place *p)
{
	return place_number(p, "SELECT COUNT(*) FROM thing");
}

TEST_ON_BOTH(what_is_stored_is_read_back)
{
	static const struct {
		const char *why;
		const char *word;
		int64_t n;
		const void *bytes;
		size_t len;
	} cases[] = {
		{ "nothing was said", NULL, 0, NULL, 0 },
		{ "empty is not nothing", "", 1, "", 0 },
		{ "the largest id", "a", (INT64_C(1) << 53) - 1, "x", 1 },
		{ "the smallest number", "b", INT64_MIN, "\0\xff\0", 3 },
		{ "quotes and Frisian", "it's \"Fryslân\" 🙂\n", -1, "\\x", 2 },
	};
	struct db_cursor c;

	make_table(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct db_value value[] = {
			db_value_int((int64_t)i + 1),
			db_value_text(cases[i].word),
			db_value_int(cases[i].n),
			db_value_blob(cases[i].bytes, cases[i].len),
		};

		db_run(p->db, p->arena, &put, value, LEN(value), &c);
		while (db_next(&c))
			continue;
		EXPECT_OK(db_end(&c, NULL));
	}
	EXPECT_OK(db_commit(p->db, p->arena));

	db_run(p->db, p->arena, &get, NULL, 0, &c);
	for (size_t i = 0; i < LEN(cases); i++) {
		const void *bytes;
		size_t len;

		EXPECT_WHY(db_next(&c), cases[i].why);
		EXPECT_TEXT_WHY(db_text(&c, 1), cases[i].word, cases[i].why);
		EXPECT_WHY(db_int(&c, 2) == cases[i].n, cases[i].why);
		bytes = db_blob(&c, 3, &len);
		EXPECT_INT_WHY(len, cases[i].len, cases[i].why);
		EXPECT_WHY((bytes == NULL) == (cases[i].bytes == NULL),
		    cases[i].why);
		EXPECT_WHY(bytes == NULL
		    || memcmp(bytes, cases[i].bytes, len) == 0, cases[i].why);
	}
	EXPECT(!db_next(&c));
	EXPECT_OK(db_end(&c, NULL));
}

TEST_ON_BOTH(a_rollback_leaves_nothing)
{
	make_table(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(put_thing(p, 1, "a"));
	db_rollback(p->db);
	EXPECT(!db_in_transaction(p->db));
	EXPECT_INT(things(p), 0);
}

TEST_ON_BOTH(a_savepoint_is_taken_back_alone)
{
	make_table(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(put_thing(p, 1, "stays"));
	EXPECT_OK(db_savepoint(p->db, p->arena));
	EXPECT_OK(put_thing(p, 2, "goes"));
	db_rollback_to_savepoint(p->db);
	EXPECT_OK(db_commit(p->db, p->arena));
	EXPECT_INT(things(p), 1);
}

TEST_ON_BOTH(a_double_key_is_told_and_the_transaction_goes_on)
{
	Err err;

	make_table(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(put_thing(p, 1, "a"));
	EXPECT_OK(db_savepoint(p->db, p->arena));
	err = put_thing(p, 1, "a secret word");
	EXPECT(err != OK && err->kind == ERR_UNIQUE);
	EXPECT(strstr(err->text, "secret") == NULL);
	db_rollback_to_savepoint(p->db);
	EXPECT_OK(put_thing(p, 2, "b"));
	EXPECT_OK(db_commit(p->db, p->arena));
	EXPECT_INT(things(p), 2);
}

TEST_ON_BOTH(a_rollback_forgets_a_cursor_left_open)
{
	struct db_cursor c;

	make_table(p);
	for (int i = 0; i < 20; i++) {
		EXPECT_OK(db_begin(p->db, p->arena));
		EXPECT_OK(put_thing(p, 1, "a"));
		db_run(p->db, p->arena, &get, NULL, 0, &c);
		EXPECT(db_next(&c));
		db_rollback(p->db);
	}
	EXPECT_INT(things(p), 0);
}

TEST_ON_BOTH(a_reader_cannot_write)
{
	struct place reader = *p;

	make_table(p);
	EXPECT_OK(db_open(p->arena, p->url, DB_READ, &reader.db));
	EXPECT_OK(db_begin(reader.db, p->arena));
	EXPECT(put_thing(&reader, 1, "a") != OK);
	db_rollback(reader.db);
	db_close(reader.db);
	EXPECT_INT(things(p), 0);
}

TEST_ON_BOTH(a_reader_sees_one_moment)
{
	struct place reader = *p;

	make_table(p);
	EXPECT_OK(db_open(p->arena, p->url, DB_READ, &reader.db));
	EXPECT_OK(db_begin(reader.db, p->arena));
	EXPECT_INT(things(&reader), 0);
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(put_thing(p, 1, "a"));
	EXPECT_OK(db_commit(p->db, p->arena));
	EXPECT_INT(things(&reader), 0);
	db_rollback(reader.db);
	EXPECT_INT(things(&reader), 1);
	db_close(reader.db);
}

TEST_ON_BOTH(the_rows_changed_are_counted)
{
	struct db_cursor c;
	int64_t n = -1;

	make_table(p);
	place_do(p, "INSERT INTO thing (id) VALUES (1), (2), (3)");
	db_run_once(p->db, p->arena, "DELETE FROM thing WHERE id > 1", NULL, 0,
	    &c);
	EXPECT(!db_next(&c));
	EXPECT_OK(db_end(&c, &n));
	EXPECT_INT(n, 2);
}

TEST_ON_BOTH(a_hash_of_another_length_is_damage)
{
	struct db_cursor c;
	struct hash h;
	Err err;

	db_run_once(p->db, p->arena, p->kind == DB_SQLITE
	    ? "SELECT x'0102'" : "SELECT '\\x0102'::bytea", NULL, 0, &c);
	EXPECT(db_next(&c));
	EXPECT(!db_hash(&c, 0, &h));
	err = db_end(&c, NULL);
	EXPECT(err != OK && err->kind == ERR_DAMAGED);
}

TEST_ON_BOTH(a_day_comes_back_or_is_none)
{
	struct db_cursor c;
	struct day day;

	db_run_once(p->db, p->arena, "SELECT '2026-11-23', NULL", NULL, 0, &c);
	EXPECT(db_next(&c));
	EXPECT(db_day(&c, 0, &day));
	EXPECT_INT(day_date(day).mday, 23);
	EXPECT(!db_day(&c, 1, &day));
	EXPECT_INT(day.n, DAY_NONE.n);
	EXPECT_OK(db_end(&c, NULL));
}

TEST_ON_BOTH(wrong_sql_is_an_error_and_not_the_end)
{
	struct db_cursor c;

	db_run_once(p->db, p->arena, "SELECT nothing FROM nowhere", NULL, 0,
	    &c);
	EXPECT(!db_next(&c));
	EXPECT(db_end(&c, NULL) != OK);
	EXPECT_INT(place_number(p, "SELECT 7"), 7);
}

TEST(rows_that_grow_keep_what_they_hold)
{
	TEST_ARENA(arena);
	int *n = NULL;

	for (size_t i = 0; i < 1000; i++) {
		n = db_grow(arena, n, i, sizeof *n);
		n[i] = (int)i;
	}
	for (size_t i = 0; i < 1000; i++)
		EXPECT_INT(n[i], i);
}

TEST(many_statements_are_found_by_their_address)
{
	static const struct db_statement statement[200];
	struct prepared_table t = { NULL, 0, 0 };

	for (size_t i = 0; i < LEN(statement); i++)
		prepared_find(&t, &statement[i])->handle =
		    (void *)(uintptr_t)(i + 1);
	for (size_t i = 0; i < LEN(statement); i++)
		EXPECT(prepared_find(&t, &statement[i])->handle
		    == (void *)(uintptr_t)(i + 1));
	prepared_free(&t);
}

TEST(an_address_of_another_kind_is_refused)
{
	TEST_ARENA(arena);
	struct db *db;
	Err err = db_open(arena, "mysql:secret", DB_READ, &db);

	EXPECT(err != OK && err->kind == ERR_INPUT);
	EXPECT(strstr(err->text, "secret") == NULL);
}
