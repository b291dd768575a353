/*
 * The server over a real socket, with requests written out byte by byte.
 */
#include "web/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "web/answer.h"
#include "web/test_house.h"

#define HOST "Host: localhost\r\n"
#define LAST "Connection: close\r\n\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

struct running {
	struct house *house;
	struct server *server;
};

static struct running *
start(struct server_config config)
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

static void
stop(struct running **r)
{
	server_stop((*r)->server, 2);
	house_close((*r)->house);
}

#define SERVER(r) CLEANUP(stop) struct running *r =                      \
	start((struct server_config){ .header_seconds = 1,               \
	    .body_seconds = 2, .reply_seconds = 2 })

static int
connect_to(const struct running *r)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons((in_port_t)server_port(r->server)),
	    .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	EXPECT(connect(fd, (struct sockaddr *)&a, sizeof a) == 0);
	return fd;
}

static void
send_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;         /* refused before the end */
		p += sent;
		n -= (size_t)sent;
	}
}

/* What comes until the other side closes or is silent for MS. */
static const char *
read_all(struct arena *arena, int fd, int ms)
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

static const char *
ask_bytes(const struct running *r, const char *p, size_t n)
{
	int fd = connect_to(r);
	const char *reply;

	send_all(fd, p, n);
	reply = read_all(r->house->arena, fd, 3000);
	close(fd);
	return reply;
}

static const char *
ask(const struct running *r, const char *request)
{
	return ask_bytes(r, request, strlen(request));
}

/* 0 for a connection that was closed without a word. */
static int
status_of(const char *reply)
{
	return strncmp(reply, "HTTP/1.", 7) != 0 ? 0
	    : (int)strtol(reply + 9, NULL, 10);
}

static int
count(const char *text, const char *part)
{
	int n = 0;

	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		n++;
	}
	return n;
}

static const char *
repeat(struct arena *arena, const char *before, const char *part, int n,
    const char *after)
{
	struct buf b = buf_make(arena);

	buf_text(&b, before);
	for (int i = 0; i < n; i++)
		buf_text(&b, part);
	buf_text(&b, after);
	return buf_get(&b);
}

#define BODY "title=a&text=b"         /* 14 bytes */

