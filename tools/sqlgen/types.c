/*
 * Types of inputs and columns: how each is stored, what it is in C, and how
 * it goes in and out.  In the patterns $ is the C expression, # the number
 * of the column, @ the name of the enum or of the id's struct, and ^ that
 * name in capitals.  What comes out is checked: a damaged file must not give
 * a NULL or a number that the program never stores.
 */
#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

struct form {
	const char *word;
	const char *c;
	const char *declared, *postgres;
	const char *value, *value_null; /* NULL: may not be NULL */
	const char *fetch, *fetch_null;
};

static const struct form forms[] = {
	[TYPE_INT] = { "int", "int ", "INTEGER", "bigint",
	    "db_value_int($)", "db_value_int_or_null($)",
	    "$ = (int)db_int_in(c, #, INT_MIN, INT_MAX);", NULL },
	[TYPE_INT64] = { "int64", "int64_t ", "INTEGER", "bigint",
	    "db_value_int($)", "db_value_int_or_null($)",
	    "$ = db_int(c, #);", NULL },
	[TYPE_BOOL] = { "bool", "bool ", "INTEGER", "bigint",
	    "db_value_int($)", "db_value_bool_or_null($)",
	    "$ = db_int(c, #) != 0;", "$ = db_bool_or_none(c, #);" },
	[TYPE_TEXT] = { "text", "const char *", "TEXT", "text",
	    "db_value_text($)", "db_value_text($)",
	    "$ = db_text_there(c, #);", "$ = db_text(c, #);" },
	[TYPE_INSTANT] = { "instant", "struct instant ", "INTEGER", "bigint",
	    "db_value_int($.us)", "db_value_int_or_null($.us)",
	    "$.us = db_int_in(c, #, 0, INSTANT_MOST);", NULL },
	[TYPE_DAY] = { "day", "struct day ", "TEXT", "text",
	    "db_value_day(arena, $)", "db_value_day_or_null(arena, $)",
	    "db_day_there(c, #, &$);", "db_day(c, #, &$);" },
	[TYPE_HASH] = { "hash", "struct hash ", "BLOB", "bytea",
	    "db_value_blob($.b, sizeof $.b)", NULL,
	    "db_hash(c, #, &$);", NULL },
	[TYPE_BLOB] = { "blob", "struct blob ", "BLOB", "bytea",
	    "db_value_blob($.p, $.len)", "db_value_blob($.p, $.len)",
	    "$.p = db_blob_there(c, #, &$.len);",
	    "$.p = db_blob(c, #, &$.len);" },
	[TYPE_ENUM] = { "enum:", "enum @ ", "INTEGER", "bigint",
	    "db_value_int((int64_t)$)", "db_value_int_or_null((int64_t)$)",
	    "$ = (enum @)db_int_in(c, #, ^_LEAST, ^_MOST);",
	    "$ = (enum @)db_int_or_none_in(c, #, ^_LEAST, ^_MOST);" },
	[TYPE_ID] = { "", "struct @ ", "INTEGER", "bigint",
	    "db_value_int($.v)", "db_value_int_or_null($.v)",
	    "$.v = db_int_in(c, #, 0, ID_MOST);", NULL },
};

static bool
ends_in_id(const char *word)
{
	size_t n = strlen(word);

	return n > 3 && same(word + n - 3, "_id");
}

bool
type_read(struct pool *pool, const char *written, struct type *out)
{
	size_t n = strlen(written);
	bool null = n > 0 && written[n - 1] == '?';
	const char *word = pool_text(pool, written, null ? n - 1 : n);

	*out = (struct type){ TYPE_ID, word, null };
	if (ends_in_id(word))
		return true;
	if (strncmp(word, "enum:", 5) == 0 && word[5] != '\0') {
		*out = (struct type){ TYPE_ENUM, word + 5, null };
		return true;
	}
	for (size_t i = TYPE_INT; i < TYPE_ENUM; i++) {
		if (!same(word, forms[i].word))
			continue;
		*out = (struct type){ (enum type_kind)i, NULL, null };
		return !null || forms[i].value_null != NULL;
	}
	return false;
}

static const char *
in_capitals(struct pool *pool, const char *word)
{
	char *copy = pool_fmt(pool, "%s", word);

	for (char *p = copy; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return copy;
}

/* PATTERN with its $, #, @ and ^ replaced. */
static const char *
fill(struct pool *pool, const char *pattern, const struct type *t,
    const char *e, size_t i)
{
	const char *s = "";

	for (; *pattern != '\0'; pattern++) {
		switch (*pattern) {
		case '$': s = pool_fmt(pool, "%s%s", s, e); break;
		case '#': s = pool_fmt(pool, "%s%zu", s, i); break;
		case '@': s = pool_fmt(pool, "%s%s", s, t->of); break;
		case '^': s = pool_fmt(pool, "%s%s", s,
		    in_capitals(pool, t->of)); break;
		default:  s = pool_fmt(pool, "%s%c", s, *pattern); break;
		}
	}
	return s;
}

const char *
type_c(struct pool *pool, const struct type *t)
{
	if (t->kind == TYPE_BOOL && t->null)
		return "int ";
	return fill(pool, forms[t->kind].c, t, "", 0);
}

const char *
type_postgres(const struct type *t)
{
	return forms[t->kind].postgres;
}

const char *
type_declared(const struct type *t)
{
	return forms[t->kind].declared;
}

const char *
type_value(struct pool *pool, const struct type *t, const char *e)
{
	const struct form *f = &forms[t->kind];

	return fill(pool, t->null ? f->value_null : f->value, t, e, 0);
}

const char *
type_fetch(struct pool *pool, const struct type *t, const char *e, size_t i)
{
	const struct form *f = &forms[t->kind];

	return fill(pool, t->null && f->fetch_null != NULL ? f->fetch_null
	    : f->fetch, t, e, i);
}
