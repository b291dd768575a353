/*
 * Reading x.sql: lines that begin with "-- word:" say what a statement is,
 * what goes in and what comes out; the rest up to the next one is SQL.
 */
#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

enum { INPUTS_APART = 5 };      /* more are given as a struct */

/* Which list a line of blanks after "--" goes on with. */
enum list { LIST_NONE, LIST_IN, LIST_ROW };

struct reader {
	struct pool *pool;
	struct source *source;
	struct statement *now;  /* NULL before the first */
	enum only only;         /* said for the next one */
	enum list list;
	const char *sql;        /* of NOW, blank lines where others stood */
	int line;
};

static bool
is_name(const char *s, size_t n)
{
	if (n == 0 || isdigit((unsigned char)s[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)s[i]) && s[i] != '_'
		    && !isdigit((unsigned char)s[i]))
			return false;
	return true;
}

/* The next word of *S, which is moved past it; "" at the end. */
static const char *
next_word(struct pool *pool, const char **s)
{
	const char *start = *s + strspn(*s, " \t");
	size_t n = strcspn(start, " \t");

	*s = start + n;
	return pool_text(pool, start, n);
}

static bool
is_among(const char *name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (same(name, words[i]))
			return true;
	return false;
}

static bool
is_c(const char *name)
{
	static const char *const words[] = {
		"int", "long", "short", "char", "double", "float", "default",
		"case", "switch", "for", "if", "else", "return", "static",
		"struct", "enum", "union", "register", "auto", "const", "do",
		"while", "goto", "break", "continue", "sizeof", "void",
		"signed", "unsigned", "volatile", "inline", "restrict",
		"typedef", "extern", "bool", "true", "false",
	};

	return is_among(name, words, LEN(words));
}

/* Names that the functions written have for themselves. */
static bool
is_local(const char *name)
{
	static const char *const words[] = {
		"db", "arena", "in", "out", "found", "changed", "statement",
		"value", "got", "c", "n",
	};

	return is_among(name, words, LEN(words));
}

static void
add_column(struct reader *r, struct columns *to, const char *text)
{
	const char *name = next_word(r->pool, &text);
	const char *type = next_word(r->pool, &text);
	struct column c = { name, { 0 }, r->line };

	if (!is_name(name, strlen(name)) || is_c(name)
	    || (to == &r->now->in && is_local(name)))
		refuse(r->source->file, r->line,
		    "'%s' cannot be the name of an input or a column", name);
	if (!type_read(r->pool, type, &c.type))
		refuse(r->source->file, r->line, "'%s' has no type that is "
		    "known: '%s'", name, type);
	if (*next_word(r->pool, &text) != '\0')
		refuse(r->source->file, r->line, "a comma is missing after "
		    "'%s %s'", name, type);
	for (size_t i = 0; i < to->n; i++)
		if (same(to->at[i].name, name))
			refuse(r->source->file, r->line,
			    "'%s' stands here twice", name);
	to->at = pool_grow(r->pool, to->at, to->n, sizeof *to->at);
	to->at[to->n++] = c;
}

/* "a int, b text"; a comma at the end says that the next line goes on. */
static void
add_columns(struct reader *r, struct columns *to, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, ",");

		add_column(r, to, pool_text(r->pool, text, n));
		text += n;
		text += strspn(text, ", \t");
	}
}

/* "struct slot: starts instant" for rows, "struct: a int" for inputs. */
static const char *
read_struct(struct reader *r, struct columns *to, const char *text)
{
	const char *end = strchr(text, ':');
	const char *name;

	if (strncmp(text, "struct", 6) != 0 || end == NULL
	    || (text[6] != ' ' && text[6] != ':'))
		return text;
	name = text + 6;
	name = pool_text(r->pool, name + strspn(name, " "),
	    (size_t)(end - name) - strspn(name, " "));
	if (to == &r->now->in) {
		to->gathered = true;
		if (*name != '\0')
			refuse(r->source->file, r->line, "inputs have a "
			    "struct of their own: \"in: struct:\"");
	} else {
		to->name = name;
		if (!is_name(name, strlen(name)))
			refuse(r->source->file, r->line,
			    "'%s' cannot be the name of a struct", name);
	}
	return end + 1 + strspn(end + 1, " ");
}

static void
read_columns(struct reader *r, enum list list, const char *text)
{
	struct columns *to = list == LIST_IN ? &r->now->in : &r->now->row;

	r->list = list;
	add_columns(r, to, read_struct(r, to, text));
}

static void
read_name(struct reader *r, const char *text)
{
	static const char *const kinds[] = {
		[KIND_ONE] = ":one", [KIND_MAYBE] = ":maybe",
		[KIND_MANY] = ":many", [KIND_EXEC] = ":exec",
		[KIND_COUNT] = ":count",
	};
	struct source *to = r->source;
	struct statement s = { .line = r->line, .only = r->only };
	const char *kind;
	size_t k = 0;

	s.name = next_word(r->pool, &text);
	kind = next_word(r->pool, &text);
	while (k < LEN(kinds) && !same(kind, kinds[k]))
		k++;
	if (strncmp(s.name, "sql_", 4) != 0
	    || !is_name(s.name, strlen(s.name)))
		refuse(to->file, r->line,
		    "a statement's name is sql_ and small letters");
	if (k == LEN(kinds))
		refuse(to->file, r->line, "'%s' is no kind: "
		    ":one, :maybe, :many, :exec, :count", kind);
	s.kind = (enum kind)k;
	to->statement = pool_grow(r->pool, to->statement, to->nstatements,
	    sizeof s);
	to->statement[to->nstatements] = s;
	r->now = &to->statement[to->nstatements++];
	r->only = ONLY_NONE;
	r->list = LIST_NONE;
	r->sql = "";
}

