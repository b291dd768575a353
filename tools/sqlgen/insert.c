/* The lock for INSERT: each row that is put in is given :programme. */
#include "sqlgen.h"

/* Past the bracket that T opens. */
static const struct token *
past_bracket(const struct token *t)
{
	int depth = 0;

	for (; t->kind != TOKEN_END; t++) {
		depth += token_is(t, "(");
		depth -= token_is(t, ")");
		if (depth == 0)
			return t + 1;
	}
	return t;
}

/* Which of the columns named in brackets from T on is the programme. */
static size_t
programme_position(const char *file, const struct token *t)
{
	size_t n = 0;

	if (!token_is(t, "("))
		refuse(file, t->line, "INSERT names its columns");
	for (t++; !token_is(t, "programme"); t++) {
		if (token_is(t, ")") || t->kind == TOKEN_END)
			refuse(file, t->line, "INSERT gives no programme");
		n += token_is(t, ",");
	}
	return n;
}

/* Whether the N-th of the values from T on is :programme, nothing but. */
static bool
value_is_programme(const struct token *t, size_t n)
{
	static const char *const ends[] = { ",", ")", "FROM", "WHERE", "" };
	int depth = 0;

	for (; n > 0 && t->kind != TOKEN_END; t++) {
		depth += token_is(t, "(");
		depth -= token_is(t, ")");
		if (depth < 0)
			return false;
		n -= depth == 0 && token_is(t, ",");
	}
	return t->kind == TOKEN_PARAM && token_is(t, "programme")
	    && token_is_any(t + 1, ends, LEN(ends));
}

/* A second SELECT might give another programme. */
static bool
has_union(const struct token *t)
{
	static const char *const unions[] = { "UNION", "EXCEPT", "INTERSECT" };

	for (; t->kind != TOKEN_END; t++)
		if (token_is_any(t, unions, LEN(unions)))
			return true;
	return false;
}

bool
insert_is_locked(const char *file, const struct token *t)
{
	size_t n = programme_position(file, t);

	t = past_bracket(t);
	if (token_is(t, "SELECT"))
		return value_is_programme(t + 1, n) && !has_union(t);
	if (!token_is(t, "VALUES"))
		return false;
	do {
		t++;
		if (!token_is(t, "(") || !value_is_programme(t + 1, n))
			return false;
		t = past_bracket(t);
	} while (token_is(t, ","));
	return true;
}
