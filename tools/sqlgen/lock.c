/*
 * The second lock between programmes.  A table whose primary key begins
 * with "programme" may be used only where the rows are known to be of
 * :programme: by "t.programme = :programme", or by "t.programme =
 * u.programme" where u is so known.  Such a comparison counts only where
 * nothing can weaken it: as a whole term between ANDs, in a WHERE or ON
 * without OR, in the very SELECT that names the table.
 *
 * This reads words, not grammar.  statement_check asks SQLite which tables
 * it really touches, so that one overlooked here is refused there.
 */
#include "sqlgen.h"

#include <string.h>

enum clause { CLAUSE_OTHER, CLAUSE_FROM, CLAUSE_ON, CLAUSE_WHERE };

/* One side of a comparison: :programme, or a table's column. */
struct side {
	bool is_param;
	const char *alias;      /* NULL for a bare "programme" */
};

struct term {
	struct side a, b;
	int scope, clause;
	size_t only_use;        /* in a LEFT JOIN's ON: the use it may lock */
	bool is_left;
};

/* A bracket that is open: a SELECT of its own, or a mere group. */
struct level {
	int scope;
	bool is_group;
	enum clause clause;
	int clause_number;
	bool is_left;           /* the join now read is a LEFT one */
	bool wants_table;
	bool between;           /* the next AND is BETWEEN's */
	size_t last_use;
};

enum { DEEPEST = 32, MOST_SCOPES = 64, MOST_CLAUSES = 256 };

struct walk {
	struct pool *pool;
	const char *file;
	const struct token *t;
	sqlite3 *db;
	struct level level[DEEPEST];
	int top;
	int parent[MOST_SCOPES];
	int nscopes;
	bool weak[MOST_CLAUSES];        /* an OR stands in this clause */
	int nclauses;
	struct uses uses;
	struct term *term;
	size_t nterms;
};

/* The word before token I; an end when there is none. */
static const struct token *
before(const struct walk *w, size_t i)
{
	static const struct token none = { .kind = TOKEN_END, .text = "" };

	return i == 0 ? &none : &w->t[i - 1];
}

static int
new_scope(struct walk *w, int parent, int line)
{
	if (w->nscopes == MOST_SCOPES)
		refuse(w->file, line, "too many subqueries");
	w->parent[w->nscopes] = parent;
	return w->nscopes++;
}

static void
new_clause(struct walk *w, enum clause clause, int line)
{
	struct level *l = &w->level[w->top];

	if (++w->nclauses == MOST_CLAUSES)
		refuse(w->file, line, "too many clauses");
	l->clause = clause;
	l->clause_number = w->nclauses;
	l->between = false;
}

static void
push(struct walk *w, size_t i, bool is_group)
{
	struct level l = w->level[w->top];

	if (w->top + 1 == DEEPEST)
		refuse(w->file, w->t[i].line, "too many brackets");
	l.is_group = is_group;
	l.wants_table = false;
	if (!is_group) {
		l.scope = new_scope(w, l.scope, w->t[i].line);
		l.clause = CLAUSE_OTHER;
	}
	w->level[++w->top] = l;
}

/* FULL and RIGHT joins, USING and NATURAL hide what is compared. */
static void
join(struct walk *w, size_t i)
{
	static const char *const hidden[] = { "FULL", "RIGHT", "NATURAL" };
	struct level *l = &w->level[w->top];
	const struct token *b = before(w, i);

	if (token_is(b, "OUTER"))
		b = before(w, i - 1);
	if (token_is_any(b, hidden, LEN(hidden)))
		refuse(w->file, b->line, "%s JOIN is not used here: "
		    "write LEFT JOIN or JOIN with ON", b->text);
	l->is_left = token_is(b, "LEFT");
	l->wants_table = true;
	new_clause(w, CLAUSE_FROM, w->t[i].line);
}

static void
add_use(struct walk *w, size_t i, bool is_target)
{
	static const char *const after[] = {
		"ON", "WHERE", "JOIN", "LEFT", "INNER", "CROSS", "ORDER",
		"GROUP", "LIMIT", "SET", "VALUES", "SELECT", "DEFAULT",
		"RETURNING", "UNION", "EXCEPT", "INTERSECT", "HAVING",
		"OFFSET", "FULL", "RIGHT", "NATURAL", "USING", "FOR",
	};
	struct level *l = &w->level[w->top];
	const struct token *t = &w->t[i], *next = &w->t[i + 1];
	struct use u = { .table = t->text, .alias = t->text, .line = t->line,
	    .scope = l->scope, .is_left = l->is_left,
	    .is_target = is_target };

	l->wants_table = false;
	if (token_is(next, "."))
		refuse(w->file, t->line,
		    "a table stands without its schema, not '%s.'", t->text);
	if (token_is(next, "AS"))
		u.alias = w->t[i + 2].text;
	else if (next->kind == TOKEN_WORD
	    && !token_is_any(next, after, LEN(after)))
		u.alias = next->text;
	if (!schema_has_table(w->db, u.table))
		return;
	u.has_programme = schema_has_column(w->db, u.table, "programme");
	l->last_use = w->uses.n;
	w->uses.at = pool_grow(w->pool, w->uses.at, w->uses.n, sizeof u);
	w->uses.at[w->uses.n++] = u;
}

