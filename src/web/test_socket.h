/*
 * A server of the test house on a port of its own, and requests to it written
 * out byte by byte.
 */
#ifndef WEB_TEST_SOCKET_H
#define WEB_TEST_SOCKET_H

#include "web/server.h"
#include "web/test_house.h"

#define HOST "Host: localhost\r\n"
#define LAST "Connection: close\r\n\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

struct running {
	struct house *house;
	struct server *server;
};

/* CONFIG without its site and address. */
struct running *running_start(struct server_config config);
void running_stop(struct running **);

/* A server R with short deadlines for the rest of the block. */
#define SERVER(r)                                                        \
	CLEANUP(running_stop) struct running *r =                        \
	    running_start((struct server_config){ .header_seconds = 1,   \
	    .body_seconds = 2, .reply_seconds = 2, .idle_seconds = 1 })

int socket_connect(const struct running *);
/* From an address of this machine, "127.0.0.5". */
int socket_connect_from(const struct running *, const char *address);
void socket_send(int fd, const char *p, size_t n);
/* What comes until the other side closes or is silent for MS. */
const char *socket_read(struct arena *, int fd, int ms);

/* The whole answer to one request, or to N bytes. */
const char *ask(const struct running *, const char *request);
const char *ask_bytes(const struct running *, const char *p, size_t n);

/* A request that takes 0.05 s of slow work; each N once. */
const char *slow_form(const struct running *, int n);

/* 0 for a connection that was closed without a word. */
int status_of(const char *reply);
/* The name of a header that every answer should have and REPLY has not. */
const char *header_lacking(const struct running *, const char *reply);
/* How often PART stands in TEXT. */
int count_of(const char *text, const char *part);
const char *text_repeat(struct arena *, const char *before, const char *part,
    int n, const char *after);

int64_t ms_now(void);
void pause_ms(int ms);

#endif
