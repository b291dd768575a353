/* The office's pages: the list, one application, and each step of it. */
#include "intake/application_pages.h"

#include <string.h>

#include "accounts/accounts.h"
#include "intake/intake_html.h"
#include "intake/intake_sql.h"
#include "web/reply.h"
#include "web/site.h"

/* By time and id, so that two that came in at once are both shown. */
static const char *
page_after(struct req *r, const struct application_line *last)
{
	return path_of(r, "/applications?before=%" PRId64 "&id=%" PRId64,
	    last->received_at.us, last->id.v);
}

static Err
list_load(struct req *r, struct list_view *v)
{
	struct instant before = { query_int(r, "before", INT64_MAX) };
	struct application_id before_id = { query_int(r, "id", INT64_MAX) };
	struct sql_application_page page;

	TRY(sql_application_page(r->db, r->arena, r->programme.id, before,
	    before_id, APPLICATIONS_A_PAGE + 1, &page));
	v->first_page = before.us == INT64_MAX;
	v->lines = (struct application_lines){ page.row, page.n };
	if (page.n > APPLICATIONS_A_PAGE) {
		v->lines.n = APPLICATIONS_A_PAGE;
		v->older = page_after(r, &page.row[v->lines.n - 1]);
	}
	return OK;
}

/* What means something to LIKE; as typed they are only characters. */
static const char *
search_pattern(struct req *r, const char *typed)
{
	struct buf b = buf_make(r->arena);

	for (const char *c = text_fold(r->arena, typed); *c != '\0'; c++) {
		if (strchr("%_\\", *c) == NULL)
			buf_char(&b, *c);
	}
	return buf_get(&b);
}

static Err
list_search(struct req *r, struct list_view *v)
{
	struct sql_application_search found;

	TRY(sql_application_search(r->db, r->arena, r->programme.id,
	    search_pattern(r, v->search), APPLICATIONS_A_PAGE + 1, &found));
	v->more = found.n > APPLICATIONS_A_PAGE;
	v->lines = (struct application_lines){ found.row,
	    v->more ? APPLICATIONS_A_PAGE : found.n };
	v->first_page = true;
	return OK;
}

Err
list_show(struct req *r)
{
	struct list_view v = { .older = "", .search = text_trim(r->arena,
	    query_text(r, "search")) };

	if (text_is_empty(v.search))
		TRY(list_load(r, &v));
	else
		TRY(list_search(r, &v));
	return html_list_page(r, &v);
}

static Err
entry_load(struct req *r, struct entry_view *v)
{
	TRY(programme_load(r, &v->settings));
	return programme_topics(r, &v->topics);
}

Err
entry_show(struct req *r)
{
	struct form *form = form_make(r);
	struct entry_view v = { .form = form };

	form_fill(form, "lang", language_code(r->lang));
	TRY(entry_load(r, &v));
	return html_entry_page(r, &v);
}

Err
entry_send(struct req *r)
{
	struct entry_view v = { .form = r->form };
	struct application_wish wish = { 0 };
	struct promise promise;

	TRY(entry_load(r, &v));
	apply_form_read(r, &v.topics, true, &wish);
	if (!form_ok(r))
		return html_entry_page(r, &v);
	wish.application.entered_by = r->viewer.person;
	TRY(application_add(r, &wish, &promise));
	return see_other_saying(r, N_("Saved. Tell the caller by when they "
	    "hear from us: the day stands below."), "%s",
	    path_of(r, "/applications/%" PRId64, wish.application.id.v));
}

/* What may be done now, by the table of steps. */
static void
judge_steps(struct application_view *v)
{
	const struct application *a = &v->application;

	v->can_contact = step_is_allowed(STEP_CONTACTED, a->state, a->aside);
	v->can_withdraw = step_is_allowed(STEP_WITHDRAWN, a->state, a->aside);
	v->can_set_aside = step_is_allowed(STEP_SET_ASIDE, a->state,
	    a->aside);
	v->can_put_back = step_is_allowed(STEP_PUT_BACK, a->state, a->aside);
	v->can_correct = step_is_allowed(STEP_CORRECTED, a->state, a->aside);
}

static Err
history_load(struct req *r, struct application_view *v)
{
	const struct application_id id = v->application.id;
	struct sql_steps_of steps;
	struct sql_promises_of promises;

	TRY(sql_steps_of(r->db, r->arena, r->programme.id, id, &steps));
	TRY(sql_promises_of(r->db, r->arena, r->programme.id, id, &promises));
	v->steps = (struct step_lines){ steps.row, steps.n };
	v->promises = (struct promises){ promises.row, promises.n };
	if (promises.n > 0 && promises.row[0].ending == PROMISE_OPEN)
		v->promise = &v->promises.row[0];
	return OK;
}

