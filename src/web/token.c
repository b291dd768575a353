#include "web/token.h"

#include <string.h>

#include "web/exchange.h"

enum { NONCE_SECONDS = 7 * 24 * 60 * 60, NONCE_MAX = 64 };

/* What came in a cookie goes out in one: nothing but our own letters. */
static bool
is_nonce(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_");

	return s[n] == '\0' && n <= NONCE_MAX;
}

static const char *
token_from(struct req *r, const struct key *key, const char *what)
{
	struct hash h = hash_keyed(key, what, strlen(what));

	return base64url(r->arena, h.b, sizeof h.b);
}

static const char *
token_of_login(struct req *r)
{
	return token_from(r, &r->viewer.form_key, "form");
}

static const char *
token_of_nonce(struct req *r, const char *nonce)
{
	return token_from(r, &r->site->key,
	    text_fmt(r->arena, "form %s", nonce));
}

static const char *
nonce_of(struct req *r)
{
	if (r->private->nonce == NULL) {
		r->private->nonce = cookie_get(r, "page");
		if (!is_nonce(r->private->nonce))
			r->private->nonce = "";
	}
	return r->private->nonce;
}

/* Each form gives it a week more, so that it never ends while one types. */
static void
nonce_prolong(struct req *r)
{
	if (!r->private->prolonged)
		cookie_set(r, "page", r->private->nonce, NONCE_SECONDS);
	r->private->prolonged = true;
}

const char *
token_make(struct req *r)
{
	if (r->viewer.person.v != 0)
		return token_of_login(r);
	if (text_is_empty(nonce_of(r)))
		r->private->nonce = crypt_token(r->arena);
	nonce_prolong(r);
	return token_of_nonce(r, r->private->nonce);
}

static bool
same(const char *a, const char *b)
{
	struct hash x = hash_text(a), y = hash_text(b);

	return hash_same(&x, &y);
}

bool
token_holds(struct req *r, const char *token)
{
	if (r->viewer.person.v != 0 && same(token, token_of_login(r)))
		return true;
	return !text_is_empty(nonce_of(r)) &&
	    same(token, token_of_nonce(r, nonce_of(r)));
}

const char *
token_owner(struct req *r)
{
	if (r->viewer.login != 0)
		return text_fmt(r->arena, "%" PRId64, r->viewer.login);
	if (text_is_empty(nonce_of(r)))
		return "";
	/* The nonce itself is a secret of the browser. */
	return token_from(r, &r->site->key,
	    text_fmt(r->arena, "owner %s", nonce_of(r)));
}

bool
token_origin_is_ours(const char *base_url, const char *origin,
    const char *fetch_site)
{
	if (fetch_site != NULL)
		return text_same(fetch_site, "same-origin") ||
		    text_same(fetch_site, "none");
	return origin == NULL || text_same(origin, base_url);
}
