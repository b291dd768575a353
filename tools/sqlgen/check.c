/*
 * Checking a statement against the schema: that it is of the one dialect,
 * that its names are those declared, that its columns have the types given,
 * and that its plan reads no table that grows from end to end.
 */
#include "sqlgen.h"

#include <string.h>

struct check {
	struct pool *pool;
	const char *file;
	const struct statement *s;
	sqlite3 *db;
	struct uses uses;
};

/* What only one of the databases knows, or both know differently. */
static void
refuse_dialect(const struct check *k)
{
	static const struct { const char *word, *instead; } words[] = {
		{ "now", "an instant given as an input" },
		{ "CURRENT_TIMESTAMP", "an instant given as an input" },
		{ "CURRENT_DATE", "a day given as an input" },
		{ "datetime", "an instant given as an input" },
		{ "strftime", "a day given as an input" },
		{ "unixepoch", "an instant given as an input" },
		{ "julianday", "an instant given as an input" },
		{ "random", "an id given as an input" },
		{ "last_insert_rowid", "RETURNING" },
		{ "rowid", "the primary key" },
		{ "IFNULL", "COALESCE" },
		{ "TRUE", "1" },
		{ "FALSE", "0" },
		{ "lower", "text folded in C" },
		{ "upper", "text folded in C" },
		{ "ILIKE", "text folded in C" },
		{ "GLOB", "LIKE on folded text" },
		{ "REPLACE", "INSERT … ON CONFLICT" },
		{ "group_concat", "rows joined in C" },
		{ "PRAGMA", "nothing: it is for db/" },
		{ "ATTACH", "nothing: it is for db/" },
		{ "==", "=" },
	};

	if (k->s->only == ONLY_POSTGRES)
		return;
	for (size_t i = 0; i < k->s->ntokens; i++)
		for (size_t w = 0; w < LEN(words); w++)
			if (k->s->token[i].kind != TOKEN_PARAM
			    && token_is(&k->s->token[i], words[w].word))
				refuse(k->file, k->s->token[i].line,
				    "%s is not in the dialect; write %s",
				    words[w].word, words[w].instead);
}

static bool
has_param(const struct statement *s, const char *name)
{
	for (size_t i = 0; i < s->ntokens; i++)
		if (s->token[i].kind == TOKEN_PARAM
		    && same(s->token[i].text, name))
			return true;
	return false;
}

/* Inputs and :names are the same set. */
static void
check_inputs(const struct check *k)
{
	const struct statement *s = k->s;

	for (size_t i = 0; i < s->ntokens; i++) {
		const struct token *t = &s->token[i];
		size_t n = 0;

		if (t->kind != TOKEN_PARAM)
			continue;
		while (n < s->in.n && !same(s->in.at[n].name, t->text))
			n++;
		if (n == s->in.n)
			refuse(k->file, t->line, ":%s is not among the inputs",
			    t->text);
	}
	for (size_t i = 0; i < s->in.n; i++)
		if (!has_param(s, s->in.at[i].name))
			refuse(k->file, s->in.at[i].line,
			    "the input %s is not used", s->in.at[i].name);
}

/* ":programme" is the lock's key, so it must be what it says. */
static void
check_programme(const struct check *k)
{
	for (size_t i = 0; i < k->s->in.n; i++) {
		const struct column *c = &k->s->in.at[i];

		if (!same(c->name, "programme"))
			continue;
		if (c->type.kind != TYPE_ID
		    || !same(c->type.of, "programme_id"))
			refuse(k->file, c->line,
			    "programme is a programme_id");
	}
}

/* A LEFT JOIN makes NULL of what is not. */
static void
check_null(const struct check *k, const struct column *c, const char *table,
    bool not_null)
{
	bool some_left = false, all_left = true;

	for (size_t i = 0; i < k->uses.n; i++) {
		if (!same_word(k->uses.at[i].table, table))
			continue;
		some_left |= k->uses.at[i].is_left;
		all_left &= k->uses.at[i].is_left;
	}
	if (!c->type.null && (!not_null || (some_left && all_left)))
		refuse(k->file, c->line, "%s may be NULL: give its type a ?",
		    c->name);
	if (c->type.null && not_null && !some_left)
		refuse(k->file, c->line, "%s is never NULL: its type has "
		    "no ?", c->name);
}

