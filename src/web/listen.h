/*
 * Listening sockets.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "base/err.h"

/* ADDRESS is "127.0.0.1:8080" or "[::1]:8080"; port 0 chooses one. */
MUST_USE Err listen_open(struct arena *, const char *address, int *fd);
/*
 * A socket that was given.  Who knocked may be gone again: accepting must
 * not wait there.
 */
MUST_USE Err listen_adopt(struct arena *, int fd);
int listen_port(int fd);

#endif