TEST(hostile_requests_get_the_status_they_deserve)
{
	static const struct {
		const char *request;
		int status, other;      /* what may come instead; 0: cut */
		const char *why;
	} cases[] = {
		{ "GET /hello HTTP/1.1\r\n" HOST LAST, 200, 200, "control" },
		{ "GET /hello HTTP/1.0\r\n\r\n", 200, 200, "control, 1.0" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 14\r\n"
		  LAST BODY, 403, 403, "control: a POST without a token" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n" LAST "e\r\n" BODY
		  "\r\n0\r\n\r\n", 403, 403, "control: chunks" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 14\r\n"
		  "Content-Length: 5\r\n" LAST BODY, 400, 400,
		  "two lengths" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 14\r\n"
		  "Content-Length: 14\r\n" LAST BODY, 400, 400,
		  "two equal lengths" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 4\r\n"
		  "Transfer-Encoding: chunked\r\n" LAST "e\r\n" BODY
		  "\r\n0\r\n\r\n", 400, 400, "length and chunks" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n"
		  "Transfer-Encoding: identity\r\n" LAST BODY, 400, 400,
		  "two encodings" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: xchunked\r\n" LAST BODY, 400, 400,
		  "no encoding at all" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked, gzip\r\n" LAST BODY, 400,
		  400, "packed" },
		{ "POST /keep HTTP/1.0\r\n" FORM
		  "Transfer-Encoding: chunked\r\n" LAST "e\r\n" BODY
		  "\r\n0\r\n\r\n", 400, 400, "chunks in 1.0" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length : 14"
		  "\r\n" LAST BODY, 400, 400, "space before the colon" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: +14"
		  "\r\n" LAST BODY, 400, 400, "a plus" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: -1"
		  "\r\n" LAST BODY, 400, 400, "a minus" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 0xe"
		  "\r\n" LAST BODY, 400, 400, "hexadecimal" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 14, 14"
		  "\r\n" LAST BODY, 400, 400, "a list" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length:"
		  "\r\n" LAST BODY, 400, 400, "an empty length" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Content-Length: 18446744073709551630\r\n" LAST BODY, 400,
		  413, "a length that wraps" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Content-Length: 104857600\r\n" LAST BODY, 413, 413,
		  "100 MB" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n" LAST "0xe\r\n" BODY
		  "\r\n0\r\n\r\n", 400, 0, "a chunk's length with 0x" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n" LAST "-1\r\n" BODY
		  "\r\n0\r\n\r\n", 400, 0, "below zero" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n" LAST
		  "1000000000000000e\r\n" BODY "\r\n0\r\n\r\n", 413, 400,
		  "that wraps" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Transfer-Encoding: chunked\r\n" LAST "zz\r\n" BODY
		  "\r\n0\r\n\r\n", 400, 0, "that is none" },
		{ "GET /hello HTTP/1.1\r\n\r\n", 400, 400, "no host" },
		{ "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n" LAST, 400,
		  400, "two hosts" },
		{ "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n" LAST, 400,
		  400, "twice the same" },
		{ "GET /hello HTTP/1.1\r\nHost: a b\r\n" LAST, 400, 400,
		  "a space in the host" },
		{ "GET /hello HTTP/1.1\r\nHost: a/b\r\n" LAST, 400, 400,
		  "a path in the host" },
		{ "GET /hello HTTP/1.1\r\nHost: u@b\r\n" LAST, 400, 400,
		  "a user in the host" },
		{ "GET /hello HTTP/1.1\r\nHost:\r\n" LAST, 400, 400,
		  "an empty host" },
		{ "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\n" LAST, 400,
		  400, "a folded line" },
		{ "GET /hello HTTP/1.1\r\n" HOST ": a\r\n" LAST, 400, 400,
		  "no name" },
		{ "GET /hello HTTP/1.1\r\n" HOST "X Y: a\r\n" LAST, 400, 400,
		  "a space in a name" },
		{ "GET /hello HTTP/1.1\r\n" HOST "X\x01: a\r\n" LAST, 400,
		  400, "a control in a name" },
		{ "GET /hello HTTP/1.1\r\n" HOST "X: a\x01\r\n" LAST, 400,
		  400, "a control in a value" },
		{ "GET /hello HTTP/1.1\r\n" HOST "noise\r\n" LAST, 400, 400,
		  "no colon" },
		{ "GET /hello HTTP/2.0\r\n" HOST LAST, 505, 400,
		  "another version" },
		{ "GET /hello HTTP/9\r\n" HOST LAST, 505, 400,
		  "no version" },
		{ "GET\r\n\r\n", 400, 0, "a word" },
		{ "\x16\x03\x01\x02\x01\x01\xfc\x03\x03 \r\n\r\n", 400, 0,
		  "TLS to a plain port" },
		{ "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 400,
		  "HTTP/2 to a plain port" },
		{ "GET /%00 HTTP/1.1\r\n" HOST LAST, 400, 400,
		  "a NUL in the path" },
		{ "GET /%ff HTTP/1.1\r\n" HOST LAST, 400, 400,
		  "no UTF-8 in the path" },
		{ "GET /% HTTP/1.1\r\n" HOST LAST, 400, 400,
		  "half an escape" },
		{ "GET //evil.example HTTP/1.1\r\n" HOST LAST, 400, 400,
		  "an empty segment" },
		{ "GET http://evil.example/hello HTTP/1.1\r\n" HOST LAST, 400,
		  400, "as to a proxy" },
		{ "GET /static/../../etc/passwd HTTP/1.1\r\n" HOST LAST, 404,
		  404, "out of the tree" },
		{ "GET /static/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" HOST LAST,
		  404, 404, "the same, escaped" },
		{ "TRACE /hello HTTP/1.1\r\n" HOST LAST, 405, 405,
		  "a method that echoes" },
		{ "DELETE /hello HTTP/1.1\r\n" HOST LAST, 405, 405,
		  "a method we have not" },
		{ "BREW /hello HTTP/1.1\r\n" HOST LAST, 405, 405,
		  "nobody has" },
		{ "CONNECT evil.example:443 HTTP/1.1\r\n" HOST LAST, 400,
		  405, "a tunnel" },
		{ "POST /keep HTTP/1.1\r\n" HOST "Content-Type: text/xml\r\n"
		  "Content-Length: 14\r\n" LAST BODY, 415, 415, "no form" },
		{ "POST /keep HTTP/1.1\r\n" HOST "Content-Length: 14\r\n"
		  LAST BODY, 415, 415, "no type" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Origin: https://evil.example\r\nContent-Length: 14\r\n"
		  LAST BODY, 403, 403, "from another site" },
		{ "POST /keep HTTP/1.1\r\n" HOST FORM
		  "Sec-Fetch-Site: cross-site\r\nContent-Length: 14\r\n"
		  LAST BODY, 403, 403, "and the browser says so" },
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(cases); i++) {
		int got = status_of(ask(r, cases[i].request));

		if (got != cases[i].other)
			EXPECT_INT_WHY(got, cases[i].status, cases[i].why);
	}
	EXPECT_INT(house_count(r->house, "%"), 0);
}

