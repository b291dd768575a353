#include "web/guard.h"

#include <pthread.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "web/answer.h"

enum { FDS = 65536, LOCKS = 64 };

/*
 * The deadline of a descriptor and its phase in one number, so that both
 * change at once: seconds * 8 + phase; 0 for none.  The locks keep the
 * reaper from touching a descriptor that was closed and given out anew.
 */
struct guard {
	_Atomic int64_t deadline[FDS];
	pthread_mutex_t closing[LOCKS];
	_Atomic int highest;
	struct guard_rules rules;
	const char *too_slow;
	_Atomic int open;
	struct meter *meter;
	pthread_t reaper;
	pthread_mutex_t lock;           /* over stopping */
	pthread_cond_t stop;
	bool stopping;
};

static int64_t
seconds_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

static int
fd_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CONNECTION_FD);

	return info == NULL || info->connect_fd >= FDS ? -1
	    : info->connect_fd;
}

static int
seconds_of(const struct guard *g, enum guard_phase phase)
{
	switch (phase) {
	case GUARD_HEADER:
		return g->rules.header;
	case GUARD_IDLE:
		return atomic_load(&g->open) > g->rules.crowd
		    ? g->rules.header : g->rules.idle;
	case GUARD_BODY:
		return g->rules.body;
	case GUARD_REPLY:
		return g->rules.reply;
	case GUARD_NOTHING:
		break;
	}
	return 0;
}

static void
set_deadline(struct guard *g, int fd, enum guard_phase phase)
{
	int seconds = seconds_of(g, phase);

	atomic_store(&g->deadline[fd], seconds == 0 ? 0
	    : (seconds_now() + seconds) * 8 + (int64_t)phase);
}

void
guard_enter(struct guard *g, struct MHD_Connection *c,
    enum guard_phase phase)
{
	int fd = fd_of(c);

	if (fd < 0 || (phase == GUARD_HEADER &&
	    atomic_load(&g->deadline[fd]) % 8 == GUARD_HEADER))
		return;
	set_deadline(g, fd, phase);
}

static void
note_highest(struct guard *g, int fd)
{
	int seen = atomic_load(&g->highest);

	while (fd > seen &&
	    !atomic_compare_exchange_weak(&g->highest, &seen, fd))
		continue;
}

void
guard_notify(struct guard *g, struct MHD_Connection *c,
    enum MHD_ConnectionNotificationCode code)
{
	bool begins = code == MHD_CONNECTION_NOTIFY_STARTED;
	int fd = fd_of(c);

	atomic_fetch_add(&g->open, begins ? 1 : -1);
	if (fd < 0)
		return;
	note_highest(g, fd);
	(void)pthread_mutex_lock(&g->closing[fd % LOCKS]);
	set_deadline(g, fd, begins ? GUARD_HEADER : GUARD_NOTHING);
	(void)pthread_mutex_unlock(&g->closing[fd % LOCKS]);
}

/*
 * While a request comes in nothing was sent yet, so a 408 can be said past
 * libmicrohttpd; after that it would stand in the middle of something.
 */
static void
say_too_slow(const struct guard *g, int fd, enum guard_phase phase)
{
	if (phase == GUARD_HEADER || phase == GUARD_BODY)
		(void)send(fd, g->too_slow, strlen(g->too_slow),
		    MSG_DONTWAIT | MSG_NOSIGNAL);
}

static const char *
make_too_slow(struct arena *arena, bool https)
{
	struct buf b = buf_make(arena);

	buf_text(&b, "HTTP/1.1 408 Request Timeout\r\n"
	    "Content-Length: 0\r\nCache-Control: no-store\r\n");
	for (size_t i = 0; i < nanswer_headers; i++)
		buf_fmt(&b, "%s: %s\r\n", answer_headers[i].name,
		    answer_headers[i].value);
	if (https)
		buf_fmt(&b, "%s: %s\r\n", answer_https_header.name,
		    answer_https_header.value);
	buf_text(&b, "Connection: close\r\n\r\n");
	return buf_get(&b);
}

static void
cut(struct guard *g, int fd, int64_t deadline)
{
	(void)pthread_mutex_lock(&g->closing[fd % LOCKS]);
	if (atomic_compare_exchange_strong(&g->deadline[fd], &deadline, 0)) {
		say_too_slow(g, fd, (enum guard_phase)(deadline % 8));
		(void)shutdown(fd, SHUT_RDWR);
		atomic_fetch_add(&g->meter->cut, 1);
	}
	(void)pthread_mutex_unlock(&g->closing[fd % LOCKS]);
}

static void
reap(struct guard *g)
{
	int64_t now = seconds_now();
	int highest = atomic_load(&g->highest);

	for (int fd = 0; fd <= highest; fd++) {
		int64_t deadline = atomic_load_explicit(&g->deadline[fd],
		    memory_order_relaxed);

		if (deadline != 0 && now > deadline / 8)
			cut(g, fd, deadline);
	}
}

bool
guard_expects(struct guard *g)
{
	int highest = atomic_load(&g->highest);

	for (int fd = 0; fd <= highest; fd++)
		if (atomic_load(&g->deadline[fd]) % 8 == GUARD_HEADER)
			return true;
	return false;
}

static void *
reaper_run(void *arg)
{
	struct guard *g = arg;
	struct timespec at;

	(void)pthread_mutex_lock(&g->lock);
	while (!g->stopping) {
		(void)clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_sec++;
		(void)pthread_cond_clockwait(&g->stop, &g->lock,
		    CLOCK_MONOTONIC, &at);
		reap(g);
	}
	(void)pthread_mutex_unlock(&g->lock);
	return NULL;
}

Err
guard_start(struct arena *arena, const struct guard_rules *rules,
    struct meter *meter, struct guard **out)
{
	struct guard *g = ARENA_NEW(arena, struct guard, 1);

	g->rules = *rules;
	g->too_slow = make_too_slow(arena, rules->https);
	g->meter = meter;
	for (int i = 0; i < LOCKS; i++)
		(void)pthread_mutex_init(&g->closing[i], NULL);
	(void)pthread_mutex_init(&g->lock, NULL);
	(void)pthread_cond_init(&g->stop, NULL);
	if (pthread_create(&g->reaper, NULL, reaper_run, g) != 0)
		return err_make(arena, ERR_FAILED,
		    "no thread for deadlines");
	*out = g;
	return OK;
}

void
guard_stop(struct guard *g)
{
	(void)pthread_mutex_lock(&g->lock);
	g->stopping = true;
	(void)pthread_cond_signal(&g->stop);
	(void)pthread_mutex_unlock(&g->lock);
	(void)pthread_join(g->reaper, NULL);
}
