#include "web/live.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/notice.h"
#include "web/exchange.h"
#include "web/live_private.h"

enum { HEARTBEAT_SECONDS = 15, STREAM_SECONDS = 15 * 60, TOPICS = 8 };
enum { TOPIC_LEN = 32 };

static const char every_topic[] = "*";

struct live {
	pthread_mutex_t lock;           /* over all that follows */
	pthread_cond_t stop;
	pthread_t heart;
	struct listener *first;
	size_t count;
	int64_t number;                 /* of the last event */
	bool closed;
	struct notices *notices;        /* NULL: this is the only process */
};

/* One event a topic waits at most: the last number says it all. */
struct event {
	char topic[TOPIC_LEN];
	int64_t number;
};

struct listener {
	struct live *live;
	struct programme_id programme;
	int64_t login;
	time_t until, beat_at;          /* by the monotonic clock */
	struct event waiting[TOPICS];
	size_t nwaiting;
	bool beat;
	bool asleep;
	struct live_sleep sleep;
	struct listener *next, **link;
};

static time_t
seconds_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void
listener_wake(struct listener *l)
{
	if (!l->asleep)
		return;
	l->asleep = false;
	l->sleep.wake(l->sleep.arg);
}

static void
listener_beat(struct listener *l)
{
	l->beat_at = seconds_now() + HEARTBEAT_SECONDS;
	l->beat = true;
	listener_wake(l);
}

static void
beat_all(struct live *live)
{
	for (struct listener *l = live->first; l != NULL; l = l->next)
		listener_beat(l);
}

/* Each in its turn: a beat asks the database who it is. */
static void
beat_due(struct live *live)
{
	time_t now = seconds_now();

	for (struct listener *l = live->first; l != NULL; l = l->next)
		if (l->beat_at <= now)
			listener_beat(l);
}

static void *
heart_run(void *arg)
{
	struct live *live = arg;
	struct timespec at;

	(void)pthread_mutex_lock(&live->lock);
	while (!live->closed) {
		(void)clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_sec++;
		(void)pthread_cond_clockwait(&live->stop, &live->lock,
		    CLOCK_MONOTONIC, &at);
		beat_due(live);
	}
	(void)pthread_mutex_unlock(&live->lock);
	return NULL;
}

static void
listener_tell(struct listener *l, const char *topic, int64_t number)
{
	size_t i = 0;

	while (i < l->nwaiting && !text_same(l->waiting[i].topic, topic))
		i++;
	if (i == TOPICS)
		return;         /* eight other topics already make it reload */
	(void)snprintf(l->waiting[i].topic, TOPIC_LEN, "%s", topic);
	l->waiting[i].number = number;
	if (i == l->nwaiting)
		l->nwaiting++;
	listener_wake(l);
}

static void
tell(struct live *live, int64_t programme, const char *topic, int64_t number)
{
	for (struct listener *l = live->first; l != NULL; l = l->next)
		if (l->programme.v == programme)
			listener_tell(l, topic, number);
}

/* "PROGRAMME NUMBER TOPIC", as live_notify wrote it here or elsewhere. */
static void
hear_notice(void *arg, const char *text)
{
	struct live *live = arg;
	int64_t programme, number;
	char topic[TOPIC_LEN];

	if (sscanf(text, "%" SCNd64 " %" SCNd64 " %31s", &programme, &number,
	    topic) != 3)
		return;
	(void)pthread_mutex_lock(&live->lock);
	tell(live, programme, topic, number);
	(void)pthread_mutex_unlock(&live->lock);
}

static void
miss_notices(void *arg)
{
	struct live *live = arg;

	(void)pthread_mutex_lock(&live->lock);
	for (struct listener *l = live->first; l != NULL; l = l->next)
		listener_tell(l, every_topic, 0);
	(void)pthread_mutex_unlock(&live->lock);
}

Err
live_start(struct arena *arena, const char *database, struct live **out)
{
	struct live *live = ARENA_NEW(arena, struct live, 1);
	const struct notice_hearer hearer = { hear_notice, miss_notices,
	    live };
	Err err;

	(void)pthread_mutex_init(&live->lock, NULL);
	(void)pthread_cond_init(&live->stop, NULL);
	if (pthread_create(&live->heart, NULL, heart_run, live) != 0)
		return err_make(arena, ERR_FAILED,
		    "no thread for live pages");
	err = notices_start(arena, database, &hearer, &live->notices);
	if (err == OK)
		*out = live;
	else
		live_stop(live);
	return err;
}

void
live_beat(struct live *live)
{
	(void)pthread_mutex_lock(&live->lock);
	beat_all(live);
	(void)pthread_mutex_unlock(&live->lock);
}

void
live_close(struct live *live)
{
	(void)pthread_mutex_lock(&live->lock);
	live->closed = true;
	(void)pthread_cond_signal(&live->stop);
	beat_all(live);
	(void)pthread_mutex_unlock(&live->lock);
}

