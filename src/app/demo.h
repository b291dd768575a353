/* Who and what is in the demo programme; nobody in it exists. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "accounts/may.h"
#include "intake/intake.h"

struct demo_person {
	const char *name, *email;
	unsigned roles;                 /* ROLE_BITs */
	const char *shown_as;           /* gets a sign-in address; or NULL */
	bool administrator;
	bool first;                     /* takes the calls in the demo */
};

struct demo_application {
	int days_ago;
	int topic;                      /* position on the form, or -1 */
	struct application application;
	const char *said;               /* by the office, of the call */
	struct step_wish step[2];       /* taken after it came in */
};

enum { DEMO_PEOPLE_AT_MOST = 64 };

extern const struct demo_person demo_people[];
extern const size_t ndemo_people;
extern const struct demo_application demo_applications[];
extern const size_t ndemo_applications;

#endif
