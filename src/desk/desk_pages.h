/* Handlers of the start pages, and what their templates show. */
#ifndef DESK_DESK_PAGES_H
#define DESK_DESK_PAGES_H

#include "intake/intake.h"
#include "programme/programme.h"

enum { TASKS_SHOWN = 7, TASKS_AT_MOST = 200 };

struct today_view {
	const char *greeting;           /* untranslated, with {name} */
	const char *name;
	struct open_applications tasks;
	bool more;                      /* there are tasks that are not shown */
	struct application_counts counts;
	int64_t mails_failed;           /* up to one page of them */
};

struct start_view {
	const char *greeting, *name;
};

struct landing_view {
	struct programme_settings programme;
	bool open;                      /* takes questions now */
	int64_t mentors;                /* 0 when there are too few to tell */
};

/* How a task of Today is said. */
struct task_words {
	const char *title;              /* N_(), with {name} */
	const char *due;                /* N_(), with {day} */
	const char *action;             /* N_() */
};
struct task_words task_words(enum promise_kind);

MUST_USE Err today_show(struct req *);
MUST_USE Err landing_show(struct req *);
MUST_USE Err front_show(struct req *);

#endif
