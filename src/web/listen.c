#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

enum { BACKLOG = 1024 };

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	struct sockaddr_storage room;
};

/* The length of what was read, 0 when it is no address. */
static socklen_t
address_read(const char *host, in_port_t port, union address *out)
{
	*out = (union address){ 0 };
	if (inet_pton(AF_INET, host, &out->four.sin_addr) == 1) {
		out->four.sin_family = AF_INET;
		out->four.sin_port = htons(port);
		return sizeof out->four;
	}
	if (inet_pton(AF_INET6, host, &out->six.sin6_addr) == 1) {
		out->six.sin6_family = AF_INET6;
		out->six.sin6_port = htons(port);
		return sizeof out->six;
	}
	return 0;
}

static socklen_t
address_parse(struct arena *arena, const char *text, union address *out)
{
	const char *colon = strrchr(text, ':');
	size_t n = colon == NULL ? 0 : (size_t)(colon - text);
	int64_t port;

	if (colon == NULL || !text_to_int(colon + 1, &port) || port < 0 ||
	    port > 65535)
		return 0;
	if (n >= 2 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	}
	return address_read(text_copy_n(arena, text, n), (in_port_t)port,
	    out);
}

static bool
socket_ready(int fd, const union address *a, socklen_t n)
{
	const int on = 1;

	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
	    && bind(fd, &a->any, n) == 0 && listen(fd, BACKLOG) == 0;
}

Err
listen_open(struct arena *arena, const char *address, int *out)
{
	union address a;
	socklen_t n = address_parse(arena, address, &a);
	int fd;

	if (n == 0)
		return err_make(arena, ERR_INPUT,
		    "%s: not an address like 127.0.0.1:8080", address);
	fd = socket(a.any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_make(arena, ERR_FAILED, "a socket: %s",
		    strerror(errno));
	if (!socket_ready(fd, &a, n)) {
		Err err = err_make(arena, ERR_FAILED, "%s: %s", address,
		    strerror(errno));

		(void)close(fd);
		return err;
	}
	*out = fd;
	return OK;
}

Err
listen_adopt(struct arena *arena, int fd)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
		return err_make(arena, ERR_FAILED, "the socket given: %s",
		    strerror(errno));
	return OK;
}

int
listen_port(int fd)
{
	union address a = { 0 };
	socklen_t n = sizeof a;

	if (getsockname(fd, &a.any, &n) != 0)
		return 0;
	return ntohs(a.any.sa_family == AF_INET6 ? a.six.sin6_port
	    : a.four.sin_port);
}