/* ":programme", "programme" or "t.programme" at token I; its length or 0. */
static size_t
read_side(const struct walk *w, size_t i, struct side *side)
{
	const struct token *t = &w->t[i];

	*side = (struct side){ false, NULL };
	if (!same_word(t->text, "programme")) {
		if (t->kind != TOKEN_WORD || !token_is(t + 1, ".")
		    || !token_is(t + 2, "programme"))
			return 0;
		side->alias = t->text;
		return 3;
	}
	side->is_param = t->kind == TOKEN_PARAM;
	return t->kind == TOKEN_PARAM || t->kind == TOKEN_WORD ? 1 : 0;
}

/* A comparison that begins at token I, if it is a whole term. */
static void
read_term(struct walk *w, size_t i)
{
	static const char *const starts[] = { "WHERE", "ON", "AND" };
	static const char *const ends[] = {
		"AND", ")", "", "GROUP", "ORDER", "LIMIT", "RETURNING",
		"WHERE", "JOIN", "LEFT", "INNER", "CROSS", "UNION", "EXCEPT",
		"INTERSECT", "HAVING", "ON", "FOR", ",",
	};
	const struct level *l = &w->level[w->top];
	struct term term = { .scope = l->scope, .clause = l->clause_number,
	    .only_use = l->last_use,
	    .is_left = l->clause == CLAUSE_ON && l->is_left };
	size_t a = read_side(w, i, &term.a), b;

	if (a == 0 || !token_is(&w->t[i + a], "=")
	    || !token_is_any(before(w, i), starts, LEN(starts)))
		return;
	b = read_side(w, i + a + 1, &term.b);
	if (b == 0 || !token_is_any(&w->t[i + a + 1 + b], ends, LEN(ends)))
		return;
	w->term = pool_grow(w->pool, w->term, w->nterms, sizeof term);
	w->term[w->nterms++] = term;
}

static bool
is_select(const struct token *t)
{
	static const char *const words[] = { "SELECT", "WITH", "VALUES" };

	return token_is_any(t, words, LEN(words));
}

/* Words that begin a clause; true when T was one. */
static bool
read_clause(struct walk *w, size_t i)
{
	static const char *const others[] = {
		"SELECT", "GROUP", "ORDER", "LIMIT", "HAVING", "RETURNING",
		"SET", "VALUES",
	};
	static const char *const unions[] = { "UNION", "EXCEPT", "INTERSECT" };
	const struct token *t = &w->t[i];
	struct level *l = &w->level[w->top];

	if (token_is(t, "FROM") && !token_is(before(w, i), "DISTINCT")) {
		new_clause(w, CLAUSE_FROM, t->line);
		l->is_left = false;
		l->wants_table = true;
	} else if (token_is(t, "JOIN")) {
		join(w, i);
	} else if (token_is(t, "USING")) {
		refuse(w->file, t->line, "USING is not used here: write ON");
	} else if (token_is(t, "ON")) {
		new_clause(w, token_is(t + 1, "CONFLICT")
		    ? CLAUSE_OTHER : CLAUSE_ON, t->line);
	} else if (token_is(t, "WHERE")) {
		new_clause(w, CLAUSE_WHERE, t->line);
	} else if (token_is_any(t, others, LEN(others))) {
		new_clause(w, CLAUSE_OTHER, t->line);
	} else if (token_is_any(t, unions, LEN(unions))) {
		l->scope = new_scope(w, w->parent[l->scope], t->line);
		new_clause(w, CLAUSE_OTHER, t->line);
	} else {
		return false;
	}
	return true;
}

static void
insert(struct walk *w, size_t i)
{
	size_t n = w->uses.n;

	add_use(w, i, true);
	if (n < w->uses.n && schema_is_of_programme(w->db, w->t[i].text))
		w->uses.at[n].locked = insert_is_locked(w->file,
		    w->t + i + 1);
}

