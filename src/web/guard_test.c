#include "web/guard.h"

#include <string.h>

#include "base/test.h"

struct line {
	const char *name, *value;
};

static int
judge(const struct line *lines, size_t n, const char *version)
{
	struct guard_seen seen = { 0 };

	for (size_t i = 0; i < n && lines[i].name != NULL; i++)
		guard_see(&seen, lines[i].name, strlen(lines[i].name),
		    lines[i].value, strlen(lines[i].value));
	return guard_sum(&seen, version);
}

TEST(headers_that_could_be_read_in_two_ways_are_refused)
{
	static const struct {
		struct line lines[3];
		const char *version;
		int status;
		const char *why;
	} cases[] = {
		{ { { "Host", "x" } }, "HTTP/1.1", 0, "as it should be" },
		{ { { "hOST", "x" } }, "HTTP/1.1", 0, "case is nothing" },
		{ { { NULL, NULL } }, "HTTP/1.1", 400, "no host" },
		{ { { NULL, NULL } }, "HTTP/1.0", 0, "1.0 had none" },
		{ { { "Host", "a" }, { "Host", "a" } }, "HTTP/1.1", 400,
		  "two hosts, even when equal" },
		{ { { "Host", "" } }, "HTTP/1.1", 400, "an empty host" },
		{ { { "Host", "a,b" } }, "HTTP/1.1", 400, "two in one" },
		{ { { "Host", "a b" } }, "HTTP/1.1", 400, "a space" },
		{ { { "Host", "a@b" } }, "HTTP/1.1", 400, "a user" },
		{ { { "Host", "a/b" } }, "HTTP/1.1", 400, "a path" },
		{ { { "Host", "[::1]:80" } }, "HTTP/1.1", 0, "IPv6" },
		{ { { "Host", "x" }, { "Content-Length", "5" },
		  { "Content-Length", "5" } }, "HTTP/1.1", 400,
		  "two lengths, even when equal" },
		{ { { "Host", "x" }, { "Content-Length", "5" },
		  { "Transfer-Encoding", "chunked" } }, "HTTP/1.1", 400,
		  "length and chunks: smuggling" },
		{ { { "Host", "x" }, { "Content-Length", "+5" } },
		  "HTTP/1.1", 400, "a sign" },
		{ { { "Host", "x" }, { "Content-Length", "5,5" } },
		  "HTTP/1.1", 400, "a list" },
		{ { { "Host", "x" }, { "Content-Length", "0x5" } },
		  "HTTP/1.1", 400, "no decimal" },
		{ { { "Host", "x" }, { "Content-Length", "" } },
		  "HTTP/1.1", 400, "nothing" },
		{ { { "Host", "x" },
		  { "Content-Length", "99999999999999999999" } },
		  "HTTP/1.1", 400, "more than fits" },
		{ { { "Host", "x" }, { "Transfer-Encoding", "xchunked" } },
		  "HTTP/1.1", 400, "an encoding we do not know" },
		{ { { "Host", "x" }, { "Transfer-Encoding",
		  "gzip, chunked" } }, "HTTP/1.1", 400, "nor unpack" },
		{ { { "Host", "x" }, { "Transfer-Encoding", "chunked" } },
		  "HTTP/1.1", 0, "chunks alone" },
		{ { { "Transfer-Encoding", "chunked" } }, "HTTP/1.0", 400,
		  "1.0 knows no chunks" },
		{ { { "Host", "x" }, { "Content-Length ", "5" } },
		  "HTTP/1.1", 400, "a space before the colon" },
		{ { { "Host", "x" }, { "", "5" } }, "HTTP/1.1", 400,
		  "no name" },
		{ { { "Host", "x" }, { "X\x01", "5" } }, "HTTP/1.1", 400,
		  "a control in a name" },
		{ { { "Host", "x" }, { "X", "a\r\n b" } }, "HTTP/1.1", 400,
		  "a folded line" },
		{ { { "Host", "x" }, { "X", "a\tb \xc3\xa9" } }, "HTTP/1.1",
		  0, "tabs and UTF-8 are harmless" },
		{ { { "Host", "x" } }, "HTTP/2.0", 505, "not our version" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(judge(cases[i].lines, 3, cases[i].version),
		    cases[i].status, cases[i].why);
}

TEST(a_nul_in_a_header_is_refused)
{
	struct guard_seen seen = { 0 };

	guard_see(&seen, "Host", 4, "x", 1);
	guard_see(&seen, "X", 1, "a\0b", 3);
	EXPECT_INT(guard_sum(&seen, "HTTP/1.1"), 400);
}

TEST(more_headers_than_fit_are_refused_as_such)
{
	struct guard_seen seen = { 0 };

	guard_see(&seen, "Host", 4, "x", 1);
	for (int i = 0; i < GUARD_HEADERS_MAX / 6; i++)
		guard_see(&seen, "A", 1, "b", 1);
	EXPECT_INT(guard_sum(&seen, "HTTP/1.1"), 431);
}
