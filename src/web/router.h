/*
 * The router: all routes of all features as one tree of path segments.  A
 * literal segment wins over a name; a name is tried when the literal leads
 * nowhere.
 */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "web/decode.h"
#include "web/route.h"

struct router;

/*
 * Refuses a route that names no permission or no handler, one that is deeper
 * than SEGMENTS_MAX, and two that mean the same.
 */
MUST_USE Err router_make(struct arena *, const struct feature *const *,
    size_t n, struct router **out);
MUST_USE Err router_add(struct arena *, struct router *,
    const struct route *);

/*
 * The route for METHOD, or NULL; KNOWN then has a bit (1 << method) for each
 * method that the path does know.
 */
const struct route *router_find(const struct router *,
    const struct segments *, enum method, unsigned *known);

#endif
