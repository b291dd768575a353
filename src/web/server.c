#include "web/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/door.h"
#include "web/listen.h"
#include "web/live_private.h"
#include "web/visit.h"

enum {
	EVENT_THREADS = 2, LANE_WAITING = 64,
	MOMENTS = 100,          /* of waiting, in a second */
	CONNECTIONS = 1000,
	HEADER_SECONDS = 10, BODY_SECONDS = 60, REPLY_SECONDS = 120,
	/* Longer than a proxy keeps us, so that it is the one who closes. */
	IDLE_SECONDS = 60,
	/* More than the guard takes, so that it is the one who says so. */
	CONNECTION_MEMORY = 64 * 1024,
};

static const unsigned lane_threads[LANES] = {
	[LANE_OWN] = 1, [LANE_GET] = 2, [LANE_PREPARE] = 2,
};

struct server {
	struct hall hall;
	struct MHD_Daemon *daemon;
	struct door *door;
	int socket;
	int port;
};

static int
or_default(int value, int otherwise)
{
	return value == 0 ? otherwise : value;
}

static void
forget_reader(void *reader)
{
	reader_close(reader);
	free(reader);
}

static unsigned
connection_limit(const struct server_config *config)
{
	return config->connection_limit == 0 ? CONNECTIONS
	    : config->connection_limit;
}

static Err
hall_open(struct arena *arena, const struct server_config *config,
    struct hall *hall)
{
	int connections = (int)connection_limit(config);
	bool https = text_begins(config->site->base_url, "https:");
	const struct guard_rules rules = {
		or_default(config->header_seconds, HEADER_SECONDS),
		or_default(config->body_seconds, BODY_SECONDS),
		or_default(config->reply_seconds, REPLY_SECONDS),
		or_default(config->idle_seconds, IDLE_SECONDS),
		.crowd = connections / 2, .https = https,
	};

	TRY(service_make(arena, config->site, &hall->service));
	hall->peers = peers_make(arena, config->site,
	    or_default(config->address_limit, connections / 4));
	hall->https = https;
	if (pthread_key_create(&hall->readers, forget_reader) != 0)
		return err_make(arena, ERR_FAILED, "no key for threads");
	for (int i = 0; i < LANES; i++)
		TRY(pool_start(arena, config->site->database,
		    lane_threads[i], LANE_WAITING, &hall->lane[i]));
	return guard_start(arena, &rules, hall->service.meter, &hall->guard);
}

/* Paths and queries are taken apart by web/decode, from the raw target. */
static size_t
leave_escaped(void *arg, struct MHD_Connection *c, char *text)
{
	return strlen(text);
}

static void
log_nothing(void *arg, const char *fmt, va_list args)
{
}

static struct MHD_Daemon *
daemon_start(struct server *s, const struct server_config *config)
{
	unsigned threads = config->threads == 0 ? EVENT_THREADS
	    : config->threads;

	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
	    MHD_USE_NO_LISTEN_SOCKET,
	    0, peers_admit, s->hall.peers, visit_go_on, &s->hall,
	    MHD_OPTION_EXTERNAL_LOGGER, log_nothing, NULL,
	    MHD_OPTION_THREAD_POOL_SIZE, threads < 2 ? 2u : threads,
	    MHD_OPTION_CONNECTION_LIMIT, connection_limit(config),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
	    MHD_OPTION_URI_LOG_CALLBACK, visit_begin, &s->hall,
	    MHD_OPTION_NOTIFY_COMPLETED, visit_end, &s->hall,
	    MHD_OPTION_NOTIFY_CONNECTION, visit_connection, &s->hall,
	    MHD_OPTION_END);
}

Err
server_start(struct arena *arena, const struct server_config *config,
    struct server **out)
{
	struct server *s = ARENA_NEW(arena, struct server, 1);

	s->socket = config->socket;
	if (s->socket < 0)
		TRY(listen_open(arena, config->listen, &s->socket));
	else
		TRY(listen_adopt(arena, s->socket));
	s->port = listen_port(s->socket);
	TRY(hall_open(arena, config, &s->hall));
	s->daemon = daemon_start(s, config);
	if (s->daemon == NULL)
		return err_make(arena, ERR_FAILED, "the server: %s",
		    strerror(errno));
	TRY(door_open(arena, s->daemon, s->socket, connection_limit(config),
	    &s->door));
	*out = s;
	return OK;
}

int
server_port(const struct server *s)
{
	return s->port;
}

static void
wait_a_moment(void)
{
	const struct timespec moment = { .tv_nsec = 1000000000 / MOMENTS };

	(void)nanosleep(&moment, NULL);
}

/*
 * Until nobody is being answered.  Who was let in just before the door closed
 * gets a second to ask; an event thread may not have heard of them yet, so
 * one calm moment is not enough.
 */
static void
wait_for_calm(struct hall *hall, int seconds)
{
	int calm = 0;

	for (int i = 0; i < seconds * MOMENTS && calm < 5; i++) {
		bool busy = atomic_load(&hall->service.meter->running) > 0 ||
		    (i < MOMENTS && guard_expects(hall->guard));

		calm = busy ? 0 : calm + 1;
		wait_a_moment();
	}
}

static void
drain(struct hall *hall, int seconds)
{
	wait_for_calm(hall, seconds);
	/* Whoever is suspended must come back before the daemon ends. */
	atomic_store(&hall->closed, true);
	for (int i = 0; i < LANES; i++)
		pool_stop(hall->lane[i]);
	while (atomic_load(&hall->away) > 0)
		wait_a_moment();
}

void
server_stop(struct server *s, int seconds)
{
	struct hall *hall = &s->hall;

	atomic_store(&hall->leaving, true);
	door_close(s->door);
	if (hall->service.site->live != NULL)
		live_close(hall->service.site->live);
	drain(hall, seconds);
	MHD_stop_daemon(s->daemon);
	guard_stop(hall->guard);
	(void)pthread_key_delete(hall->readers);
	(void)close(s->socket);
}
