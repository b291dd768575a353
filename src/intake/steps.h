/*
 * The way of an application: its states, the steps between them, and what is
 * promised on the way.  Pure; the table of steps is in intake_rules.c.
 *
 * An application is a question first, then who asks it.  It moves by the
 * steps of one table, and has exactly one open promise until it has ended:
 * what comes next, and by which day.  There is no rejection and no waiting
 * list: no state, no step and no word here leads to either.
 *
 * Source: product.md 3, after "We verkopen geen nee".
 */
#ifndef INTAKE_STEPS_H
#define INTAKE_STEPS_H

#include "base/date.h"
#include "base/id.h"
#include "base/words.h"

struct application_id { int64_t v; };

enum application_state {
	APPLICATION_RECEIVED = 1,
	APPLICATION_CONTACTED = 2,
	APPLICATION_INTAKE_PLANNED = 3,
	APPLICATION_INTAKE_DONE = 4,
	APPLICATION_TRIAGED = 5,
	APPLICATION_WITHDRAWN = 6,      /* on the applicant's own word only */
};
enum {
	APPLICATION_STATE_LEAST = APPLICATION_RECEIVED,
	APPLICATION_STATE_MOST = APPLICATION_WITHDRAWN,
};

/*
 * What is no application is set aside, and can be put back for 30 days; then
 * it is removed.
 */
#define ASIDE_KEPT DAYS(30)
enum aside { ASIDE_NO, ASIDE_SPAM, ASIDE_TEST, ASIDE_DOUBLE };
enum { ASIDE_LEAST = ASIDE_NO, ASIDE_MOST = ASIDE_DOUBLE };

enum channel { CHANNEL_FORM = 1, CHANNEL_PHONE = 2, CHANNEL_IMPORT = 3 };
enum { CHANNEL_LEAST = CHANNEL_FORM, CHANNEL_MOST = CHANNEL_IMPORT };

enum promise_kind {
	PROMISE_NONE = 0,
	PROMISE_CONTACT = 1,            /* we call or write */
	PROMISE_DECISION = 2,           /* you hear how we help you on */
};
enum {
	PROMISE_KIND_LEAST = PROMISE_NONE,
	PROMISE_KIND_MOST = PROMISE_DECISION,
};

enum promise_ending {
	PROMISE_OPEN = 0,
	PROMISE_KEPT = 1,
	PROMISE_MOVED = 2,              /* with a reason; the applicant knows */
	PROMISE_LET_GO = 3,             /* withdrawn, or set aside */
};
enum {
	PROMISE_ENDING_LEAST = PROMISE_OPEN,
	PROMISE_ENDING_MOST = PROMISE_LET_GO,
};

/* What happens to an application; also the rows of its history. */
enum application_step {
	STEP_RECEIVED = 1,
	STEP_ENTERED = 2,               /* written down for a caller */
	STEP_CONTACTED = 3,
	STEP_WITHDRAWN = 4,
	STEP_SET_ASIDE = 5,
	STEP_PUT_BACK = 6,
	STEP_CORRECTED = 7,             /* contact details, not the question */
	STEP_UNDONE = 8,                /* the office took back its last step */
};
enum {
	APPLICATION_STEP_LEAST = STEP_RECEIVED,
	APPLICATION_STEP_MOST = STEP_UNDONE,
};

/* One row of the table of steps: from where, to where, what is promised. */
struct step_rule {
	enum application_step step;
	unsigned from;                  /* bit N: allowed in state N; 0: new */
	enum application_state to;      /* 0: stays as it is */
	enum promise_kind next;         /* PROMISE_NONE: as it is, or ended */
	enum promise_ending ends;       /* of the open promise; OPEN: goes on */
	const char *label;              /* N_(), in the history */
};

/*
 * How long the office may undo a step that ends an application; its letter
 * waits as long.
 */
#define UNDO_WITHIN MINUTES(10)

/* The rule of a step; never NULL for a step of the enum. */
const struct step_rule *step_rule(enum application_step);
bool step_is_allowed(enum application_step, enum application_state,
    enum aside);

/* Working days a programme takes for each kind of promise. */
struct promise_terms {
	int contact_days, decision_days;
	const struct span *quiet;
	size_t nquiet;
};

/* The last day on which a promise made today is kept. */
struct day promise_due(enum promise_kind, struct day today,
    const struct promise_terms *);

/* How near it is, for the order of Today and its badges. */
enum nearness { NEAR_LATE, NEAR_TODAY, NEAR_SOON, NEAR_LATER };
enum nearness promise_nearness(struct day due, struct day today);

/* Sentences, untranslated. */
const char *application_state_text(enum application_state);
const char *promise_text(enum promise_kind);    /* to the applicant */

#endif