static void
check_column(const struct check *k, sqlite3_stmt *q, int i)
{
	const struct column *c = &k->s->row.at[i];
	const char *table = sqlite3_column_table_name(q, i);
	const char *origin = sqlite3_column_origin_name(q, i);
	const char *declared;
	int not_null;

	if (!same(sqlite3_column_name(q, i), c->name))
		refuse(k->file, c->line, "column %d is %s, not %s", i + 1,
		    sqlite3_column_name(q, i), c->name);
	if (table == NULL || origin == NULL)
		return;
	sqlite3_table_column_metadata(k->db, NULL, table, origin, &declared,
	    NULL, &not_null, NULL, NULL);
	if (!same(declared, type_declared(&c->type)))
		refuse(k->file, c->line, "%s is stored as %s", c->name,
		    declared);
	check_null(k, c, table, not_null != 0);
}

static void
check_columns(const struct check *k, sqlite3_stmt *q)
{
	int n = sqlite3_column_count(q);

	if ((size_t)n != k->s->row.n)
		refuse(k->file, k->s->line, "%s gives %d columns, its row: "
		    "has %zu", k->s->name, n, k->s->row.n);
	for (int i = 0; i < n; i++)
		check_column(k, q, i);
}

/* Asked by SQLite for each table that it really touches. */
static int
touch(void *arg, int action, const char *table, const char *column,
    const char *schema, const char *trigger)
{
	const struct check *k = arg;

	(void)column;
	(void)schema;
	(void)trigger;
	if (action != SQLITE_READ && action != SQLITE_INSERT
	    && action != SQLITE_UPDATE && action != SQLITE_DELETE)
		return SQLITE_OK;
	for (size_t i = 0; i < k->uses.n; i++)
		if (same_word(k->uses.at[i].table, table))
			return SQLITE_OK;
	if (!schema_is_of_programme(k->db, table))
		return SQLITE_OK;
	refuse(k->file, k->s->line, "%s uses %s in a way that the lock of "
	    "sqlgen does not see", k->s->name, table);
}

static sqlite3_stmt *
prepare(struct check *k, const char *sql)
{
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(k->db, sql, -1, &q, NULL) != SQLITE_OK)
		refuse(k->file, k->s->token[0].line, "%s: %s", k->s->name,
		    sqlite3_errmsg(k->db));
	return q;
}

/* The table behind the name that a plan uses. */
static const char *
planned_table(const struct check *k, const char *name)
{
	for (size_t i = 0; i < k->uses.n; i++)
		if (same_word(k->uses.at[i].alias, name))
			return k->uses.at[i].table;
	return NULL;
}

/* Tables of which an installation has few rows, whatever its age. */
static bool
stays_small(const char *table)
{
	static const char *const small[] = {
		"programme", "topic", "quiet_span", "installation",
	};

	for (size_t i = 0; i < LEN(small); i++)
		if (same_word(table, small[i]))
			return true;
	return false;
}

/* The growing table that this line of a plan scans, or NULL. */
static const char *
scanned_table(const struct check *k, const char *detail)
{
	const char *name, *table;

	if (strncmp(detail, "SCAN ", 5) != 0)
		return NULL;
	name = pool_text(k->pool, detail + 5, strcspn(detail + 5, " "));
	table = planned_table(k, name);
	return table == NULL || stays_small(table) ? NULL : table;
}

static void
check_plan(struct check *k)
{
	sqlite3_stmt *q = prepare(k, pool_fmt(k->pool,
	    "EXPLAIN QUERY PLAN %s", sql_for_sqlite(k->pool, k->s)));

	while (sqlite3_step(q) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(q, 3);
		const char *table = scanned_table(k, detail);

		if (table != NULL && k->s->scan == NULL)
			refuse(k->file, k->s->line, "%s reads all of %s; it "
			    "lacks an index or a \"-- scan: reason\"",
			    k->s->name, table);
	}
	sqlite3_finalize(q);
}

void
statement_check(struct pool *pool, const char *file,
    const struct statement *s, sqlite3 *db)
{
	struct check k = { pool, file, s, db, { NULL, 0 } };
	sqlite3_stmt *q;

	refuse_dialect(&k);
	check_inputs(&k);
	check_programme(&k);
	k.uses = lock_check(pool, file, s, db);
	if (s->only == ONLY_POSTGRES)
		return;
	sqlite3_set_authorizer(db, touch, &k);
	q = prepare(&k, sql_for_sqlite(pool, s));
	sqlite3_set_authorizer(db, NULL, NULL);
	check_columns(&k, q);
	sqlite3_finalize(q);
	check_plan(&k);
}
