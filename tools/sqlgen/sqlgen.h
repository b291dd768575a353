/*
 * sqlgen: reads the statements of a feature (x.sql), proves each against the
 * migrated schema, and writes typed C functions for them.
 *
 * What is refused is said as "file:line: message", and ends the program.
 */
#ifndef SQLGEN_SQLGEN_H
#define SQLGEN_SQLGEN_H

#include <sqlite3.h>
#include <stdio.h>

#include "pool.h"

/* ---- token.c: SQL as words --------------------------------------------- */

enum token_kind {
	TOKEN_WORD, TOKEN_PARAM, TOKEN_NUMBER, TOKEN_STRING, TOKEN_SIGN,
	TOKEN_END       /* of the statement */
};
struct token {
	enum token_kind kind;
	const char *text;       /* of a parameter without its colon */
	size_t at, len;         /* in the statement */
	int line;
};

/* LINE is that of the statement's first byte. */
struct token *tokens_read(struct pool *, const char *file, int line,
    const char *sql, size_t *n);

/* Whatever the case; never a text in quotes. */
bool token_is(const struct token *, const char *word);
bool token_is_any(const struct token *, const char *const *words, size_t n);

/* ---- types.c: what a column or an input may be ------------------------- */

enum type_kind {
	TYPE_INT, TYPE_INT64, TYPE_BOOL, TYPE_TEXT, TYPE_INSTANT, TYPE_DAY,
	TYPE_HASH, TYPE_BLOB, TYPE_ENUM, TYPE_ID,
};
struct type {
	enum type_kind kind;
	const char *of;         /* name of the enum or of the id's struct */
	bool null;
};

bool type_read(struct pool *, const char *word, struct type *);
/* "struct instant", "const char *": to be followed by a name. */
const char *type_c(struct pool *, const struct type *);
const char *type_postgres(const struct type *); /* "bigint" */
const char *type_declared(const struct type *); /* "INTEGER", in SQLite */
/* The struct db_value made of the C expression E. */
const char *type_value(struct pool *, const struct type *, const char *e);
/* Statement that reads column I of the cursor c into the C lvalue E. */
const char *type_fetch(struct pool *, const struct type *, const char *e,
    size_t i);

/* ---- read.c: a file of statements -------------------------------------- */

struct column {
	const char *name;
	struct type type;
	int line;
};
struct columns {
	struct column *at;
	size_t n;
	const char *name;       /* of a struct declared elsewhere, or NULL */
	bool gathered;          /* inputs: given as one struct */
};

enum kind { KIND_ONE, KIND_MAYBE, KIND_MANY, KIND_EXEC, KIND_COUNT };
enum only { ONLY_NONE, ONLY_SQLITE, ONLY_POSTGRES };

struct statement {
	const char *name;
	int line;
	enum kind kind;
	enum only only;
	struct columns in, row;
	const char *scan;       /* why a full scan is right, or NULL */
	const char *sql;
	struct token *token;
	size_t ntokens;
	struct statement *twin; /* for the other database, or NULL */
};

struct source {
	const char *file;
	const char **include;
	size_t nincludes;
	struct statement *statement;
	size_t nstatements;
};

struct source *source_read(struct pool *, const char *file);

/* ---- schema.c, lock.c, insert.c, check.c: is it right? ----------------- */

/* A database in memory with every migration of DIR applied. */
sqlite3 *schema_make(struct pool *, const char *dir);
/* Whether TABLE's primary key begins with "programme". */
bool schema_is_of_programme(sqlite3 *, const char *table);
bool schema_has_column(sqlite3 *, const char *table, const char *column);
bool schema_has_table(sqlite3 *, const char *table);

/* A table as a statement names it. */
struct use {
	const char *table, *alias;
	int line;
	int scope;
	bool is_left;           /* on the right side of a LEFT JOIN */
	bool is_target;         /* of an INSERT */
	bool has_programme;     /* has a column of that name */
	bool locked;            /* known to be of :programme only */
};
struct uses { struct use *at; size_t n; };

/* Refuses a statement that might see rows of another programme. */
struct uses lock_check(struct pool *, const char *file,
    const struct statement *, sqlite3 *);

/* Whether all that is put in is of :programme; T follows the table's name. */
bool insert_is_locked(const char *file, const struct token *t);

/* Everything that SQLite can tell about a statement. */
void statement_check(struct pool *, const char *file,
    const struct statement *, sqlite3 *);

/* ---- write.c, postgres.c: what comes out ------------------------------- */

/* The text with numbered parameters. */
const char *sql_for_sqlite(struct pool *, const struct statement *);
const char *sql_for_postgres(struct pool *, const struct statement *);

void write_header(struct pool *, FILE *, const struct source *,
    const char *header_name);
void write_code(struct pool *, FILE *, const struct source *,
    const char *header_name);

/*
 * Prepare every statement on the PostgreSQL at CONNINFO and compare types;
 * more than five twins in all are refused.  The number of statements.
 */
size_t postgres_check(struct pool *, const char *conninfo,
    struct source *const *, size_t n);

#endif
