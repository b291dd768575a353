/*
 * Removal: spam, tests and doubles go for good 30 days after they were set
 * aside.  What stays is how many of each there were in a year, and the audit
 * trail, which has their number only.  Letters forget their addresses by
 * themselves (post/), and a link to what is gone finds nothing.
 */
#ifndef INTAKE_REMOVAL_H
#define INTAKE_REMOVAL_H

#include "web/route.h"

/* Remove what is due, with an audit row each. */
MUST_USE Err aside_remove(struct work *);

#endif
