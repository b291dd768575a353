/* Desk: the page each person starts on. */
#include "desk/desk_pages.h"

#include "accounts/accounts.h"
#include "desk/desk_html.h"
#include "desk/desk_rules.h"
#include "post/post.h"
#include "web/reply.h"
#include "web/site.h"

/* Fewer mentors than this is not yet something to tell the world. */
enum { MENTORS_WORTH_TELLING = 5 };

struct task_words
task_words(enum promise_kind kind)
{
	if (kind == PROMISE_CONTACT)
		return (struct task_words){ N_("{name} has a question"),
			N_("call or write by {day}"), N_("Call") };
	return (struct task_words){ N_("{name} hears how we help"),
		N_("decide by {day}"), N_("Look at it") };
}

static Err
today_load(struct req *r, struct today_view *v)
{
	bool all = query_int(r, "all", 0) == 1;
	int most = all ? TASKS_AT_MOST : TASKS_SHOWN;
	struct letter_page failed;

	v->greeting = greeting(r->now);
	v->name = first_name(r->arena, r->viewer.name);
	TRY(intake_open(r, most + 1, &v->tasks));
	v->more = v->tasks.n > (size_t)most;
	if (v->more)
		v->tasks.n = (size_t)most;
	TRY(intake_count(r, &v->counts));
	TRY(letter_list(r, BOX_FAILED, 0, &failed));
	v->mails_failed = (int64_t)failed.n;
	return OK;
}

Err
today_show(struct req *r)
{
	struct today_view v = { 0 };

	if (!accounts_may(r, MAY_READ_APPLICATIONS))
		return html_start_page(r, &(struct start_view){
			greeting(r->now),
			first_name(r->arena, r->viewer.name) });
	TRY(today_load(r, &v));
	return html_today_page(r, &v);
}

Err
landing_show(struct req *r)
{
	struct landing_view v = { 0 };

	TRY(programme_load(r, &v.programme));
	v.open = programme_is_open(v.programme.stage);
	TRY(role_count(r, ROLE_MENTOR, &v.mentors));
	if (v.mentors < MENTORS_WORTH_TELLING)
		v.mentors = 0;
	return html_landing_page(r, &v);
}

/* The first programme in which the viewer has a part. */
static Err
own_programme(struct req *r, const struct programme_list *all,
    const char **slug)
{
	for (size_t i = 0; i < all->n; i++) {
		bool found;

		TRY(programme_enter(r, all->row[i].slug, &found));
		if (!found)
			continue;
		TRY(accounts_roles(r));
		if (r->viewer.roles != 0) {
			*slug = all->row[i].slug;
			return OK;
		}
	}
	return OK;
}

Err
front_show(struct req *r)
{
	struct programme_list all;
	const char *own = NULL;

	TRY(programme_all(r->db, r->arena, &all));
	if (r->viewer.person.v != 0)
		TRY(own_programme(r, &all, &own));
	if (own != NULL)
		return see_other(r, "/%s/today", own);
	if (all.n == 1)
		return see_other(r, "/%s", all.row[0].slug);
	return html_front_page(r, &all);
}
