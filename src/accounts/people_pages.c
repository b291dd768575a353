/* The pages of the programme's people: invite, suspend, end, change roles. */
#include "accounts/people.h"

#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/pages.h"
#include "accounts/people_html.h"
#include "web/site.h"

/* ---- The list ---------------------------------------------------------- */

enum { PEOPLE_A_PAGE = 50 };

/* The rows of one person stand together: as many as have the same id. */
static size_t
member_take(const struct sql_membership_list_row *row, size_t n,
    struct member *out)
{
	struct membership m[ROLES];
	struct part p;
	size_t i = 0;

	for (; i < n && i < ROLES && row[i].person.v == row[0].person.v; i++)
		m[i] = (struct membership){ row[i].role, row[i].state };
	p = part_of(m, i);
	*out = (struct member){ row[0].person, row[0].name,
	    row[0].email == NULL ? "" : row[0].email, p.roles, p.state };
	return i;
}

/* WANTED is folded; "" is in everybody. */
static bool
is_named(struct req *r, const struct member *m, const char *wanted)
{
	return strstr(text_fold(r->arena, m->name), wanted) != NULL ||
	    strstr(text_fold(r->arena, m->email), wanted) != NULL;
}

/*
 * A programme has hundreds of people at most: reading them all costs less
 * than a column to search in.
 */
static Err
people_load(struct req *r, const char *wanted, struct people_view *v)
{
	struct sql_membership_list list;
	struct member *m;

	TRY(sql_membership_list(r->db, r->arena, r->programme.id, &list));
	m = ARENA_NEW(r->arena, struct member, list.n);
	for (size_t i = 0; i < list.n; ) {
		i += member_take(list.row + i, list.n - i, &m[v->n]);
		v->n += is_named(r, &m[v->n], wanted);
	}
	v->member = m;
	return OK;
}

/* Leave the page asked for; FOUND is false when there is none. */
static void
people_cut(struct people_view *v, bool *found)
{
	size_t first = (size_t)(v->page - 1) * PEOPLE_A_PAGE;

	v->pages = v->n == 0 ? 1 : (int64_t)((v->n - 1) / PEOPLE_A_PAGE) + 1;
	*found = v->page <= v->pages;
	if (!*found)
		return;
	v->member += first;
	v->n = v->n - first < PEOPLE_A_PAGE ? v->n - first : PEOPLE_A_PAGE;
}

Err
people_show(struct req *r)
{
	struct people_view v = { .base = path_of(r, "/people"),
	    .page = query_int(r, "page", 1),
	    .search = text_trim(r->arena, query_text(r, "search")) };
	bool found;

	if (v.page < 1 || v.page > INT32_MAX)
		return reply_absent(r);
	TRY(people_load(r, text_fold(r->arena, v.search), &v));
	people_cut(&v, &found);
	return found ? html_people_page(r, &v) : reply_absent(r);
}

/* ---- Inviting ---------------------------------------------------------- */

static Err
invite_reply(struct req *r)
{
	return html_people_invite_page(r, &(struct roles_view){
	    .f = form_of(r), .action = path_of(r, "/people/invite") });
}

Err
people_invite_show(struct req *r)
{
	return invite_reply(r);
}

struct invitee {
	const char *name, *email;
	unsigned roles;
	struct person person;
};

/* The person with this address, made when there is none. */
static Err
invitee_load(struct req *r, struct invitee *i)
{
	bool found;

	TRY(sql_person_by_email(r->db, r->arena, i->email, &i->person,
	    &found));
	if (found)
		return OK;
	i->person = (struct person){ .id = { new_id(r) }, .name = i->name,
	    .email = i->email, .lang = r->programme.lang };
	return sql_person_insert(r->db, r->arena,
	    &(struct sql_person_insert_in){ i->person.id, i->name, i->email,
	    i->person.lang, false, false, r->now });
}

static Err
invite(struct req *r, struct invitee *i)
{
	struct part part;

	TRY(invitee_load(r, i));
	TRY(part_load(r, i->person.id, &part));
	if (part.roles != 0) {
		form_refuse(r, "email", N_("Somebody with this address is "
		    "on the list already."));
		return invite_reply(r);
	}
	TRY(roles_store(r, i->person.id, i->roles, MEMBERSHIP_INVITED));
	TRY(invitation_send(r, &i->person));
	TRY(audit_add(r, N_("person invited"), i->person.id.v));
	return see_other_saying(r, N_("The invitation is on its way."), "%s",
	    path_of(r, "/people"));
}

Err
people_invite(struct req *r)
{
	struct invitee i = {
		.name = form_line(r, "name", 120,
		    N_("Fill in the name.")),
		.email = email_fold(r->arena, form_email(r, "email",
		    N_("Fill in the e-mail address."))),
		.roles = roles_read(r),
	};

	return form_ok(r) ? invite(r, &i) : invite_reply(r);
}

/* ---- One of them ------------------------------------------------------- */

/* Whose id stands in the path; FOUND only when they take part here. */
static Err
target_load(struct req *r, struct person *p, struct part *part, bool *found)
{
	struct person_id id = { path_id(r, "person") };

	TRY(part_load(r, id, part));
	*found = part->any;
	return *found ? sql_person_load(r->db, r->arena, id, p, found) : OK;
}

static const char *
path_of_person(struct req *r, struct person_id id)
{
	return path_of(r, "/people/%" PRId64, id.v);
}

