/*
 * A live page's stream of events on a connection of libmicrohttpd.
 */
#ifndef WEB_STREAM_H
#define WEB_STREAM_H

#include <microhttpd.h>

#include "web/request.h"

/* NULL when there is no memory. */
struct MHD_Response *stream_make(struct MHD_Connection *, const struct req *,
    bool https);

#endif
