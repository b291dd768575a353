#include "web/door.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

enum { FULL_WAIT = 10 };        /* milliseconds until we look again */

struct door {
	struct MHD_Daemon *daemon;
	unsigned limit;
	int socket;
	int told;               /* readable once it must close */
	pthread_t thread;
};

static bool
is_full(const struct door *d)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(d->daemon,
	    MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

	return info != NULL && info->num_connections >= d->limit;
}

/* True when it must close; SOCKET -1 only waits a little. */
static bool
wait_for(const struct door *d, int socket)
{
	struct pollfd fds[] = {
		{ d->told, POLLIN, 0 }, { socket, POLLIN, 0 },
	};

	(void)poll(fds, 2, socket < 0 ? FULL_WAIT : -1);
	return fds[0].revents != 0;
}

/* False when there is no file descriptor left for another one. */
static bool
let_in(const struct door *d)
{
	struct sockaddr_storage from;
	socklen_t n = sizeof from;
	int fd = accept4(d->socket, (struct sockaddr *)&from, &n,
	    SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return errno != EMFILE && errno != ENFILE;
	/* It closes what it does not take. */
	(void)MHD_add_connection(d->daemon, fd, (struct sockaddr *)&from, n);
	return true;
}

static void *
stand(void *arg)
{
	struct door *d = arg;

	while (!wait_for(d, is_full(d) ? -1 : d->socket)) {
		if (!is_full(d) && !let_in(d) && wait_for(d, -1))
			break;
	}
	return NULL;
}

Err
door_open(struct arena *arena, struct MHD_Daemon *daemon, int socket,
    unsigned limit, struct door **out)
{
	struct door *d = ARENA_NEW(arena, struct door, 1);

	*d = (struct door){ .daemon = daemon, .limit = limit,
		.socket = socket, .told = eventfd(0, EFD_CLOEXEC) };
	if (d->told < 0 ||
	    pthread_create(&d->thread, NULL, stand, d) != 0)
		return err_make(arena, ERR_FAILED, "no thread to accept: %s",
		    strerror(errno));
	*out = d;
	return OK;
}

void
door_close(struct door *d)
{
	(void)eventfd_write(d->told, 1);
	(void)pthread_join(d->thread, NULL);
	(void)close(d->told);
}
