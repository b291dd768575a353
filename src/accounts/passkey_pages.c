/* Passkeys: signing in with one, adding and removing one. */
#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/factor.h"
#include "accounts/login.h"
#include "accounts/pages.h"
#include "accounts/passkey.h"
#include "accounts/signin_html.h"
#include "web/site.h"

static const struct limit by_network = { "passkey", 50, MINUTES(15) };

static struct passkey_place
place_of(struct req *r, const char *purpose)
{
	return (struct passkey_place){ &r->site->key, r->site->base_url,
	    text_host(r->arena, r->site->base_url), purpose, r->now };
}

static const char *
create_purpose(struct req *r, struct person_id person)
{
	return text_fmt(r->arena, "create %" PRId64, person.v);
}

const char *
passkey_get_of(struct req *r)
{
	struct passkey_place at = place_of(r, "get");

	return passkey_get_options(r->arena, &(struct passkey_wish){
	    .challenge = passkey_challenge(r->arena, at.key, at.purpose,
	        r->now),
	    .host = at.host });
}

Err
passkey_create_of(struct req *r, const struct person *p, const char **options)
{
	struct passkey_place at = place_of(r, create_purpose(r, p->id));
	struct sql_credential_list list;
	struct blob *known;

	TRY(sql_credential_list(r->db, r->arena, p->id, CREDENTIAL_PASSKEY,
	    &list));
	known = ARENA_NEW(r->arena, struct blob, list.n);
	for (size_t i = 0; i < list.n; i++)
		known[i] = list.row[i].handle;
	*options = passkey_create_options(r->arena, &(struct passkey_wish){
	    .challenge = passkey_challenge(r->arena, at.key, at.purpose,
	        r->now),
	    .host = at.host,
	    .user = passkey_user(r->arena, at.key, p->id),
	    .account = p->email == NULL ? p->name : p->email,
	    .name = p->name, .known = known, .nknown = list.n });
	return OK;
}

static bool
read_bytes(struct req *r, const char *field, struct blob *out)
{
	unsigned char *p;
	size_t n;

	if (!base64url_parse(r->arena, form_line(r, field, 8000, NULL), &p,
	    &n))
		return false;
	*out = (struct blob){ p, n };
	return true;
}

static bool
read_answer(struct req *r, struct passkey_answer *a)
{
	return read_bytes(r, "credential_id", &a->id) &&
	    read_bytes(r, "client_data", &a->client_data) &&
	    read_bytes(r, "authenticator_data", &a->authenticator_data) &&
	    read_bytes(r, "signature", &a->signature) &&
	    read_bytes(r, "user_handle", &a->user_handle) && a->id.len > 0;
}

/* An answer counts once, however often it is sent. */
static Err
answer_use(struct req *r, const struct passkey_answer *a, bool *first)
{
	int64_t put;

	TRY(sql_challenge_put(r->db, r->arena,
	    &(struct sql_challenge_put_in){
	    .token = passkey_challenge_hash(r->arena, a),
	    .kind = CHALLENGE_PASSKEY, .now = r->now,
	    .expires_at = instant_plus(r->now, MINUTES(10)) }, &put));
	*first = put == 1;
	return OK;
}

/* ---- Signing in -------------------------------------------------------- */

/* A handle, when there is one, must be that of the credential's person. */
static bool
handle_fits(struct req *r, const struct passkey_answer *a,
    struct person_id person)
{
	struct blob own = passkey_user(r->arena, &r->site->key, person);

	return a->user_handle.len == 0 ||
	    (a->user_handle.len == own.len &&
	    memcmp(a->user_handle.p, own.p, own.len) == 0);
}

static Err
answer_judge(struct req *r, const struct passkey_answer *a, struct person *p,
    bool *good)
{
	const struct passkey_place at = place_of(r, "get");
	struct credential c = { 0 };
	int64_t counter, used;

	TRY(sql_credential_by_handle(r->db, r->arena, a->id, &c, good));
	if (!*good)
		return OK;
	counter = c.counter;
	*good = handle_fits(r, a, c.person) && passkey_check(r->arena, &at,
	    a, c.secret, &counter) == PASSKEY_GOOD;
	if (!*good)
		return OK;
	TRY(answer_use(r, a, good));
	if (!*good)
		return OK;
	TRY(sql_credential_use(r->db, r->arena, c.id, counter, r->now,
	    &used));
	if (used != 1) {
		*good = false;
		return OK;
	}
	return sql_person_load(r->db, r->arena, c.person, p, good);
}

