/* A question comes in, is promised an answer, and goes its way. */
#include "intake/intake.h"
#include "intake/test_office.h"

#define MENTOR ROLE_BIT(ROLE_MENTOR)

TEST_ON_BOTH(a_question_lies_with_the_office_with_a_day_and_one_mail)
{
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	EXPECT_TEXT(browser_says(&visitor), "303 /fryslan/apply/thanks");
	browser_get(&visitor, "/fryslan/apply/thanks");
	EXPECT(browser_shows(&visitor, "Thursday 26 November 2026"));
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 1);
	browser_get(&office, only_application(&office));
	EXPECT(browser_shows(&office, "Hoe groei ik?"));
	EXPECT(browser_shows(&office, "Thursday 26 November"));
	EXPECT(browser_shows(&office, "Question sent in"));
	house_close(&h);
}

TEST_ON_SQLITE(a_refused_form_names_everything_and_keeps_what_was_typed)
{
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	apply(&visitor, "question=&name=Douwe&lang=fy&phone=06+12");
	EXPECT_INT(visitor.reply.status, 422);
	EXPECT(browser_shows(&visitor, "Write down your question."));
	EXPECT(browser_shows(&visitor, "Fill in your e-mail address."));
	EXPECT(browser_shows(&visitor, "value=\"Douwe\""));
	EXPECT(browser_shows(&visitor, "value=\"06 12\""));
	browser_get(&office, "/fryslan/applications");
	EXPECT(browser_shows(&office, "No questions yet"));
	house_close(&h);
}

TEST_ON_SQLITE(what_was_typed_is_shown_again_literally)
{
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	apply(&visitor, "question=%3Cscript%3Ealert(1)%3C%2Fscript%3E+%7Bn%7D"
	    "&" WHO);
	browser_get(&office, only_application(&office));
	EXPECT(browser_shows(&office,
	    "&lt;script&gt;alert(1)&lt;/script&gt; {n}"));
	EXPECT(!browser_shows(&office, "<script>alert"));
	house_close(&h);
}

TEST_ON_SQLITE(a_stamp_must_be_ours_and_neither_too_young_nor_too_old)
{
	const struct {
		const char *why;
		int64_t after;
		const char *instead;
		int status;
	} cases[] = {
		{ "faster than anybody types", SECONDS(2), NULL, 422 },
		{ "a minute later",            MINUTES(1), NULL, 303 },
		{ "the day after",             HOURS(23),  NULL, 303 },
		{ "a page left open",          HOURS(25),  NULL, 422 },
		{ "no stamp at all",           MINUTES(1), "",   422 },
		{ "another time, same seal",   MINUTES(1),
		  "1.0000000000000000000000000000000000000000000000000000000000"
		  "000000", 422 },
	};

	struct house h;
	struct browser office;

	open_house(&h, p, &office);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct browser visitor = { .house = &h };
		const char *stamp = stamp_of(&visitor);

		house_wait(&h, cases[i].after);
		browser_post(&visitor, "/fryslan/apply", text_fmt(h.arena,
		    "stamp=%s&question=x&%s", cases[i].instead != NULL
		    ? cases[i].instead : stamp, WHO));
		EXPECT_INT_WHY(visitor.reply.status, cases[i].status,
		    cases[i].why);
	}
	house_close(&h);
}

TEST_ON_SQLITE(who_was_too_fast_need_not_wait_anew)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *stamp;

	open_house(&h, p, &office);
	stamp = stamp_of(&visitor);
	house_wait(&h, SECONDS(2));
	browser_post(&visitor, "/fryslan/apply", text_fmt(h.arena,
	    "stamp=%s&question=x&%s", stamp, WHO));
	EXPECT_INT(visitor.reply.status, 422);
	stamp = browser_finds(&visitor, "name=\"stamp\" value=\"", "\"");
	house_wait(&h, SECONDS(2));
	browser_post(&visitor, "/fryslan/apply", text_fmt(h.arena,
	    "stamp=%s&question=x&%s", stamp, WHO));
	EXPECT_INT(visitor.reply.status, 303);
	house_close(&h);
}

TEST_ON_SQLITE(a_machine_is_kept_aside_and_gets_no_mail)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Buy&website=http%3A%2F%2Fx&" WHO);
	EXPECT_TEXT(browser_says(&visitor), "303 /fryslan/apply/thanks");
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 0);
	path = only_application(&office);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Set aside"));
	browser_post(&office, below(&h, path, "put-back"), "");
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Promised"));
	house_close(&h);
}

TEST_ON_SQLITE(one_network_sends_twenty_a_day_and_loses_nothing_typed)
{
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	for (int i = 0; i < 20; i++)
		apply(&visitor, "question=Nog+een&" WHO);
	EXPECT_INT(visitor.reply.status, 303);
	apply(&visitor, "question=De+laatste&" WHO);
	EXPECT_INT(visitor.reply.status, 429);
	EXPECT(visitor.reply.retry_after > 0);
	EXPECT(browser_shows(&visitor, "De laatste"));
	house_wait(&h, DAYS(1));
	apply(&visitor, "question=De+laatste&" WHO);
	EXPECT_INT(visitor.reply.status, 303);
	house_close(&h);
}

