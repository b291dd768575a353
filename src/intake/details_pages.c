/*
 * Correcting how an entrepreneur is reached.  The question is theirs and is
 * not changed here.  When somebody else saved meanwhile, nothing is written
 * over: each field that differs shows both texts.
 */
#include "accounts/accounts.h"
#include "intake/application_pages.h"
#include "intake/intake_html.h"
#include "intake/intake_sql.h"
#include "intake/letters.h"
#include "web/reply.h"
#include "web/site.h"

static void
details_fill(struct form *form, const struct application *a)
{
	form_fill(form, "name", a->name);
	form_fill(form, "venture", a->venture);
	form_fill(form, "place", a->place);
	form_fill(form, "email", a->email);
	form_fill(form, "phone", a->phone);
	form_fill(form, "lang", language_code(a->lang));
	form_fill(form, "not_in_team", a->not_in_team);
	form_fill_int(form, "_version", a->version);
}

/* The application to correct; found is false when it cannot be. */
static Err
correctable_load(struct req *r, struct application *a, bool *found)
{
	TRY(application_load(r, (struct application_id){ path_id(r, "id") },
	    a, found));
	if (*found)
		*found = step_is_allowed(STEP_CORRECTED, a->state, a->aside);
	return OK;
}

Err
details_show(struct req *r)
{
	struct form *form = form_make(r);
	struct application a;
	bool found;

	TRY(correctable_load(r, &a, &found));
	if (!found)
		return reply_absent(r);
	details_fill(form, &a);
	return html_details_page(r, &(struct details_view){ form, a.id,
	    a.name });
}

static void
show_differences(struct req *r, const struct application *typed,
    const struct application *now)
{
	form_show_both(r, "name", typed->name, now->name);
	form_show_both(r, "venture", typed->venture, now->venture);
	form_show_both(r, "place", typed->place, now->place);
	form_show_both(r, "email", typed->email, now->email);
	form_show_both(r, "phone", typed->phone, now->phone);
	form_show_both(r, "lang", language_name(typed->lang),
	    language_name(now->lang));
	form_show_both(r, "not_in_team", typed->not_in_team, now->not_in_team);
}

static Err
details_store(struct req *r, const struct application *a)
{
	int64_t changed;

	TRY(sql_application_correct(r->db, r->arena,
	    &(struct sql_application_correct_in){
		.programme = r->programme.id,
		.id = a->id,
		.version = a->version,
		.name = a->name,
		.venture = a->venture,
		.place = a->place,
		.email = a->email,
		.phone = a->phone,
		.lang = a->lang,
		.not_in_team = a->not_in_team,
		.search = application_search_text(r, a),
	}, &changed));
	if (changed == 0)
		return err_make(r->arena, ERR_RETRY,
		    "an application changed while it was corrected");
	return application_step_write(r, a->id, &(struct step_wish){
		.step = STEP_CORRECTED, .said = "" });
}

/*
 * The old address may be somebody else's: its link ends, and the new one gets
 * the letter that the entrepreneur has missed.
 */
static Err
address_follow(struct req *r, const struct application *was,
    const struct application *a)
{
	struct sql_promises_of promises;

	if (text_same(was->email, a->email))
		return OK;
	TRY(link_withdraw(r, "application", a->id.v));
	TRY(sql_promises_of(r->db, r->arena, r->programme.id, a->id,
	    &promises));
	if (promises.n == 0 || promises.row[0].ending != PROMISE_OPEN)
		return OK;
	return letter_received(r, a, &promises.row[0]);
}

Err
details_send(struct req *r)
{
	struct application now, typed;
	bool found;

	TRY(correctable_load(r, &now, &found));
	if (!found)
		return reply_absent(r);
	typed = now;
	details_form_read(r, true, &typed);
	if (form_version(r) != now.version) {
		show_differences(r, &typed, &now);
		form_set_version(r, now.version);
	}
	if (!form_ok(r))
		return html_details_page(r, &(struct details_view){ r->form,
		    now.id, now.name });
	TRY(details_store(r, &typed));
	TRY(address_follow(r, &now, &typed));
	return see_other_saying(r, N_("Saved."), "%s",
	    path_of(r, "/applications/%" PRId64, now.id.v));
}
