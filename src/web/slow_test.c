/*
 * Clients that take their time.
 */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "web/test_socket.h"

static int64_t
bears(const struct running *r, const char *begin, const char *part)
{
	int fd = socket_connect(r);
	int64_t began = ms_now();
	struct pollfd p = { .fd = fd, .events = POLLIN };

	socket_send(fd, begin, strlen(begin));
	while (ms_now() - began < 8000 && poll(&p, 1, 100) == 0)
		socket_send(fd, part, strlen(part));
	close(fd);
	return ms_now() - began;
}

TEST(a_header_that_drips_in_is_cut)
{
	SERVER(r);

	EXPECT(bears(r, "GET /hello HTTP/1.1\r\n" HOST, "X: a\r\n") < 4000);
}

TEST(a_body_that_drips_in_is_cut)
{
	SERVER(r);

	EXPECT(bears(r, "POST /keep HTTP/1.1\r\n" HOST FORM
	    "Content-Length: 1000\r\n\r\n", "a") < 5000);
}

TEST(who_sends_too_slowly_hears_so)
{
	SERVER(r);

	EXPECT_INT(status_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST)), 408);
}

TEST(an_idle_connection_is_closed_without_a_word)
{
	SERVER(r);

	EXPECT_INT(count_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST "\r\n"),
	    "HTTP/1.1 "), 1);
}

TEST(four_hundred_stalled_clients_delay_nobody)
{
	SERVER(r);
	int fds[400];
	int64_t began;

	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = socket_connect(r);
		socket_send(fds[i], "GET /he", 7);
	}
	began = ms_now();
	EXPECT_INT(status_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST LAST)),
	    200);
	EXPECT(ms_now() - began < 1000);
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
}

TEST(a_client_that_leaves_before_the_answer_harms_nobody)
{
	SERVER(r);

	for (int i = 0; i < 50; i++) {
		int fd = socket_connect(r);

		socket_send(fd, "GET /slow HTTP/1.1\r\n" HOST LAST,
		    strlen("GET /slow HTTP/1.1\r\n" HOST LAST));
		close(fd);
	}
	EXPECT_INT(status_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST LAST)),
	    200);
}
