#include "web/test_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "web/answer.h"

struct running *
running_start(struct server_config config)
{
	struct house *h = house_open();
	struct running *r = ARENA_NEW(h->arena, struct running, 1);

	config.site = &h->site;
	config.listen = "127.0.0.1:0";
	config.socket = -1;
	r->house = h;
	EXPECT_OK(server_start(h->arena, &config, &r->server));
	return r;
}

void
running_stop(struct running **r)
{
	server_stop((*r)->server, 2);
	house_close((*r)->house);
}

int
socket_connect(const struct running *r)
{
	return socket_connect_from(r, "127.0.0.1");
}

int
socket_connect_from(const struct running *r, const char *address)
{
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons((in_port_t)server_port(r->server)),
	    .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	EXPECT(inet_pton(AF_INET, address, &from.sin_addr) == 1);
	EXPECT(bind(fd, (struct sockaddr *)&from, sizeof from) == 0);
	EXPECT(connect(fd, (struct sockaddr *)&a, sizeof a) == 0);
	return fd;
}

void
socket_send(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;         /* refused before the end */
		p += sent;
		n -= (size_t)sent;
	}
}

const char *
socket_read(struct arena *arena, int fd, int ms)
{
	struct buf b = buf_make(arena);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char chunk[4096];
	ssize_t n;

	while (poll(&p, 1, ms) == 1 &&
	    (n = recv(fd, chunk, sizeof chunk, 0)) > 0)
		buf_add(&b, chunk, (size_t)n);
	return buf_get(&b);
}

const char *
ask_bytes(const struct running *r, const char *p, size_t n)
{
	int fd = socket_connect(r);
	const char *reply;

	socket_send(fd, p, n);
	reply = socket_read(r->house->arena, fd, 3000);
	close(fd);
	return reply;
}

const char *
ask(const struct running *r, const char *request)
{
	return ask_bytes(r, request, strlen(request));
}

const char *
slow_form(const struct running *r, int n)
{
	struct arena *a = r->house->arena;
	const char *form = ask(r, "GET /form HTTP/1.1\r\n" HOST
	    "Cookie: __Host-login=1\r\n" LAST);
	const char *token = strstr(form, "\r\n\r\n") + 4;
	const char *body = text_fmt(a, "title=hash%d&_token=%.*s", n,
	    (int)strcspn(token, " "), token);

	return text_fmt(a, "POST /slow HTTP/1.1\r\n" HOST FORM
	    "Cookie: __Host-login=1\r\nContent-Length: %zu\r\n" LAST "%s",
	    strlen(body), body);
}

int
status_of(const char *reply)
{
	return strncmp(reply, "HTTP/1.", 7) != 0 ? 0
	    : (int)strtol(reply + 9, NULL, 10);
}

const char *
header_lacking(const struct running *r, const char *reply)
{
	for (size_t i = 0; i < nanswer_headers; i++)
		if (strstr(reply, text_fmt(r->house->arena, "\r\n%s: %s\r\n",
		    answer_headers[i].name, answer_headers[i].value)) == NULL)
			return answer_headers[i].name;
	return strstr(reply, "\r\nCache-Control: ") == NULL
	    ? "Cache-Control" : "";
}

int
count_of(const char *text, const char *part)
{
	int n = 0;

	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		n++;
	}
	return n;
}

const char *
text_repeat(struct arena *arena, const char *before, const char *part, int n,
    const char *after)
{
	struct buf b = buf_make(arena);

	buf_text(&b, before);
	for (int i = 0; i < n; i++)
		buf_text(&b, part);
	buf_text(&b, after);
	return buf_get(&b);
}

int64_t
ms_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
pause_ms(int ms)
{
	struct timespec t = { .tv_nsec = ms * 1000000L };

	(void)nanosleep(&t, NULL);
}
