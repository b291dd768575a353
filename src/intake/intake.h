/*
 * Intake: from a question that comes in to the decision what follows.
 *
 * The states and steps of an application are in intake/steps.h, what is
 * stored of one in intake/application.h.  Here stands what others ask: the
 * open applications for Today, and their numbers.
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "intake/application.h"
#include "intake/steps.h"
#include "web/route.h"

/* What Today shows of one open application. */
struct open_application {
	struct application_id id;
	const char *name, *venture, *place;
	enum application_state state;
	enum promise_kind promise;
	struct day due;
};
struct open_applications {
	struct open_application *row;
	size_t n;
};
struct application_counts {
	int64_t received, contacted, planned, done;
	int64_t open;                   /* all of them */
	int64_t late;                   /* open promises past their day */
	int64_t today;                  /* open promises of today */
};

/* The most urgent first, LIMIT at most. */
MUST_USE Err intake_open(struct req *, int limit, struct open_applications *);
MUST_USE Err intake_count(struct req *, struct application_counts *);

extern const struct feature intake_feature;

#endif
