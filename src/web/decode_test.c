#include "web/decode.h"

#include <string.h>

#include "base/test.h"

TEST(a_form_is_taken_apart_as_browsers_send_it)
{
	static const struct {
		const char *sent, *name, *value, *why;
	} cases[] = {
		{ "a=b", "a", "b", "the plain case" },
		{ "a=b+c", "a", "b c", "a plus is a space" },
		{ "a=b%2Bc", "a", "b+c", "and an escaped one a plus" },
		{ "a%5B%5D=1", "a[]", "1", "names are escaped too" },
		{ "a=%C3%A9", "a", "\xc3\xa9", "UTF-8 in two escapes" },
		{ "a", "a", "", "no sign, no value" },
		{ "=b", "", "b", "no name" },
		{ "a==b", "a", "=b", "the first sign counts" },
		{ "&&a=b&&", "a", "b", "empty parts are nothing" },
		{ "a=1&a=2", "a", "1", "the first of two" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct fields f;

		EXPECT_WHY(fields_parse(arena, cases[i].sent,
		    strlen(cases[i].sent), &f), cases[i].why);
		EXPECT_TEXT_WHY(fields_find(&f, cases[i].name)->value,
		    cases[i].value, cases[i].why);
	}
}

TEST(a_form_that_no_browser_sends_is_refused)
{
	static const struct {
		const char *sent, *why;
	} cases[] = {
		{ "a=%", "an escape without digits" },
		{ "a=%4", "with one digit" },
		{ "a=%zz", "with digits that are none" },
		{ "a=%00", "a NUL" },
		{ "a=%FF", "a byte that UTF-8 does not know" },
		{ "a=%C0%80", "an overlong NUL" },
		{ "a=%ED%A0%80", "half a surrogate pair" },
		{ "%=b", "a broken name" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct fields f;

		EXPECT_WHY(!fields_parse(arena, cases[i].sent,
		    strlen(cases[i].sent), &f), cases[i].why);
	}
}

TEST(a_raw_nul_in_a_form_is_refused)
{
	TEST_ARENA(arena);
	struct fields f;

	EXPECT(!fields_parse(arena, "a=b\0c", 5, &f));
}

TEST(an_empty_form_has_no_fields)
{
	TEST_ARENA(arena);
	struct fields f;

	EXPECT(fields_parse(arena, "", 0, &f));
	EXPECT_INT(f.n, 0);
}

static const char *
many_fields(struct arena *arena, int n)
{
	struct buf b = buf_make(arena);

	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%sf%d=", i == 0 ? "" : "&", i);
	return buf_get(&b);
}

TEST(two_hundred_fields_are_taken_and_one_more_is_not)
{
	TEST_ARENA(arena);
	const char *fits = many_fields(arena, FIELDS_MAX);
	const char *too_many = many_fields(arena, FIELDS_MAX + 1);
	struct fields f;

	EXPECT(fields_parse(arena, fits, strlen(fits), &f));
	EXPECT_INT(f.n, FIELDS_MAX);
	EXPECT(!fields_parse(arena, too_many, strlen(too_many), &f));
}

TEST(a_doubled_field_is_counted)
{
	TEST_ARENA(arena);
	struct fields f;

	EXPECT(fields_parse(arena, "a=1&b=2&a=3", 11, &f));
	EXPECT_INT(fields_count(&f, "a"), 2);
	EXPECT_INT(fields_count(&f, "c"), 0);
}

TEST(a_path_is_split_at_its_slashes)
{
	static const struct {
		const char *path;
		size_t n;
		const char *last, *why;
	} cases[] = {
		{ "/", 0, NULL, "the root has no segments" },
		{ "/a", 1, "a", "one" },
		{ "/a/b", 2, "b", "two" },
		{ "/a/b/", 2, "b", "a slash at the end adds nothing" },
		{ "/a%2Fb", 1, "a/b", "an escaped slash splits nothing" },
		{ "/%C3%A9", 1, "\xc3\xa9", "escapes are decoded" },
		{ "/a+b", 1, "a+b", "a plus is a plus in a path" },
		{ "/..", 1, "..", "dots are a name like any other" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct segments s;

		EXPECT_WHY(path_split(arena, cases[i].path, &s),
		    cases[i].why);
		EXPECT_INT_WHY(s.n, cases[i].n, cases[i].why);
		if (s.n > 0)
			EXPECT_TEXT_WHY(s.at[s.n - 1].text, cases[i].last,
			    cases[i].why);
	}
}

TEST(an_odd_path_is_refused)
{
	static const struct {
		const char *path, *why;
	} cases[] = {
		{ "", "nothing" },
		{ "a", "no slash" },
		{ "*", "as OPTIONS has it" },
		{ "http://x/", "an absolute address, as for a proxy" },
		{ "//evil.example/a", "a redirect to it would leave us" },
		{ "/a//b", "an empty segment" },
		{ "/a\\b", "browsers read a backslash as a slash" },
		{ "/a%5Cb", "also when it is escaped" },
		{ "/a%00b", "a NUL" },
		{ "/a%0Ab", "a line feed would split a header" },
		{ "/a%7F", "a delete" },
		{ "/a%FF", "no UTF-8" },
		{ "/a%", "half an escape" },
		{ "/1/2/3/4/5/6/7/8/9/10/11/12/13", "too deep" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct segments s;

		EXPECT_WHY(!path_split(arena, cases[i].path, &s),
		    cases[i].why);
	}
}

TEST(a_cookie_is_found_by_its_whole_name)
{
	static const struct {
		const char *header, *value, *why;
	} cases[] = {
		{ NULL, "", "no header" },
		{ "", "", "an empty one" },
		{ "a=1", "1", "the only one" },
		{ "b=2; a=1", "1", "the second" },
		{ "b=2;a=1;c=3", "1", "without spaces" },
		{ "aa=2; a=1", "1", "another name that begins alike" },
		{ "xa=2", "", "or ends alike" },
		{ "a=", "", "an empty value" },
		{ "a", "", "no sign" },
		{ "b=a=1; a=2", "2", "the name inside a value" },
		{ "a=\xff", "", "a value that is not sound" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);

		EXPECT_TEXT_WHY(cookie_find(arena, cases[i].header, "a"),
		    cases[i].value, cases[i].why);
	}
}

TEST(limits_count_an_ipv4_address_and_an_ipv6_network)
{
	static const struct {
		const char *address, *network, *why;
	} cases[] = {
		{ "192.0.2.7", "192.0.2.7", "IPv4 as it is" },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64",
		  "a house has 2^64 addresses" },
		{ "::1", "::/64", "this machine" },
		{ "::ffff:192.0.2.7", "192.0.2.7", "IPv4 in IPv6" },
		{ "", "", "nothing" },
		{ "unknown", "", "as some proxies write" },
		{ "192.0.2.7:80", "", "a port does not belong" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);

		EXPECT_TEXT_WHY(network_of(arena, cases[i].address),
		    cases[i].network, cases[i].why);
	}
}