TEST(a_refused_body_is_never_taken_for_the_next_request)
{
	static const char smuggled[] =
	    "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 0\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	    "GET /hello HTTP/1.1\r\n" HOST "\r\n";
	SERVER(r);

	EXPECT_INT(count(ask(r, smuggled), "HTTP/1.1 "), 1);
}

TEST(requests_sent_ahead_are_answered_in_turn)
{
	SERVER(r);

	EXPECT_INT(count(ask(r, "GET /hello HTTP/1.1\r\n" HOST "\r\n"
	    "GET /hello HTTP/1.1\r\n" HOST "\r\n"
	    "GET /hello HTTP/1.1\r\n" HOST LAST), "HTTP/1.1 200"), 3);
}

TEST(a_nul_in_a_header_is_refused)
{
	static const struct {
		const char *request;
		size_t n;
		const char *why;
	} cases[] = {
#define BYTES(s) (s), sizeof (s) - 1
		{ BYTES("GET /hello HTTP/1.1\r\n" HOST "X: a\0b\r\n" LAST),
		  "in a value" },
		{ BYTES("GET /hello HTTP/1.1\r\n" HOST "X: a\0\0b\r\n"
		  LAST), "two, like the end of a line" },
		{ BYTES("GET /hello HTTP/1.1\r\n" HOST
		  "Connection: close\r\nX: a\0b\r\n\r\n"), "in the last" },
		{ BYTES("GET /hello HTTP/1.1\r\n" HOST
		  "Connection: close\r\nX: a\0\0b\r\n\r\n"),
		  "two in the last" },
		{ BYTES("GET /hello HTTP/1.1\r\n" HOST "X\0Y: a\r\n" LAST),
		  "in a name" },
#undef BYTES
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(status_of(ask_bytes(r, cases[i].request,
		    cases[i].n)), 400, cases[i].why);
}

TEST(headers_as_real_clients_write_them_pass)
{
	static const char *const headers[] = {
		"X:a\r\n", "X: a \r\n", "X:  a\t\r\n", "X:\r\n", "X: \r\n",
		"Cookie: a=b; c=\"d\"\r\nAccept: */*;q=0.8\r\n",
		"Cookie: a=1\r\nCookie: b=2\r\n",
		"X: \xc3\xa9\r\n",
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(headers); i++)
		EXPECT_INT_WHY(status_of(ask(r, text_fmt(r->house->arena,
		    "GET /hello HTTP/1.1\r\n" HOST "%s" LAST, headers[i]))),
		    200, headers[i]);
}

TEST(what_is_too_long_is_refused_as_such)
{
	SERVER(r);
	struct arena *a = r->house->arena;

	EXPECT_INT(status_of(ask(r, repeat(a, "GET /", "a", 5000,
	    " HTTP/1.1\r\n" HOST LAST))), 414);
	EXPECT_INT(status_of(ask(r, repeat(a, "GET /hello HTTP/1.1\r\n" HOST
	    "X: ", "a", 20000, "\r\n" LAST))), 431);
	EXPECT_INT(status_of(ask(r, repeat(a, "GET /hello HTTP/1.1\r\n" HOST,
	    "A: b\r\n", 3000, LAST))), 431);
	EXPECT_INT(status_of(ask(r, repeat(a, "GET /hello HTTP/1.1\r\n" HOST
	    "X: ", "a", 200000, "\r\n" LAST))), 431);
}

TEST(a_body_past_the_limit_is_refused_even_in_chunks)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	const char *kilobyte = repeat(a, "400\r\n", "a", 1024, "\r\n");

	EXPECT_INT(status_of(ask(r, repeat(a, "POST /keep HTTP/1.1\r\n" HOST
	    FORM "Transfer-Encoding: chunked\r\n" LAST, kilobyte, 1100,
	    "0\r\n\r\n"))), 413);
}

