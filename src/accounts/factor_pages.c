/* Setting up a second step: an app with codes, and codes on paper. */
#include "accounts/factor.h"

#include "accounts/account_html.h"
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/code.h"
#include "accounts/login.h"
#include "accounts/pages.h"
#include "accounts/qr.h"
#include "web/site.h"

static const struct limit by_guess = { "code set up", 20, HOURS(1) };

Err
factor_show(struct req *r)
{
	struct factor_view v = { .f = form_of(r) };
	struct factors f;
	struct person p;

	TRY(viewer_load(r, &p));
	TRY(factors_load(r, &p, &f));
	v.must = r->viewer.unfinished;
	v.has_totp = f.totp;
	TRY(passkey_create_of(r, &p, &v.passkey));
	return html_factor_page(r, &v);
}

/* ---- The app ----------------------------------------------------------- */

static Err
insert_seed(struct req *r, struct person_id person,
    enum credential_kind kind, struct blob sealed, int64_t step)
{
	TRY(sql_credential_drop_kind(r->db, r->arena, person, kind));
	return sql_credential_insert(r->db, r->arena,
	    &(struct sql_credential_insert_in){
	    .id = new_id(r), .person = person, .kind = kind, .label = "",
	    .secret = sealed, .counter = step,
	    .confirmed = kind == CREDENTIAL_TOTP, .now = r->now });
}

Err
totp_begin(struct req *r)
{
	unsigned char seed[TOTP_SEED], *sealed;
	struct person p;
	bool allowed;

	TRY(viewer_load(r, &p));
	TRY(factor_change_is_allowed(r, &p, &allowed));
	if (!allowed)
		return factor_ask_again(r);
	crypt_random(seed, sizeof seed);
	TRY(crypt_seal(r->arena, &r->site->key, seed, sizeof seed, &sealed));
	crypt_wipe(seed, sizeof seed);
	TRY(insert_seed(r, p.id, CREDENTIAL_TOTP_NEW,
	    (struct blob){ sealed, TOTP_SEED + CRYPT_SEAL }, 0));
	return see_other(r, "/account/totp");
}

/* The seed that was shown and is not yet proven; NULL for none. */
static Err
new_seed(struct req *r, unsigned char **seed, struct blob *sealed)
{
	struct sql_credential_list list;

	*seed = NULL;
	TRY(sql_credential_list(r->db, r->arena, r->viewer.person,
	    CREDENTIAL_TOTP_NEW, &list));
	if (list.n == 0)
		return OK;
	*sealed = list.row[0].secret;
	if (sealed->len != TOTP_SEED + CRYPT_SEAL || !crypt_open(r->arena,
	    &r->site->key, sealed->p, sealed->len, seed))
		*seed = NULL;
	return OK;
}

static Err
totp_reply(struct req *r, const unsigned char *seed)
{
	struct totp_view v = { .f = form_of(r) };
	struct person p;

	TRY(viewer_load(r, &p));
	v.seed = totp_seed_text(r->arena, seed);
	v.address = totp_address(r->arena, seed, "Fjouwer",
	    p.email == NULL ? p.name : p.email);
	v.qr = qr_path(r->arena, v.address, &v.qr_side);
	return html_totp_page(r, &v);
}

Err
totp_show(struct req *r)
{
	unsigned char *seed;
	struct blob sealed;

	TRY(new_seed(r, &seed, &sealed));
	if (seed == NULL)
		return see_other(r, "/account/second-step");
	return totp_reply(r, seed);
}

static Err
totp_keep(struct req *r, struct blob sealed, int64_t step)
{
	struct person p;
	struct factors f;

	TRY(viewer_load(r, &p));
	TRY(insert_seed(r, p.id, CREDENTIAL_TOTP, sealed, step));
	TRY(sql_credential_drop_kind(r->db, r->arena, p.id,
	    CREDENTIAL_TOTP_NEW));
	TRY(tell_of_change(r, &p, N_("An app with codes was set up.")));
	TRY(audit_add(r, N_("app with codes set up"), p.id.v));
	TRY(login_make(r, &p, FACTORS_TOTP));
	TRY(factors_load(r, &p, &f));
	return see_other_saying(r, N_("Your app is set up."), "%s",
	    f.recovery_codes == 0 ? "/account/recovery" : "/account");
}

