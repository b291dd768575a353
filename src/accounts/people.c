/* Who takes part in a programme, as what.  See people.h. */
#include "accounts/people.h"

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "post/post.h"
#include "web/form.h"
#include "web/site.h"

static int
state_weight(int state)
{
	switch (state) {
	case MEMBERSHIP_ACTIVE:    return 3;
	case MEMBERSHIP_INVITED:   return 2;
	case MEMBERSHIP_SUSPENDED: return 1;
	default:                   return 0;
	}
}

struct part
part_of(const struct membership *m, size_t n)
{
	struct part p = { .state = MEMBERSHIP_ENDED, .any = n > 0 };

	for (size_t i = 0; i < n; i++) {
		if (m[i].role < 1 || m[i].role > ROLES)
			continue;
		if (m[i].state != MEMBERSHIP_ENDED)
			p.roles |= ROLE_BIT(m[i].role);
		if (state_weight(m[i].state) > state_weight((int)p.state))
			p.state = (enum membership_state)m[i].state;
	}
	return p;
}

Err
part_load(struct req *r, struct person_id person, struct part *out)
{
	struct sql_membership_of m;

	TRY(sql_membership_of(r->db, r->arena, r->programme.id, person, &m));
	*out = part_of(m.row, m.n);
	return OK;
}

unsigned
roles_read(struct req *r)
{
	/* Option I is role I + 1, so that bit I becomes its ROLE_BIT. */
	unsigned roles = form_many(r, "role", role_words, ROLES) << 1;

	if (roles == 0)
		form_refuse(r, "role", N_("Choose at least one role."));
	return roles;
}

void
roles_fill(struct form *f, unsigned roles)
{
	for (int role = 1; role <= ROLES; role++)
		if (roles & ROLE_BIT(role))
			form_fill_also(f, "role", role_words[role - 1]);
}

/* Whether the person's part in this programme asks for TOTP or a passkey. */
static Err
asks_factor(struct req *r, struct programme_id programme,
    struct person_id person, bool *asks)
{
	struct sql_membership_of m;

	TRY(db_enter(r->db, r->arena, programme));
	TRY(sql_membership_of(r->db, r->arena, programme, person, &m));
	*asks = roles_are_privileged(part_of(m.row, m.n).roles);
	return OK;
}

Err
factor_duty_settle(struct req *r, struct person_id person)
{
	struct sql_programme_list all;
	struct person p = { 0 };
	bool found, asks;

	TRY(sql_person_load(r->db, r->arena, person, &p, &found));
	TRY(sql_programme_list(r->db, r->arena, &all));
	asks = p.administrator;
	for (size_t i = 0; i < all.n && !asks; i++)
		TRY(asks_factor(r, all.row[i].id, person, &asks));
	TRY(db_enter(r->db, r->arena, r->programme.id));
	return sql_person_must_use_factor(r->db, r->arena, person, asks);
}

Err
roles_store(struct req *r, struct person_id person, unsigned roles,
    enum membership_state state)
{
	struct part now;

	TRY(part_load(r, person, &now));
	for (int role = 1; role <= ROLES; role++) {
		unsigned bit = ROLE_BIT(role);

		if ((roles & bit) && !(now.roles & bit))
			TRY(sql_membership_put(r->db, r->arena,
			    r->programme.id, person, role, (int)state,
			    r->now));
		if (!(roles & bit) && (now.roles & bit))
			TRY(sql_membership_end_role(r->db, r->arena,
			    r->programme.id, person, role, MEMBERSHIP_ENDED,
			    r->now));
	}
	return factor_duty_settle(r, person);
}

Err
invitation_send(struct req *r, const struct person *p)
{
	const struct html_arg arg =
	    html_arg_text("programme", r->programme.name);
	const char *token;

	TRY(link_withdraw(r, "invitation", p->id.v));
	TRY(link_make(r, &(struct link_wish){ "invitation", p->id, p->id.v,
	    DAYS(14) }, &token));
	return letter_send(r, &(struct letter){
		.kind = N_("invitation"),
		.object = p->id.v,
		.to = p->email,
		.lang = p->lang,
		.subject = words_fill(r->arena, p->lang, r->today,
		    words_say(p->lang, N_("You are invited: {programme}")),
		    1, &arg),
		.paragraphs = {
			words_fill(r->arena, p->lang, r->today,
			    words_say(p->lang, N_("You are invited to take "
			    "part in {programme}.")), 1, &arg),
			words_say(p->lang, N_("With the button below you "
			    "choose how to sign in. It works for 14 days.")),
		},
		.nparagraphs = 2,
		.button = words_say(p->lang, N_("Look at the invitation")),
		.href = url_of(r, path_of(r, "/invitation/%s", token)),
	});
}
