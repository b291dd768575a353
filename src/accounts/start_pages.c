/* Where somebody who has signed in goes: the programme they have a part in. */
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/pages.h"
#include "accounts/start_html.h"

/* Programmes are few, and the lock between them opens one at a time. */
static Err
takes_part(struct req *r, struct programme_id programme, bool *yes)
{
	struct sql_membership_of m;

	TRY(db_enter(r->db, r->arena, programme));
	TRY(sql_membership_of(r->db, r->arena, programme, r->viewer.person,
	    &m));
	*yes = roles_active(m.row, m.n) != 0;
	return OK;
}

Err
start_show(struct req *r)
{
	struct sql_programme_list all;
	struct start_view v = { 0 };
	struct start_line *line;

	TRY(sql_programme_list(r->db, r->arena, &all));
	line = ARENA_NEW(r->arena, struct start_line, all.n);
	for (size_t i = 0; i < all.n; i++) {
		bool yes;

		TRY(takes_part(r, all.row[i].id, &yes));
		if (yes)
			line[v.n++] = (struct start_line){ all.row[i].name,
			    text_fmt(r->arena, "/%s/today",
			    all.row[i].slug) };
	}
	v.line = line;
	if (v.n == 1)
		return see_other(r, "%s", line[0].href);
	return html_programmes_page(r, &v);
}
