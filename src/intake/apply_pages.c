/*
 * The public pages: telling a question, hearing that it has come in, and the
 * page behind the link in the mail.
 */
#include "intake/apply_pages.h"

#include "accounts/accounts.h"
#include "intake/apply_form.h"
#include "intake/intake_html.h"
#include "intake/intake_sql.h"
#include "web/reply.h"
#include "web/site.h"

static Err
apply_view_load(struct req *r, struct apply_view *v)
{
	TRY(programme_topics(r, &v->topics));
	TRY(programme_load(r, &v->settings));
	v->form = r->form;
	v->stamp = stamp_make(r);
	return OK;
}

/*
 * A stamp of ours stays on the page that comes back: with a new one, whoever
 * mends a field at once would be too fast again.
 */
static enum stamp
take_stamp(struct req *r, struct apply_view *v)
{
	const char *sent = form_line(r, "stamp", 200, NULL);
	enum stamp stamp = stamp_judge(r, sent);

	if (stamp == STAMP_GOOD || stamp == STAMP_TOO_FAST)
		v->stamp = sent;
	return stamp;
}

Err
apply_show(struct req *r)
{
	struct apply_view v = { 0 };
	struct form *form = form_make(r);

	TRY(apply_view_load(r, &v));
	if (!programme_is_open(v.settings.stage))
		return html_closed_page(r, r->programme.phone);
	form_fill(form, "lang", language_code(r->lang));
	v.form = form;
	return html_apply_page(r, &v);
}

static struct limit
network_limit(const struct programme_settings *settings)
{
	return (struct limit){ "application", settings->network_daily,
		DAYS(1) };
}

/*
 * Too many from one network: a person keeps what was typed, and reads how
 * else to reach us.
 */
static Err
refuse_network(struct req *r, const struct apply_view *v, int wait)
{
	form_refuse(r, "question", N_("Many questions came from your network "
	    "today. Please call us, or try again tomorrow."));
	TRY(html_apply_page(r, v));
	r->reply->status = 429;
	r->reply->retry_after = wait;
	return OK;
}

/*
 * The field "website" is hidden from people.  What fills it in is a machine:
 * its words are kept aside for 30 days, in case we are wrong, and get no
 * mail.
 */
static Err
store(struct req *r, struct application_wish *wish, bool machine)
{
	struct promise promise;
	bool taken;

	if (machine)
		wish->application.email = "";
	TRY(application_add(r, wish, &promise));
	if (!machine)
		return OK;
	return application_take_step(r, &wish->application,
	    &(struct step_wish){ .step = STEP_SET_ASIDE, .said = "",
	    .aside = ASIDE_SPAM, .by_applicant = true }, &taken);
}

Err
apply_send(struct req *r)
{
	struct apply_view v = { 0 };
	struct application_wish wish = { 0 };
	struct limit limit;
	const char *why;
	bool machine;
	int wait;

	TRY(apply_view_load(r, &v));
	if (!programme_is_open(v.settings.stage))
		return html_closed_page(r, r->programme.phone);
	limit = network_limit(&v.settings);
	apply_form_read(r, &v.topics, false, &wish);
	machine = !text_is_empty(form_line(r, "website", 200, NULL));
	why = stamp_text(take_stamp(r, &v));
	if (form_ok(r) && why != NULL)
		form_refuse(r, "send", why);
	if (!form_ok(r))
		return html_apply_page(r, &v);
	TRY(limit_reached(r, &limit, r->network, &wait));
	if (wait > 0)
		return refuse_network(r, &v, wait);
	TRY(limit_count(r, &limit, r->network));
	TRY(store(r, &wish, machine));
	return see_other(r, "%s", path_of(r, "/apply/thanks"));
}

Err
thanks_show(struct req *r)
{
	struct promise_terms terms;

	TRY(promise_terms_load(r, &terms));
	return html_thanks_page(r, &(struct thanks_view){
		promise_due(PROMISE_CONTACT, r->today, &terms),
		r->programme.phone });
}

/*
 * The application behind the link; found is false when it is gone.  What the
 * office noted and can still undo is not shown: nothing has been told yet.
 */
static Err
own_view_load(struct req *r, struct own_view *v, bool *found)
{
	struct sql_promises_of promises;
	bool undecided;

	TRY(application_load(r, (struct application_id){ r->holder.object },
	    &v->application, found));
	if (!*found)
		return OK;
	TRY(sql_promises_of(r->db, r->arena, r->programme.id,
	    v->application.id, &promises));
	TRY(application_can_undo(r, &v->application, &undecided));
	v->withdrawn = v->application.state == APPLICATION_WITHDRAWN &&
	    !undecided;
	v->has_promise = promises.n > 0 && (undecided ||
	    promises.row[0].ending == PROMISE_OPEN);
	if (v->has_promise)
		v->promise = promises.row[0];
	v->can_withdraw = step_is_allowed(STEP_WITHDRAWN,
	    v->application.state, v->application.aside);
	return OK;
}

Err
own_show(struct req *r)
{
	struct own_view v = { .form = form_make(r) };
	bool found;

	TRY(own_view_load(r, &v, &found));
	return found ? html_own_page(r, &v) : reply_absent(r);
}

Err
own_withdraw(struct req *r)
{
	struct application a;
	bool found, taken;

	TRY(application_load(r, (struct application_id){ r->holder.object },
	    &a, &found));
	if (!found)
		return reply_absent(r);
	TRY(application_take_step(r, &a, &(struct step_wish){
		.step = STEP_WITHDRAWN,
		.said = "",
		.by_applicant = true,
	}, &taken));
	if (!taken)
		return reply_conflict(r, N_("This was done already"),
		    N_("Your question is no longer open. Look at the page "
		    "again to see how it stands."));
	return see_other_saying(r, N_("You took your question back."), "%s",
	    path_of(r, "/my-question/%s", r->holder.token));
}