static Err
doubles_load(struct req *r, struct application_view *v)
{
	struct sql_application_doubles doubles;

	if (text_is_empty(v->application.email))
		return OK;
	TRY(sql_application_doubles(r->db, r->arena, r->programme.id,
	    v->application.email, v->application.id, &doubles));
	v->doubles = (struct application_lines){ doubles.row, doubles.n };
	return OK;
}

static Err
view_load(struct req *r, struct application_view *v, bool *found)
{
	TRY(application_load(r, (struct application_id){ path_id(r, "id") },
	    &v->application, found));
	if (!*found)
		return OK;
	TRY(application_topic_names(r, v->application.id, &v->topics));
	TRY(person_name(r, v->application.entered_by, &v->entered_by));
	TRY(history_load(r, v));
	TRY(doubles_load(r, v));
	judge_steps(v);
	return application_can_undo(r, &v->application, &v->can_undo);
}

Err
application_show(struct req *r)
{
	struct application_view v = { .form = form_make(r) };
	bool found;

	TRY(view_load(r, &v, &found));
	if (!found)
		return reply_absent(r);
	return html_application_page(r, &v);
}

/* Take a step and look at the application again, or say who was faster. */
static Err
take_step(struct req *r, const struct application *a,
    const struct step_wish *wish, const char *flash)
{
	bool taken;

	TRY(application_take_step(r, a, wish, &taken));
	if (!taken)
		return reply_conflict(r, N_("This was done already"),
		    N_("Somebody else was just before you. Look at the page "
		    "again to see how it stands."));
	return see_other_saying(r, flash, "%s",
	    path_of(r, "/applications/%" PRId64, a->id.v));
}

Err
contact_note(struct req *r)
{
	struct application_view v = { .form = r->form };
	struct step_wish wish = { .step = STEP_CONTACTED };
	bool found;

	TRY(view_load(r, &v, &found));
	if (!found)
		return reply_absent(r);
	wish.said = form_lines(r, "said", 1000, NULL);
	if (!form_ok(r))
		return html_application_page(r, &v);
	return take_step(r, &v.application, &wish,
	    N_("Noted that you spoke. The promise was kept."));
}

Err
withdraw_note(struct req *r)
{
	struct application_view v = { .form = r->form };
	struct step_wish wish = { .step = STEP_WITHDRAWN };
	bool found;

	TRY(view_load(r, &v, &found));
	if (!found)
		return reply_absent(r);
	wish.said = form_lines(r, "word", 1000, N_("Write down what the "
	    "entrepreneur said. Only their own word ends an application."));
	if (!form_ok(r))
		return html_application_page(r, &v);
	return take_step(r, &v.application, &wish,
	    N_("Noted that the entrepreneur took the question back. The mail "
	    "leaves in ten minutes."));
}

Err
withdraw_undo(struct req *r)
{
	struct application a;
	bool found, undone;

	TRY(application_load(r, (struct application_id){ path_id(r, "id") },
	    &a, &found));
	if (!found)
		return reply_absent(r);
	TRY(application_undo(r, &a, &undone));
	if (!undone)
		return reply_conflict(r, N_("Too late to undo"),
		    N_("The mail is on its way. Call the entrepreneur, and "
		    "write the question down again if it is still alive."));
	return see_other_saying(r, N_("Undone. The mail does not leave, and "
	    "the promise holds."), "%s",
	    path_of(r, "/applications/%" PRId64, a.id.v));
}

Err
aside_note(struct req *r)
{
	static const char *const reasons[] = { "spam", "test", "double" };
	struct application_view v = { .form = r->form };
	struct step_wish wish = { .step = STEP_SET_ASIDE, .said = "" };
	bool found;
	int reason;

	TRY(view_load(r, &v, &found));
	if (!found)
		return reply_absent(r);
	reason = form_choice(r, "reason", reasons, LEN(reasons),
	    N_("Choose why this is not an application."));
	if (!form_ok(r))
		return html_application_page(r, &v);
	wish.aside = (enum aside)(reason + 1);
	return take_step(r, &v.application, &wish,
	    N_("Set aside. You can put it back for 30 days."));
}

Err
put_back(struct req *r)
{
	struct application a;
	bool found;

	TRY(application_load(r, (struct application_id){ path_id(r, "id") },
	    &a, &found));
	if (!found)
		return reply_absent(r);
	return take_step(r, &a, &(struct step_wish){
		.step = STEP_PUT_BACK, .said = "" },
	    N_("Put back, with a new promise."));
}
