/*
 * Live pages: browsers that hold a connection open and hear of changes.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "web/test_socket.h"

static int
listen_live(const struct running *r)
{
	static const char request[] = "GET /fryslan/live HTTP/1.1\r\n" HOST
	    "Cookie: __Host-login=1\r\n\r\n";
	int fd = socket_connect(r);

	socket_send(fd, request, sizeof request - 1);
	return fd;
}

static void
write_note(const struct running *r, const char *title)
{
	struct reply reply;

	r->house->fake.cookie = "__Host-login=1";
	EXPECT_OK(fake_post(&r->house->fake, "/fryslan/notes",
	    text_fmt(r->house->arena, "title=%s", title), &reply));
	EXPECT_INT(reply.status, 303);
}

TEST(a_live_page_hears_of_a_change_after_its_commit)
{
	SERVER(r);
	int fd = listen_live(r);
	const char *hello = socket_read(r->house->arena, fd, 300);

	EXPECT_INT(status_of(hello), 200);
	EXPECT(strstr(hello, "text/event-stream") != NULL);
	write_note(r, "first");
	EXPECT(strstr(socket_read(r->house->arena, fd, 300),
	    "event: changed\ndata: notes ") != NULL);
	close(fd);
}

TEST(live_pages_that_wait_cost_no_time)
{
	SERVER(r);
	int fds[200];
	clock_t before;

	for (size_t i = 0; i < LEN(fds); i++)
		fds[i] = listen_live(r);
	pause_ms(500);
	before = clock();
	for (int i = 0; i < 5; i++)
		pause_ms(200);
	EXPECT((clock() - before) * 100 / CLOCKS_PER_SEC < 10);
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
}

TEST(live_pages_end_when_the_server_stops)
{
	struct running *r = running_start((struct server_config){ 0 });
	int fd = listen_live(r);
	int64_t began;

	(void)socket_read(r->house->arena, fd, 300);
	began = ms_now();
	running_stop(&r);
	EXPECT(ms_now() - began < 1500);
	close(fd);
}
