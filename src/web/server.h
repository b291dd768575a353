/*
 * The HTTP server: libmicrohttpd with a guard before it (web/guard), the
 * router, the worker pool and the replies.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/site.h"

struct server;

/* The server's own housekeeping, for app/feature_list. */
extern const struct feature web_feature;

struct server_config {
	const struct site *site;
	const char *listen;             /* "127.0.0.1:8080", "[::1]:8080" */
	int socket;                     /* from systemd, or -1 */
	unsigned threads;               /* event threads; 0 chooses */
	unsigned connection_limit;
	/* Of one address, unless it is a proxy of ours; 0: a quarter. */
	int address_limit;
	/* Deadlines in seconds; 0 takes the default of 10, 60, 120 and 60. */
	int header_seconds, body_seconds, reply_seconds, idle_seconds;
};

MUST_USE Err server_start(struct arena *, const struct server_config *,
    struct server **out);
/* Stop accepting, finish what runs (at most SECONDS), close the rest. */
void server_stop(struct server *, int seconds);
/* The port in use, for tests that listen on port 0. */
int server_port(const struct server *);

#endif
