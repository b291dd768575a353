/* Linked with post_rules.o and base alone. */
#include "base/test.h"
#include "post/post_rules.h"

TEST(a_reply_of_the_server_decides_what_follows)
{
	const struct {
		bool taken;
		long code;
		enum delivery delivery;
		const char *why;
	} cases[] = {
		{ true, 250, DELIVERY_DONE, "taken" },
		{ false, 0, DELIVERY_LATER, "server not reached" },
		{ false, 220, DELIVERY_LATER, "cut off after the greeting" },
		{ false, 250, DELIVERY_LATER, "cut off before the end" },
		{ false, 421, DELIVERY_LATER, "server is closing" },
		{ false, 450, DELIVERY_LATER, "greylisted" },
		{ false, 451, DELIVERY_LATER, "local error over there" },
		{ false, 452, DELIVERY_LATER, "mailbox full for now" },
		{ false, 530, DELIVERY_LATER, "our settings: TLS or sign-in" },
		{ false, 535, DELIVERY_LATER, "our settings: password" },
		{ false, 550, DELIVERY_REFUSED, "nobody there" },
		{ false, 551, DELIVERY_REFUSED, "moved away" },
		{ false, 553, DELIVERY_REFUSED, "name not allowed" },
		{ false, 552, DELIVERY_IMPOSSIBLE, "this letter too big" },
		{ false, 554, DELIVERY_IMPOSSIBLE, "taken for spam" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(delivery_judge(cases[i].taken, cases[i].code),
		    cases[i].delivery, cases[i].why);
}

TEST(pauses_grow_and_end)
{
	const int64_t pauses[] = {
		MINUTES(1), MINUTES(5), MINUTES(30), HOURS(2), HOURS(6),
		HOURS(24), 0,
	};

	for (size_t i = 0; i < LEN(pauses); i++)
		EXPECT_INT(delivery_pause((int)i + 1), pauses[i]);
	EXPECT_INT(delivery_pause(0), 0);
	EXPECT_INT(delivery_pause(-1), 0);
	EXPECT_INT(delivery_pause(1000000), 0);
}

TEST(only_a_plain_address_is_mailed)
{
	const struct {
		const char *address;
		bool sendable;
		const char *why;
	} cases[] = {
		{ "anna@example.org", true, "plain" },
		{ "a.b+c@mail.example.org", true, "dots and a tag" },
		{ "o'brien@example.org", true, "apostrophe" },
		{ "root@localhost", true, "host without a dot" },
		{ "", false, "empty" },
		{ "anna", false, "no @" },
		{ "@example.org", false, "no name" },
		{ "anna@", false, "no host" },
		{ "a..b@example.org", false, "empty word" },
		{ ".a@example.org", false, "dot first" },
		{ "a.@example.org", false, "dot last" },
		{ "a@example..org", false, "empty label" },
		{ "a@b@example.org", false, "two" },
		{ "a@example.org\r\nBcc: b@example.org", false, "new header" },
		{ "a@example.org\n", false, "line end" },
		{ "a@example.org> SIZE=1", false, "more for the envelope" },
		{ "a@example.org,b@example.org", false, "list" },
		{ "\"a b\"@example.org", false, "quoting" },
		{ "a b@example.org", false, "space" },
		{ "a@[127.0.0.1]", false, "address literal" },
		{ "café@example.org", false, "not ASCII" },
		{ "a\x7f@example.org", false, "control" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(address_is_sendable(cases[i].address),
		    cases[i].sendable, cases[i].why);
}

TEST(an_address_has_a_greatest_length)
{
	char address[400] = { 0 };

	for (int i = 0; i < 65; i++)
		address[i] = 'a';
	address[65] = '@';
	address[66] = 'b';
	EXPECT(!address_is_sendable(address));
	EXPECT(address_is_sendable(address + 1));
	for (int i = 66; i < 399; i++)
		address[i] = 'b';
	EXPECT(!address_is_sendable(address + 1));
}

#define TOKEN "q9Zx-0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456_8-A"

TEST(a_link_in_a_letter_that_is_shown_opens_nothing)
{
	const struct { const char *text, *shown, *why; } cases[] = {
		{ "", "", "nothing" },
		{ "Dag,\n\nKom je?", "Dag,\n\nKom je?", "no link" },
		{ "https://x.example/f/invitation/" TOKEN "\n",
		    "https://x.example/f/invitation/…\n", "its last part" },
		{ TOKEN "/" TOKEN, "…/…", "each" },
		{ "https://x.example/account", "https://x.example/account",
		    "a page of one's own" },
		{ "é" TOKEN, "é…", "beside other letters" },
	};

	struct arena *a = arena_make(1 << 16);

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_TEXT_WHY(text_without_tokens(a, cases[i].text),
		    cases[i].shown, cases[i].why);
	arena_free(a);
}
