/* Applications: the writes that take several statements. */
#include "intake/application.h"
#include "intake/intake_sql.h"
#include "intake/letters.h"
#include "programme/programme.h"
#include "web/live.h"
#include "web/reply.h"
#include "web/site.h"

Err
promise_terms_load(struct req *r, struct promise_terms *out)
{
	struct programme_settings p;
	struct quiet_spans quiet;

	TRY(programme_load(r, &p));
	TRY(programme_quiet(r, &quiet));
	*out = (struct promise_terms){ p.contact_days, p.decision_days,
		quiet.row, quiet.n };
	return OK;
}

static Err
promise_make(struct req *r, struct application_id id,
    enum promise_kind kind, struct promise *out)
{
	struct promise_terms terms;
	struct promise p = { .kind = kind, .made_at = r->now };

	TRY(promise_terms_load(r, &terms));
	p.due_day = promise_due(kind, r->today, &terms);
	TRY(sql_promise_insert(r->db, r->arena, &(struct sql_promise_insert_in){
		.programme = r->programme.id,
		.id = { new_id(r) },
		.application = id,
		.kind = kind,
		.due_day = p.due_day,
		.made_at = r->now,
	}));
	*out = p;
	return OK;
}

Err
application_step_write(struct req *r, struct application_id id,
    const struct step_wish *wish)
{
	struct person_id actor = wish->by_applicant ? (struct person_id){ 0 }
	    : r->viewer.person;

	TRY(sql_step_insert(r->db, r->arena, &(struct sql_step_insert_in){
		.programme = r->programme.id,
		.application = id,
		.step = wish->step,
		.at = r->now,
		.actor = actor,
		.said = wish->said,
	}));
	live_tell(r, "applications");
	return r->site->gate.audit(r, step_rule(wish->step)->label, id.v);
}

const char *
application_search_text(struct req *r, const struct application *a)
{
	return text_fold(r->arena, text_fmt(r->arena, "%s %s %s %s", a->name,
	    a->venture, a->place, a->email));
}

static Err
application_insert(struct req *r, const struct application *a)
{
	return sql_application_insert(r->db, r->arena,
	    &(struct sql_application_insert_in){
		.programme = r->programme.id,
		.id = a->id,
		.question = a->question,
		.not_in_team = a->not_in_team,
		.over_50 = a->over_50,
		.social_enterprise = a->social_enterprise,
		.older_customers = a->older_customers,
		.name = a->name,
		.venture = a->venture,
		.place = a->place,
		.email = a->email,
		.phone = a->phone,
		.lang = a->lang,
		.channel = a->channel,
		.entered_by = a->entered_by,
		.received_at = r->now,
		.search = application_search_text(r, a),
	});
}

Err
application_add(struct req *r, struct application_wish *wish,
    struct promise *out)
{
	struct application *a = &wish->application;
	enum application_step step = a->channel == CHANNEL_PHONE
	    ? STEP_ENTERED : STEP_RECEIVED;
	struct promise p;

	a->id.v = new_id(r);
	a->state = APPLICATION_RECEIVED;
	a->version = 1;
	TRY(application_insert(r, a));
	for (size_t i = 0; i < wish->ntopics; i++)
		TRY(sql_application_topic_insert(r->db, r->arena,
		    r->programme.id, a->id, wish->topics[i]));
	TRY(promise_make(r, a->id, step_rule(step)->next, &p));
	TRY(application_step_write(r, a->id, &(struct step_wish){
		.step = step,
		.said = wish->said,
		.by_applicant = step == STEP_RECEIVED,
	}));
	TRY(letter_received(r, a, &p));
	*out = p;
	return OK;
}

/* The state and aside after a step; false when somebody was faster. */
static Err
application_move(struct req *r, const struct application *a,
    const struct step_wish *wish, bool *moved)
{
	const struct step_rule *rule = step_rule(wish->step);
	bool aside = wish->step == STEP_SET_ASIDE;
	int64_t changed;

	TRY(sql_application_move(r->db, r->arena,
	    &(struct sql_application_move_in){
		.programme = r->programme.id,
		.id = a->id,
		.version = a->version,
		.state = rule->to != 0 ? rule->to : a->state,
		.aside = aside ? wish->aside : ASIDE_NO,
		.aside_at = aside ? r->now : (struct instant){ 0 },
	}, &changed));
	*moved = changed == 1;
	return OK;
}

/*
 * A new one made from scratch: an application that was put back before its
 * first contact is promised that contact, a later one the decision.
 */
static enum promise_kind
promise_after(const struct step_rule *rule, const struct application *a)
{
	if (rule->step == STEP_PUT_BACK && a->state != APPLICATION_RECEIVED)
		return PROMISE_DECISION;
	return rule->next;
}

