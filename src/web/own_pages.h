/*
 * What the server itself answers: static files, and how it is doing.  These
 * routes ask for nobody's identity and begin no transaction.
 */
#ifndef WEB_OWN_PAGES_H
#define WEB_OWN_PAGES_H

#include "web/exchange.h"

enum { MAY_OWN = -2 };

MUST_USE Err own_pages_add(struct arena *, struct router *);

#endif
