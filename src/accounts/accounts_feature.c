/* What accounts/ offers to the program: its routes, jobs and columns. */
#include "accounts/accounts.h"

#include "accounts/accounts_sql.h"
#include "accounts/denied.h"
#include "accounts/pages.h"
#include "accounts/reset.h"
#include "web/site.h"

static const struct route routes[] = {
	/* Signing in. */
	{ GET, "/sign-in", MAY_SIGN_IN, signin_show,
	  .help = "Sign in with a passkey or a password.",
	  .flags = ROUTE_SIGNED_OUT },
	{ POST, "/sign-in", MAY_SIGN_IN, signin_run,
	  .help = "Check the password, and ask the second step.",
	  .flags = ROUTE_SIGNED_OUT, .prepare = signin_prepare },
	{ POST, "/sign-in/passkey", MAY_SIGN_IN, passkey_signin,
	  .help = "Sign in with what a passkey has signed.",
	  .flags = ROUTE_SIGNED_OUT },
	{ GET, "/sign-in/step", MAY_SIGN_IN, step_show,
	  .help = "Ask the code of the second step.",
	  .flags = ROUTE_SIGNED_OUT },
	{ POST, "/sign-in/step", MAY_SIGN_IN, step_run,
	  .help = "Check the code of the second step, and sign in.",
	  .flags = ROUTE_SIGNED_OUT },
	{ POST, "/sign-in/step/again", MAY_SIGN_IN, step_again,
	  .help = "Mail the code once more.", .flags = ROUTE_SIGNED_OUT },
	{ GET, "/sign-in/forgotten", MAY_SIGN_IN, forgotten_show,
	  .help = "Ask for a link to choose a new password.",
	  .flags = ROUTE_SIGNED_OUT },
	{ POST, "/sign-in/forgotten", MAY_SIGN_IN, forgotten_run,
	  .help = "Mail a link to choose a new password.",
	  .flags = ROUTE_SIGNED_OUT },
	{ GET, "/sign-in/forgotten/sent", MAY_SIGN_IN, forgotten_sent,
	  .help = "Say that the mail is on its way, if the address is known.",
	  .flags = ROUTE_SIGNED_OUT },
	{ GET, "/sign-in/password/:token", MAY_HOLD_LINK, reset_show,
	  .help = "Choose a new password, with a mailed link.",
	  .link = "password" },
	{ POST, "/sign-in/password/:token", MAY_HOLD_LINK, reset_run,
	  .help = "Store the new password; the second factor stays.",
	  .link = "password", .prepare = reset_prepare },
	{ GET, "/sign-in/link/:token", MAY_HOLD_LINK, signin_link_show,
	  .help = "Show the button of a link made in the shell.",
	  .link = "sign-in" },
	{ POST, "/sign-in/link/:token", MAY_HOLD_LINK, signin_link_run,
	  .help = "Sign in with a link made in the shell.",
	  .link = "sign-in" },
	{ POST, "/sign-out", MAY_SET_UP_ACCOUNT, sign_out,
	  .help = "End this login." },
	{ GET, "/start", MAY_OWN_ACCOUNT, start_show,
	  .help = "Go to the programme one takes part in, or choose." },

	/* One's own account. */
	{ GET, "/account", MAY_OWN_ACCOUNT, account_show,
	  .help = "Name, language, and the ways to sign in." },
	{ POST, "/account", MAY_OWN_ACCOUNT, account_save,
	  .help = "Store name and language." },
	{ POST, "/account/password", MAY_OWN_ACCOUNT, password_change,
	  .help = "Change the password; other browsers are signed out.",
	  .prepare = password_change_prepare, .flags = ROUTE_FRESH },
	{ GET, "/account/second-step", MAY_SET_UP_ACCOUNT, factor_show,
	  .help = "Choose a second step: a passkey, or an app with codes.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/passkeys", MAY_SET_UP_ACCOUNT, passkey_add,
	  .help = "Store a passkey that the browser made.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/passkeys/:id/remove", MAY_OWN_ACCOUNT,
	  passkey_remove, .help = "Remove one of one's passkeys.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/totp", MAY_SET_UP_ACCOUNT, totp_begin,
	  .help = "Draw a new seed for an app with codes.",
	  .flags = ROUTE_FRESH },
	{ GET, "/account/totp", MAY_SET_UP_ACCOUNT, totp_show,
	  .help = "Show the new seed, for the app." },
	{ POST, "/account/totp/confirm", MAY_SET_UP_ACCOUNT, totp_confirm,
	  .help = "Prove that the app has the seed; from then on it counts.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/totp/remove", MAY_OWN_ACCOUNT, totp_remove,
	  .help = "Remove the app with codes.",
	  .flags = ROUTE_FRESH },
	{ GET, "/account/recovery", MAY_OWN_ACCOUNT, recovery_show,
	  .help = "What recovery codes are for.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/recovery", MAY_OWN_ACCOUNT, recovery_make,
	  .help = "Make ten recovery codes, and show them once.",
	  .flags = ROUTE_FRESH },
	{ POST, "/account/logins/:id/end", MAY_OWN_ACCOUNT, login_end,
	  .help = "Sign out one of one's browsers." },
	{ POST, "/account/logins/end", MAY_OWN_ACCOUNT, login_end_others,
	  .help = "Sign out all of one's other browsers." },

	/* The people of a programme. */
	{ GET, "/:programme/people", MAY_INVITE, people_show,
	  .help = "Who takes part, as what." },
	{ GET, "/:programme/people/invite", MAY_INVITE, people_invite_show,
	  .help = "The form to invite somebody.",
	  .flags = ROUTE_FRESH },
	{ POST, "/:programme/people/invite", MAY_INVITE, people_invite,
	  .help = "Invite somebody by mail.",
	  .flags = ROUTE_FRESH },
	{ GET, "/:programme/people/:person", MAY_INVITE, person_show,
	  .help = "Somebody's part in the programme, and what can be done." },
	{ POST, "/:programme/people/:person/resend", MAY_INVITE,
	  people_resend, .help = "Send an invitation again." },
	{ POST, "/:programme/people/:person/suspend", MAY_INVITE,
	  people_suspend, .help = "Keep somebody out for now, at once." },
	{ POST, "/:programme/people/:person/reactivate", MAY_INVITE,
	  people_reactivate, .help = "Let somebody in again.",
	  .flags = ROUTE_FRESH },
	{ POST, "/:programme/people/:person/end", MAY_INVITE, people_end,
	  .help = "End somebody's part in the programme." },
	{ GET, "/:programme/people/:person/roles", MAY_INVITE,
	  people_roles_show, .help = "The roles of somebody.",
	  .flags = ROUTE_FRESH },
	{ POST, "/:programme/people/:person/roles", MAY_INVITE, people_roles,
	  .help = "Change somebody's roles; they sign in again.",
	  .flags = ROUTE_FRESH },
	{ GET, "/:programme/invitation/:token", MAY_HOLD_LINK,
	  invitation_show, .help = "Show an invitation.",
	  .link = "invitation" },
	{ POST, "/:programme/invitation/:token", MAY_HOLD_LINK,
	  invitation_accept,
	  .help = "Accept an invitation, with a password if need be.",
	  .link = "invitation", .prepare = invitation_prepare },
	{ POST, "/:programme/invitation/:token/passkey", MAY_HOLD_LINK,
	  invitation_passkey, .help = "Accept an invitation with a passkey.",
	  .link = "invitation" },

	{ GET, "/:programme/audit", MAY_SEE_AUDIT, audit_show,
	  .help = "The audit trail, newest first." },
};