TEST_ON_BOTH(first_contact_keeps_the_promise_and_makes_the_next)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	browser_post(&office, below(&h, path, "contact"), "said=Belt+terug");
	EXPECT_INT(office.reply.status, 303);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "Belt terug"));
	EXPECT(browser_shows(&office, "Kept"));
	EXPECT(browser_shows(&office, "Monday 14 December"));
	browser_post(&office, below(&h, path, "contact"), "said=Nog+eens");
	EXPECT_INT(office.reply.status, 409);
	EXPECT(browser_shows(&office, ">Nog eens<"));
	house_close(&h);
}

TEST_ON_SQLITE(two_who_correct_one_record_see_both_texts)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = below(&h, only_application(&office), "details");
	browser_post(&office, path, "_version=1&" WHO "&venture=De+Terp");
	EXPECT_INT(office.reply.status, 303);
	browser_post(&office, path, "_version=1&" WHO "&venture=De+Wier");
	EXPECT_INT(office.reply.status, 422);
	EXPECT(browser_shows(&office, "It now says: De Terp"));
	EXPECT(browser_shows(&office, "value=\"De Wier\""));
	EXPECT(browser_shows(&office, "name=\"_version\" value=\"2\""));
	browser_post(&office, path, "_version=2&" WHO "&venture=De+Wier");
	EXPECT_INT(office.reply.status, 303);
	house_close(&h);
}

TEST_ON_BOTH(a_mended_address_gets_the_letter_and_the_old_one_no_more)
{
	static const char link[] = "/fryslan/my-question/";
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *old, *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	old = house_letter(&h, h.fryslan, "application received", link);
	path = below(&h, only_application(&office), "details");
	browser_post(&office, path, "_version=1&name=Douwe&place=Grou&"
	    "lang=nl&email=douwe%40terp.example");
	EXPECT_INT(office.reply.status, 303);
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 2);
	browser_get(&visitor, text_fmt(h.arena, "%s%s", link, old));
	EXPECT(visitor.reply.status >= 400);
	browser_get(&visitor, text_fmt(h.arena, "%s%s", link, house_letter(&h,
	    h.fryslan, "application received", link)));
	EXPECT(browser_shows(&visitor, "Thursday 26 November"));
	house_close(&h);
}

/* Whose address it is did not necessarily type it. */
TEST_ON_SQLITE(an_address_gets_one_letter_however_often_it_is_typed)
{
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	for (int i = 0; i < 3; i++) {
		apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
		EXPECT_TEXT(browser_says(&visitor),
		    "303 /fryslan/apply/thanks");
	}
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 1);
	house_wait(&h, DAYS(1));
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 2);
	house_close(&h);
}

TEST_ON_SQLITE(the_office_writes_down_for_a_caller_without_e_mail)
{
	struct house h;
	struct browser office;

	open_house(&h, p, &office);
	browser_post(&office, "/fryslan/applications/new",
	    "question=Wat+nu%3F&name=Rixt&place=Lemmer&lang=nl");
	EXPECT_INT(office.reply.status, 422);
	EXPECT(browser_shows(&office, "telephone number or an e-mail"));
	EXPECT(browser_shows(&office, "lead mentors who are asked"));
	EXPECT(browser_shows(&office, "within 3 working days."));
	browser_post(&office, "/fryslan/applications/new",
	    "question=Wat+nu%3F&name=Rixt&place=Lemmer&lang=nl&"
	    "phone=0514+56+78+90");
	EXPECT_INT(office.reply.status, 303);
	EXPECT_INT(house_letters(&h, h.fryslan, "application received"), 0);
	browser_get(&office, only_application(&office));
	EXPECT(browser_shows(&office, "Question written down for a caller"));
	house_close(&h);
}

TEST_ON_BOTH(a_search_folds_accents_and_takes_no_wildcards)
{
	const struct { const char *why, *search; bool found; } cases[] = {
		{ "a piece of the name",   "zijl",         true },
		{ "capitals and accents",  "H%C3%89GEB",   true },
		{ "from a failed mail",    "DOUWE%40det",  true },
		{ "somebody else",         "Haarsma",      false },
		{ "a per cent is no star", "z%25a",        false },
		{ "nor a backslash",      "zijl%5C",      true },
	};
	struct house h;
	struct browser office, visitor = { .house = &h };

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	for (size_t i = 0; i < LEN(cases); i++) {
		browser_get(&office, text_fmt(h.arena,
		    "/fryslan/applications?search=%s", cases[i].search));
		EXPECT_INT_WHY(browser_shows(&office, "Douwe Zijlstra"),
		    cases[i].found, cases[i].why);
	}
	house_close(&h);
}

