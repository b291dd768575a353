/*
 * Forms that are sent twice.
 */
#include <pthread.h>
#include <string.h>

#include "web/test_house.h"

TEST(a_form_sent_twice_is_handled_once)
{
	HOUSE(h);
	struct reply again;

	house_sign_in(h, "__Host-login=1");
	(void)house_post(h, "/fryslan/notes", "title=first&_once=x");
	again = house_post(h, "/fryslan/notes", "title=second&_once=x");
	EXPECT_INT(again.status, 303);
	EXPECT_TEXT(again.location, "/fryslan/notes/first");
	EXPECT(!house_has(h, "second"));
}

TEST(where_a_form_led_does_not_lie_in_the_database_in_plain_text)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=1");
	(void)house_post(h, "/fryslan/notes", "title=first&_once=x");
	EXPECT(strlen(house_locations(h)) > CRYPT_SEAL);
	EXPECT(strstr(house_locations(h), "fryslan") == NULL);
}

TEST(a_receipt_under_another_key_answers_that_it_was_sent)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=1");
	(void)house_post(h, "/fryslan/notes", "title=first&_once=x");
	h->site.key.b[0] ^= 1;
	EXPECT_INT(house_post(h, "/fryslan/notes",
	    "title=second&_once=x").status, 409);
	EXPECT(!house_has(h, "second"));
}

struct sender {
	struct fake fake;
	struct reply reply;
};

static void *
send_once(void *arg)
{
	struct sender *s = arg;

	if (fake_post(&s->fake, "/fryslan/notes", "title=once&_once=x",
	    &s->reply) != OK)
		s->reply.status = 0;
	return NULL;
}

TEST(a_form_sent_twice_at_the_same_time_is_handled_once)
{
	HOUSE(h);
	struct sender s[8];
	pthread_t thread[LEN(s)];

	house_sign_in(h, "__Host-login=1");
	for (size_t i = 0; i < LEN(s); i++) {
		s[i].fake = h->fake;
		s[i].fake.arena = arena_make(1 << 22);
		EXPECT(pthread_create(&thread[i], NULL, send_once, &s[i])
		    == 0);
	}
	for (size_t i = 0; i < LEN(s); i++) {
		(void)pthread_join(thread[i], NULL);
		EXPECT_INT(s[i].reply.status, 303);
		EXPECT_TEXT(s[i].reply.location, "/fryslan/notes/once");
		arena_free(s[i].fake.arena);
	}
	EXPECT_INT(house_count(h, "once"), 1);
}

TEST(two_forms_of_one_page_are_both_handled)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=1");
	EXPECT_INT(house_post(h, "/slow", "title=one&_once=x").status, 303);
	(void)house_post(h, "/fryslan/notes", "title=other&_once=x");
	EXPECT(house_has(h, "other"));
}

TEST(a_refused_form_may_be_sent_again)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=1");
	(void)house_post(h, "/fryslan/notes", "title=&_once=x");
	EXPECT_INT(house_post(h, "/fryslan/notes",
	    "title=better&_once=x").status, 303);
	EXPECT(house_has(h, "better"));
}

TEST(two_people_may_have_the_same_token)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=1");
	(void)house_post(h, "/fryslan/notes", "title=first&_once=x");
	house_sign_in(h, "__Host-login=2");
	(void)house_post(h, "/fryslan/notes", "title=second&_once=x");
	EXPECT(house_has(h, "second"));
}
