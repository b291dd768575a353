/*
 * `fjouwer demo`: a believable programme, the same every time but for its
 * ids, its dates around today.  Nobody in it exists.
 */
#include <stdio.h>

#include "accounts/accounts.h"
#include "app/demo.h"
#include "app/serve.h"
#include "app/site.h"
#include "intake/intake.h"
#include "programme/programme.h"

struct demo {
	struct arena *arena;            /* outlives the transaction */
	struct programme_id programme;
	bool full;                      /* there was a programme already */
	const char *url[DEMO_PEOPLE_AT_MOST];
};

static Err
people_add(struct req *r, struct demo *demo)
{
	struct work w = { r->arena, r->db, r->now, r->site };
	struct person_id id;

	for (size_t i = 0; i < ndemo_people; i++) {
		const struct demo_person *p = &demo_people[i];

		TRY(account_add(&w, &(struct account_wish){
			.name = p->name,
			.email = p->email,
			.lang = LANG_NL,
			.administrator = p->administrator,
			.programme = demo->programme,
			.roles = p->roles,
		}, &id));
		if (p->first)
			r->viewer.person = id;
	}
	return OK;
}

static const struct topic *
topic_at(const struct topics *topics, int position)
{
	return position >= 0 && (size_t)position < topics->n
	    ? &topics->row[position] : NULL;
}

/* As if it came in so many days ago, in the morning. */
static void
turn_clock_back(struct req *r, struct instant now, int days)
{
	struct day day = day_plus(instant_day(now), -days);

	if (days == 0 || !wall_instant(day, 9, 30 + days % 20, &r->now))
		r->now = now;
	r->today = instant_day(r->now);
}

static Err
application_play(struct req *r, const struct demo_application *d,
    const struct topics *topics)
{
	const struct topic *topic = topic_at(topics, d->topic);
	struct application_wish wish = {
		.application = d->application,
		.topics = topic != NULL ? &topic->id : NULL,
		.ntopics = topic != NULL,
		.said = d->said,
	};
	struct promise promise;
	struct application *a = &wish.application;
	bool taken;

	a->entered_by = a->channel == CHANNEL_PHONE ? r->viewer.person
	    : (struct person_id){ 0 };
	TRY(application_add(r, &wish, &promise));
	for (size_t i = 0; i < LEN(d->step) && d->step[i].step != 0; i++) {
		TRY(application_take_step(r, a, &d->step[i], &taken));
		TRY(application_load(r, a->id, a, &taken));
	}
	return OK;
}

static Err
applications_add(struct req *r)
{
	const struct instant now = r->now;
	struct topics topics;

	TRY(programme_topics(r, &topics));
	for (size_t i = 0; i < ndemo_applications; i++) {
		const struct demo_application *d = &demo_applications[i];

		turn_clock_back(r, now, d->days_ago);
		TRY(application_play(r, d, &topics));
	}
	turn_clock_back(r, now, 0);
	return OK;
}

static Err
programme_add(struct req *r, struct demo *demo)
{
	struct programme_settings p = {
		.slug = "fryslan",
		.name = "Groepsmentoring Fryslân",
		.place = "Fryslân",
		.phone = "058 000 00 00",
		.email = "kantoor@fjouwer.example",
		.stage = STAGE_RUNNING,
		.lang = LANG_NL,
	};
	bool found;

	TRY(programme_make(r->db, r->arena, r->site->ids, r->now, &p));
	demo->programme = p.id;
	TRY(programme_enter(r, p.slug, &found));
	ASSERT(found);
	return OK;
}

static Err
demo_fill(struct req *r, void *arg)
{
	struct demo *demo = arg;
	struct programme_list all;

	TRY(programme_all(r->db, r->arena, &all));
	demo->full = all.n > 0;
	if (demo->full)
		return OK;
	TRY(programme_add(r, demo));
	TRY(people_add(r, demo));
	return applications_add(r);
}

static Err
links_make(struct req *r, void *arg)
{
	struct demo *demo = arg;
	struct work w = { r->arena, r->db, r->now, r->site };
	const char *url = "";
	bool found;

	for (size_t i = 0; i < ndemo_people; i++) {
		if (demo_people[i].shown_as == NULL)
			continue;
		TRY(account_signin_link(&w, demo_people[i].email, &found,
		    &url));
		demo->url[i] = found ? text_copy(demo->arena, url) : NULL;
	}
	return OK;
}

static Err
addresses_say(struct call *call, const struct site *site)
{
	struct demo demo = { .arena = call->arena };

	TRY(first_address_say(call, site));
	TRY(site_write(site, call->arena, links_make, &demo));
	fprintf(stderr, "\nSign in to the demo, once with each address "
	    "(start again for new ones):\n");
	for (size_t i = 0; i < ndemo_people; i++) {
		if (demo.url[i] != NULL)
			fprintf(stderr, "  %-20s %s\n",
			    demo_people[i].shown_as, demo.url[i]);
	}
	return OK;
}

/* Fill the database, if nothing is in it. */
static Err
fill(struct call *call, struct demo *demo)
{
	struct site *site;
	Err err;

	TRY(site_open(call->arena, call->config, NULL, &site));
	err = site_write(site, call->arena, demo_fill, demo);
	site_close(site);
	return err;
}

int
demo_command(struct call *call)
{
	struct demo demo = { .arena = call->arena };
	bool serve = call_flag(call, "--serve");
	Err err;

	if (call->argc > 0)
		return call_wrong(call, "demo [--serve]");
	err = fill(call, &demo);
	if (err != OK)
		return call_failed(call, err);
	if (serve)
		return serve_until_told(call, addresses_say);
	buf_text(&call->err, demo.full
	    ? "There is a programme already; nothing was changed.\n"
	    : "The demo programme is there: fryslan.\n");
	return demo.full ? EXIT_COULD_NOT : EXIT_WORKED;
}
