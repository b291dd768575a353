/*
 * The door: a thread that accepts connections and hands them to the daemon.
 *
 * libmicrohttpd can listen by itself, but cannot stop listening without a
 * race between its threads (MHD_quiesce_daemon, which aborts).  Ours closes
 * when it is told to; who then knocks waits for the next process, if that
 * gets the same socket.
 */
#ifndef WEB_DOOR_H
#define WEB_DOOR_H

#include <microhttpd.h>

#include "base/err.h"

struct door;

/*
 * Accept at SOCKET, which stays the caller's; while LIMIT connections are
 * open the others wait outside.
 */
MUST_USE Err door_open(struct arena *, struct MHD_Daemon *, int socket,
    unsigned limit, struct door **out);
void door_close(struct door *);

#endif
