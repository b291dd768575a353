/*
 * A struct reply as libmicrohttpd sends it, with the headers that every
 * answer has.
 */
#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

#include <microhttpd.h>

#include "web/reply.h"

/*
 * The body is not copied: it lives until the request is over.  NULL when
 * there is no memory.
 */
struct MHD_Response *answer_make(const struct reply *, bool https);

/* The headers of every answer; those of a page when its cache is not said. */
struct header {
	const char *name, *value;
};
extern const struct header answer_headers[];
extern const size_t nanswer_headers;
extern const struct header answer_https_header; /* one more, over https */
void answer_headers_add(struct MHD_Response *, const struct reply *,
    bool https);

#endif
