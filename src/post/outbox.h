/*
 * Outbox: rows of the table as the sender takes them.
 */
#ifndef POST_OUTBOX_H
#define POST_OUTBOX_H

#include "post/post.h"

/* A letter that is due. */
struct outgoing {
	int64_t id;
	const char *recipient;
	enum language lang;
	const char *subject, *body_text, *body_html;
	const char *calendar;           /* NULL for none */
	struct instant created_at;
	int tries;                      /* before this one */
};

/* In whose name letters go. */
struct sender_name {
	struct programme_id id;
	const char *name;
	const char *email;              /* "" for none */
};

#endif
