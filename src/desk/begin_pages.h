/* The first page of an empty installation. */
#ifndef DESK_BEGIN_PAGES_H
#define DESK_BEGIN_PAGES_H

#include "web/form.h"

struct begin_view {
	const struct form *form;
	const char *token;
};

MUST_USE Err begin_show(struct req *);
MUST_USE Err begin_send(struct req *);

#endif
