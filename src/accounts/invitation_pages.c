/* Accepting an invitation: the GET shows it, the POST accepts. */
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/factor.h"
#include "accounts/login.h"
#include "accounts/pages.h"
#include "accounts/people.h"
#include "accounts/people_html.h"
#include "web/site.h"

struct invitation {
	struct person person;
	struct part part;
	/*
	 * Can sign in already, or is more than this programme may make of
	 * anybody: then this link gives no way to sign in.
	 */
	bool has_account;
};

/* FOUND is false when it was withdrawn in another way than by its link. */
static Err
load(struct req *r, struct invitation *i, bool *found)
{
	struct factors f;

	TRY(sql_person_load(r->db, r->arena, r->holder.person, &i->person,
	    found));
	if (!*found)
		return OK;
	TRY(part_load(r, i->person.id, &i->part));
	TRY(factors_load(r, &i->person, &f));
	i->has_account = f.password || f.passkeys > 0 ||
	    i->person.administrator;
	*found = i->part.state == MEMBERSHIP_INVITED;
	return OK;
}

static Err
reply(struct req *r, const struct invitation *i)
{
	struct invitation_view v = {
		.f = form_of(r),
		.action = path_of(r, "/invitation/%s", r->holder.token),
		.name = i->person.name,
		.programme = r->programme.name,
		.roles = i->part.roles,
		.has_account = i->has_account,
	};

	TRY(passkey_create_of(r, &i->person, &v.passkey));
	return html_invitation_page(r, &v);
}

Err
invitation_show(struct req *r)
{
	struct invitation i;
	bool found;

	TRY(load(r, &i, &found));
	return found ? reply(r, &i) : reply_absent(r);
}

Err
invitation_prepare(struct req *r)
{
	struct person p = { 0 };
	bool found;

	TRY(sql_person_load(r->db, r->arena, r->holder.person, &p, &found));
	return new_password_prepare(r, &p);
}

/* From invited to active; DONE is false when somebody was first. */
static Err
accept(struct req *r, const struct invitation *i, bool *done)
{
	int64_t moved;

	TRY(link_use(r, done));
	if (!*done)
		return OK;
	TRY(sql_membership_move(r->db, r->arena, r->programme.id,
	    i->person.id, MEMBERSHIP_INVITED, MEMBERSHIP_ACTIVE, r->now,
	    &moved));
	*done = moved > 0;
	return audit_add_as(r, i->person.id, N_("invitation accepted"),
	    i->person.id.v);
}

static Err
accept_with_account(struct req *r, const struct invitation *i)
{
	bool done;

	TRY(accept(r, i, &done));
	if (!done)
		return reply_absent(r);
	return see_other_saying(r, N_("You take part. Sign in as you always "
	    "do."), "/sign-in");
}

Err
invitation_accept(struct req *r)
{
	struct invitation i;
	const char *phc;
	bool found, done;

	TRY(load(r, &i, &found));
	if (!found)
		return reply_absent(r);
	if (i.has_account)
		return accept_with_account(r, &i);
	if (!new_password_read(r, &phc))
		return reply(r, &i);
	TRY(accept(r, &i, &done));
	if (!done)
		return reply_absent(r);
	TRY(password_store(r, i.person.id, phc));
	/* The link came by mail, which is a mentor's second step. */
	return login_reply(r, &i.person, i.person.must_use_factor ?
	    FACTORS_PASSWORD : FACTORS_MAILED);
}

Err
invitation_passkey(struct req *r)
{
	struct invitation i;
	bool found, good, done;

	TRY(load(r, &i, &found));
	if (!found || i.has_account)
		return reply_absent(r);
	TRY(passkey_store(r, &i.person, &good));
	if (!good)
		return see_other_saying(r, N_("The passkey was not saved. "
		    "Try again."), "%s",
		    path_of(r, "/invitation/%s", r->holder.token));
	TRY(accept(r, &i, &done));
	if (!done)
		return reply_absent(r);
	return login_reply(r, &i.person, FACTORS_PASSKEY);
}