TEST(ten_thousand_fields_are_refused)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	const char *body = repeat(a, "", "a=b&", 10000, "");

	EXPECT_INT(status_of(ask(r, text_fmt(a, "POST /keep HTTP/1.1\r\n"
	    HOST FORM "Content-Length: %zu\r\n" LAST "%s", strlen(body),
	    body))), 400);
}

TEST(every_answer_has_the_security_headers)
{
	static const char *const requests[] = {
		"GET /hello HTTP/1.1\r\n" HOST LAST,
		"HEAD /hello HTTP/1.1\r\n" HOST LAST,
		"GET /nothing/at/all HTTP/1.1\r\n" HOST LAST,
		"GET /fails HTTP/1.1\r\n" HOST LAST,
		"GET /hello?lang=fy HTTP/1.1\r\n" HOST LAST,
		"GET /static/app.css HTTP/1.1\r\n" HOST LAST,
		"POST /hello HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" LAST,
		"POST /keep HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" LAST,
		"GET /healthz HTTP/1.1\r\n" HOST LAST,
		"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n" LAST,
		"GET /fryslan/live HTTP/1.0\r\n"
		"Cookie: __Host-login=12\r\n\r\n",
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(requests); i++) {
		const char *reply = ask(r, requests[i]);

		for (size_t k = 0; k < nanswer_headers; k++)
			EXPECT_WHY(strstr(reply, text_fmt(r->house->arena,
			    "\r\n%s: %s\r\n", answer_headers[k].name,
			    answer_headers[k].value)) != NULL, requests[i]);
		EXPECT_WHY(strstr(reply, "\r\nCache-Control: ") != NULL,
		    requests[i]);
	}
}

TEST(a_site_on_https_says_so)
{
	static const char request[] = "GET /hello HTTP/1.1\r\n" HOST LAST;
	struct server_config config = { .listen = "127.0.0.1:0",
	    .socket = -1 };
	SERVER(r);

	EXPECT(strstr(ask(r, request), "Strict-Transport") == NULL);
	server_stop(r->server, 2);
	r->house->site.base_url = "https://mentor.example";
	config.site = &r->house->site;
	EXPECT_OK(server_start(r->house->arena, &config, &r->server));
	EXPECT(strstr(ask(r, request),
	    "Strict-Transport-Security: max-age=63072000") != NULL);
}

