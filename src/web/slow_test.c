/*
 * Clients that take their time.
 */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/test_socket.h"

/* How long the other side takes PART again and again after BEGIN. */
static int64_t
drips(int fd, const char *begin, const char *part)
{
	int64_t began = ms_now();
	struct pollfd p = { .fd = fd, .events = POLLIN };

	socket_send(fd, begin, strlen(begin));
	while (ms_now() - began < 8000 && poll(&p, 1, 100) == 0)
		socket_send(fd, part, strlen(part));
	close(fd);
	return ms_now() - began;
}

static int64_t
bears(const struct running *r, const char *begin, const char *part)
{
	return drips(socket_connect(r), begin, part);
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
	const char *reply = ask(r, "GET /hello HTTP/1.1\r\n" HOST);

	EXPECT_INT(status_of(reply), 408);
	EXPECT_TEXT(header_lacking(r, reply), "");
}

TEST(an_idle_connection_is_closed_without_a_word)
{
	SERVER(r);

	EXPECT_INT(count_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST "\r\n"),
	    "HTTP/1.1 "), 1);
}

static const char kept[] = "GET /hello HTTP/1.1\r\n" HOST "\r\n";

/* A connection that has had its answer and lies idle. */
static int
keep(const struct running *r)
{
	int fd = socket_connect(r);

	socket_send(fd, kept, sizeof kept - 1);
	EXPECT_INT(status_of(socket_read(r->house->arena, fd, 100)), 200);
	return fd;
}

TEST(an_idle_connection_outlives_the_time_for_headers)
{
	CLEANUP(running_stop) struct running *r = running_start(
	    (struct server_config){ .header_seconds = 1 });
	int fd = keep(r);

	EXPECT_TEXT(socket_read(r->house->arena, fd, 3000), "");
	socket_send(fd, kept, sizeof kept - 1);
	EXPECT_INT(status_of(socket_read(r->house->arena, fd, 100)), 200);
	close(fd);
}

TEST(a_header_that_drips_into_an_idle_connection_is_cut)
{
	CLEANUP(running_stop) struct running *r = running_start(
	    (struct server_config){ .header_seconds = 1 });
	int fd = keep(r);

	EXPECT(drips(fd, "GET /hello HTTP/1.1\r\n" HOST, "X: a\r\n")
	    < 4000);
}

TEST(in_a_crowd_idle_connections_are_closed_soon)
{
	CLEANUP(running_stop) struct running *r = running_start(
	    (struct server_config){ .header_seconds = 1,
	    .connection_limit = 4 });
	int fds[3];

	for (size_t i = 0; i < LEN(fds); i++)
		fds[i] = keep(r);
	pause_ms(900);
	pause_ms(900);
	pause_ms(900);
	EXPECT_INT(recv(fds[2], &(char){ 0 }, 1, MSG_DONTWAIT), 0);
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
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
