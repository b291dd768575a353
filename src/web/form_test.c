#include "web/form.h"

#include <string.h>

#include "web/exchange.h"
#include "web/test_house.h"

/* A POST with BODY as a handler gets it, without a database. */
static struct req *
request(struct arena *arena, const char *body)
{
	struct exchange *x = ARENA_NEW(arena, struct exchange, 1);
	struct site *site = ARENA_NEW(arena, struct site, 1);
	struct service *service = ARENA_NEW(arena, struct service, 1);
	struct req *r;

	service->site = site;
	x->service = service;
	x->arena = arena;
	x->route = &route_absent;
	x->network = "";
	EXPECT(fields_parse(arena, body, strlen(body), &x->fields));
	r = exchange_req(x, arena, NULL);
	r->private->form = form_as_sent(r);
	r->form = r->private->form;
	return r;
}

TEST(a_line_is_one_line_without_space_around_it)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=++x%0D%0Ay++");

	EXPECT_TEXT(form_line(r, "a", 20, NULL), "x y");
	EXPECT_TEXT(form_value(r->form, "a"), "x y");
	EXPECT(form_ok(r));
}

TEST(lines_keep_their_ends_as_line_feeds)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=x%0D%0Ay%0D%0A");

	EXPECT_TEXT(form_lines(r, "a", 20, NULL), "x\ny");
}

TEST(limits_count_characters_and_not_bytes)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=%C3%A9%C3%A9&b=abc");

	(void)form_line(r, "a", 2, NULL);
	EXPECT(form_ok(r));
	(void)form_line(r, "b", 2, NULL);
	EXPECT(form_error(r->form, "b") != NULL);
	EXPECT_TEXT(form_value(r->form, "b"), "abc");
}

TEST(an_answer_names_all_that_is_wrong)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=&b=&c=1");

	(void)form_line(r, "a", 2, "first");
	(void)form_line(r, "b", 2, "second");
	EXPECT_TEXT(form_error(r->form, "a"), "first");
	EXPECT_TEXT(form_error(r->form, "b"), "second");
	EXPECT(form_error(r->form, "c") == NULL);
	EXPECT_INT(r->form->nerrors, 2);
}

TEST(the_first_reason_for_a_field_stays)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=");

	form_refuse(r, "a", "first");
	form_refuse(r, "a", "second");
	EXPECT_TEXT(form_error(r->form, "a"), "first");
	EXPECT_INT(r->form->nerrors, 1);
}