TEST(head_has_the_headers_and_no_body)
{
	SERVER(r);
	const char *reply = ask(r, "HEAD /hello HTTP/1.1\r\n" HOST LAST);

	EXPECT_INT(status_of(reply), 200);
	EXPECT(strstr(reply, "Content-Length: 9\r\n") != NULL);
	EXPECT(strstr(reply, "hello nl") == NULL);
}

TEST(a_known_path_tells_its_methods)
{
	SERVER(r);

	EXPECT(strstr(ask(r, "DELETE /keep HTTP/1.1\r\n" HOST LAST),
	    "\r\nAllow: POST\r\n") != NULL);
	EXPECT(strstr(ask(r, "DELETE /hello HTTP/1.1\r\n" HOST LAST),
	    "\r\nAllow: GET, HEAD\r\n") != NULL);
}

TEST(a_static_file_is_kept_for_ever_under_its_hash_only)
{
	SERVER(r);
	const char *old = ask(r, "GET /static/app.css?v=old HTTP/1.1\r\n"
	    HOST LAST);

	EXPECT(strstr(old, "Cache-Control: no-cache") != NULL);
	EXPECT(strstr(old, "Content-Type: text/css") != NULL);
}

static const char *
etag_of(struct arena *arena, const char *reply)
{
	const char *etag = strstr(reply, "ETag: ");

	EXPECT(etag != NULL);
	return text_copy_n(arena, etag + 6, strcspn(etag + 6, "\r"));
}

TEST(a_static_file_that_is_known_is_not_sent_again)
{
	SERVER(r);
	const char *etag = etag_of(r->house->arena,
	    ask(r, "GET /static/app.css HTTP/1.1\r\n" HOST LAST));
	const char *again = ask(r, text_fmt(r->house->arena,
	    "GET /static/app.css HTTP/1.1\r\n" HOST
	    "If-None-Match: %s\r\n" LAST, etag));

	EXPECT_INT(status_of(again), 304);
}

TEST(a_static_file_is_packed_for_who_can_unpack)
{
	SERVER(r);

	EXPECT(strstr(ask(r, "GET /static/app.css HTTP/1.1\r\n" HOST
	    "Accept-Encoding: br, gzip\r\n" LAST),
	    "Content-Encoding: gzip\r\n") != NULL);
	EXPECT(strstr(ask(r, "GET /static/app.css HTTP/1.1\r\n" HOST LAST),
	    "Content-Encoding") == NULL);
}

