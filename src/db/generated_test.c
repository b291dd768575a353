/* What sqlgen writes, at work on both databases. */
#include "db/fixture.h"
#include "db/driver.h"
#include "db/migrate.h"
#include "db/good_sql.h"

#include <stdio.h>
#include <string.h>

static const struct programme_id one = { 1 }, two = { 2 };

/* The schema of sqlgen's own tests, and two programmes in it. */
static void
begin(struct place *p)
{
	static char sql[1 << 14];
	FILE *f = fopen(TEST_SCHEMA, "r");

	EXPECT(f != NULL);
	sql[fread(sql, 1, sizeof sql - 1, f)] = '\0';
	fclose(f);
	place_do(p, p->kind == DB_SQLITE ? sql
	    : migrate_for_postgres(p->arena, sql));
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(sql_programme_put(p->db, p->arena, one, "one"));
	EXPECT_OK(sql_programme_put(p->db, p->arena, two, "two"));
	EXPECT_OK(db_enter(p->db, p->arena, one));
}

static struct sql_visit_put_in
visit(int64_t id)
{
	return (struct sql_visit_put_in){
		.programme = one, .id = id, .day = DAY_NONE,
		.at = { 10 * id }, .said = "", .content = -1,
		.token = hash_text("token"),
	};
}

TEST_ON_BOTH(a_row_comes_back_as_it_went_in)
{
	struct sql_visit_put_in in = visit(9);
	struct sql_visit_load_row out;

	begin(p);
	EXPECT_OK(sql_person_put(p->db, p->arena, (struct person_id){ 5 },
	    "Sjoukje", NULL));
	in.person.v = 5;
	EXPECT(day_make(2026, 11, 23, &in.day));
	in.said = "it's “so”";
	in.content = 0;
	in.picture = (struct blob){ "\0\x01", 2 };
	EXPECT_OK(sql_visit_put(p->db, p->arena, &in));
	EXPECT_OK(sql_visit_load(p->db, p->arena, one, 9, &out));
	EXPECT_INT(out.person.v, 5);
	EXPECT_INT(out.day.n, in.day.n);
	EXPECT_INT(out.at.us, 90);
	EXPECT_TEXT(out.said, in.said);
	EXPECT_INT(out.content, 0);
	EXPECT(hash_same(&out.token, &in.token));
	EXPECT_INT(out.picture.len, 2);
	EXPECT(memcmp(out.picture.p, "\0\x01", 2) == 0);
	EXPECT_INT(out.lang, LANG_FY);
	db_rollback(p->db);
}

TEST_ON_BOTH(what_was_not_said_comes_back_as_nothing)
{
	struct sql_visit_put_in in = visit(1);
	struct sql_visit_load_row out;

	begin(p);
	EXPECT_OK(sql_visit_put(p->db, p->arena, &in));
	EXPECT_OK(sql_visit_load(p->db, p->arena, one, 1, &out));
	EXPECT_INT(out.person.v, 0);
	EXPECT_INT(out.day.n, DAY_NONE.n);
	EXPECT_INT(out.content, -1);
	EXPECT(out.picture.p == NULL);
	db_rollback(p->db);
}

TEST_ON_BOTH(one_that_is_not_there_is_an_error_and_maybe_is_not)
{
	struct sql_visit_load_row row;
	const char *name = "untouched";
	bool found = true;
	Err err;

	begin(p);
	EXPECT_OK(sql_person_name(p->db, p->arena, (struct person_id){ 404 },
	    &name, &found));
	EXPECT(!found);
	EXPECT_TEXT(name, "untouched");
	err = sql_visit_load(p->db, p->arena, one, 404, &row);
	EXPECT(err != OK && err->kind == ERR_FAILED);
	db_rollback(p->db);
}

static void
read_text(struct db_cursor *c)
{
	db_text_there(c, 0);
}

static void
read_blob(struct db_cursor *c)
{
	size_t len;

	db_blob_there(c, 0, &len);
}

static void
read_day(struct db_cursor *c)
{
	struct day day;

	db_day_there(c, 0, &day);
}

static void
read_enum(struct db_cursor *c)
{
	db_int_in(c, 0, 1, 3);
}

TEST_ON_BOTH(a_number_that_is_never_stored_is_damage)
{
	struct sql_visit_put_in in = visit(1);
	struct sql_visit_load_row out;
	Err err;

	begin(p);
	in.at.us = -1;
	EXPECT_OK(sql_visit_put(p->db, p->arena, &in));
	err = sql_visit_load(p->db, p->arena, one, 1, &out);
	EXPECT(err != OK && err->kind == ERR_DAMAGED);
	db_rollback(p->db);
}

/* As a page of zeros gives it, where NOT NULL was promised. */
TEST_ON_BOTH(a_value_that_is_not_there_is_damage)
{
	static const struct {
		const char *why;
		void (*read)(struct db_cursor *);
	} cases[] = {
		{ "a text", read_text },
		{ "a blob", read_blob },
		{ "a day", read_day },
		{ "an enum from 1 on", read_enum },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct db_cursor c;
		Err err;

		db_run_once(p->db, p->arena, "SELECT NULL", NULL, 0, &c);
		while (db_next(&c))
			cases[i].read(&c);
		err = db_end(&c, NULL);
		EXPECT_WHY(err != OK && err->kind == ERR_DAMAGED,
		    cases[i].why);
	}
}

TEST_ON_BOTH(many_rows_come_in_their_order)
{
	struct sql_visit_guests out;

	begin(p);
	for (int64_t id = 20; id > 0; id--) {
		struct sql_visit_put_in in = visit(id);

		EXPECT_OK(sql_visit_put(p->db, p->arena, &in));
	}
	EXPECT_OK(sql_visit_guests(p->db, p->arena, one,
	    (struct instant){ 31 }, &out));
	EXPECT_INT(out.n, 17);
	for (size_t i = 0; i < out.n; i++)
		EXPECT_INT(out.row[i].id, i + 4);
	EXPECT(out.row[0].person_name == NULL);
	db_rollback(p->db);
}

TEST_ON_BOTH(another_programme_sees_and_drops_nothing)
{
	struct sql_visit_put_in in = visit(1);
	int64_t changed = -1;
	int n = -1;

	begin(p);
	EXPECT_OK(sql_visit_put(p->db, p->arena, &in));
	EXPECT_OK(sql_visit_count(p->db, p->arena, two, &n));
	EXPECT_INT(n, 0);
	EXPECT_OK(sql_visit_drop(p->db, p->arena, two,
	    (struct instant){ 1000 }, &changed));
	EXPECT_INT(changed, 0);
	EXPECT_OK(sql_visit_drop(p->db, p->arena, one,
	    (struct instant){ 1000 }, &changed));
	EXPECT_INT(changed, 1);
	db_rollback(p->db);
}

TEST_ON_BOTH(of_twins_the_right_one_speaks)
{
	const char *twin;

	EXPECT_OK(sql_text_twins(p->db, p->arena, "x", &twin));
	EXPECT_TEXT(twin, p->kind == DB_SQLITE ? "sqlite x" : "postgres x");
}