static Err
totp_refuse(struct req *r, const unsigned char *seed, const char *subject)
{
	TRY(limit_count(r, &by_guess, subject));
	form_refuse(r, "code", N_("This code is not right, or not any "
	    "more. Look for the newest one."));
	reply_keep(r);
	return totp_reply(r, seed);
}

Err
totp_confirm(struct req *r)
{
	const char *typed = form_line(r, "code", 40,
	    N_("Fill in the code."));
	const char *subject = text_fmt(r->arena, "%" PRId64,
	    r->viewer.person.v);
	unsigned char *seed;
	struct blob sealed;
	char code[16];
	int64_t step;
	int wait;

	TRY(new_seed(r, &seed, &sealed));
	if (seed == NULL)
		return see_other(r, "/account/second-step");
	TRY(limit_reached(r, &by_guess, subject, &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	if (!form_ok(r))
		return totp_reply(r, seed);
	step = code_kind(typed, code) != CODE_TOTP ? 0 :
	    totp_step(seed, code, r->now, 0);
	return step == 0 ? totp_refuse(r, seed, subject) :
	    totp_keep(r, sealed, step);
}

Err
totp_remove(struct req *r)
{
	struct person p;
	bool allowed, last;

	TRY(viewer_load(r, &p));
	TRY(factor_change_is_allowed(r, &p, &allowed));
	if (!allowed)
		return factor_ask_again(r);
	TRY(factor_is_last(r, &p, CREDENTIAL_TOTP, &last));
	if (last)
		return see_other_saying(r, N_("Keep this one: without it you "
		    "could not sign in any more."), "/account");
	TRY(sql_credential_drop_kind(r->db, r->arena, p.id,
	    CREDENTIAL_TOTP));
	TRY(tell_of_change(r, &p, N_("The app with codes was removed.")));
	TRY(audit_add(r, N_("app with codes removed"), p.id.v));
	return see_other_saying(r, N_("The app is removed."), "/account");
}

/* ---- Codes on paper ---------------------------------------------------- */

Err
recovery_show(struct req *r)
{
	return html_recovery_page(r, form_of(r));
}

static Err
keep_code(struct req *r, struct person_id person, const char *shown)
{
	char code[16];
	struct hash h;

	ASSERT(code_kind(shown, code) == CODE_RECOVERY);
	h = code_hash(r->arena, &r->site->key, person, code);
	return sql_credential_insert(r->db, r->arena,
	    &(struct sql_credential_insert_in){
	    .id = new_id(r), .person = person, .kind = CREDENTIAL_RECOVERY,
	    .label = "", .secret = { h.b, sizeof h.b }, .confirmed = true,
	    .now = r->now });
}

/*
 * Answers with a page, not with a redirection: nobody can show them a second
 * time, because only their hashes are kept.
 */
Err
recovery_make(struct req *r)
{
	struct recovery_view v = { 0 };
	struct person p;
	bool allowed;

	TRY(viewer_load(r, &p));
	TRY(factor_change_is_allowed(r, &p, &allowed));
	if (!allowed)
		return factor_ask_again(r);
	TRY(sql_credential_drop_kind(r->db, r->arena, p.id,
	    CREDENTIAL_RECOVERY));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		v.code[i] = recovery_code(r->arena);
		TRY(keep_code(r, p.id, v.code[i]));
	}
	TRY(tell_of_change(r, &p, N_("New recovery codes were made.")));
	TRY(audit_add(r, N_("recovery codes made"), p.id.v));
	return html_recovery_codes_page(r, &v);
}
