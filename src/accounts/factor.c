/* What a person has to sign in with.  See factor.h. */
#include "accounts/factor.h"

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
	struct instant proven = { 0 };
	struct factors f;
	bool found;

	TRY(factors_load(r, p, &f));
	TRY(sql_login_proven(r->db, r->arena, r->viewer.login, &proven,
	    &found));
	*allowed = found && factor_change_judge(&f, r->viewer.unfinished,
	    r->now.us - proven.us) == CHANGE_ALLOWED;
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

Err
factor_ask_again(struct req *r)
{
	return see_other_saying(r, N_("Sign in once more first, so that we "
	    "know it is you. Then make the change."), "/sign-in");
}
