#include "web/exchange.h"

#include <string.h>

#include "web/test_house.h"

static bool
has_cookie(const struct reply *reply, const char *begin)
{
	for (size_t i = 0; i < reply->ncookies; i++)
		if (text_begins(reply->cookies[i], begin))
			return true;
	return false;
}

TEST(a_get_is_answered_by_its_handler)
{
	HOUSE(h);
	struct reply reply = house_get(h, "/hello");

	EXPECT_INT(reply.status, 200);
	EXPECT_TEXT(reply.body, "hello nl\n");
}

TEST(a_slow_get_is_answered_too)
{
	HOUSE(h);

	EXPECT_TEXT(house_get(h, "/slow").body, "hello nl\n");
}

TEST(a_post_is_committed_before_its_answer)
{
	HOUSE(h);
	struct reply reply;

	house_sign_in(h, "__Host-login=1");
	reply = house_post(h, "/fryslan/notes", "title=first");
	EXPECT_INT(reply.status, 303);
	EXPECT_TEXT(reply.location, "/fryslan/notes/first");
	EXPECT(house_has(h, "first"));
}

TEST(a_refused_form_keeps_every_field_and_writes_nothing)
{
	HOUSE(h);
	struct reply reply;

	house_sign_in(h, "__Host-login=1");
	reply = house_post(h, "/fryslan/notes", "title=+&text=a+long+story");
	EXPECT_INT(reply.status, 422);
	EXPECT_TEXT(reply.body, "|a long story|Write a title.");
	EXPECT_INT(house_count(h, "%"), 0);
}

TEST(a_form_with_the_token_of_somebody_else_is_refused)
{
	HOUSE(h);
	struct reply form, reply;
	const char *token;

	house_sign_in(h, "__Host-login=2");
	form = house_get(h, "/form");
	token = text_copy_n(h->arena, form.body, strcspn(form.body, " "));
	house_sign_in(h, "__Host-login=1");
	reply = house_post(h, "/fryslan/notes", text_fmt(h->arena,
	    "title=foreign&_token=%s", token));
	EXPECT_INT(reply.status, 403);
	EXPECT(!house_has(h, "foreign"));
}

TEST(a_form_whose_login_is_over_shows_what_was_written)
{
	HOUSE(h);
	struct reply form, reply;
	const char *token;

	house_sign_in(h, "__Host-login=1");
	form = house_get(h, "/form");
	token = text_copy_n(h->arena, form.body, strcspn(form.body, " "));
	house_sign_in(h, NULL);
	reply = house_post(h, "/fryslan/notes", text_fmt(h->arena,
	    "title=x&text=a+long+story&_token=%s", token));
	EXPECT_INT(reply.status, 403);
	EXPECT(strstr(reply.body, ">a long story<") != NULL);
	EXPECT(strstr(reply.body, "<form method=\"post\"") == NULL);
}

TEST(a_signed_out_form_gives_the_browser_a_nonce)
{
	HOUSE(h);
	struct reply reply = house_get(h, "/form");

	EXPECT(has_cookie(&reply, "__Host-page="));
}

TEST(each_form_prolongs_the_nonce_of_the_browser)
{
	HOUSE(h);
	struct reply reply;

	h->fake.cookie = "__Host-page=kept-from_Monday";
	reply = house_get(h, "/form");
	EXPECT(has_cookie(&reply, "__Host-page=kept-from_Monday; Path=/; "
	    "Max-Age=604800;"));
	h->fake.cookie = "__Host-page=a,b\"c";
	reply = house_get(h, "/form");
	EXPECT_INT(reply.status, 200);
	EXPECT(!has_cookie(&reply, "__Host-page=a"));
}

TEST(a_page_without_a_form_sets_no_cookie)
{
	HOUSE(h);

	EXPECT_INT(house_get(h, "/hello").ncookies, 0);
}

TEST(a_form_without_a_cookie_is_refused)
{
	HOUSE(h);
	struct reply reply;

	house_sign_in(h, "__Host-page=");
	reply = house_post(h, "/keep", "_token=x");
	EXPECT_INT(reply.status, 403);
}

