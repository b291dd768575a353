/* Logins: making and ending them.  See login.h. */
#include "accounts/login.h"

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/code.h"
#include "accounts/factor.h"
#include "accounts/step.h"
#include "web/reply.h"
#include "web/site.h"

/* A browser that is signed in anew must not keep its old cookie good. */
static Err
drop_former(struct req *r)
{
	int64_t dropped;

	if (r->viewer.login == 0)
		return OK;
	return sql_login_drop(r->db, r->arena, r->viewer.login,
	    r->viewer.person, &dropped);
}

Err
login_make(struct req *r, const struct person *p, enum login_factors factors)
{
	struct login_span span = login_span(factors, p->must_use_factor);
	const char *token = crypt_token(r->arena);

	TRY(drop_former(r));
	TRY(sql_login_insert(r->db, r->arena, &(struct sql_login_insert_in){
	    .id = new_id(r),
	    .token = hash_text(token),
	    .person = p->id,
	    .factors = factors,
	    .device = r->device,
	    .network = r->network,
	    .now = r->now,
	    .idle_until = instant_plus(r->now, span.idle),
	    .ends_at = instant_plus(r->now, span.whole),
	}));
	cookie_set(r, LOGIN_COOKIE, token, (int)(span.whole / SECONDS(1)));
	return audit_add_as(r, p->id, N_("signed in"), p->id.v);
}

Err
login_reply(struct req *r, const struct person *p, enum login_factors factors)
{
	TRY(login_make(r, p, factors));
	if (login_is_unfinished(factors, p->must_use_factor))
		return see_other(r, "/account/second-step");
	return see_other(r, "%s", factor_way_back(r));
}

Err
password_load(struct req *r, struct person_id person,
    struct credential *password)
{
	struct sql_credential_list list;

	TRY(sql_credential_list(r->db, r->arena, person, CREDENTIAL_PASSWORD,
	    &list));
	*password = list.n > 0 ? list.row[0] : (struct credential){ 0 };
	return OK;
}

const char *
password_phc(struct req *r, const struct credential *password)
{
	if (password->id == 0)
		return "";
	return text_copy_n(r->arena, password->secret.p,
	    password->secret.len);
}

Err
standing_load(struct req *r, const struct person *p,
    const struct credential *password, struct standing *out)
{
	struct device_claim claim = { &r->site->key, p->id,
	    password->created_at, r->now };
	int64_t totp, passkeys;

	TRY(sql_credential_count(r->db, r->arena, p->id, CREDENTIAL_TOTP,
	    &totp));
	TRY(sql_credential_count(r->db, r->arena, p->id, CREDENTIAL_PASSKEY,
	    &passkeys));
	*out = (struct standing){
		.must_use_factor = p->must_use_factor,
		.has_totp = totp > 0,
		.has_passkey = passkeys > 0,
		.known_device = password->id != 0 && device_is_known(r->arena,
		    &claim, cookie_get(r, DEVICE_COOKIE)),
	};
	return OK;
}

Err
signin_next(struct req *r, const struct person *p)
{
	struct credential password;
	struct standing s;

	TRY(password_load(r, p->id, &password));
	TRY(standing_load(r, p, &password, &s));
	switch (signin_step(&s)) {
	case STEP_DONE:    return login_reply(r, p, FACTORS_DEVICE);
	case STEP_SET_UP:  return login_reply(r, p, FACTORS_PASSWORD);
	case STEP_MAILED:  return step_begin_mailed(r, p);
	case STEP_CODE:
	case STEP_PASSKEY: return step_begin(r, p, NULL);
	}
	return OK;
}
