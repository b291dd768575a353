#include "web/visit.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "web/answer.h"
#include "web/bounded.h"
#include "web/own_pages.h"
#include "web/stream.h"

enum {
	DROPPED_AT_MOST = 64 * FORM_LIMIT,
	/* Who sends a file may take as long as this much comes in time. */
	UPLOAD_STEP = 256 * 1024,
};

enum visit_state {
	VISIT_NEW,              /* the headers are here */
	VISIT_BODY,
	VISIT_AWAY,             /* suspended: the pool or the writer has it */
	VISIT_READY,            /* the reply can be sent */
	VISIT_SENT,
};

struct visit {
	struct hall *hall;
	struct MHD_Connection *connection;
	struct arena *arena;
	enum visit_state state;
	struct buf body;
	bool uploads;                   /* one of the hall's */
	bool busy;                      /* too many of them */
	const char *chunk;              /* of the body, being added */
	size_t nchunk, seen;
	int64_t began, us;
	struct pool_job job;
	struct exchange exchange;
};

static int64_t
us_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- What was asked ---------------------------------------------------- */

static const struct {
	const char *name;
	size_t offset;
} wanted[] = {
	{ "X-Forwarded-For", offsetof(struct asked, forwarded) },
	{ "Cookie", offsetof(struct asked, cookie) },
	{ "Accept-Language", offsetof(struct asked, languages) },
	{ "User-Agent", offsetof(struct asked, device) },
	{ "Origin", offsetof(struct asked, origin) },
	{ "Sec-Fetch-Site", offsetof(struct asked, fetch_site) },
	{ "Content-Type", offsetof(struct asked, type) },
	{ "Authorization", offsetof(struct asked, authorization) },
	{ "If-None-Match", offsetof(struct asked, if_none_match) },
	{ "Accept-Encoding", offsetof(struct asked, accept_encoding) },
};

static enum MHD_Result
note_header(void *arg, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	char *asked = arg;

	for (size_t i = 0; i < LEN(wanted); i++)
		if (strcasecmp(name, wanted[i].name) == 0) {
			memcpy(asked + wanted[i].offset, &value,
			    sizeof value);
			break;
		}
	return MHD_YES;
}

static void
note_asked(void *arg)
{
	struct visit *v = arg;
	struct asked *a = &v->exchange.asked;

	(void)MHD_get_connection_values(v->connection, MHD_HEADER_KIND,
	    note_header, a);
	a->peer = text_copy(v->arena, peer_of(v->connection).text);
	a->body = v->body.p == NULL ? "" : v->body.p;
	a->len = v->seen;
}

/* ---- The reply --------------------------------------------------------- */

static enum MHD_Result
send_response(struct visit *v, unsigned status, struct MHD_Response *m)
{
	enum MHD_Result result;

	if (m == NULL)
		return MHD_NO;
	if (atomic_load(&v->hall->leaving))
		(void)MHD_add_response_header(m, "Connection", "close");
	v->state = VISIT_SENT;
	v->us = us_now() - v->began;
	result = MHD_queue_response(v->connection, status, m);
	MHD_destroy_response(m);
	return result;
}

static enum MHD_Result
send_reply(struct visit *v)
{
	const struct reply *reply = &v->exchange.reply;

	if (!reply->live || reply->status != 200) {
		guard_enter(v->hall->guard, v->connection, GUARD_REPLY);
		return send_response(v, (unsigned)reply->status,
		    answer_make(reply, v->hall->https));
	}
	guard_enter(v->hall->guard, v->connection, GUARD_NOTHING);
	return send_response(v, MHD_HTTP_OK,
	    stream_make(v->hall, v->connection, &v->exchange));
}

/* For what is not worth a page: the framing itself is wrong. */
static enum MHD_Result
refuse(struct visit *v, int status)
{
	static const char no[] = "This request is not right.\n";
	struct reply *reply = &v->exchange.reply;
	struct MHD_Response *m;

	*reply = (struct reply){ .status = status, .body = no,
	    .len = sizeof no - 1, .type = "text/plain; charset=utf-8" };
	m = answer_make(reply, v->hall->https);
	if (m != NULL)
		(void)MHD_add_response_header(m, "Connection", "close");
	guard_enter(v->hall->guard, v->connection, GUARD_REPLY);
	return send_response(v, (unsigned)status, m);
}

/* ---- The steps --------------------------------------------------------- */

struct reader *
hall_reader(struct hall *hall)
{
	struct reader *reader = pthread_getspecific(hall->readers);

	if (reader == NULL && (reader = calloc(1, sizeof *reader)) != NULL) {
		reader->url = hall->service.site->database;
		(void)pthread_setspecific(hall->readers, reader);
	}
	return reader;
}

