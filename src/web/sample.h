/*
 * A page with every widget, made without a server: what tests of the look
 * read and show.
 */
#ifndef WEB_SAMPLE_H
#define WEB_SAMPLE_H

#include "web/exchange.h"

/* A site with a menu of three entries, of which OTHER opens for nobody. */
extern const struct site sample_site;

/* A request in it for X, which lives as long as the caller's. */
struct req *sample_req(struct exchange *x, struct arena *, enum language);

/* A form as it came in; REFUSED says what is wrong with it. */
struct form *sample_form(struct req *, bool refused);

#endif