static Err
signin_refuse(struct req *r)
{
	TRY(limit_count(r, &by_network, r->network));
	TRY(audit_add_as(r, (struct person_id){ 0 }, N_("passkey refused"), 0));
	form_refuse(r, "passkey", N_("This passkey did not work here. Try "
	    "again, or sign in with your password."));
	reply_keep(r);
	return html_signin_page(r, &(struct signin_view){
	    .f = form_of(r), .passkey = passkey_get_of(r) });
}

/* Not held up by wrong passwords: the owner always gets in. */
Err
passkey_signin(struct req *r)
{
	struct passkey_answer a;
	struct person p = { 0 };
	bool good = false;
	int wait;

	TRY(limit_reached(r, &by_network, r->network, &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	if (read_answer(r, &a))
		TRY(answer_judge(r, &a, &p, &good));
	if (!good)
		return signin_refuse(r);
	cookie_set(r, STEP_COOKIE, "", 0);
	return login_reply(r, &p, FACTORS_PASSKEY);
}

/* ---- Adding and removing ----------------------------------------------- */

static Err
insert(struct req *r, const struct person *p, const struct passkey_made *made)
{
	const char *label = form_line(r, "label", 60, NULL);

	return sql_credential_insert(r->db, r->arena,
	    &(struct sql_credential_insert_in){
	    .id = new_id(r), .person = p->id, .kind = CREDENTIAL_PASSKEY,
	    .label = label, .handle = made->id, .secret = made->key,
	    .counter = made->counter, .confirmed = true, .now = r->now });
}

Err
passkey_store(struct req *r, const struct person *p, bool *good)
{
	const struct passkey_place at =
	    place_of(r, create_purpose(r, p->id));
	struct passkey_made made = { 0 };
	struct passkey_answer a;
	struct credential other = { 0 };
	bool taken;

	*good = read_answer(r, &a) && passkey_make(r->arena, &at, &a,
	    &made) == PASSKEY_GOOD;
	if (!*good)
		return OK;
	TRY(answer_use(r, &a, good));
	if (!*good)
		return OK;
	TRY(sql_credential_by_handle(r->db, r->arena, made.id, &other,
	    &taken));
	*good = !taken;
	if (taken)
		return OK;
	TRY(insert(r, p, &made));
	return tell_of_change(r, p, N_("A passkey was added."));
}

static const char not_made[] = N_("The passkey was not saved. Try again.");

Err
passkey_add(struct req *r)
{
	struct person p;
	int64_t codes;
	bool good, may;

	TRY(viewer_load(r, &p));
	TRY(factor_change_is_allowed(r, &p, &may));
	if (!may)
		return factor_ask_again(r);
	TRY(passkey_store(r, &p, &good));
	if (!good)
		return see_other_saying(r, not_made, "/account/second-step");
	TRY(audit_add(r, N_("passkey added"), p.id.v));
	/* This browser has just shown the strongest proof there is. */
	TRY(login_make(r, &p, FACTORS_PASSKEY));
	TRY(sql_credential_count(r->db, r->arena, p.id, CREDENTIAL_RECOVERY,
	    &codes));
	return see_other_saying(r, N_("Your passkey is saved."), "%s",
	    codes == 0 ? "/account/recovery" : "/account");
}

Err
passkey_remove(struct req *r)
{
	struct person p;
	int64_t dropped;
	bool may, last;

	TRY(viewer_load(r, &p));
	TRY(factor_change_is_allowed(r, &p, &may));
	if (!may)
		return factor_ask_again(r);
	TRY(factor_is_last(r, &p, CREDENTIAL_PASSKEY, &last));
	if (last)
		return see_other_saying(r, N_("Keep this one: without it you "
		    "could not sign in any more."), "/account");
	TRY(sql_credential_drop(r->db, r->arena, path_id(r, "id"), p.id,
	    CREDENTIAL_PASSKEY, &dropped));
	if (dropped == 0)
		return reply_absent(r);
	TRY(tell_of_change(r, &p, N_("A passkey was removed.")));
	TRY(audit_add(r, N_("passkey removed"), p.id.v));
	return see_other_saying(r, N_("The passkey is removed."), "/account");
}