TEST(denied_looks_exactly_like_absent)
{
	static const struct {
		const char *cookie, *path, *why;
	} cases[] = {
		{ NULL, "/fryslan/today", "signed out" },
		{ "__Host-login=12", "/fryslan/today", "no member" },
		{ "__Host-login=1", "/elders/today", "of another programme" },
		{ "__Host-login=1", "/nergens/today", "no such programme" },
		{ NULL, "/do/bad", "no such link" },
		{ NULL, "/metrics", "without the token" },
		{ NULL, "/static/nothing.css", "no such file" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		HOUSE(h);
		struct reply denied, absent;

		house_sign_in(h, cases[i].cookie);
		denied = house_get(h, cases[i].path);
		absent = house_get(h, "/no/such/page/at/all");
		EXPECT_INT_WHY(denied.status, 404, cases[i].why);
		EXPECT_TEXT_WHY(denied.body, absent.body, cases[i].why);
	}
}

TEST(a_denied_post_looks_like_a_denied_get)
{
	HOUSE(h);
	struct reply denied;

	house_sign_in(h, "__Host-login=12");
	denied = house_post(h, "/fryslan/notes", "title=no");
	EXPECT_INT(denied.status, 404);
	EXPECT_TEXT(denied.body, house_get(h, "/no/such/page").body);
	EXPECT(!house_has(h, "no"));
}

TEST(denied_access_by_somebody_we_know_is_audited)
{
	HOUSE(h);

	house_sign_in(h, "__Host-login=12");
	(void)house_get(h, "/fryslan/notes/77");
	writer_stop(h->site.writer);
	EXPECT(house_has(h, "denied 12 1 77"));
	EXPECT_OK(writer_start(h->arena, &(struct writer_config){
	    .url = h->site.database, .threads = 1,
	    .attempt_limit = 1 << 20 }, &h->site.writer));
}

TEST(what_prepare_left_reaches_the_writer)
{
	HOUSE(h);

	EXPECT_INT(house_post(h, "/slow", "title=thought").status, 303);
	EXPECT(house_has(h, "thought"));
}

TEST(prepare_may_answer_itself)
{
	HOUSE(h);

	EXPECT_TEXT(house_post(h, "/slow", "title=stop").location, "/stopped");
	EXPECT(!house_has(h, "stop"));
}

TEST(a_refusal_can_keep_what_it_wrote)
{
	HOUSE(h);

	EXPECT_INT(house_post(h, "/keep", "a=b").status, 422);
	EXPECT(house_has(h, "kept"));
}

TEST(a_handler_that_fails_gives_a_page_and_writes_nothing)
{
	HOUSE(h);

	EXPECT_INT(house_post(h, "/fails", "a=b").status, 500);
	EXPECT(!house_has(h, "failed"));
	EXPECT_INT(house_get(h, "/fails").status, 500);
}

TEST(the_page_of_a_failure_tells_nothing_but_a_number)
{
	HOUSE(h);
	struct reply reply = house_get(h, "/fails");

	EXPECT(strstr(reply.body, "as the test wants it") == NULL);
}

TEST(a_handler_that_takes_too_much_memory_gives_a_clean_refusal)
{
	HOUSE(h);

	h->fake.arena = arena_make(1 << 20);
	EXPECT_INT(house_get(h, "/hogs").status, 500);
	arena_free(h->fake.arena);
}

TEST(a_handler_that_says_nothing_is_a_failure)
{
	HOUSE(h);

	EXPECT_INT(house_get(h, "/says-nothing").status, 500);
}

TEST(a_failure_gives_the_form_back_with_the_same_token_to_send_it_once)
{
	HOUSE(h);
	struct reply reply = house_post(h, "/fails", "text=my+story&_once=x");

	EXPECT(strstr(reply.body, "value=\"my story\"") != NULL);
	EXPECT(strstr(reply.body, "name=\"_once\" value=\"x\"") != NULL);
}

TEST(a_failure_shows_what_was_written_and_no_name_of_a_field)
{
	HOUSE(h);
	struct reply reply = house_post(h, "/fails",
	    "story_text=my+story&topic_code=other");

	EXPECT(strstr(reply.body, ">my story<") != NULL);
	EXPECT(strstr(reply.body, ">story_text<") == NULL);
	EXPECT(strstr(reply.body, ">topic_code<") == NULL);
}

TEST(slow_work_reads_secrets_so_its_form_is_not_given_back)
{
	HOUSE(h);
	struct reply reply;

	h->site.database = "sqlite:/nonexistent/test.db";
	reply = house_post(h, "/slow", "title=sesam&_token=x");
	EXPECT_INT(reply.status, 500);
	EXPECT(strstr(reply.body, "sesam") == NULL);
}

TEST(a_full_disk_gives_the_form_back_without_its_secrets)
{
	HOUSE(h);
	struct reply reply = house_post(h, "/full",
	    "text=my+story&secret=sesam");

	EXPECT_INT(reply.status, 503);
	EXPECT_INT(reply.retry_after, 60);
	EXPECT(strstr(reply.body, "value=\"my story\"") != NULL);
	EXPECT(strstr(reply.body, "sesam") == NULL);
}

TEST(a_confidential_read_is_logged_before_it_is_shown)
{
	HOUSE(h);

	EXPECT_TEXT(house_get(h, "/read").body, "secret\n");
	EXPECT(house_has(h, "read"));
}

TEST(a_link_opens_its_task_and_needs_no_form_token)
{
	HOUSE(h);

	EXPECT_TEXT(house_get(h, "/do/good").body, "good");
	EXPECT(!house_has(h, "task"));
	EXPECT_INT(house_post(h, "/do/good", "_token=none").status, 303);
	EXPECT(house_has(h, "task"));
}

TEST(a_get_of_a_link_changes_nothing)
{
	HOUSE(h);

	(void)house_get(h, "/do/good");
	EXPECT_INT(house_count(h, "%"), 0);
}

TEST(a_body_that_no_browser_sends_is_refused)
{
	static const struct {
		const char *body, *why;
	} cases[] = {
		{ "title=%00", "a NUL" },
		{ "title=%FF", "no UTF-8" },
		{ "title=%", "half an escape" },
		{ "title=a&title=b", "one field twice" },
		{ "title=a&_token=x&_token=y", "two tokens" },
		{ "title=a&_once=x&_once=y", "two idempotency tokens" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		HOUSE(h);

		house_sign_in(h, "__Host-login=1");
		EXPECT_INT_WHY(house_post(h, "/fryslan/notes",
		    cases[i].body).status, 400, cases[i].why);
		EXPECT_INT_WHY(house_count(h, "%"), 0, cases[i].why);
	}
}

TEST(the_language_is_that_of_cookie_then_person_then_browser)
{
	static const struct {
		const char *cookie, *accept, *body, *why;
	} cases[] = {
		{ NULL, NULL, "hello nl\n", "nothing said" },
		{ NULL, "fy", "hello fy\n", "the browser says" },
		{ "__Host-login=8", "en", "hello fy\n", "the person says" },
		{ "__Host-login=8; __Host-lang=en", "nl", "hello en\n",
		  "the cookie says" },
		{ "__Host-lang=xx", "fy", "hello fy\n", "no language" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		HOUSE(h);

		h->fake.cookie = cases[i].cookie;
		h->fake.language = cases[i].accept;
		EXPECT_TEXT_WHY(house_get(h, "/hello").body, cases[i].body,
		    cases[i].why);
	}
}

TEST(choosing_a_language_sets_a_cookie_and_shows_the_same_page)
{
	HOUSE(h);
	struct reply reply = house_get(h, "/hello?a=1&lang=fy&b=2");

	EXPECT_INT(reply.status, 303);
	EXPECT_TEXT(reply.location, "/hello?a=1&b=2");
	EXPECT(has_cookie(&reply, "__Host-lang=fy; Path=/; "));
}

TEST(an_address_that_is_only_sent_to_leads_to_the_page_above_it)
{
	HOUSE(h);
	struct reply reply = house_get(h, "/fryslan/today/done?lang=fy");

	EXPECT_INT(reply.status, 303);
	EXPECT_TEXT(reply.location, "/fryslan/today");
	EXPECT(has_cookie(&reply, "__Host-lang=fy; "));
	EXPECT_TEXT(house_get(h, "/fryslan/today/done").location,
	    "/fryslan/today");
	EXPECT_INT(house_get(h, "/fryslan/notes").status, 405);
}

TEST(a_choice_of_language_never_leads_elsewhere)
{
	HOUSE(h);

	EXPECT_INT(house_get(h, "//evil.example/?lang=fy").status, 400);
	EXPECT_INT(house_get(h, "/\\evil.example?lang=fy").status, 400);
}

TEST(a_flash_is_shown_once_and_cannot_be_forged)
{
	HOUSE(h);
	struct reply saved, shown;
	const char *cookie;

	house_sign_in(h, "__Host-login=1");
	saved = house_post(h, "/fryslan/notes", "title=first");
	EXPECT(has_cookie(&saved, "__Host-flash="));
	cookie = text_copy_n(h->arena, saved.cookies[0],
	    strcspn(saved.cookies[0], ";"));
	h->fake.cookie = cookie;
	shown = house_get(h, "/conflict");
	EXPECT(strstr(shown.body, "It is saved.") != NULL);
	EXPECT(has_cookie(&shown, "__Host-flash=; Path=/; Max-Age=0"));
	h->fake.cookie = "__Host-flash=SGFja2Vk.AAAA";
	EXPECT(strstr(house_get(h, "/conflict").body, "Hacked") == NULL);
}

TEST(refusals_have_their_status)
{
	HOUSE(h);

	EXPECT_INT(house_get(h, "/conflict").status, 409);
	EXPECT_INT(house_get(h, "/too-often").status, 429);
	EXPECT_INT(house_get(h, "/too-often").retry_after, 90);
	EXPECT_INT(house_get(h, "/keep").status, 405);
	EXPECT_TEXT(house_get(h, "/keep").allow, "POST");
	EXPECT_INT(house_post(h, "/hello", "").status, 405);
}

TEST(a_file_is_named_without_quotes_or_line_ends)
{
	HOUSE(h);

	EXPECT_TEXT(house_get(h, "/file").filename, "a-b-.csv");
}

TEST(the_server_tells_that_it_is_well)
{
	HOUSE(h);

	EXPECT_INT(house_get(h, "/healthz").status, 200);
	EXPECT_INT(house_get(h, "/readyz").status, 200);
}

TEST(a_server_without_its_database_is_alive_but_not_ready)
{
	HOUSE(h);

	h->site.database = "sqlite:/nonexistent/test.db";
	EXPECT_INT(house_get(h, "/healthz").status, 200);
	EXPECT_INT(house_get(h, "/readyz").status, 503);
	EXPECT_INT(house_get(h, "/hello").status, 500);
}
