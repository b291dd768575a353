/* What a person has to sign in with.  See factor.h. */
#include "accounts/factor.h"

#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "web/reply.h"

static Err
count(struct req *r, const struct person *p, enum credential_kind kind,
    int64_t *n)
{
	return sql_credential_count(r->db, r->arena, p->id, kind, n);
}

Err
factors_load(struct req *r, const struct person *p, struct factors *out)
{
	int64_t passwords, totps, passkeys, codes;

	TRY(count(r, p, CREDENTIAL_PASSWORD, &passwords));
	TRY(count(r, p, CREDENTIAL_TOTP, &totps));
	TRY(count(r, p, CREDENTIAL_PASSKEY, &passkeys));
	TRY(count(r, p, CREDENTIAL_RECOVERY, &codes));
	*out = (struct factors){ p->must_use_factor, passwords > 0,
	    totps > 0, passkeys, codes };
	return OK;
}

Err
factor_change_is_allowed(struct req *r, const struct person *p, bool *allowed)
{
	struct factors f;

	TRY(factors_load(r, p, &f));
	*allowed = factor_change_judge(&f, r->viewer.unfinished);
	return OK;
}

Err
factor_is_last(struct req *r, const struct person *p,
    enum credential_kind kind, bool *last)
{
	struct factors f;

	TRY(factors_load(r, p, &f));
	*last = factor_is_needed(&f, kind);
	return OK;
}

/* ---- Signing in once more ---------------------------------------------- */

#define BACK_COOKIE "back"

/* The address of a page of ours, with nothing odd in it. */
static bool
is_path(const char *s)
{
	return s[0] == '/' && s[1] != '/' &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-/")] == '\0';
}

/* The route's path with what stood in its names. */
static const char *
path_asked(struct req *r)
{
	struct buf b = buf_make(r->arena);
	const char *p = r->route->path;

	while (*p != '\0') {
		size_t n = strcspn(p, ":"), name;

		buf_add(&b, p, n);
		p += n;
		name = strcspn(p, "/");
		if (name > 0)
			buf_text(&b, path_text(r, text_copy_n(r->arena, p + 1,
			    name - 1)));
		p += name;
	}
	return buf_get(&b);
}

Err
factor_ask_again(struct req *r)
{
	const char *path = r->route->method == GET ? path_asked(r) : "";

	if (is_path(path))
		cookie_set(r, BACK_COOKIE, path, 10 * 60);
	return see_other_saying(r, N_("Sign in once more first, so that we "
	    "know it is you. Then make the change."), "/sign-in");
}

const char *
factor_way_back(struct req *r)
{
	const char *path = cookie_get(r, BACK_COOKIE);

	if (!is_path(path))
		return "/start";
	cookie_set(r, BACK_COOKIE, "", 0);
	return path;
}
