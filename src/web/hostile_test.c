/*
 * What no browser sends, by accident or on purpose.
 */
#include <string.h>

#include "web/test_socket.h"

#define HELLO "GET /hello HTTP/1.1\r\n" HOST
#define BODY "title=a&text=b"         /* 14 bytes */

static const struct {
	const char *request;
	int status, other;      /* what may come instead; 0: cut */
	const char *why;
} hostile[] = {
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

TEST(hostile_requests_get_the_status_they_deserve)
{
	SERVER(r);

	for (size_t i = 0; i < LEN(hostile); i++) {
		const char *reply = ask(r, hostile[i].request);
		int got = status_of(reply);

		if (got != 0)
			EXPECT_TEXT_WHY(header_lacking(r, reply), "",
			    hostile[i].why);
		if (got != hostile[i].other)
			EXPECT_INT_WHY(got, hostile[i].status, hostile[i].why);
	}
	EXPECT_INT(house_count(r->house, "%"), 0);
}

TEST(a_refused_body_is_never_taken_for_the_next_request)
{
	static const char smuggled[] =
	    "POST /keep HTTP/1.1\r\n" HOST FORM "Content-Length: 0\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	    HELLO "\r\n";
	SERVER(r);

	EXPECT_INT(count_of(ask(r, smuggled), "HTTP/1.1 "), 1);
}

TEST(requests_sent_ahead_are_answered_in_turn)
{
	SERVER(r);

	EXPECT_INT(count_of(ask(r, HELLO "\r\n"
	    HELLO "\r\n"
	    HELLO LAST), "HTTP/1.1 200"), 3);
}

TEST(a_nul_in_a_header_is_refused)
{
	static const struct {
		const char *request;
		size_t n;
		const char *why;
	} cases[] = {
#define BYTES(s) (s), sizeof (s) - 1
		{ BYTES(HELLO "X: a\0b\r\n" LAST),
		  "in a value" },
		{ BYTES(HELLO "X: a\0\0b\r\n"
		  LAST), "two, like the end of a line" },
		{ BYTES(HELLO
		  "Connection: close\r\nX: a\0b\r\n\r\n"), "in the last" },
		{ BYTES(HELLO
		  "Connection: close\r\nX: a\0\0b\r\n\r\n"),
		  "two in the last" },
		{ BYTES(HELLO "X\0Y: a\r\n" LAST),
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
		    HELLO "%s" LAST, headers[i]))),
		    200, headers[i]);
}

#define CHUNKS "POST /keep HTTP/1.1\r\n" HOST FORM \
	"Transfer-Encoding: chunked\r\n" LAST

TEST(what_is_too_long_is_refused_as_such)
{
	static const struct {
		const char *before, *part;
		int n;
		const char *after;
		int status;
		const char *why;
	} cases[] = {
		{ "GET /", "a", 5000, " HTTP/1.1\r\n" HOST LAST, 414,
		  "an address" },
		{ "GET /", "a", 200000, " HTTP/1.1\r\n" HOST LAST, 414,
		  "one that does not even fit" },
		{ HELLO "X: ", "a", 20000, "\r\n" LAST, 431, "a header" },
		{ HELLO "X: ", "a", 200000, "\r\n" LAST, 431,
		  "one that does not even fit" },
		{ HELLO, "A: b\r\n", 3000, LAST, 431, "many" },
		{ HELLO, "A: b\r\n", 30000, LAST, 431, "far too many" },
		{ CHUNKS "1\r\na\r\n0\r\nX: ", "a", 100000, "\r\n\r\n",
		  431, "after the body" },
	};
	SERVER(r);

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *reply = ask(r, text_repeat(r->house->arena,
		    cases[i].before, cases[i].part, cases[i].n,
		    cases[i].after));

		EXPECT_INT_WHY(status_of(reply), cases[i].status,
		    cases[i].why);
		EXPECT_TEXT_WHY(header_lacking(r, reply), "", cases[i].why);
	}
}

TEST(a_body_past_the_limit_is_refused_even_in_chunks)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	const char *kilobyte = text_repeat(a, "400\r\n", "a", 1024, "\r\n");

	EXPECT_INT(status_of(ask(r, text_repeat(a, "POST /keep HTTP/1.1\r\n"
	    HOST FORM "Transfer-Encoding: chunked\r\n" LAST, kilobyte, 1100,
	    "0\r\n\r\n"))), 413);
}

TEST(ten_thousand_fields_are_refused)
{
	SERVER(r);
	struct arena *a = r->house->arena;
	const char *body = text_repeat(a, "", "a=b&", 10000, "");

	EXPECT_INT(status_of(ask(r, text_fmt(a, "POST /keep HTTP/1.1\r\n"
	    HOST FORM "Content-Length: %zu\r\n" LAST "%s", strlen(body),
	    body))), 400);
}
