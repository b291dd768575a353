/*
 * Signing in: password, second step, link, out.
 *
 * What is answered must not tell whether an address is known: the same words,
 * the same code, and the same work, down to the hash and the commit.
 */
#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/pages.h"
#include "accounts/signin_html.h"
#include "accounts/step.h"
#include "web/site.h"

static const struct limit by_account = { "password", 10, MINUTES(15) };
static const struct limit by_network = {
	"password network", 100, MINUTES(15)
};

/* Of nobody's password, made with the parameters of crypt.c. */
static const char nobodys[] = "$argon2id$v=19$m=19456,t=2,p=1$"
    "IBRwPrN8It2gs1AwEk7tkQ$NeZDJa3G6OIwLecsmrMYBhvVwrFBcCrCGUMVyrEyY4k";

static Err
signin_reply(struct req *r, const char *passkey_error)
{
	return html_signin_page(r, &(struct signin_view){
	    .f = form_of(r), .passkey = passkey_get_of(r),
	    .passkey_error = passkey_error });
}

Err
signin_show(struct req *r)
{
	return signin_reply(r, NULL);
}

static Err
signin_wait(struct req *r, const char *email, int *seconds)
{
	TRY(limit_reached(r, &by_account, email, seconds));
	if (*seconds > 0)
		return OK;
	return limit_reached(r, &by_network, r->network, seconds);
}

struct signin_try {
	const char *phc;        /* that the password was held against */
	bool right;
	const char *anew;       /* hashed again with today's cost, or NULL */
};

static Err
find_account(struct req *r, const char *email, struct person *p,
    const char **phc)
{
	struct credential password;
	bool found;

	*phc = "";
	TRY(sql_person_by_email(r->db, r->arena, email, p, &found));
	if (!found)
		return OK;
	TRY(password_load(r, p->id, &password));
	*phc = password_phc(r, &password);
	return OK;
}

Err
signin_prepare(struct req *r)
{
	struct signin_try *t = ARENA_NEW(r->arena, struct signin_try, 1);
	const char *email = email_fold(r->arena, form_email(r, "email", NULL));
	const char *password = form_secret(r, "password", NULL);
	struct person p = { 0 };
	bool known, fits;
	int wait;

	r->prepared = t;
	t->phc = "";
	/* What is refused without being counted must cost nothing. */
	if (!form_ok(r) || text_is_empty(email) || text_is_empty(password))
		return OK;
	TRY(signin_wait(r, email, &wait));
	if (wait > 0)
		return OK;
	TRY(find_account(r, email, &p, &t->phc));
	known = !text_is_empty(t->phc);
	fits = password_matches(known ? t->phc : nobodys, password);
	t->right = known && fits;
	if (t->right && password_needs_rehash(t->phc))
		return password_hash(r->arena, password, &t->anew);
	return OK;
}

static Err
signin_refuse(struct req *r, const char *email)
{
	TRY(limit_count(r, &by_account, email));
	TRY(limit_count(r, &by_network, r->network));
	TRY(audit_add_as(r, (struct person_id){ 0 }, N_("sign-in refused"), 0));
	form_refuse(r, "password", N_("This e-mail address and password do "
	    "not belong together."));
	reply_keep(r);
	return signin_reply(r, NULL);
}

static Err
keep_anew(struct req *r, struct person_id person, const char *phc)
{
	struct credential password;

	TRY(password_load(r, person, &password));
	return sql_credential_secret(r->db, r->arena, password.id,
	    (struct blob){ phc, strlen(phc) });
}

Err
signin_run(struct req *r)
{
	const struct signin_try *t = r->prepared;
	const char *email = email_fold(r->arena, form_email(r, "email",
	    N_("Fill in your e-mail address.")));
	struct person p = { 0 };
	const char *phc;
	int wait;

	form_secret(r, "password", N_("Fill in your password."));
	if (!form_ok(r))
		return signin_reply(r, NULL);
	TRY(signin_wait(r, email, &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	/* It may have been changed since prepare looked. */
	TRY(find_account(r, email, &p, &phc));
	if (!t->right || !text_same(phc, t->phc))
		return signin_refuse(r, email);
	if (t->anew != NULL)
		TRY(keep_anew(r, p.id, t->anew));
	return signin_next(r, &p);
}

/* ---- The second step --------------------------------------------------- */

static Err
step_reply(struct req *r, const struct step *s)
{
	struct standing standing;

	TRY(standing_load(r, &s->person, &(struct credential){ 0 },
	    &standing));
	return html_step_page(r, &(struct step_view){
	    .f = form_of(r), .passkey = passkey_get_of(r),
	    .mailed = s->mailed.len > 0, .app = standing.has_totp });
}

static Err
step_is_over(struct req *r)
{
	return see_other_saying(r, N_("Sign in again: the code took too "
	    "long, or was wrong too often."), "/sign-in");
}

Err
step_show(struct req *r)
{
	struct step s;
	bool found;

	TRY(step_load(r, &s, &found));
	return found ? step_reply(r, &s) : step_is_over(r);
}

static Err
step_refuse(struct req *r, const struct step *s)
{
	TRY(step_miss(r, s));
	reply_keep(r);
	if (s->tries + 1 >= STEP_TRIES)
		return step_is_over(r);
	form_refuse(r, "code", N_("This code is not right, or not any "
	    "more. Look for the newest one."));
	return step_reply(r, s);
}

Err
step_run(struct req *r)
{
	const char *typed = form_line(r, "code", 40,
	    N_("Fill in the code."));
	enum login_factors factors;
	struct step s;
	bool found, first;
	int wait;

	TRY(step_load(r, &s, &found));
	if (!found)
		return step_is_over(r);
	if (!form_ok(r))
		return step_reply(r, &s);
	TRY(step_wait(r, &s, &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	TRY(step_judge(r, &s, typed, &factors));
	if (factors == FACTORS_NONE)
		return step_refuse(r, &s);
	TRY(step_end(r, &s, &first));
	if (!first)
		return step_is_over(r);
	return login_reply(r, &s.person, factors);
}

Err
step_again(struct req *r)
{
	struct step s;
	bool found;
	int64_t dropped;

	TRY(step_load(r, &s, &found));
	if (!found || s.mailed.len == 0)
		return step_is_over(r);
	TRY(sql_challenge_drop(r->db, r->arena, s.token, &dropped));
	return step_begin_mailed(r, &s.person);
}

/* ---- A link from the shell --------------------------------------------- */

Err
signin_link_show(struct req *r)
{
	return html_signin_link_page(r, &(struct reset_view){ form_of(r),
	    text_fmt(r->arena, "/sign-in/link/%s", r->holder.token) });
}

Err
signin_link_run(struct req *r)
{
	struct person p = { 0 };
	bool used, found;

	TRY(link_use(r, &used));
	TRY(sql_person_load(r->db, r->arena, r->holder.person, &p, &found));
	if (!used || !found)
		return reply_absent(r);
	return login_reply(r, &p, FACTORS_SHELL);
}

Err
sign_out(struct req *r)
{
	int64_t dropped;

	TRY(sql_login_drop(r->db, r->arena, r->viewer.login,
	    r->viewer.person, &dropped));
	cookie_set(r, LOGIN_COOKIE, "", 0);
	TRY(audit_add(r, N_("signed out"), r->viewer.person.v));
	return see_other_saying(r, N_("You are signed out."), "/sign-in");
}
