/* Migrations, written for SQLite, as PostgreSQL wants them. */
#include "db/migrate.h"

#include <ctype.h>
#include <string.h>

/* Where we are in the SQL of a migration. */
struct reading {
	struct buf out;
	const char *table;      /* whose CREATE TABLE we are in, or NULL */
	const char *column;     /* first word of the line of a column */
	int depth;              /* of brackets */
	bool of_programme;
	char before[64];        /* the last word */
};

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Length of a comment or a text in quotes at S, 0 for anything else. */
static size_t
opaque_length(const char *s)
{
	size_t n = 1;

	if (s[0] == '-' && s[1] == '-')
		return strcspn(s, "\n");
	if (s[0] != '\'')
		return 0;
	while (s[n] != '\0' && s[n] != '\'')
		n++;
	return s[n] == '\0' ? n : n + 1;
}

static const char *
type_for_postgres(const char *word)
{
	if (text_same(word, "INTEGER"))
		return "BIGINT";
	if (text_same(word, "BLOB"))
		return "BYTEA";
	if (text_same(word, "STRICT"))
		return "";
	return word;
}

/*
 * "programme … PRIMARY KEY" as a column, or "PRIMARY KEY (programme": either
 * way the key begins with the programme.
 */
static void
see_word(struct reading *r, struct arena *arena, const char *word)
{
	if (text_same(r->before, "TABLE") && r->depth == 0) {
		r->table = text_copy(arena, word);
		r->of_programme = false;
	}
	if (r->column == NULL)
		r->column = text_copy(arena, word);
	if (r->table != NULL && r->depth == 1 && text_same(word, "KEY")
	    && text_same(r->before, "PRIMARY")
	    && text_same(r->column, "programme"))
		r->of_programme = true;
	if (r->table != NULL && r->depth == 2
	    && text_same(r->column, "PRIMARY")
	    && text_same(r->before, "KEY") && text_same(word, "programme"))
		r->of_programme = true;
	if (strlen(word) < sizeof r->before)
		memcpy(r->before, word, strlen(word) + 1);
}

/*
 * FORCE binds the owner too.  A setting that is not there gives NULL, one
 * of an earlier transaction the empty text: in both cases no row is shown.
 */
static void
add_policy(struct reading *r)
{
	static const char mine[] = "programme = nullif(current_setting("
	    "'fjouwer.programme', true), '')::bigint";

	buf_fmt(&r->out, "\nALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n"
	    "ALTER TABLE %s FORCE ROW LEVEL SECURITY;\n"
	    "CREATE POLICY %s_of_programme ON %s\n"
	    " USING (%s)\n WITH CHECK (%s);",
	    r->table, r->table, r->table, r->table, mine, mine);
}

static void
see_sign(struct reading *r, char c)
{
	r->depth += (c == '(') - (c == ')');
	if (c == ',' || c == '(') {
		if (r->depth <= 1)
			r->column = NULL;
	}
	buf_char(&r->out, c);
	if (c != ';')
		return;
	if (r->table != NULL && r->of_programme)
		add_policy(r);
	r->table = NULL;
	r->before[0] = '\0';
}

const char *
migrate_for_postgres(struct arena *arena, const char *sql)
{
	struct reading r = { .out = buf_make(arena) };

	while (*sql != '\0') {
		size_t n = opaque_length(sql);

		if (n != 0) {
			buf_add(&r.out, sql, n);
		} else if (is_word(*sql)) {
			const char *word;

			while (is_word(sql[n]))
				n++;
			word = text_copy_n(arena, sql, n);
			see_word(&r, arena, word);
			buf_text(&r.out, type_for_postgres(word));
		} else {
			n = 1;
			see_sign(&r, *sql);
		}
		sql += n;
	}
	return buf_get(&r.out);
}
