/*
 * Many at once.
 */
#include <string.h>
#include <unistd.h>

#include "web/test_socket.h"

static void
send_all(const struct running *r, int *fds, size_t n, const char *request)
{
	for (size_t i = 0; i < n; i++) {
		fds[i] = socket_connect(r);
		socket_send(fds[i], request, strlen(request));
	}
}

TEST(a_flood_of_slow_forms_keeps_nobody_from_reading)
{
	static const char *const others[] = {
		"GET /readyz HTTP/1.1\r\n" HOST LAST,
		"GET /slow HTTP/1.1\r\n" HOST LAST,
		"GET /fryslan/today HTTP/1.1\r\n" HOST
		"Cookie: __Host-login=1\r\n" LAST,
	};
	SERVER(r);
	int fds[60];
	int64_t began;

	send_all(r, fds, LEN(fds), slow_form(r, 0));
	for (size_t i = 0; i < LEN(others); i++) {
		began = ms_now();
		EXPECT_INT_WHY(status_of(ask(r, others[i])), 200, others[i]);
		/* Behind the forms it would be a second and a half. */
		EXPECT_WHY(ms_now() - began < 1000, others[i]);
	}
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
}

TEST(a_slow_form_too_many_hears_when_to_come_back)
{
	SERVER(r);
	int fds[120], busy = 0;

	send_all(r, fds, LEN(fds), slow_form(r, 0));
	for (size_t i = 0; i < LEN(fds); i++) {
		const char *reply = socket_read(r->house->arena, fds[i],
		    3000);

		if (status_of(reply) == 503) {
			EXPECT(strstr(reply, "\r\nRetry-After: ") != NULL);
			busy++;
		}
		close(fds[i]);
	}
	EXPECT(busy > 0);
}

static int
status_from(const struct running *r, const char *address)
{
	static const char hello[] = "GET /hello HTTP/1.1\r\n" HOST LAST;
	int fd = socket_connect_from(r, address);
	const char *reply;

	socket_send(fd, hello, sizeof hello - 1);
	reply = socket_read(r->house->arena, fd, 1000);
	close(fd);
	return status_of(reply);
}

TEST(an_address_has_so_many_connections_and_our_proxy_has_more)
{
	CLEANUP(running_stop) struct running *r = running_start(
	    (struct server_config){ .address_limit = 5 });
	int fds[5], proxy[10];

	for (size_t i = 0; i < LEN(fds); i++)
		fds[i] = socket_connect_from(r, "127.0.0.5");
	for (size_t i = 0; i < LEN(proxy); i++)
		proxy[i] = socket_connect(r);
	pause_ms(100);
	EXPECT_INT(status_from(r, "127.0.0.5"), 0);
	EXPECT_INT(status_from(r, "127.0.0.6"), 200);
	EXPECT_INT(status_from(r, "127.0.0.1"), 200);
	close(fds[0]);
	pause_ms(100);
	EXPECT_INT(status_from(r, "127.0.0.5"), 200);
	for (size_t i = 1; i < LEN(fds); i++)
		close(fds[i]);
	for (size_t i = 0; i < LEN(proxy); i++)
		close(proxy[i]);
}
