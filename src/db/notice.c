#include "db/notice.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "db/driver.h"

enum { RETRY_MS = 500 };

struct notices {
	const char *conninfo;
	struct notice_hearer hearer;
	pthread_t thread;
	int stop;               /* an eventfd, readable when it is time */
};

static bool
listen_on(PGconn *conn)
{
	PGresult *r;
	bool listens;

	if (PQstatus(conn) != CONNECTION_OK)
		return false;
	r = PQexec(conn, "LISTEN fjouwer");
	listens = PQresultStatus(r) == PGRES_COMMAND_OK;
	PQclear(r);
	return listens;
}

/* Whether it is time to stop, which is waited for so long. */
static bool
is_told_to_stop(const struct notices *n, int ms)
{
	struct pollfd stop = { .fd = n->stop, .events = POLLIN };

	return poll(&stop, 1, ms) > 0;
}

static void
hear_what_came(const struct notices *n, PGconn *conn)
{
	PGnotify *notice;

	while ((notice = PQnotifies(conn)) != NULL) {
		n->hearer.heard(n->hearer.arg, notice->extra);
		PQfreemem(notice);
	}
}

/* Until the connection is lost, or it is time to stop. */
static void
hear(const struct notices *n, PGconn *conn)
{
	struct pollfd fds[] = {
		{ .fd = PQsocket(conn), .events = POLLIN },
		{ .fd = n->stop, .events = POLLIN },
	};

	do {
		hear_what_came(n, conn);
		if (poll(fds, LEN(fds), -1) < 0 && errno != EINTR)
			return;
	} while (fds[1].revents == 0 && PQconsumeInput(conn) == 1);
}

static void *
notices_main(void *arg)
{
	struct notices *n = arg;

	do {
		PGconn *conn = postgres_connect(n->conninfo,
		    "fjouwer notices");

		if (listen_on(conn)) {
			n->hearer.missed(n->hearer.arg);
			hear(n, conn);
			if (!is_told_to_stop(n, 0))
				LOG(LOG_WARN, "listening again",
				    LOG_TEXT("why", "the connection is lost"));
		}
		PQfinish(conn);
	} while (!is_told_to_stop(n, RETRY_MS));
	return NULL;
}

Err
notices_start(struct arena *arena, const char *url,
    const struct notice_hearer *hearer, struct notices **out)
{
	struct notices *n;

	*out = NULL;
	if (!text_begins(url, "postgres:"))
		return OK;
	n = ARENA_NEW(arena, struct notices, 1);
	n->conninfo = url + strlen("postgres:");
	n->hearer = *hearer;
	n->stop = eventfd(0, EFD_CLOEXEC);
	if (n->stop < 0)
		return err_make(arena, ERR_FAILED, "listening: %s",
		    strerror(errno));
	if (pthread_create(&n->thread, NULL, notices_main, n) != 0) {
		(void)close(n->stop);
		return err_make(arena, ERR_FAILED, "no thread to listen with");
	}
	*out = n;
	return OK;
}

void
notices_stop(struct notices *n)
{
	if (n == NULL)
		return;
	(void)eventfd_write(n->stop, 1);
	(void)pthread_join(n->thread, NULL);
	(void)close(n->stop);
}

Err
notice_send(struct db *db, struct arena *arena, const char *text)
{
	static const struct db_statement notify = {
		"notice_send", NULL, "SELECT pg_notify('fjouwer', $1)",
	};
	const struct db_value value = db_value_text(text);
	struct db_cursor c;

	if (db_kind(db) != DB_POSTGRES)
		return OK;
	db_run(db, arena, &notify, &value, 1, &c);
	return db_end(&c, NULL);
}
