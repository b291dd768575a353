/*
 * A visit: an exchange on a connection of libmicrohttpd, from the request
 * line until the reply has been sent.
 */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <microhttpd.h>
#include <pthread.h>

#include "web/exchange.h"
#include "web/guard.h"
#include "web/peer.h"
#include "web/pool.h"

enum {
	REQUEST_MEMORY = 8 << 20,       /* bytes of arena */
	UPLOADS = 4,                    /* at a time; each lies in memory */
};

/*
 * Slow work waits in lanes of its own, so that a flood in one (passwords to
 * hash) does not keep another from its answer (whether we are well).
 */
enum lane {
	LANE_OWN,               /* the server's own pages */
	LANE_GET,               /* slow pages */
	LANE_PREPARE,           /* before a POST */
	LANES
};

/* What a server's visits share. */
struct hall {
	struct service service;
	struct guard *guard;
	struct peers *peers;
	struct pool *lane[LANES];
	pthread_key_t readers;          /* struct reader of an event thread */
	bool https;
	_Atomic int away;               /* visits that are suspended */
	_Atomic int uploads;            /* visits that send a file */
	_Atomic bool leaving;           /* connections end with their reply */
	_Atomic bool closed;            /* nobody is suspended any more */
};

/* Of the event thread that asks; NULL when there is no memory. */
struct reader *hall_reader(struct hall *);

/* The callbacks of libmicrohttpd; each gets the hall. */
void visit_connection(void *hall, struct MHD_Connection *, void **,
    enum MHD_ConnectionNotificationCode);
void *visit_begin(void *hall, const char *target, struct MHD_Connection *);
enum MHD_Result visit_go_on(void *hall, struct MHD_Connection *,
    const char *url, const char *method, const char *version,
    const char *body, size_t *nbody, void **visit);
void visit_end(void *hall, struct MHD_Connection *, void **visit,
    enum MHD_RequestTerminationCode);

#endif
