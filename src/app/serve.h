/* Serving, for `serve` and for `demo --serve`. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/command.h"

/*
 * Start everything, call READY, and serve until a signal.  READY prints what
 * the person at the shell needs to know.
 */
int serve_until_told(struct call *, Err (*ready)(struct call *,
    const struct site *));

/* Where the site is; and for an empty one, how to begin. */
MUST_USE Err first_address_say(struct call *, const struct site *);

#endif