static void
read_include(struct reader *r, const char *text)
{
	struct source *to = r->source;

	to->include = pool_grow(r->pool, to->include, to->nincludes,
	    sizeof *to->include);
	to->include[to->nincludes++] = text;
}

/* Kept until its statement has a name. */
static void
read_only(struct reader *r, const char *text)
{
	if (same(text, "sqlite"))
		r->only = ONLY_SQLITE;
	else if (same(text, "postgres"))
		r->only = ONLY_POSTGRES;
	else
		refuse(r->source->file, r->line,
		    "only: is sqlite or postgres, not '%s'", text);
}

static void
read_word(struct reader *r, const char *word, const char *text)
{
	if (same(word, "name"))
		read_name(r, text);
	else if (same(word, "include"))
		read_include(r, text);
	else if (same(word, "only"))
		read_only(r, text);
	else if (r->now == NULL)
		refuse(r->source->file, r->line,
		    "'%s:' before the first statement", word);
	else if (same(word, "in"))
		read_columns(r, LIST_IN, text);
	else if (same(word, "row"))
		read_columns(r, LIST_ROW, text);
	else if (same(word, "scan"))
		r->now->scan = text;
	else
		refuse(r->source->file, r->line, "'%s:' is not known: name, "
		    "in, row, only, scan, include", word);
}

/* A line that begins with "--"; plain comments are passed over. */
static void
read_comment(struct reader *r, const char *text)
{
	size_t blanks = strspn(text, " ");
	size_t n = strcspn(text + blanks, ": ");

	if (r->list != LIST_NONE && blanks >= 4) {
		read_columns(r, r->list, text + blanks);
		return;
	}
	r->list = LIST_NONE;
	if (text[blanks + n] != ':' || !is_name(text + blanks, n))
		return;
	text += blanks;
	read_word(r, pool_text(r->pool, text, n),
	    text + n + 1 + strspn(text + n + 1, " "));
}

static void
read_line(struct reader *r, const char *line)
{
	if (strncmp(line, "--", 2) == 0) {
		read_comment(r, line + 2);
		line = "";
	} else if (r->now == NULL && line[strspn(line, " \t")] != '\0') {
		refuse(r->source->file, r->line,
		    "SQL before the first \"-- name:\"");
	}
	if (r->now != NULL) {
		r->sql = pool_fmt(r->pool, "%s%s\n", r->sql, line);
		r->now->sql = r->sql;
	}
}

/* One statement, ended by one semicolon, which is taken off. */
static void
finish(struct reader *r, struct statement *s)
{
	const char *file = r->source->file;
	size_t n;

	s->in.gathered |= s->in.n > INPUTS_APART;
	s->token = tokens_read(r->pool, file, s->line, s->sql, &n);
	if (n < 2 || !same(s->token[n - 1].text, ";"))
		refuse(file, s->line, "%s does not end in a semicolon",
		    s->name);
	s->token[n - 1] = (struct token){ TOKEN_END, "",
	    s->token[n - 1].at, 0, s->token[n - 1].line };
	s->ntokens = n - 1;
	for (size_t i = 0; i < s->ntokens; i++)
		if (same(s->token[i].text, ";"))
			refuse(file, s->token[i].line,
			    "%s holds more than one statement", s->name);
	if ((s->row.n != 0) != (s->kind <= KIND_MANY))
		refuse(file, s->line, s->row.n != 0
		    ? "%s gives rows: :one, :maybe or :many"
		    : "%s needs a row:", s->name);
}

static bool
columns_same(const struct columns *a, const struct columns *b)
{
	if (a->n != b->n || (a->name == NULL) != (b->name == NULL)
	    || (a->name != NULL && !same(a->name, b->name)))
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct column *x = &a->at[i], *y = &b->at[i];

		if (!same(x->name, y->name) || x->type.kind != y->type.kind
		    || x->type.null != y->type.null
		    || (x->type.of != NULL && !same(x->type.of, y->type.of)))
			return false;
	}
	return true;
}

/* A name stands once, or twice as twins that differ in their SQL only. */
static void
pair(const char *file, struct statement *a, struct statement *b)
{
	if (!same(a->name, b->name))
		return;
	if (a->only == ONLY_NONE || b->only == ONLY_NONE
	    || a->only == b->only)
		refuse(file, b->line, "%s stands here twice", b->name);
	if (a->kind != b->kind || !columns_same(&a->in, &b->in)
	    || !columns_same(&a->row, &b->row))
		refuse(file, b->line, "the twins %s differ in more than "
		    "their SQL", b->name);
	a->twin = b;
	b->twin = a;
}

struct source *
source_read(struct pool *pool, const char *file)
{
	struct source *source = pool_take(pool, sizeof *source);
	struct reader r = { .pool = pool, .source = source };
	char *next = pool_read_file(pool, file);

	source->file = file;
	while (*next != '\0') {
		size_t n = strcspn(next, "\n");

		r.line++;
		read_line(&r, pool_text(pool, next, n));
		next += n + (next[n] == '\n');
	}
	for (size_t i = 0; i < source->nstatements; i++) {
		finish(&r, &source->statement[i]);
		for (size_t k = 0; k < i; k++)
			pair(file, &source->statement[k],
			    &source->statement[i]);
	}
	for (size_t i = 0; i < source->nstatements; i++)
		if (source->statement[i].only != ONLY_NONE
		    && source->statement[i].twin == NULL)
			refuse(file, source->statement[i].line,
			    "%s lacks its twin", source->statement[i].name);
	return source;
}
