/*
 * The server over a real socket.
 */
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "web/listen.h"
#include "web/test_socket.h"

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
		EXPECT_TEXT_WHY(header_lacking(r, ask(r, requests[i])), "",
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
	/* Also what libmicrohttpd refuses by itself. */
	EXPECT(strstr(ask(r, "no request\r\n\r\n"),
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

/* As systemd gives it: listening, and blocking. */
static int
given_socket(struct arena *arena)
{
	int fd;

	EXPECT_OK(listen_open(arena, "127.0.0.1:0", &fd));
	EXPECT(fcntl(fd, F_SETFL, 0) == 0);
	return fd;
}

TEST(a_socket_that_was_given_is_served)
{
	struct house *h = house_open();
	struct running r = { .house = h };

	EXPECT_OK(server_start(h->arena, &(struct server_config){
	    .site = &h->site, .socket = given_socket(h->arena) },
	    &r.server));
	for (int i = 0; i < 20; i++)
		EXPECT_INT(status_of(ask(&r, "GET /hello HTTP/1.1\r\n" HOST
		    LAST)), 200);
	server_stop(r.server, 2);
	house_close(h);
}

TEST(a_socket_that_is_none_is_refused)
{
	struct house *h = house_open();
	struct server *s;

	EXPECT(server_start(h->arena, &(struct server_config){
	    .site = &h->site, .socket = 9999 }, &s) != OK);
	house_close(h);
}

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
	struct running *r = running_start((struct server_config){ 0 });
	int fds[20];

	for (int i = 0; i < (int)LEN(fds); i++) {
		const char *request = slow_form(r, i);

		fds[i] = socket_connect(r);
		socket_send(fds[i], request, strlen(request));
	}
	pause_ms(200);
	server_stop(r->server, 2);
	for (size_t i = 0; i < LEN(fds); i++) {
		EXPECT_INT(status_of(socket_read(r->house->arena, fds[i],
		    300)), 303);
		close(fds[i]);
	}
	house_close(r->house);
}

/* Connections that are open already, and what comes on them. */
struct knocking {
	pthread_t thread;
	int fds[200];
};

static void *
knock(void *arg)
{
	static const char form[] = "POST /keep HTTP/1.1\r\n" HOST
	    "Content-Length: 0\r\n\r\n";
	const struct knocking *k = arg;

	for (size_t i = 0; i < LEN(k->fds); i++) {
		socket_send(k->fds[i], form, sizeof form - 1);
		usleep(50);
	}
	return NULL;
}

static void
stop_while_forms_come(void)
{
	struct running *r = running_start((struct server_config){ 0 });
	struct knocking k;

	for (size_t i = 0; i < LEN(k.fds); i++)
		k.fds[i] = socket_connect(r);
	pause_ms(50);
	EXPECT(pthread_create(&k.thread, NULL, knock, &k) == 0);
	running_stop(&r);
	pthread_join(k.thread, NULL);
	for (size_t i = 0; i < LEN(k.fds); i++)
		close(k.fds[i]);
}

/* libmicrohttpd aborts where somebody is suspended at its end. */
TEST(a_form_that_comes_as_the_server_stops_harms_nobody)
{
	for (int i = 0; i < 10; i++)
		stop_while_forms_come();
}