void
live_stop(struct live *live)
{
	notices_stop(live->notices);
	live_close(live);
	(void)pthread_join(live->heart, NULL);
	ASSERT(live->first == NULL);
	(void)pthread_cond_destroy(&live->stop);
	(void)pthread_mutex_destroy(&live->lock);
}

struct listener *
live_listen(struct live *live, struct programme_id programme, int64_t login)
{
	struct listener *l = calloc(1, sizeof *l);

	if (l == NULL)
		return NULL;
	l->live = live;
	l->programme = programme;
	l->login = login;
	l->until = seconds_now() + STREAM_SECONDS;
	l->beat_at = seconds_now() + HEARTBEAT_SECONDS;
	l->beat = true;         /* so that the browser knows it is heard */
	(void)pthread_mutex_lock(&live->lock);
	l->next = live->first;
	l->link = &live->first;
	if (l->next != NULL)
		l->next->link = &l->next;
	live->first = l;
	live->count++;
	(void)pthread_mutex_unlock(&live->lock);
	return l;
}

void
live_leave(struct listener *l)
{
	struct live *live = l->live;

	(void)pthread_mutex_lock(&live->lock);
	*l->link = l->next;
	if (l->next != NULL)
		l->next->link = l->link;
	live->count--;
	(void)pthread_mutex_unlock(&live->lock);
	free(l);
}

bool
live_is_due(struct listener *l)
{
	bool due;

	(void)pthread_mutex_lock(&l->live->lock);
	due = l->beat;
	(void)pthread_mutex_unlock(&l->live->lock);
	return due;
}

static long
print_event(struct event *e, char *p, size_t n)
{
	return snprintf(p, n, "event: changed\ndata: %s %" PRId64 "\n\n",
	    e->topic, e->number);
}

static long
print_next(struct listener *l, char *p, size_t n)
{
	if (!l->beat)
		return print_event(&l->waiting[--l->nwaiting], p, n);
	l->beat = false;
	return snprintf(p, n, ": here\n\n");
}

long
live_read(struct listener *l, char *p, size_t n,
    const struct live_sleep *sleep)
{
	long got = LIVE_WAIT;

	(void)pthread_mutex_lock(&l->live->lock);
	if (l->live->closed || seconds_now() > l->until) {
		got = LIVE_END;
	} else if (l->nwaiting > 0 || l->beat) {
		got = print_next(l, p, n);
	} else {
		l->sleep = *sleep;
		l->asleep = true;
		sleep->sleep(sleep->arg);
	}
	(void)pthread_mutex_unlock(&l->live->lock);
	return got < (long)n ? got : LIVE_END;
}

size_t
live_count(struct live *live)
{
	size_t n;

	(void)pthread_mutex_lock(&live->lock);
	n = live->count;
	(void)pthread_mutex_unlock(&live->lock);
	return n;
}

void
live_tell(struct req *r, const char *topic)
{
	struct req_private *p = r->private;

	if (p == NULL)
		return;         /* a command, not a request: nobody is served */
	ASSERT(strlen(topic) < TOPIC_LEN);
	for (size_t i = 0; i < p->ntold; i++)
		if (text_same(p->told[i], topic))
			return;
	if (p->ntold < LEN(p->told))
		p->told[p->ntold++] = topic;
	else
		p->told[0] = every_topic;       /* too many to name */
}

Err
live_notify(struct req *r)
{
	for (size_t i = 0; i < r->private->ntold; i++)
		TRY(notice_send(r->db, r->arena, text_fmt(r->arena,
		    "%" PRId64 " %" PRId64 " %s", r->programme.id.v,
		    r->private->exchange->number, r->private->told[i])));
	return OK;
}

void
live_publish(const struct req *r)
{
	struct live *live = r->site->live;

	if (live == NULL || live->notices != NULL || r->private->ntold == 0)
		return;
	(void)pthread_mutex_lock(&live->lock);
	live->number++;
	for (size_t i = 0; i < r->private->ntold; i++)
		tell(live, r->programme.id.v, r->private->told[i],
		    live->number);
	(void)pthread_mutex_unlock(&live->lock);
}

static bool
has_too_many(struct live *live, int64_t login)
{
	size_t n = 0;

	(void)pthread_mutex_lock(&live->lock);
	for (struct listener *l = live->first; l != NULL; l = l->next)
		n += l->login == login;
	(void)pthread_mutex_unlock(&live->lock);
	return n >= LIVE_PER_LOGIN;
}

Err
reply_live(struct req *r)
{
	if (r->site->live != NULL && r->viewer.login != 0 &&
	    has_too_many(r->site->live, r->viewer.login))
		return reply_too_often(r, HEARTBEAT_SECONDS);
	r->reply->status = 200;
	r->reply->type = "text/event-stream; charset=utf-8";
	r->reply->live = true;
	return OK;
}
