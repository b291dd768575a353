/*
 * A live page's stream of events on a connection of libmicrohttpd.
 */
#ifndef WEB_STREAM_H
#define WEB_STREAM_H

#include "web/visit.h"

/* The exchange is that of the connection.  NULL when there is no memory. */
struct MHD_Response *stream_make(struct hall *, struct MHD_Connection *,
    const struct exchange *);

#endif
