/* Every statement of the program, prepared on PostgreSQL by sqlgen. */
#include "db/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How sqlgen ends when it prepares FILES. */
static int
prepare(struct place *p, const char *files)
{
	const char *sqlgen = getenv("FJOUWER_SQLGEN");

	if (sqlgen == NULL)
		test_fail(__FILE__, __LINE__, "run by meson test");
	place_migrate(p);
	return system(text_fmt(p->arena, "%s --check-postgres '%s' %s", sqlgen,
	    p->url + strlen("postgres:"), files));
}

TEST_ON_POSTGRES(every_statement_of_the_program_is_prepared)
{
	EXPECT_INT(prepare(p, text_fmt(p->arena, "%s/*/*.sql",
	    getenv("FJOUWER_SOURCE"))), 0);
}

/* The control: these are right on SQLite and wrong here. */
TEST_ON_POSTGRES(a_statement_for_sqlite_alone_is_refused)
{
	static const struct { const char *why, *sql; } cases[] = {
		{ "a boolean is no number",
		    "-- name: sql_a :one\n-- row: x int\nSELECT 1 = 1 AS x;" },
		{ "a text is no number",
		    "-- name: sql_a :one\n-- row: x int\nSELECT 'a' AS x;" },
		{ "an unknown function",
		    "-- name: sql_a :one\n-- row: x int\n"
		    "SELECT instr('ab', 'b') AS x;" },
		{ "a text compared with a number",
		    "-- name: sql_a :exec\n-- in: a text\n"
		    "DELETE FROM person WHERE id = :a;" },
	};
	const char *file = text_fmt(p->arena, "%s/wrong.sql", p->dir);

	for (size_t i = 0; i < LEN(cases); i++) {
		FILE *f = fopen(file, "w");

		EXPECT(f != NULL);
		fputs(cases[i].sql, f);
		fclose(f);
		EXPECT_WHY(prepare(p, file) != 0, cases[i].why);
	}
}
