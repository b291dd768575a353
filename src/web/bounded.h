/*
 * Work whose memory may run out: instead of an abort, a plain "no".
 */
#ifndef WEB_BOUNDED_H
#define WEB_BOUNDED_H

#include "base/arena.h"
#include "base/err.h"

/* Runs WORK; false when ARENA could not give what it asked for. */
MUST_USE bool bounded(struct arena *, void (*work)(void *), void *arg);

#endif