static void
come_back(struct visit *v)
{
	struct hall *hall = v->hall;

	v->state = VISIT_READY;
	MHD_resume_connection(v->connection);
	atomic_fetch_sub(&hall->away, 1);
}

static void
written(struct exchange *x)
{
	come_back((struct visit *)((char *)x -
	    offsetof(struct visit, exchange)));
}

static void
work(struct pool_job *job, struct reader *reader)
{
	struct visit *v = (struct visit *)((char *)job -
	    offsetof(struct visit, job));

	if (exchange_pool(&v->exchange, reader) != STEP_WRITE ||
	    !exchange_write(&v->exchange))
		come_back(v);
}

static enum lane
lane_of(const struct route *route)
{
	if (route->may == MAY_OWN)
		return LANE_OWN;
	return route->method == GET ? LANE_GET : LANE_PREPARE;
}

/* False once the daemon ends: it aborts when somebody is suspended then. */
static bool
may_go_away(struct hall *hall)
{
	atomic_fetch_add(&hall->away, 1);
	if (!atomic_load(&hall->closed))
		return true;
	atomic_fetch_sub(&hall->away, 1);
	return false;
}

/* The thread that takes the exchange over may be done before we return. */
static enum MHD_Result
hand_over(struct visit *v, enum exchange_step step)
{
	struct pool *pool = v->hall->lane[lane_of(v->exchange.route)];

	if (!may_go_away(v->hall)) {
		exchange_busy(&v->exchange);
		return send_reply(v);
	}
	v->state = VISIT_AWAY;
	v->job.run = work;
	guard_enter(v->hall->guard, v->connection, GUARD_NOTHING);
	MHD_suspend_connection(v->connection);
	if (step == STEP_WRITE) {
		if (!exchange_write(&v->exchange))
			come_back(v);
	} else if (!pool_put(pool, &v->job)) {
		exchange_busy(&v->exchange);
		come_back(v);
	}
	return MHD_YES;
}

static enum MHD_Result
take_step(struct visit *v)
{
	struct reader *reader;
	enum exchange_step step;

	if (!bounded(v->arena, note_asked, v))
		return MHD_NO;
	if (v->busy) {
		exchange_busy(&v->exchange);
		return send_reply(v);
	}
	step = exchange_open(&v->exchange);
	if (step == STEP_POOL || step == STEP_WRITE)
		return hand_over(v, step);
	if (step == STEP_READ) {
		reader = hall_reader(v->hall);
		if (reader == NULL)
			return MHD_NO;
		exchange_read(&v->exchange, reader);
	}
	return send_reply(v);
}

/* The length that the headers say; 0 for a body in chunks. */
static size_t
announced(struct MHD_Connection *c)
{
	const char *length = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
	    "Content-Length");
	int64_t n;

	return length == NULL || !text_to_int(length, &n) || n < 0 ? 0
	    : (size_t)n;
}

/*
 * A body that says beforehand that it is far too large need not be sent.  One
 * that is only too large is read and dropped: who hangs up on a browser that
 * still sends is not heard.
 */
static bool
announces_too_much(struct visit *v)
{
	size_t n = announced(v->connection);

	if (n > DROPPED_AT_MOST)
		v->seen = n;
	return n > DROPPED_AT_MOST;
}

/* ---- Files ------------------------------------------------------------- */

static void
reserve_body(void *arg)
{
	struct visit *v = arg;

	buf_reserve(&v->body, announced(v->connection));
}

static bool
take_place(struct visit *v)
{
	if (atomic_fetch_add(&v->hall->uploads, 1) >= UPLOADS) {
		atomic_fetch_sub(&v->hall->uploads, 1);
		return false;
	}
	v->uploads = true;
	return true;
}

/*
 * A body longer than a form's is taken from whoever may send a file here,
 * before it comes in; anybody else's is dropped.
 */
static enum MHD_Result
make_room(struct visit *v)
{
	struct asked *asked = &v->exchange.asked;
	size_t n = announced(v->connection);
	struct reader *reader = hall_reader(v->hall);

	asked->limit = FORM_LIMIT;
	if (n <= FORM_LIMIT)
		return MHD_YES;
	if (reader == NULL || !bounded(v->arena, note_asked, v))
		return MHD_NO;
	asked->limit = exchange_limit(&v->exchange, reader);
	if (n > asked->limit)
		return MHD_YES;
	v->busy = !take_place(v);
	if (v->busy) {
		asked->limit = 0;
		return MHD_YES;
	}
	arena_widen(v->arena, 2 * asked->limit);
	return bounded(v->arena, reserve_body, v) ? MHD_YES : MHD_NO;
}

