/* Handlers of the office's pages, and what their templates show. */
#ifndef INTAKE_APPLICATION_PAGES_H
#define INTAKE_APPLICATION_PAGES_H

#include "intake/apply_form.h"

enum { APPLICATIONS_A_PAGE = 30 };

struct list_view {
	const char *search;             /* as typed */
	struct application_lines lines;
	const char *older;              /* where the next page begins, or "" */
	bool first_page;
	bool more;                      /* found than are shown */
};

struct application_view {
	const struct form *form;
	struct application application;
	struct topic_names topics;
	struct step_lines steps;
	struct promises promises;
	struct application_lines doubles;       /* others with this e-mail */
	const struct promise *promise;          /* the open one, or NULL */
	const char *entered_by;
	bool can_contact, can_withdraw, can_set_aside, can_put_back;
	bool can_correct, can_undo;
};

struct entry_view {
	const struct form *form;
	struct topics topics;
	struct programme_settings settings;
};

struct details_view {
	const struct form *form;
	struct application_id id;
	const char *name;
};

MUST_USE Err list_show(struct req *);
MUST_USE Err entry_show(struct req *);
MUST_USE Err entry_send(struct req *);
MUST_USE Err application_show(struct req *);
MUST_USE Err contact_note(struct req *);
MUST_USE Err withdraw_note(struct req *);
MUST_USE Err withdraw_undo(struct req *);
MUST_USE Err aside_note(struct req *);
MUST_USE Err put_back(struct req *);
MUST_USE Err details_show(struct req *);
MUST_USE Err details_send(struct req *);

#endif
