/* People, by name and address, and what the shell does with them. */
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "web/site.h"

const char *
email_fold(struct arena *a, const char *email)
{
	char *folded = text_copy(a, email);

	/* Not text_fold: that would make two addresses one. */
	for (char *c = folded; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return folded;
}

Err
person_name(struct req *r, struct person_id id, const char **name)
{
	struct person p = { 0 };
	bool found;

	TRY(sql_person_load(r->db, r->arena, id, &p, &found));
	*name = found ? p.name : "";
	return OK;
}

Err
role_count(struct req *r, enum role role, int64_t *n)
{
	return sql_membership_count(r->db, r->arena, r->programme.id,
	    (int)role, MEMBERSHIP_ACTIVE, n);
}

/* ---- For the shell ----------------------------------------------------- */

struct req
req_of_work(const struct work *w, struct programme_id programme)
{
	return (struct req){
		.arena = w->arena, .db = w->db, .now = w->now,
		.today = instant_day(w->now), .site = w->site,
		.programme = { .id = programme }, .network = "",
	};
}

static Err
give_roles(struct work *w, const struct account_wish *wish,
    struct person_id person)
{
	struct req r = req_of_work(w, wish->programme);

	if (wish->programme.v == 0)
		return OK;
	TRY(db_enter(w->db, w->arena, wish->programme));
	for (int role = 1; role <= ROLES; role++)
		if (wish->roles & ROLE_BIT(role))
			TRY(sql_membership_put(w->db, w->arena,
			    wish->programme, person, role, MEMBERSHIP_ACTIVE,
			    w->now));
	return audit_add(&r, N_("person added"), person.v);
}

static Err
raise_person(struct work *w, const struct account_wish *wish,
    struct person_id id)
{
	if (wish->administrator)
		return sql_person_make_administrator(w->db, w->arena, id);
	if (roles_are_privileged(wish->roles))
		return sql_person_must_use_factor(w->db, w->arena, id,
		    true);
	return OK;
}

Err
account_add(struct work *w, const struct account_wish *wish,
    struct person_id *out)
{
	const char *email = email_fold(w->arena, wish->email);
	struct person p = { 0 };
	bool found;

	TRY(sql_person_by_email(w->db, w->arena, email, &p, &found));
	if (!found) {
		p.id.v = id_draw(w->site->ids, w->now);
		TRY(sql_person_insert(w->db, w->arena,
		    &(struct sql_person_insert_in){ p.id, wish->name, email,
		    wish->lang, false, false, w->now }));
	}
	TRY(raise_person(w, wish, p.id));
	TRY(give_roles(w, wish, p.id));
	*out = p.id;
	return OK;
}

static Err
find_user(struct work *w, const char *user, struct person *p, bool *found)
{
	struct person_id id;

	if (text_to_int(user, &id.v))
		return sql_person_load(w->db, w->arena, id, p, found);
	return sql_person_by_email(w->db, w->arena,
	    email_fold(w->arena, user), p, found);
}

Err
account_signin_link(struct work *w, const char *user, bool *found,
    const char **url)
{
	struct req r = req_of_work(w, (struct programme_id){ 0 });
	struct person p = { 0 };
	const char *token;

	TRY(find_user(w, user, &p, found));
	if (!*found)
		return OK;
	TRY(link_make(&r, &(struct link_wish){ "sign-in", p.id, 0,
	    MINUTES(10) }, &token));
	TRY(audit_add(&r, N_("sign-in link made"), p.id.v));
	*url = url_of(&r, text_fmt(w->arena, "/sign-in/link/%s", token));
	return OK;
}
