/*
 * Desk: the page each person starts on.  A visitor gets the landing page, the
 * manager and the office get Today, everybody else a page of their own.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "web/route.h"

extern const struct feature desk_feature;

#endif
