/* The pages of accounts/, for the table of routes; private to the folder. */
#ifndef ACCOUNTS_PAGES_H
#define ACCOUNTS_PAGES_H

#include "accounts/person.h"
#include "web/reply.h"

/* signin_pages.c */
Err signin_show(struct req *);
Err signin_prepare(struct req *);
Err signin_run(struct req *);
Err step_show(struct req *);
Err step_run(struct req *);
Err step_again(struct req *);
Err signin_link_show(struct req *);
Err signin_link_run(struct req *);
Err sign_out(struct req *);

/* reset_pages.c */
Err forgotten_show(struct req *);
Err forgotten_run(struct req *);
Err forgotten_sent(struct req *);
Err reset_show(struct req *);
Err reset_prepare(struct req *);
Err reset_run(struct req *);

/* passkey_pages.c */
Err passkey_signin(struct req *);
Err passkey_add(struct req *);
Err passkey_remove(struct req *);

/* account_pages.c */
Err account_show(struct req *);
Err account_save(struct req *);
Err password_change_prepare(struct req *);
Err password_change(struct req *);
Err login_end(struct req *);
Err login_end_others(struct req *);
Err start_show(struct req *);

/* factor_pages.c */
Err factor_show(struct req *);
Err totp_begin(struct req *);
Err totp_show(struct req *);
Err totp_confirm(struct req *);
Err totp_remove(struct req *);
Err recovery_show(struct req *);
Err recovery_make(struct req *);

/* people_pages.c, invitation_pages.c */
Err people_show(struct req *);
Err people_invite_show(struct req *);
Err people_invite(struct req *);
Err person_show(struct req *);
Err people_resend(struct req *);
Err people_suspend(struct req *);
Err people_reactivate(struct req *);
Err people_end(struct req *);
Err people_roles_show(struct req *);
Err people_roles(struct req *);
Err invitation_show(struct req *);
Err invitation_prepare(struct req *);
Err invitation_accept(struct req *);
Err invitation_passkey(struct req *);

/* audit_pages.c */
Err audit_show(struct req *);

/* ---- What they share --------------------------------------------------- */

/* The form that was sent; for a GET an empty one. */
const struct form *form_of(struct req *);

/* The viewer's own row. */
MUST_USE Err viewer_load(struct req *, struct person *);

/*
 * A new password: judged and hashed by prepare, stored by run.  PHC is NULL
 * when the field was refused.
 */
struct new_password { const char *phc; const char *why; };
MUST_USE Err new_password_prepare(struct req *, const struct person *);
/* False when it was refused, which the form then says. */
bool new_password_read(struct req *, const char **phc);
MUST_USE Err password_store(struct req *, struct person_id, const char *phc);

/* Tell the person that a way to sign in has changed; WHAT is translated. */
MUST_USE Err tell_of_change(struct req *, const struct person *,
    const char *msgid);

/* Options for the browser: to sign in, or to make a passkey for PERSON. */
const char *passkey_get_of(struct req *);
MUST_USE Err passkey_create_of(struct req *, const struct person *,
    const char **options);
/* Keep what the browser made; GOOD is false when it was not what we asked. */
MUST_USE Err passkey_store(struct req *, const struct person *, bool *good);

#endif