TEST(an_address_is_judged_as_far_as_it_can_be)
{
	static const struct {
		const char *body;
		bool fits;
		const char *why;
	} cases[] = {
		{ "a=sjoukje@example.nl", true, "the plain case" },
		{ "a=s.de-vries%2Bx@mail.example.nl", true, "dots and plus" },
		{ "a=s%C3%BBs@example.nl", true, "letters of today" },
		{ "a=", true, "it may stay empty" },
		{ "a=example.nl", false, "no @" },
		{ "a=@example.nl", false, "nobody" },
		{ "a=s@", false, "nowhere" },
		{ "a=s@example", false, "no dot in the host" },
		{ "a=s@@example.nl", false, "two" },
		{ "a=s@example..nl", false, "two dots" },
		{ "a=s@example.nl.", false, "a dot at the end" },
		{ "a=s+t@example.nl", false, "a space" },
		{ "a=s@example.nl,t@example.nl", false, "two addresses" },
		{ "a=%22s%22+%3Cs@example.nl%3E", false, "with a name" },
		{ "a=s@example.nl%0D%0ABcc:+t@example.nl", false,
		  "a header that wants to be one" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct req *r = request(arena, cases[i].body);

		(void)form_email(r, "a", NULL);
		EXPECT_WHY(form_ok(r) == cases[i].fits, cases[i].why);
	}
}

TEST(a_telephone_number_is_kept_as_it_was_typed)
{
	static const struct {
		const char *body;
		bool fits;
		const char *why;
	} cases[] = {
		{ "a=0582345678", true, "ten digits" },
		{ "a=058+-+234+56+78", true, "as people write it" },
		{ "a=(058)+2345678", true, "with brackets" },
		{ "a=%2B31+6+12345678", true, "with a country" },
		{ "a=0031612345678", true, "the country without a plus" },
		{ "a=%2B4930123456", true, "another country" },
		{ "a=", true, "it may stay empty" },
		{ "a=2345678", false, "without its area" },
		{ "a=05823456789", false, "one too many" },
		{ "a=%2B31612", false, "too short" },
		{ "a=%2B1234567890123456", false, "too long" },
		{ "a=058+2345678+na+zes", false, "words" },
		{ "a=058%2B2345678", false, "a plus in the middle" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct req *r = request(arena, cases[i].body);

		(void)form_phone(r, "a", NULL);
		EXPECT_WHY(form_ok(r) == cases[i].fits, cases[i].why);
	}
}

TEST(a_number_is_whole_and_within_its_limits)
{
	static const struct {
		const char *body;
		bool fits;
		int64_t n;
		const char *why;
	} cases[] = {
		{ "a=3", true, 3, "the plain case" },
		{ "a=+3+", true, 3, "space around it" },
		{ "a=1", true, 1, "the least" },
		{ "a=5", true, 5, "the most" },
		{ "a=", true, 0, "nothing is 0" },
		{ "a=0", false, 0, "below" },
		{ "a=6", false, 6, "above" },
		{ "a=3,5", false, 0, "a fraction" },
		{ "a=drie", false, 0, "a word" },
		{ "a=99999999999999999999", false, 0, "more than fits" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct req *r = request(arena, cases[i].body);

		EXPECT_INT_WHY(form_int(r, "a", 1, 5, NULL), cases[i].n,
		    cases[i].why);
		EXPECT_WHY(form_ok(r) == cases[i].fits, cases[i].why);
	}
}

TEST(a_day_is_read_as_pickers_and_as_people_write_it)
{
	static const struct {
		const char *body;
		int year, month, mday;          /* 0: refused */
		const char *why;
	} cases[] = {
		{ "a=2026-11-25", 2026, 11, 25, "as a picker sends it" },
		{ "a=25-11-2026", 2026, 11, 25, "as people write it" },
		{ "a=5-1-2026", 2026, 1, 5, "without zeros" },
		{ "a=25/11/2026", 2026, 11, 25, "with slashes" },
		{ "a=25.11.2026", 2026, 11, 25, "with dots" },
		{ "a=31-11-2026", 0, 0, 0, "November has thirty" },
		{ "a=29-2-2027", 0, 0, 0, "no leap year" },
		{ "a=25-11-26", 0, 0, 0, "half a year" },
		{ "a=morgen", 0, 0, 0, "a word" },
		{ "a=25-11-2026x", 0, 0, 0, "something after it" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct req *r = request(arena, cases[i].body);
		struct day got = form_day(r, "a", NULL), wanted = DAY_NONE;

		if (cases[i].year != 0)
			EXPECT(day_make(cases[i].year, cases[i].month,
			    cases[i].mday, &wanted));
		EXPECT_INT_WHY(got.n, wanted.n, cases[i].why);
		EXPECT_WHY(form_ok(r) == (cases[i].year != 0),
		    cases[i].why);
	}
}

static const char *const colours[] = { "red", "green", "blue" };

TEST(a_choice_is_one_of_its_options)
{
	static const struct {
		const char *body;
		int chosen;
		bool fits;
		const char *why;
	} cases[] = {
		{ "a=green", 1, true, "the second" },
		{ "b=green", -1, false, "not answered" },
		{ "a=", -1, false, "answered with nothing" },
		{ "a=GREEN", -1, false, "no page offers that" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct req *r = request(arena, cases[i].body);

		EXPECT_INT_WHY(form_choice(r, "a", colours, LEN(colours),
		    "Choose."), cases[i].chosen, cases[i].why);
		EXPECT_WHY(form_ok(r) == cases[i].fits, cases[i].why);
	}
}

TEST(several_answers_are_bits_and_are_all_kept)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=red&a=blue");

	EXPECT_INT(form_many(r, "a", colours, LEN(colours)), 5);
	EXPECT(form_has(r->form, "a", "red"));
	EXPECT(form_has(r->form, "a", "blue"));
	EXPECT(!form_has(r->form, "a", "green"));
	EXPECT(!r->private->doubled);
}

TEST(a_field_that_came_twice_and_is_read_once_is_noted)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=1&a=2&b=1");

	(void)form_line(r, "b", 5, NULL);
	EXPECT(!r->private->doubled);
	(void)form_line(r, "a", 5, NULL);
	EXPECT(r->private->doubled);
}

TEST(a_secret_is_read_as_typed_and_never_given_back)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=+open+sesam+");

	EXPECT_TEXT(form_secret(r, "a", "Type it."), " open sesam ");
	EXPECT_TEXT(form_value(r->form, "a"), "");
}

TEST(a_box_is_checked_or_not)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "a=1");

	EXPECT(form_check(r, "a"));
	EXPECT(!form_check(r, "b"));
}

TEST(a_page_shown_again_carries_the_version_it_now_has)
{
	TEST_ARENA(arena);
	struct req *r = request(arena, "_version=3");

	EXPECT_INT(form_version(r), 3);
	form_set_version(r, 4);
	EXPECT_TEXT(form_value(r->form, "_version"), "4");
}

TEST(text_that_is_markup_is_kept_as_text)
{
	TEST_ARENA(arena);
	struct req *r = request(arena,
	    "a=%3Cscript%3Ealert(1)%3C%2Fscript%3E");

	EXPECT_TEXT(form_line(r, "a", 100, NULL),
	    "<script>alert(1)</script>");
}