Err
person_show(struct req *r)
{
	struct person p;
	struct part part;
	bool found;

	TRY(target_load(r, &p, &part, &found));
	if (!found)
		return reply_absent(r);
	return html_person_page(r, &(struct person_view){
	    .f = form_of(r), .path = path_of_person(r, p.id),
	    .member = { p.id, p.name, p.email == NULL ? "" : p.email,
	        part.roles, part.state },
	    .self = p.id.v == r->viewer.person.v });
}

Err
people_resend(struct req *r)
{
	struct person p;
	struct part part;
	bool found;

	TRY(target_load(r, &p, &part, &found));
	if (!found || part.state != MEMBERSHIP_INVITED)
		return reply_absent(r);
	TRY(invitation_send(r, &p));
	TRY(audit_add(r, N_("invitation sent again"), p.id.v));
	return see_other_saying(r, N_("The invitation is on its way."), "%s",
	    path_of_person(r, p.id));
}

/* Nobody locks themselves out: so there is always a manager left. */
static Err
move(struct req *r, enum membership_state from, enum membership_state to,
    const char *what)
{
	struct person_id id = { path_id(r, "person") };
	int64_t moved, dropped;

	if (id.v == r->viewer.person.v)
		return reply_absent(r);
	TRY(sql_membership_move(r->db, r->arena, r->programme.id, id,
	    (int)from, (int)to, r->now, &moved));
	if (moved == 0)
		return reply_absent(r);
	TRY(sql_login_drop_all(r->db, r->arena, id, &dropped));
	TRY(audit_add(r, what, id.v));
	return see_other_saying(r, N_("Saved."), "%s", path_of_person(r, id));
}

Err
people_suspend(struct req *r)
{
	return move(r, MEMBERSHIP_ACTIVE, MEMBERSHIP_SUSPENDED,
	    N_("person suspended"));
}

Err
people_reactivate(struct req *r)
{
	return move(r, MEMBERSHIP_SUSPENDED, MEMBERSHIP_ACTIVE,
	    N_("person let in again"));
}

Err
people_end(struct req *r)
{
	struct person_id id = { path_id(r, "person") };
	int64_t ended, dropped;

	if (id.v == r->viewer.person.v)
		return reply_absent(r);
	TRY(sql_membership_end(r->db, r->arena, r->programme.id, id,
	    MEMBERSHIP_ENDED, r->now, &ended));
	if (ended == 0)
		return reply_absent(r);
	TRY(factor_duty_settle(r, id));
	TRY(link_withdraw(r, "invitation", id.v));
	TRY(sql_login_drop_all(r->db, r->arena, id, &dropped));
	TRY(audit_add(r, N_("person ended"), id.v));
	return see_other_saying(r, N_("Saved."), "%s", path_of_person(r, id));
}

/* ---- Roles ------------------------------------------------------------- */

static Err
roles_reply(struct req *r, const struct person *p, const struct form *f)
{
	return html_people_roles_page(r, &(struct roles_view){ f,
	    text_fmt(r->arena, "%s/roles", path_of_person(r, p->id)),
	    p->name });
}

static bool
roles_may_change(const struct part *p)
{
	return p->state == MEMBERSHIP_ACTIVE ||
	    p->state == MEMBERSHIP_INVITED;
}

Err
people_roles_show(struct req *r)
{
	struct form *f = form_make(r);
	struct person p;
	struct part part;
	bool found;

	TRY(target_load(r, &p, &part, &found));
	if (!found || !roles_may_change(&part))
		return reply_absent(r);
	roles_fill(f, part.roles);
	form_fill_int(f, "_version", (int64_t)part.roles);
	return roles_reply(r, &p, f);
}

static const char *
roles_words(struct req *r, unsigned roles)
{
	struct buf b = buf_make(r->arena);

	for (int role = 1; role <= ROLES; role++)
		if (roles & ROLE_BIT(role))
			buf_fmt(&b, "%s%s", b.len > 0 ? ", " : "",
			    say(r, role_name((enum role)role)));
	return buf_get(&b);
}

/* The roles as the page had them are its version. */
static void
roles_compare(struct req *r, unsigned now)
{
	if (form_version(r) == (int64_t)now)
		return;
	form_refuse(r, "role", text_fmt(r->arena, "%s %s",
	    say(r, N_("Somebody changed this meanwhile. It now says:")),
	    roles_words(r, now)));
	form_set_version(r, (int64_t)now);
}

static Err
roles_keep(struct req *r, const struct person *p, unsigned roles,
    enum membership_state state)
{
	int64_t dropped;

	TRY(roles_store(r, p->id, roles, state));
	if (p->id.v == r->viewer.person.v)
		TRY(sql_login_drop_others(r->db, r->arena, p->id,
		    r->viewer.login, &dropped));
	else
		TRY(sql_login_drop_all(r->db, r->arena, p->id, &dropped));
	TRY(audit_add(r, N_("roles changed"), p->id.v));
	return see_other_saying(r, N_("Saved."), "%s",
	    path_of_person(r, p->id));
}

Err
people_roles(struct req *r)
{
	unsigned roles = roles_read(r);
	struct person p;
	struct part part;
	bool found;

	TRY(target_load(r, &p, &part, &found));
	if (!found || !roles_may_change(&part))
		return reply_absent(r);
	roles_compare(r, part.roles);
	if (p.id.v == r->viewer.person.v &&
	    !(roles & ROLE_BIT(ROLE_MANAGER)))
		form_refuse(r, "role", N_("You cannot take the role of "
		    "manager from yourself."));
	return form_ok(r) ? roles_keep(r, &p, roles, part.state) :
	    roles_reply(r, &p, r->form);
}
