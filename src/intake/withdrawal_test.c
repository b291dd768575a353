/* A question is taken back: by whose it is, or noted by the office. */
#include "intake/test_office.h"

TEST_ON_SQLITE(only_the_entrepreneurs_own_word_ends_an_application)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	browser_post(&office, below(&h, path, "withdraw"), "word=");
	EXPECT_INT(office.reply.status, 422);
	EXPECT(browser_shows(&office, "Only their own word"));
	browser_post(&office, below(&h, path, "withdraw"), "word=Belde+af");
	EXPECT_INT(office.reply.status, 303);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Belde af"));
	house_close(&h);
}

TEST_ON_BOTH(a_withdrawal_is_undone_until_its_mail_leaves)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	browser_post(&office, below(&h, path, "contact"), "said=");
	browser_post(&office, below(&h, path, "withdraw"), "word=Belde+af");
	house_wait(&h, MINUTES(9));
	browser_post(&office, below(&h, path, "undo"), "");
	EXPECT_INT(office.reply.status, 303);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Spoken to"));
	EXPECT(browser_shows(&office, "Monday 14 December"));
	browser_post(&office, below(&h, path, "withdraw"), "word=Toch+wel");
	house_wait(&h, MINUTES(11));
	browser_post(&office, below(&h, path, "undo"), "");
	EXPECT_INT(office.reply.status, 409);
	house_close(&h);
}

TEST_ON_SQLITE(what_can_be_undone_is_not_yet_told_by_the_mailed_link)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = text_fmt(h.arena, "/fryslan/my-question/%s", house_letter(&h,
	    h.fryslan, "application received", "/fryslan/my-question/"));
	browser_post(&office, below(&h, only_application(&office),
	    "withdraw"), "word=Belde+af");
	browser_get(&visitor, path);
	EXPECT(browser_shows(&visitor, "Thursday 26 November"));
	EXPECT(!browser_shows(&visitor, "You took your question back"));
	house_wait(&h, MINUTES(11));
	browser_get(&visitor, path);
	EXPECT(browser_shows(&visitor, "You took your question back"));
	house_close(&h);
}

/* On the page of mail, which knows nothing of applications. */
TEST_ON_BOTH(a_withdrawal_is_undone_also_when_its_mail_was_taken_back)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	browser_post(&office, below(&h, path, "withdraw"), "word=Belde+af");
	browser_get(&office, "/fryslan/mail");
	browser_post(&office, browser_finds(&office, "action=\"", "\""), "");
	EXPECT_TEXT(browser_says(&office), "303 /fryslan/mail");
	browser_post(&office, below(&h, path, "undo"), "");
	EXPECT_INT(office.reply.status, 303);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Promised"));
	house_close(&h);
}

TEST_ON_BOTH(the_mailed_link_shows_the_promise_and_acts_on_a_button_only)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = text_fmt(h.arena, "/fryslan/my-question/%s", house_letter(&h,
	    h.fryslan, "application received", "/fryslan/my-question/"));
	for (int i = 0; i < 3; i++) {
		browser_get(&visitor, path);
		EXPECT(browser_shows(&visitor, "Thursday 26 November"));
		EXPECT(!browser_shows(&visitor, "Hoe groei ik?"));
	}
	browser_post(&visitor, path, "");
	EXPECT_INT(visitor.reply.status, 303);
	browser_get(&visitor, path);
	EXPECT(browser_shows(&visitor, "You took your question back"));
	browser_post(&visitor, path, "");
	EXPECT_INT(visitor.reply.status, 409);
	house_close(&h);
}
