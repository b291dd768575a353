/* SQL as words: no grammar, only what is a name, a text, a sign. */
#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

struct reader {
	struct pool *pool;
	const char *file;
	const char *sql;
	size_t at;
	int line;
};

static bool
is_word(int c)
{
	return isalnum(c) || c == '_';
}

static void
skip_space(struct reader *r)
{
	for (;;) {
		char c = r->sql[r->at];

		if (c == '-' && r->sql[r->at + 1] == '-') {
			r->at += strcspn(r->sql + r->at, "\n");
		} else if (isspace((unsigned char)c)) {
			r->line += c == '\n';
			r->at++;
		} else {
			return;
		}
	}
}

/* Length of the text in quotes that begins here; '' inside is a quote. */
static size_t
string_length(const struct reader *r)
{
	const char *s = r->sql + r->at;
	size_t n = 1;

	for (; s[n] != '\0' && s[n] != '\n'; n++) {
		if (s[n] != '\'')
			continue;
		if (s[n + 1] != '\'')
			return n + 1;
		n++;
	}
	refuse(r->file, r->line, "text without a closing quote");
}

static size_t
word_length(const char *s)
{
	size_t n = 0;

	while (is_word((unsigned char)s[n]))
		n++;
	return n;
}

static size_t
sign_length(const char *s)
{
	static const char *const pairs[] = {
		"<=", ">=", "<>", "!=", "==", "||", "->", "::",
	};

	for (size_t i = 0; i < LEN(pairs); i++)
		if (strncmp(s, pairs[i], 2) == 0)
			return 2;
	return 1;
}

static struct token
token_read(struct reader *r)
{
	const char *s = r->sql + r->at;
	struct token t = { TOKEN_SIGN, "", r->at, 0, r->line };

	if (*s == '\0') {
		t.kind = TOKEN_END;
	} else if (*s == '\'') {
		t.kind = TOKEN_STRING;
		t.len = string_length(r);
	} else if (*s == ':' && is_word((unsigned char)s[1])) {
		t.kind = TOKEN_PARAM;
		t.len = 1 + word_length(s + 1);
	} else if (is_word((unsigned char)*s)) {
		t.kind = isdigit((unsigned char)*s)
		    ? TOKEN_NUMBER : TOKEN_WORD;
		t.len = word_length(s);
	} else if (strchr("\"`[?$@", *s) != NULL) {
		refuse(r->file, r->line, "'%c' is not written here: "
		    "names stand without quotes, parameters as :name", *s);
	} else {
		t.len = sign_length(s);
	}
	t.text = t.kind == TOKEN_PARAM
	    ? pool_text(r->pool, s + 1, t.len - 1)
	    : pool_text(r->pool, s, t.len);
	r->at += t.len;
	return t;
}

struct token *
tokens_read(struct pool *pool, const char *file, int line, const char *sql,
    size_t *n)
{
	struct reader r = { pool, file, sql, 0, line };
	struct token *token = NULL;

	for (*n = 0; ; (*n)++) {
		skip_space(&r);
		token = pool_grow(pool, token, *n, sizeof *token);
		token[*n] = token_read(&r);
		if (token[*n].kind == TOKEN_END)
			return token;
	}
}

bool
token_is(const struct token *t, const char *word)
{
	return t->kind != TOKEN_STRING && same_word(t->text, word);
}

bool
token_is_any(const struct token *t, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}