TEST_ON_BOTH(the_second_page_of_the_list_goes_on_where_the_first_ended)
{
	struct house h;
	struct browser office;
	const char *older;

	open_house(&h, p, &office);
	for (int i = 0; i < 31; i++)
		browser_post(&office, "/fryslan/applications/new",
		    text_fmt(h.arena, "question=x&name=Beller-%02d-x&"
		    "place=Grou&lang=nl&phone=0514+56+78+90", i));
	browser_get(&office, "/fryslan/applications");
	EXPECT(browser_shows(&office, "Beller-30-x"));
	EXPECT(!browser_shows(&office, "Beller-00-x"));
	older = browser_finds(&office, "rel=\"next\" href=\"", "&amp;");
	browser_get(&office, text_fmt(h.arena, "%s&id=%s", older,
	    browser_finds(&office, "&amp;id=", "\"")));
	EXPECT(browser_shows(&office, "Beller-00-x"));
	EXPECT(!browser_shows(&office, "Beller-01-x"));
	browser_get(&office, "/fryslan/applications?search=beller");
	EXPECT(browser_shows(&office, "There are more."));
	browser_get(&office, "/fryslan/applications?search=beller-01");
	EXPECT(!browser_shows(&office, "There are more."));
	house_close(&h);
}

/* Lets a time go by, and then the jobs of intake/ do their work. */
static void
work_after(struct house *h, int64_t us)
{
	struct work w = { .arena = h->arena, .site = &h->site };

	house_wait(h, us);
	w.now = h->now;
	EXPECT_OK(db_open(h->arena, h->place->url, DB_READ, &w.db));
	EXPECT_OK(db_begin(w.db, h->arena));
	for (size_t i = 0; i < intake_feature.njobs; i++)
		EXPECT_OK(intake_feature.jobs[i].run(&w));
	db_rollback(w.db);
	db_close(w.db);
}

/* The status of a page for the office, which signs in anew each month. */
static int
status_for_office(struct browser *office, const char *path)
{
	browser_enter(office, "office@example.nl");
	browser_get(office, path);
	return office->reply.status;
}

/* In the programme "fryslan", whose rows PostgreSQL shows to nobody else. */
static int64_t
count_in_fryslan(struct house *h, const char *from)
{
	struct place *p = h->place;
	int64_t n;

	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(db_enter(p->db, p->arena, h->fryslan));
	n = place_number(p, text_fmt(p->arena, "SELECT count(*) FROM %s",
	    from));
	db_rollback(p->db);
	return n;
}

TEST_ON_BOTH(what_was_set_aside_is_removed_after_thirty_days)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Buy&website=http%3A%2F%2Fx&" WHO);
	path = only_application(&office);
	browser_get(&office, path);
	EXPECT(browser_shows(&office, "put it back until Wednesday 23 "
	    "December 2026"));
	work_after(&h, DAYS(30) - MINUTES(2));
	EXPECT_INT(status_for_office(&office, path), 200);
	work_after(&h, MINUTES(2));
	EXPECT_INT(status_for_office(&office, path), 404);
	EXPECT_INT(count_in_fryslan(&h, "application"), 0);
	EXPECT_INT(count_in_fryslan(&h, "application_step"), 0);
	EXPECT_INT(count_in_fryslan(&h, "aside_count WHERE year = 2026 AND "
	    "aside = 1 AND n = 1"), 1);
	EXPECT_INT(count_in_fryslan(&h, "audit WHERE "
	    "what = 'application removed' AND actor = 0"), 1);
	house_close(&h);
}

TEST_ON_BOTH(what_was_put_back_is_not_removed)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	browser_post(&office, below(&h, path, "aside"), "reason=test");
	browser_post(&office, below(&h, path, "put-back"), "");
	work_after(&h, DAYS(31));
	EXPECT_INT(status_for_office(&office, path), 200);
	EXPECT(browser_shows(&office, "Hoe groei ik?"));
	EXPECT_INT(count_in_fryslan(&h, "aside_count"), 0);
	house_close(&h);
}

TEST_ON_SQLITE(who_is_not_of_the_office_finds_nothing)
{
	struct house h;
	struct browser office, visitor = { .house = &h };
	struct browser mentor = { .house = &h };
	const char *path;

	open_house(&h, p, &office);
	apply(&visitor, "question=Hoe+groei+ik%3F&" WHO);
	path = only_application(&office);
	house_person(&h, "mentor@example.nl", MENTOR);
	browser_enter(&mentor, "mentor@example.nl");
	browser_get(&mentor, path);
	EXPECT_TEXT(browser_says(&mentor), "404");
	browser_post(&mentor, below(&h, path, "contact"), "said=x");
	EXPECT_TEXT(browser_says(&mentor), "404");
	browser_get(&visitor, path);
	EXPECT_INT(visitor.reply.status, 404);
	browser_get(&office, "/elders/applications");
	EXPECT_TEXT(browser_says(&office), "404");
	house_close(&h);
}
