/* Handlers of the public pages, and what their templates show. */
#ifndef INTAKE_APPLY_PAGES_H
#define INTAKE_APPLY_PAGES_H

#include "intake/apply_form.h"

struct apply_view {
	const struct form *form;
	struct topics topics;
	struct programme_settings settings;
	const char *stamp;
};

struct thanks_view {
	struct day due;
	const char *phone;
};

/* What an applicant sees behind the link in the mail. */
struct own_view {
	const struct form *form;
	struct application application;
	struct promise promise;
	bool withdrawn, has_promise, can_withdraw;
};

MUST_USE Err apply_show(struct req *);
MUST_USE Err apply_send(struct req *);
MUST_USE Err thanks_show(struct req *);
MUST_USE Err own_show(struct req *);
MUST_USE Err own_withdraw(struct req *);

#endif
