#include "web/stream.h"

#include <stdlib.h>

#include "web/answer.h"
#include "web/live_private.h"
#include "web/site.h"

enum { STREAM_BLOCK = 512 };

struct stream {
	struct MHD_Connection *connection;
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

static ssize_t
stream_read(void *arg, uint64_t at, char *p, size_t n)
{
	struct stream *s = arg;
	struct live_sleep sleep = { sleep_now, wake_up, s->connection };
	long got = live_read(s->listener, p, n, &sleep);

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
stream_make(struct MHD_Connection *connection, const struct req *r,
    bool https)
{
	struct stream *s = calloc(1, sizeof *s);
	struct MHD_Response *m;

	if (s == NULL)
		return NULL;
	s->connection = connection;
	s->listener = r->site->live == NULL ? NULL
	    : live_listen(r->site->live, r->programme.id);
	if (s->listener == NULL) {
		free(s);
		return NULL;
	}
	m = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK,
	    stream_read, s, stream_free);
	if (m == NULL)
		stream_free(s);
	else
		answer_headers_add(m, r->reply, https);
	return m;
}
