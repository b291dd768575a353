/*
 * A new password: chosen with a mailed link, or when one is made.  The
 * second factor stays what it was.
 */
#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/pages.h"
#include "accounts/password.h"
#include "accounts/reset.h"
#include "accounts/signin_html.h"
#include "web/site.h"

static const struct limit by_account = { "reset", 3, HOURS(1) };
static const struct limit by_network = { "reset network", 30, HOURS(1) };

Err
forgotten_show(struct req *r)
{
	return html_forgotten_page(r, form_of(r));
}

Err
forgotten_sent(struct req *r)
{
	return html_forgotten_sent_page(r);
}

/* Nothing here looks whether we know the address: see reset.h. */
Err
forgotten_run(struct req *r)
{
	const char *email = email_fold(r->arena, form_email(r, "email",
	    N_("Fill in your e-mail address.")));
	int mine, network;

	if (!form_ok(r))
		return forgotten_show(r);
	TRY(limit_reached(r, &by_network, r->network, &network));
	if (network > 0)
		return reply_too_often(r, network);
	TRY(limit_reached(r, &by_account, email, &mine));
	TRY(limit_count(r, &by_account, email));
	TRY(limit_count(r, &by_network, r->network));
	if (mine == 0)
		TRY(reset_ask(r, email));
	return see_other(r, "/sign-in/forgotten/sent");
}

/* ---- Choosing one ------------------------------------------------------ */

Err
new_password_prepare(struct req *r, const struct person *p)
{
	struct new_password *n = ARENA_NEW(r->arena, struct new_password, 1);
	const char *password = form_secret(r, "password", NULL);

	r->prepared = n;
	if (text_is_empty(password))
		return OK;
	n->why = password_verdict_text(password_judge(r->arena, password,
	    p->name, p->email));
	if (n->why != NULL)
		return OK;
	return password_hash(r->arena, password, &n->phc);
}

bool
new_password_read(struct req *r, const char **phc)
{
	const struct new_password *n = r->prepared;

	form_secret(r, "password", N_("Choose a password."));
	if (n->why != NULL)
		form_refuse(r, "password", n->why);
	*phc = n->phc;
	return form_ok(r) && n->phc != NULL;
}

/* A new row, not a changed one: browsers known from before are forgotten. */
Err
password_store(struct req *r, struct person_id person, const char *phc)
{
	TRY(sql_credential_drop_kind(r->db, r->arena, person,
	    CREDENTIAL_PASSWORD));
	return sql_credential_insert(r->db, r->arena,
	    &(struct sql_credential_insert_in){
	    .id = new_id(r), .person = person, .kind = CREDENTIAL_PASSWORD,
	    .label = "", .secret = { phc, strlen(phc) }, .confirmed = true,
	    .now = r->now });
}

static Err
reset_reply(struct req *r)
{
	return html_reset_page(r, &(struct reset_view){ form_of(r),
	    text_fmt(r->arena, "/sign-in/password/%s", r->holder.token) });
}

Err
reset_show(struct req *r)
{
	return reset_reply(r);
}

Err
reset_prepare(struct req *r)
{
	struct person p = { 0 };
	bool found;

	TRY(sql_person_load(r->db, r->arena, r->holder.person, &p, &found));
	return new_password_prepare(r, &p);
}

Err
reset_run(struct req *r)
{
	struct person p = { 0 };
	const char *phc;
	int64_t dropped;
	bool used, found;

	if (!new_password_read(r, &phc))
		return reset_reply(r);
	TRY(link_use(r, &used));
	TRY(sql_person_load(r->db, r->arena, r->holder.person, &p, &found));
	if (!used || !found)
		return reply_absent(r);
	TRY(password_store(r, p.id, phc));
	TRY(sql_login_drop_all(r->db, r->arena, p.id, &dropped));
	TRY(tell_of_change(r, &p, N_("Your password was changed.")));
	TRY(audit_add_as(r, p.id, N_("password changed"), p.id.v));
	return see_other_saying(r, N_("Your new password is saved. Sign in "
	    "with it."), "/sign-in");
}
