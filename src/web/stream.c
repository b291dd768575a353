#include "web/stream.h"

#include <stdlib.h>

#include "web/answer.h"
#include "web/live_private.h"

enum { STREAM_BLOCK = 512 };

struct stream {
	struct hall *hall;
	struct MHD_Connection *connection;
	const struct exchange *exchange;
	struct listener *listener;
};

static void
sleep_now(void *connection)
{
	MHD_suspend_connection(connection);
}

static void
wake_up(void *connection)
{
	MHD_resume_connection(connection);
}

/* Signing out, or losing the role, ends what was opened before. */
static bool
may_still(const struct stream *s)
{
	struct reader *reader = hall_reader(s->hall);

	return reader != NULL && exchange_still(s->exchange, reader);
}

static ssize_t
stream_read(void *arg, uint64_t at, char *p, size_t n)
{
	struct stream *s = arg;
	struct live_sleep sleep = { sleep_now, wake_up, s->connection };
	long got = live_is_due(s->listener) && !may_still(s) ? LIVE_END
	    : live_read(s->listener, p, n, &sleep);

	return got == LIVE_END ? MHD_CONTENT_READER_END_OF_STREAM
	    : (ssize_t)got;
}

static void
stream_free(void *arg)
{
	struct stream *s = arg;

	live_leave(s->listener);
	free(s);
}

struct MHD_Response *
stream_make(struct hall *hall, struct MHD_Connection *connection,
    const struct exchange *x)
{
	struct live *live = x->service->site->live;
	struct stream *s = calloc(1, sizeof *s);
	struct MHD_Response *m;

	if (s == NULL)
		return NULL;
	*s = (struct stream){ hall, connection, x, NULL };
	s->listener = live == NULL ? NULL : live_listen(live,
	    x->req.programme.id, x->req.viewer.login);
	if (s->listener == NULL) {
		free(s);
		return NULL;
	}
	m = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK,
	    stream_read, s, stream_free);
	if (m == NULL)
		stream_free(s);
	else
		answer_headers_add(m, &x->reply, hall->https);
	return m;
}
