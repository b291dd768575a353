/*
 * Application: what is stored of one, and the writes that keep its promise,
 * its history, its letters and the audit trail together.
 */
#ifndef INTAKE_APPLICATION_H
#define INTAKE_APPLICATION_H

#include "intake/steps.h"
#include "programme/programme.h"
#include "web/form.h"

struct promise_id { int64_t v; };

struct application {
	struct application_id id;
	enum application_state state;
	enum aside aside;
	struct instant aside_at;        /* 0: it is not set aside */
	const char *question;           /* in the entrepreneur's own words */
	const char *not_in_team;
	int over_50, social_enterprise, older_customers; /* -1: not said */
	const char *name, *venture, *place;
	const char *email, *phone;      /* "" when there is none */
	enum language lang;
	enum channel channel;
	struct person_id entered_by;
	struct instant received_at;
	int64_t version;
};

struct application_line {
	struct application_id id;
	const char *name, *venture, *place;
	enum application_state state;
	enum aside aside;
	struct instant received_at;
};
struct application_lines { struct application_line *row; size_t n; };

struct promise {
	enum promise_kind kind;
	struct day due_day;
	struct instant made_at, ended_at;
	enum promise_ending ending;
};
struct promises { struct promise *row; size_t n; };

struct step_line {
	int number;
	enum application_step step;
	struct instant at;
	const char *actor_name;         /* NULL: the applicant */
	const char *said;
};
struct step_lines { struct step_line *row; size_t n; };

/* What a form said, before it is stored. */
struct application_wish {
	struct application application;
	const struct topic_id *topics;
	size_t ntopics;
	const char *said;               /* by the office, of a call */
};

/* One step of an application, in the transaction of R. */
struct step_wish {
	enum application_step step;
	const char *said;               /* a word about it, or "" */
	enum aside aside;               /* of STEP_SET_ASIDE */
	bool by_applicant;
};

MUST_USE Err promise_terms_load(struct req *, struct promise_terms *);

/*
 * Store a new application with its promise, its first step, its letter and
 * its audit row.  APPLICATION.id is drawn here.
 */
MUST_USE Err application_add(struct req *, struct application_wish *,
    struct promise *out);

/* Take a step, if the table allows it; else TAKEN is false. */
MUST_USE Err application_take_step(struct req *, const struct application *,
    const struct step_wish *, bool *taken);

/* A step in the history, with its audit row; open pages hear of it. */
MUST_USE Err application_step_write(struct req *, struct application_id,
    const struct step_wish *);

/* What is searched: name, venture, place and address of mail, folded. */
const char *application_search_text(struct req *, const struct application *);

/*
 * Undo a withdrawal that the office noted by mistake: for ten minutes, and
 * only while its letter has not left.  State and promise are as before.
 */
MUST_USE Err application_can_undo(struct req *, const struct application *,
    bool *can);
MUST_USE Err application_undo(struct req *, const struct application *,
    bool *undone);

MUST_USE Err application_load(struct req *, struct application_id,
    struct application *, bool *found);

/* The names of topics that an application chose, in R's language. */
struct topic_names { const char **row; size_t n; };
MUST_USE Err application_topic_names(struct req *, struct application_id,
    struct topic_names *);

#endif