Err
application_take_step(struct req *r, const struct application *a,
    const struct step_wish *wish, bool *taken)
{
	const struct step_rule *rule = step_rule(wish->step);
	enum promise_kind next = promise_after(rule, a);
	struct promise promise;
	int64_t ended;

	*taken = false;
	if (!step_is_allowed(wish->step, a->state, a->aside))
		return OK;
	TRY(application_move(r, a, wish, taken));
	if (!*taken)
		return OK;
	if (rule->ends != PROMISE_OPEN)
		TRY(sql_promise_end(r->db, r->arena, r->programme.id, a->id,
		    rule->ends, r->now, &ended));
	if (next != PROMISE_NONE)
		TRY(promise_make(r, a->id, next, &promise));
	if (wish->step == STEP_WITHDRAWN)
		TRY(letter_withdrawn(r, a, wish->by_applicant ? 0
		    : UNDO_WITHIN));
	return application_step_write(r, a->id, wish);
}

/* Where it stood before it ended: its history says so. */
static enum application_state
state_before(const struct sql_steps_of *steps)
{
	for (size_t i = 0; i < steps->n; i++) {
		if (steps->row[i].step == STEP_CONTACTED)
			return APPLICATION_CONTACTED;
	}
	return APPLICATION_RECEIVED;
}

static bool
is_fresh_and_ours(struct req *r, const struct step_line *last)
{
	return last->step == STEP_WITHDRAWN && last->actor_name != NULL &&
	    r->now.us - last->at.us < UNDO_WITHIN;
}

/* The history, and whether its last step can be undone. */
static Err
undo_judge(struct req *r, const struct application *a,
    struct sql_steps_of *steps, bool *can)
{
	*can = false;
	if (!step_is_allowed(STEP_UNDONE, a->state, a->aside))
		return OK;
	TRY(sql_steps_of(r->db, r->arena, r->programme.id, a->id, steps));
	*can = steps->n > 0 && is_fresh_and_ours(r, &steps->row[0]);
	return OK;
}

Err
application_can_undo(struct req *r, const struct application *a, bool *can)
{
	struct sql_steps_of steps;

	return undo_judge(r, a, &steps, can);
}

static Err
application_reopen(struct req *r, const struct application *a,
    enum application_state before)
{
	int64_t changed;

	TRY(sql_application_move(r->db, r->arena,
	    &(struct sql_application_move_in){
		.programme = r->programme.id,
		.id = a->id,
		.version = a->version,
		.state = before,
		.aside = ASIDE_NO,
	}, &changed));
	return sql_promise_reopen(r->db, r->arena, r->programme.id, a->id,
	    &changed);
}

Err
application_undo(struct req *r, const struct application *a, bool *undone)
{
	struct sql_steps_of steps;

	TRY(undo_judge(r, a, &steps, undone));
	if (*undone)
		TRY(letter_withdrawn_undo(r, a, undone));
	if (!*undone)
		return OK;
	TRY(application_reopen(r, a, state_before(&steps)));
	return application_step_write(r, a->id, &(struct step_wish){
		.step = STEP_UNDONE, .said = "" });
}

Err
application_load(struct req *r, struct application_id id,
    struct application *out, bool *found)
{
	return sql_application_load(r->db, r->arena, r->programme.id, id, out,
	    found);
}

Err
application_topic_names(struct req *r, struct application_id id,
    struct topic_names *out)
{
	struct sql_application_topics chosen;

	TRY(sql_application_topics(r->db, r->arena, r->programme.id, id,
	    &chosen));
	out->row = ARENA_NEW(r->arena, const char *, chosen.n);
	out->n = chosen.n;
	for (size_t i = 0; i < chosen.n; i++)
		out->row[i] = topic_name(r->lang, chosen.row[i].name_nl,
		    chosen.row[i].name_fy, chosen.row[i].name_en);
	return OK;
}

Err
intake_open(struct req *r, int limit, struct open_applications *out)
{
	struct sql_application_open open;

	TRY(sql_application_open(r->db, r->arena, r->programme.id, limit,
	    &open));
	*out = (struct open_applications){ open.row, open.n };
	return OK;
}

static void
count_state(struct application_counts *c, enum application_state state,
    int64_t n)
{
	switch (state) {
	case APPLICATION_RECEIVED:       c->received = n; break;
	case APPLICATION_CONTACTED:      c->contacted = n; break;
	case APPLICATION_INTAKE_PLANNED: c->planned = n; break;
	case APPLICATION_INTAKE_DONE:    c->done = n; break;
	case APPLICATION_TRIAGED:
	case APPLICATION_WITHDRAWN:
		return;
	}
	c->open += n;
}

Err
intake_count(struct req *r, struct application_counts *out)
{
	struct application_counts c = { 0 };
	struct sql_application_count_open states;
	struct sql_promise_count_due_row due;

	TRY(sql_application_count_open(r->db, r->arena, r->programme.id,
	    &states));
	for (size_t i = 0; i < states.n; i++)
		count_state(&c, states.row[i].state, states.row[i].n);
	TRY(sql_promise_count_due(r->db, r->arena, r->programme.id, r->today,
	    &due));
	c.late = due.late;
	c.today = due.today;
	*out = c;
	return OK;
}