static const struct menu menu[] = {
	{ "/:programme/people", N_("People"), 60 },
	{ "/:programme/audit", N_("Audit trail"), 90 },
};

/* ---- Tidying ----------------------------------------------------------- */

static Err
prune(void *arg, struct db *db, struct arena *a)
{
	struct req r = req_of_work(arg, (struct programme_id){ 0 });
	struct instant now = r.now;

	r.db = db;
	r.arena = a;
	TRY(denials_end(&r));
	TRY(sql_login_prune(db, a, now));
	TRY(sql_challenge_prune(db, a, now));
	TRY(sql_limit_prune(db, a, now));
	/* Used links are kept a while, to say so to who comes back. */
	return sql_link_prune(db, a, instant_plus(now, -DAYS(30)));
}

static Err
prune_run(struct work *w)
{
	return writer_do(w->site->writer, w->arena, prune, w);
}

static const struct job jobs[] = {
	{ "accounts tidy", 3600, prune_run },
	{ "new passwords asked", 1, reset_answer },
};

/* ---- What is kept about people ----------------------------------------- */

static const char to_name[] = N_("to know who is who");
static const char to_reach[] = N_("to reach somebody");
static const char to_permit[] = N_("to know who may do what");
static const char to_sign_in[] = N_("to let somebody in");
static const char to_protect[] = N_("to protect accounts");
static const char to_account_for[] = N_("to show who did what");

static const struct person_column columns[] = {
	{ "person", "name", to_name, "6(1)(b)", "account" },
	{ "person", "email", to_reach, "6(1)(b)", "account" },
	{ "person", "phone", to_reach, "6(1)(b)", "account" },
	{ "person", "lang", N_("to speak somebody's language"), "6(1)(b)",
	  "account" },
	{ "person", "administrator", to_permit, "6(1)(b)", "account" },
	{ "credential", "person", to_sign_in, "6(1)(b)", "account" },
	{ "credential", "label", to_sign_in, "6(1)(b)", "account" },
	{ "credential", "handle", to_sign_in, "6(1)(b)", "account" },
	{ "credential", "secret", to_sign_in, "6(1)(b)", "account" },
	{ "credential", "used_at", to_protect, "6(1)(f)", "account" },
	{ "login", "person", to_sign_in, "6(1)(b)", "login" },
	{ "login", "device", to_protect, "6(1)(f)", "login" },
	{ "login", "network", to_protect, "6(1)(f)", "login" },
	{ "login", "created_at", to_protect, "6(1)(f)", "login" },
	{ "login", "proven_at", to_protect, "6(1)(f)", "login" },
	{ "login", "seen_at", to_protect, "6(1)(f)", "login" },
	{ "membership", "person", to_permit, "6(1)(b)", "membership" },
	{ "membership", "role", to_permit, "6(1)(b)", "membership" },
	{ "membership", "state", to_permit, "6(1)(b)", "membership" },
	{ "membership", "since", to_permit, "6(1)(b)", "membership" },
	{ "link", "person", to_sign_in, "6(1)(b)", "link" },
	{ "challenge", "person", to_sign_in, "6(1)(b)", "link" },
	{ "challenge", "secret", to_sign_in, "6(1)(b)", "link" },
	{ "rate_limit", "subject", to_protect, "6(1)(f)", "login" },
	{ "pseudonym", "person", to_account_for, "6(1)(c)", "audit" },
	{ "audit", "actor", to_account_for, "6(1)(c)", "audit" },
	{ "audit", "network", to_account_for, "6(1)(c)", "audit" },
};

const struct feature accounts_feature = {
	.name = "accounts",
	.routes = routes, .nroutes = LEN(routes),
	.menu = menu, .nmenu = LEN(menu),
	.jobs = jobs, .njobs = LEN(jobs),
	.person_columns = columns, .nperson_columns = LEN(columns),
};
