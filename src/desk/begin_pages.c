/*
 * Beginning: whoever has the shell of an empty installation gets an address
 * at which they make the programme and become its first manager.
 */
#include "desk/begin_pages.h"

#include "accounts/accounts.h"
#include "desk/desk_html.h"
#include "programme/programme.h"
#include "web/reply.h"
#include "web/site.h"

Err
begin_show(struct req *r)
{
	return html_begin_page(r, &(struct begin_view){ form_make(r),
		r->holder.token });
}

static void
begin_read(struct req *r, struct programme_settings *p,
    struct account_wish *manager)
{
	p->name = form_line(r, "programme", 80,
	    N_("Fill in the name of the programme."));
	p->slug = form_line(r, "slug", 40,
	    N_("Fill in a short word for the address."));
	p->place = form_line(r, "place", 80, NULL);
	p->stage = STAGE_PILOT;
	p->lang = r->lang;
	if (form_error(r->form, "slug") == NULL &&
	    !programme_slug_is_sound(p->slug))
		form_refuse(r, "slug", N_("Use only small letters, digits and "
		    "a hyphen, for example: fryslan."));
	manager->name = form_line(r, "name", 120, N_("Fill in your name."));
	manager->email = form_email(r, "email",
	    N_("Fill in your e-mail address."));
	manager->lang = r->lang;
	manager->administrator = true;
	manager->roles = ROLE_BIT(ROLE_MANAGER);
}

static Err
begin_store(struct req *r, struct programme_settings *p,
    struct account_wish *manager, const char **url)
{
	struct work w = { r->arena, r->db, r->now, r->site };
	struct person_id person;
	bool found;

	TRY(programme_make(r->db, r->arena, r->site->ids, r->now, p));
	manager->programme = p->id;
	TRY(account_add(&w, manager, &person));
	return account_signin_link(&w, manager->email, &found, url);
}

Err
begin_send(struct req *r)
{
	struct programme_settings p = { 0 };
	struct account_wish manager = { 0 };
	struct programme_list all;
	const char *url;
	bool used;

	begin_read(r, &p, &manager);
	if (!form_ok(r))
		return html_begin_page(r, &(struct begin_view){ r->form,
			r->holder.token });
	/* Each start of the empty installation has told an address. */
	TRY(programme_all(r->db, r->arena, &all));
	TRY(link_use(r, &used));
	if (!used || all.n > 0)
		return reply_conflict(r, N_("This was done already"),
		    N_("The programme has been made. Sign in to go on."));
	TRY(begin_store(r, &p, &manager, &url));
	return see_other(r, "%s", url);
}
