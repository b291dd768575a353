/* Intake: the steps of an application and its promises.  See steps.h. */
#include "intake/steps.h"

#define IN(state) (1u << (state))
#define OPEN_STATES                                                      \
	(IN(APPLICATION_RECEIVED) | IN(APPLICATION_CONTACTED) |          \
	 IN(APPLICATION_INTAKE_PLANNED) | IN(APPLICATION_INTAKE_DONE))

static const struct step_rule rules[] = {
	{ STEP_RECEIVED, 0, APPLICATION_RECEIVED,
	  PROMISE_CONTACT, PROMISE_OPEN,
	  N_("Question sent in") },
	{ STEP_ENTERED, 0, APPLICATION_RECEIVED,
	  PROMISE_CONTACT, PROMISE_OPEN,
	  N_("Question written down for a caller") },
	{ STEP_CONTACTED, IN(APPLICATION_RECEIVED), APPLICATION_CONTACTED,
	  PROMISE_DECISION, PROMISE_KEPT,
	  N_("First contact") },
	{ STEP_WITHDRAWN, OPEN_STATES, APPLICATION_WITHDRAWN,
	  PROMISE_NONE, PROMISE_LET_GO,
	  N_("Withdrawn by the entrepreneur") },
	{ STEP_SET_ASIDE, OPEN_STATES, 0,
	  PROMISE_NONE, PROMISE_LET_GO,
	  N_("Set aside: not an application") },
	{ STEP_PUT_BACK, OPEN_STATES, 0,
	  PROMISE_CONTACT, PROMISE_OPEN,
	  N_("Put back") },
	{ STEP_CORRECTED, OPEN_STATES | IN(APPLICATION_TRIAGED), 0,
	  PROMISE_NONE, PROMISE_OPEN,
	  N_("Details corrected") },
	{ STEP_UNDONE, IN(APPLICATION_WITHDRAWN), 0,
	  PROMISE_NONE, PROMISE_OPEN,
	  N_("Taking back undone") },
};

const struct step_rule *
step_rule(enum application_step step)
{
	size_t i = 0;

	while (i < LEN(rules) && rules[i].step != step)
		i++;
	ASSERT(i < LEN(rules));
	return &rules[i];
}

/*
 * What was set aside is no application until it is put back, and only what
 * was set aside can be.
 */
bool
step_is_allowed(enum application_step step, enum application_state state,
    enum aside aside)
{
	if ((aside != ASIDE_NO) != (step == STEP_PUT_BACK))
		return false;
	return (step_rule(step)->from & IN(state)) != 0;
}

struct day
promise_due(enum promise_kind kind, struct day today,
    const struct promise_terms *terms)
{
	int days = kind == PROMISE_CONTACT ? terms->contact_days
	    : terms->decision_days;

	ASSERT(kind != PROMISE_NONE);
	return day_plus_working(today, days, terms->quiet, terms->nquiet);
}

enum nearness
promise_nearness(struct day due, struct day today)
{
	if (due.n < today.n)
		return NEAR_LATE;
	if (due.n == today.n)
		return NEAR_TODAY;
	return due.n - today.n <= 3 ? NEAR_SOON : NEAR_LATER;
}

const char *
application_state_text(enum application_state state)
{
	switch (state) {
	case APPLICATION_RECEIVED:       return N_("New");
	case APPLICATION_CONTACTED:      return N_("Spoken to");
	case APPLICATION_INTAKE_PLANNED: return N_("Intake planned");
	case APPLICATION_INTAKE_DONE:    return N_("Intake done");
	case APPLICATION_TRIAGED:        return N_("Decided");
	case APPLICATION_WITHDRAWN:      return N_("Withdrawn");
	}
	return "";
}

const char *
promise_text(enum promise_kind kind)
{
	switch (kind) {
	case PROMISE_NONE:     return "";
	case PROMISE_CONTACT:  return N_("We will call or write to you.");
	case PROMISE_DECISION: return N_("You hear how we can help you.");
	}
	return "";
}