static void
read_bracket(struct walk *w, size_t i)
{
	const struct token *t = &w->t[i];
	struct level *l = &w->level[w->top];

	if (token_is(t, ")") || token_is(t, "END")) {
		if (w->top == 0)
			refuse(w->file, t->line, "a bracket too many");
		w->top--;
		return;
	}
	if (l->wants_table && !is_select(t + 1))
		refuse(w->file, t->line, "a join stands without brackets");
	l->wants_table = false;
	push(w, i, !is_select(t + 1));
}

/* A word that is neither bracket nor clause. */
static void
read_other(struct walk *w, size_t i)
{
	struct level *l = &w->level[w->top];
	const struct token *t = &w->t[i];

	if (token_is(t, "INTO")) {
		insert(w, i + 1);
	} else if (token_is(t, "UPDATE") && !token_is(before(w, i), "DO")
	    && !token_is(before(w, i), "FOR")) {
		l->wants_table = true;
	} else if (token_is(t, ",") && (l->clause == CLAUSE_FROM
	    || l->clause == CLAUSE_ON)) {
		new_clause(w, CLAUSE_FROM, t->line);
		l->is_left = false;
		l->wants_table = true;
	} else if (l->wants_table && t->kind == TOKEN_WORD) {
		if (!token_is(t, "ONLY") && !token_is(t, "LATERAL"))
			add_use(w, i, false);
	} else if (token_is(t, "OR")) {
		w->weak[l->clause_number] = true;
	} else if (token_is(t, "BETWEEN")) {
		l->between = true;
	}
}

/* SET programme = …: a row never moves to another programme. */
static void
refuse_move(const struct walk *w, size_t i)
{
	const struct token *t = &w->t[i];

	if (token_is(t, "SET") && token_is(t + 1, "("))
		refuse(w->file, t->line, "SET names one column at a time");
	if ((token_is(t, "SET") || token_is(t, ","))
	    && token_is(t + 1, "programme") && token_is(t + 2, "="))
		refuse(w->file, t->line, "a row's programme is changed");
}

static void
walk(struct walk *w, size_t n)
{
	static const char *const brackets[] = { "(", ")", "CASE", "END" };

	w->parent[0] = -1;
	w->nscopes = 1;
	for (size_t i = 0; i < n; i++) {
		const struct token *t = &w->t[i];
		struct level *l = &w->level[w->top];

		refuse_move(w, i);
		if (token_is_any(t, brackets, LEN(brackets)))
			read_bracket(w, i);
		else if (l->is_group)
			continue;
		else if (!read_clause(w, i))
			read_other(w, i);
		l = &w->level[w->top];
		if (l->is_group || (l->clause != CLAUSE_ON
		    && l->clause != CLAUSE_WHERE))
			continue;
		if (!(l->between && token_is(before(w, i), "AND")))
			read_term(w, i);
		else
			l->between = false;
	}
}

/* The table that SIDE means in SCOPE, which may be one further out. */
static struct use *
resolve(const struct walk *w, const struct side *side, int scope)
{
	for (; scope >= 0; scope = w->parent[scope]) {
		for (size_t i = 0; i < w->uses.n; i++) {
			struct use *u = &w->uses.at[i];

			if (u->scope != scope || u->is_target
			    || !u->has_programme)
				continue;
			if (side->alias == NULL
			    || same_word(side->alias, u->alias))
				return u;
		}
	}
	return NULL;
}

/* Locks A if the term says so; true when that was new. */
static bool
lock_side(const struct walk *w, const struct term *t, const struct side *a,
    const struct side *b)
{
	struct use *use = a->is_param ? NULL : resolve(w, a, t->scope);
	struct use *from = b->is_param ? NULL : resolve(w, b, t->scope);

	if (use == NULL || use->locked || use->scope != t->scope)
		return false;
	if (t->is_left && use != &w->uses.at[t->only_use])
		return false;
	if (!b->is_param && (from == NULL || !from->locked))
		return false;
	use->locked = true;
	return true;
}

static void
lock_uses(const struct walk *w)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < w->nterms; i++) {
			const struct term *t = &w->term[i];

			if (w->weak[t->clause])
				continue;
			more |= lock_side(w, t, &t->a, &t->b);
			more |= lock_side(w, t, &t->b, &t->a);
		}
	}
}

struct uses
lock_check(struct pool *pool, const char *file, const struct statement *s,
    sqlite3 *db)
{
	struct walk *w = pool_take(pool, sizeof *w);

	*w = (struct walk){ .pool = pool, .file = file, .t = s->token,
	    .db = db };
	walk(w, s->ntokens);
	lock_uses(w);
	for (size_t i = 0; i < w->uses.n; i++) {
		const struct use *u = &w->uses.at[i];

		if (!u->locked && schema_is_of_programme(db, u->table))
			refuse(file, u->line, "%s uses %s without "
			    "\"programme = :programme\"", s->name, u->table);
	}
	return w->uses;
}