TEST(only_our_own_proxies_are_believed)
{
	static const struct {
		const char *forwarded, *network, *why;
	} cases[] = {
		{ "203.0.113.9", "203.0.113.9", "the proxy is ours" },
		{ "1.2.3.4, 203.0.113.9", "203.0.113.9",
		  "the left part is what the client says" },
		{ "203.0.113.9, 198.51.100.1", "203.0.113.9",
		  "two proxies of ours" },
		{ "1.2.3.4, 203.0.113.9, 198.51.100.1", "203.0.113.9",
		  "and a forged one" },
		{ "2001:db8:1:2::5", "2001:db8:1:2::/64", "IPv6" },
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(strstr(ask(r, text_fmt(r->house->arena,
		    "GET /where HTTP/1.1\r\n" HOST
		    "X-Forwarded-For: %s\r\n" LAST, cases[i].forwarded)),
		    text_fmt(r->house->arena, "\r\n\r\n%s",
		    cases[i].network)) != NULL, cases[i].why);
}

TEST(metrics_ask_for_their_token)
{
	SERVER(r);
	EXPECT_INT(status_of(ask(r, "GET /metrics HTTP/1.1\r\n" HOST LAST)),
	    404);
	EXPECT_INT(status_of(ask(r, "GET /metrics HTTP/1.1\r\n" HOST
	    "Authorization: Bearer count-mf\r\n" LAST)), 404);
	EXPECT(strstr(ask(r, "GET /metrics HTTP/1.1\r\n" HOST
	    "Authorization: Bearer count-me\r\n" LAST),
	    "fjouwer_requests_total{class=\"4xx\"} 2\n") != NULL);
}

/* ---- Time -------------------------------------------------------------- */

static int64_t
ms_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
pause_ms(int ms)
{
	struct timespec t = { .tv_nsec = ms * 1000000L };

	(void)nanosleep(&t, NULL);
}

/* How long the server bears PART again and again after BEGIN. */
static int64_t
bears(const struct running *r, const char *begin, const char *part)
{
	int fd = connect_to(r);
	int64_t began = ms_now();
	struct pollfd p = { .fd = fd, .events = POLLIN };

	send_all(fd, begin, strlen(begin));
	while (ms_now() - began < 8000 && poll(&p, 1, 100) == 0)
		send_all(fd, part, strlen(part));
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

	EXPECT_INT(count(ask(r, "GET /hello HTTP/1.1\r\n" HOST "\r\n"),
	    "HTTP/1.1 "), 1);
}

TEST(four_hundred_stalled_clients_delay_nobody)
{
	SERVER(r);
	int fds[400];
	int64_t began;

	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = connect_to(r);
		send_all(fds[i], "GET /he", 7);
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
		int fd = connect_to(r);

		send_all(fd, "GET /slow HTTP/1.1\r\n" HOST LAST,
		    strlen("GET /slow HTTP/1.1\r\n" HOST LAST));
		close(fd);
	}
	EXPECT_INT(status_of(ask(r, "GET /hello HTTP/1.1\r\n" HOST LAST)),
	    200);
}

/* ---- Live pages -------------------------------------------------------- */

static int
listen_live(const struct running *r)
{
	static const char request[] = "GET /fryslan/live HTTP/1.1\r\n" HOST
	    "Cookie: __Host-login=1\r\n\r\n";
	int fd = connect_to(r);

	send_all(fd, request, sizeof request - 1);
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
	const char *hello = read_all(r->house->arena, fd, 300);

	EXPECT_INT(status_of(hello), 200);
	EXPECT(strstr(hello, "text/event-stream") != NULL);
	write_note(r, "first");
	EXPECT(strstr(read_all(r->house->arena, fd, 300),
	    "event: changed\ndata: notes 1\n\n") != NULL);
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
	struct running *r = start((struct server_config){ 0 });
	int fd = listen_live(r);
	int64_t began;

	(void)read_all(r->house->arena, fd, 300);
	began = ms_now();
	stop(&r);
	EXPECT(ms_now() - began < 1500);
	close(fd);
}

/* ---- Beginning and end ------------------------------------------------- */

TEST(an_address_that_is_none_is_refused)
{
	static const char *const addresses[] = {
		"", "8080", "localhost:8080", "127.0.0.1:", "127.0.0.1:x",
		"127.0.0.1:65536", "[::1]", "127.0.0.1:-1",
	};
	struct house *h = house_open();

	for (size_t i = 0; i < LEN(addresses); i++) {
		struct server_config config = { .site = &h->site,
		    .listen = addresses[i], .socket = -1 };
		struct server *s;

		EXPECT_WHY(server_start(h->arena, &config, &s) != OK,
		    addresses[i]);
	}
	house_close(h);
}

TEST(requests_that_run_are_answered_before_the_server_stops)
{
	struct running *r = start((struct server_config){ 0 });
	int fds[20];

	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = connect_to(r);
		send_all(fds[i], "GET /slow HTTP/1.1\r\n" HOST "\r\n",
		    strlen("GET /slow HTTP/1.1\r\n" HOST "\r\n"));
	}
	pause_ms(20);
	server_stop(r->server, 2);
	for (size_t i = 0; i < LEN(fds); i++) {
		EXPECT_INT(status_of(read_all(r->house->arena, fds[i],
		    300)), 200);
		close(fds[i]);
	}
	house_close(r->house);
}