static enum MHD_Result
begin_body(struct visit *v, const char *method, const char *version)
{
	int status = guard_judge(v->connection, version,
	    v->exchange.asked.target);

	v->exchange.asked.method = method;
	if (status != 0)
		return refuse(v, status);
	if (announces_too_much(v))
		return refuse(v, MHD_HTTP_CONTENT_TOO_LARGE);
	guard_enter(v->hall->guard, v->connection, GUARD_BODY);
	v->state = VISIT_BODY;
	return make_room(v);
}

static void
add_chunk(void *arg)
{
	struct visit *v = arg;

	buf_add(&v->body, v->chunk, v->nchunk);
}

/* Past the limit the rest is read and dropped, so that a 413 is heard. */
static enum MHD_Result
take_chunk(struct visit *v, const char *chunk, size_t n)
{
	v->seen += n;
	if (v->uploads && v->seen / UPLOAD_STEP > (v->seen - n) / UPLOAD_STEP)
		guard_enter(v->hall->guard, v->connection, GUARD_BODY);
	if (v->seen > v->exchange.asked.limit)
		return MHD_YES;
	v->chunk = chunk;
	v->nchunk = n;
	return bounded(v->arena, add_chunk, v) ? MHD_YES : MHD_NO;
}

enum MHD_Result
visit_go_on(void *hall, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *body,
    size_t *nbody, void **visit)
{
	struct visit *v = *visit;
	size_t n = *nbody;

	if (v == NULL)
		return MHD_NO;
	switch (v->state) {
	case VISIT_NEW:
		return begin_body(v, method, version);
	case VISIT_BODY:
		*nbody = 0;
		return n > 0 ? take_chunk(v, body, n) : take_step(v);
	case VISIT_READY:
		return send_reply(v);
	case VISIT_AWAY:
	case VISIT_SENT:
		break;
	}
	return MHD_YES;
}

/* ---- Connections ------------------------------------------------------- */

void
visit_connection(void *arg, struct MHD_Connection *c, void **state,
    enum MHD_ConnectionNotificationCode code)
{
	struct hall *hall = arg;

	*state = hall;          /* for unread.c */
	peers_note(hall->peers, c,
	    code == MHD_CONNECTION_NOTIFY_STARTED ? 1 : -1);
	guard_notify(hall->guard, c, code);
}

/* ---- From beginning to end --------------------------------------------- */

static void
set_up(void *arg)
{
	struct visit *v = arg;

	v->exchange.asked.target = text_copy(v->arena,
	    v->exchange.asked.target);
}

void *
visit_begin(void *arg, const char *target, struct MHD_Connection *c)
{
	struct hall *hall = arg;
	struct visit *v = calloc(1, sizeof *v);

	if (v == NULL)
		return NULL;
	v->hall = hall;
	v->connection = c;
	v->began = us_now();
	v->arena = arena_make(REQUEST_MEMORY);
	v->exchange.asked.target = target;
	if (v->arena == NULL || !bounded(v->arena, set_up, v)) {
		arena_free(v->arena);
		free(v);
		return NULL;
	}
	v->body = buf_make(v->arena);
	v->exchange.service = &hall->service;
	v->exchange.arena = v->arena;
	v->exchange.route = &route_absent;
	v->exchange.finished = written;
	v->exchange.now = hall->service.site->clock();
	atomic_fetch_add(&hall->service.meter->running, 1);
	guard_enter(hall->guard, c, GUARD_HEADER);
	return v;
}

/* What else a client calls its method is no word for the log. */
static const char *
method_name(const char *method)
{
	static const char *const names[] = { "GET", "HEAD", "POST" };

	for (size_t i = 0; method != NULL && i < LEN(names); i++)
		if (text_same(method, names[i]))
			return names[i];
	return "other";
}

static void
tell(const struct visit *v)
{
	const struct exchange *x = &v->exchange;
	const struct reply *reply = &x->reply;

	meter_count(x->service->meter, reply->status, v->us);
	LOG(LOG_NOTE, "request",
	    LOG_TEXT("method", method_name(x->asked.method)),
	    LOG_TEXT("route", x->route->path),
	    LOG_INT("status", reply->status), LOG_INT("us", v->us),
	    LOG_INT("bytes", (int64_t)reply->len));
}

void
visit_end(void *arg, struct MHD_Connection *c, void **visit,
    enum MHD_RequestTerminationCode why)
{
	struct hall *hall = arg;
	struct visit *v = *visit;

	guard_enter(hall->guard, c, GUARD_IDLE);
	if (v == NULL)
		return;
	/* What libmicrohttpd refused by itself has no reply of ours. */
	if (v->state == VISIT_SENT)
		tell(v);
	atomic_fetch_sub(&hall->service.meter->running, 1);
	if (v->uploads)
		atomic_fetch_sub(&hall->uploads, 1);
	*visit = NULL;
	arena_free(v->arena);
	free(v);
}
