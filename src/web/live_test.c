/*
 * Live pages: browsers that hold a connection open and hear of changes.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "web/live_private.h"
#include "web/test_socket.h"

#define LAST_CHUNK "0\r\n\r\n"

static int
listen_as(const struct running *r, int person)
{
	const char *request = text_fmt(r->house->arena,
	    "GET /fryslan/live HTTP/1.1\r\n" HOST
	    "Cookie: __Host-login=%d\r\n\r\n", person);
	int fd = socket_connect(r);

	socket_send(fd, request, strlen(request));
	return fd;
}

static int
listen_live(const struct running *r)
{
	return listen_as(r, 1);
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

TEST(a_change_of_more_topics_than_can_be_named_is_one_of_all)
{
	SERVER(r);
	int fd = listen_live(r);

	(void)socket_read(r->house->arena, fd, 300);
	write_note(r, "many");
	EXPECT(strstr(socket_read(r->house->arena, fd, 300), "data: * ")
	    != NULL);
	close(fd);
}

static void
sign_out(const struct running *r)
{
	struct reply reply;

	r->house->fake.cookie = "__Host-login=1";
	EXPECT_OK(fake_post(&r->house->fake, "/leave", "", &reply));
	EXPECT_INT(reply.status, 303);
}

TEST(a_live_page_ends_when_its_reader_signs_out)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	int leaves = listen_as(r, 1), stays = listen_as(r, 2);

	(void)socket_read(a, leaves, 300);
	(void)socket_read(a, stays, 300);
	sign_out(r);
	live_beat(r->house->site.live);
	EXPECT_TEXT(socket_read(a, leaves, 300), LAST_CHUNK);
	EXPECT_TEXT(socket_read(a, stays, 300), "8\r\n: here\n\n\r\n");
	close(leaves);
	close(stays);
}

TEST(a_login_has_ten_live_pages_at_most)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	int fds[LIVE_PER_LOGIN], more, other;

	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = listen_as(r, 1);
		EXPECT_INT(status_of(socket_read(a, fds[i], 100)), 200);
	}
	more = listen_as(r, 1);
	EXPECT_INT(status_of(socket_read(a, more, 300)), 429);
	other = listen_as(r, 2);
	EXPECT_INT(status_of(socket_read(a, other, 300)), 200);
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
	close(more);
	close(other);
}

TEST(live_pages_that_wait_cost_no_time)
{
	SERVER(r);
	int fds[90];
	clock_t before;

	for (size_t i = 0; i < LEN(fds); i++)
		fds[i] = listen_as(r, (int)i / 10 + 1);
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
