/* Signing in, from the browser's side. */
#include "accounts/step.h"
#include "accounts/test_house.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MANAGER ROLE_BIT(ROLE_MANAGER)
#define MENTOR ROLE_BIT(ROLE_MENTOR)

static const struct programme_id nowhere = { 0 };

/* The code of the seed that the page shows. */
static const char *
code_on_page(struct browser *b)
{
	const char *seed = browser_finds(b, "<code>", "</code>");
	char *secret, *code = arena_take(b->house->arena, 8);
	size_t n;

	EXPECT_INT(oath_base32_decode(seed, strlen(seed), &secret, &n),
	    OATH_OK);
	EXPECT_INT(oath_totp_generate(secret, n, (time_t)(b->house->now.us /
	    1000000), 30, 0, 6, code), OATH_OK);
	free(secret);
	return code;
}

/* Set up an app; gives the code that was used for it. */
static const char *
set_up_app(struct browser *b)
{
	const char *code;

	browser_post(b, "/account/totp", "");
	EXPECT_TEXT(browser_says(b), "303 /account/totp");
	browser_get(b, "/account/totp");
	code = code_on_page(b);
	browser_post(b, "/account/totp/confirm",
	    text_fmt(b->house->arena, "code=%s", code));
	return code;
}

TEST_ON_BOTH(a_password_lets_a_manager_only_set_up_a_second_step)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_signin(&b, "Manager@Example.nl");
	EXPECT_TEXT(browser_says(&b), "303 /account/second-step");
	browser_get(&b, "/account/second-step");
	EXPECT_INT(b.reply.status, 200);
	browser_get(&b, "/fryslan/people");
	EXPECT_TEXT(browser_says(&b), "303 /account/second-step");
	browser_get(&b, "/account");
	EXPECT_TEXT(browser_says(&b), "303 /account/second-step");
	set_up_app(&b);
	EXPECT_TEXT(browser_says(&b), "303 /account/recovery");
	browser_get(&b, "/start");
	EXPECT_TEXT(browser_says(&b), "303 /fryslan/today");
	browser_get(&b, "/fryslan/people");
	EXPECT_INT(b.reply.status, 200);
	EXPECT_INT(house_letters(&h, nowhere, "account changed"), 1);
	house_close(&h);
}

TEST_ON_SQLITE(the_app_is_asked_the_next_time_and_no_code_works_twice)
{
	struct house h;
	struct browser b = { .house = &h }, other = { .house = &h };
	const char *code;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_signin(&b, "manager@example.nl");
	code = set_up_app(&b);
	browser_signin(&other, "manager@example.nl");
	EXPECT_TEXT(browser_says(&other), "303 /sign-in/step");
	browser_get(&other, "/start");
	EXPECT_INT(other.reply.status, 404);
	browser_post(&other, "/sign-in/step", text_fmt(h.arena, "code=%s",
	    code));
	EXPECT_INT(other.reply.status, 422);
	house_close(&h);
}

TEST_ON_SQLITE(a_stolen_password_sets_up_no_second_app)
{
	struct house h;
	struct browser b = { .house = &h }, thief = { .house = &h };

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_signin(&thief, "manager@example.nl");
	EXPECT_TEXT(browser_says(&thief), "303 /account/second-step");
	browser_signin(&b, "manager@example.nl");
	set_up_app(&b);
	browser_post(&thief, "/account/totp", "");
	EXPECT_TEXT(browser_says(&thief), "303 /sign-in");
	browser_get(&thief, "/account/totp");
	EXPECT_TEXT(browser_says(&thief), "303 /account/second-step");
	house_close(&h);
}

TEST_ON_BOTH(a_mentor_gets_a_code_by_mail_in_a_new_browser)
{
	struct house h;
	struct browser b = { .house = &h };
	const char *code;

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_signin(&b, "mentor@example.nl");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in/step");
	browser_get(&b, "/sign-in/step");
	EXPECT(browser_shows(&b, "Code of 8 digits"));
	code = house_letter(&h, nowhere, "sign-in code", "Your code is ");
	EXPECT_INT(strlen(code), 8);
	browser_post(&b, "/sign-in/step", text_fmt(h.arena, "code=%s", code));
	EXPECT_TEXT(browser_says(&b), "303 /start");
	/* The next time the browser is known, and asks no code. */
	browser_post(&b, "/sign-out", "");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 404);
	browser_signin(&b, "mentor@example.nl");
	EXPECT_TEXT(browser_says(&b), "303 /start");
	house_close(&h);
}

TEST_ON_SQLITE(a_mailed_code_is_over_after_ten_minutes)
{
	struct house h;
	struct browser b = { .house = &h };
	const char *code;

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_signin(&b, "mentor@example.nl");
	code = house_letter(&h, nowhere, "sign-in code", "Your code is ");
	house_wait(&h, MINUTES(10));
	browser_post(&b, "/sign-in/step", text_fmt(h.arena, "code=%s", code));
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	house_close(&h);
}

TEST_ON_BOTH(five_wrong_codes_end_the_step)
{
	struct house h;
	struct browser b = { .house = &h };
	const char *code;

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_signin(&b, "mentor@example.nl");
	code = house_letter(&h, nowhere, "sign-in code", "Your code is ");
	for (int i = 1; i < 5; i++) {
		browser_post(&b, "/sign-in/step", "code=00000000");
		EXPECT_INT(b.reply.status, 422);
	}
	browser_post(&b, "/sign-in/step", "code=00000000");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	browser_post(&b, "/sign-in/step", text_fmt(h.arena, "code=%s", code));
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	house_close(&h);
}

TEST_ON_SQLITE(a_recovery_code_gets_in_once)
{
	struct house h;
	struct browser b = { .house = &h }, other = { .house = &h };
	const char *code;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_signin(&b, "manager@example.nl");
	set_up_app(&b);
	browser_post(&b, "/account/recovery", "");
	EXPECT_INT(b.reply.status, 200);
	code = browser_finds(&b, "<li><code>", "</code>");
	for (int time = 1; time <= 2; time++) {
		browser_signin(&other, "manager@example.nl");
		browser_post(&other, "/sign-in/step",
		    text_fmt(h.arena, "code=%s", code));
		EXPECT_TEXT(browser_says(&other),
		    time == 1 ? "303 /start" : "422");
	}
	house_close(&h);
}

/* ---- What is not told -------------------------------------------------- */

TEST_ON_BOTH(known_and_unknown_addresses_are_refused_alike)
{
	struct house h;
	struct browser known = { .house = &h }, unknown = { .house = &h };

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_get(&known, "/sign-in");
	browser_get(&unknown, "/sign-in");
	browser_post(&known, "/sign-in",
	    "email=mentor@example.nl&password=wrong");
	browser_post(&unknown, "/sign-in",
	    "email=nobody@example.nl&password=wrong");
	EXPECT_INT(known.reply.status, 422);
	EXPECT_INT(unknown.reply.status, 422);
	EXPECT_INT(known.reply.len, unknown.reply.len);
	EXPECT(browser_shows(&known, "do not belong together"));
	EXPECT(browser_shows(&unknown, "do not belong together"));
	browser_post(&known, "/sign-in/forgotten",
	    "email=mentor@example.nl");
	browser_post(&unknown, "/sign-in/forgotten",
	    "email=nobody@example.nl");
	EXPECT_TEXT(browser_says(&known), browser_says(&unknown));
	house_close(&h);
}

TEST_ON_BOTH(whom_a_new_password_was_asked_for_is_looked_up_after_the_answer)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_post(&b, "/sign-in/forgotten", "email=mentor@example.nl");
	browser_post(&b, "/sign-in/forgotten", "email=nobody@example.nl");
	EXPECT_INT(house_letters(&h, nowhere, "new password"), 0);
	house_jobs(&h);
	EXPECT_INT(house_letters(&h, nowhere, "new password"), 1);
	house_jobs(&h);
	EXPECT_INT(house_letters(&h, nowhere, "new password"), 1);
	house_close(&h);
}

TEST_ON_SQLITE(who_asks_for_a_new_password_four_times_gets_three_letters)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	for (int i = 0; i < 4; i++) {
		browser_post(&b, "/sign-in/forgotten",
		    "email=mentor@example.nl");
		EXPECT_TEXT(browser_says(&b), "303 /sign-in/forgotten/sent");
	}
	house_jobs(&h);
	EXPECT_INT(house_letters(&h, nowhere, "new password"), 3);
	house_close(&h);
}

TEST_ON_BOTH(the_eleventh_guess_is_too_often_and_so_is_the_right_one)
{
	struct house h;
	struct browser b = { .house = &h }, owner = { .house = &h };

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	for (int i = 0; i < 10; i++) {
		browser_post(&b, "/sign-in",
		    "email=mentor@example.nl&password=guess");
		EXPECT_INT(b.reply.status, 422);
	}
	browser_post(&b, "/sign-in",
	    "email=mentor@example.nl&password=guess");
	EXPECT_INT(b.reply.status, 429);
	EXPECT(b.reply.retry_after > 0);
	browser_signin(&owner, "mentor@example.nl");
	EXPECT_INT(owner.reply.status, 429);
	house_wait(&h, MINUTES(15));
	browser_signin(&owner, "mentor@example.nl");
	EXPECT_TEXT(browser_says(&owner), "303 /sign-in/step");
	house_close(&h);
}

/* ---- Links ------------------------------------------------------------- */

TEST_ON_BOTH(a_link_from_the_shell_acts_on_a_post_and_once)
{
	struct house h;
	struct browser scanner = { .house = &h }, b = { .house = &h };
	const char *path;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	path = house_signin_link(&h, "manager@example.nl");
	for (int i = 0; i < 3; i++) {
		browser_get(&scanner, path);
		EXPECT_INT(scanner.reply.status, 200);
	}
	browser_post(&b, path, "");
	EXPECT_TEXT(browser_says(&b), "303 /start");
	browser_get(&b, "/fryslan/people");
	EXPECT_INT(b.reply.status, 200);
	browser_post(&scanner, path, "");
	EXPECT_INT(scanner.reply.status, 410);
	browser_get(&scanner, path);
	EXPECT_INT(scanner.reply.status, 410);
	house_close(&h);
}

TEST_ON_SQLITE(a_link_is_over_after_its_time)
{
	struct house h;
	struct browser b = { .house = &h };
	const char *path;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	path = house_signin_link(&h, "manager@example.nl");
	house_wait(&h, MINUTES(10));
	browser_post(&b, path, "");
	EXPECT_INT(b.reply.status, 410);
	house_close(&h);
}

TEST_ON_BOTH(a_new_password_keeps_the_second_factor_and_ends_logins)
{
	struct house h;
	struct browser b = { .house = &h }, other = { .house = &h };
	const char *path;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_signin(&b, "manager@example.nl");
	set_up_app(&b);
	browser_post(&other, "/sign-in/forgotten",
	    "email=manager@example.nl");
	house_jobs(&h);
	path = text_fmt(h.arena, "/sign-in/password/%s", house_letter(&h,
	    nowhere, "new password", "/sign-in/password/"));
	browser_get(&other, path);
	EXPECT_INT(other.reply.status, 200);
	browser_post(&other, path, "password=kort");
	EXPECT_INT(other.reply.status, 422);
	browser_post(&other, path, "password=groen+schaap+danst+vroeg");
	EXPECT_TEXT(browser_says(&other), "303 /sign-in");
	browser_post(&other, path, "password=groen+schaap+danst+laat");
	EXPECT_INT(other.reply.status, 410);
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 404);
	browser_signin(&other, "manager@example.nl");
	EXPECT_INT(other.reply.status, 422);
	browser_post(&other, "/sign-in", "email=manager@example.nl&"
	    "password=groen+schaap+danst+vroeg");
	EXPECT_TEXT(browser_says(&other), "303 /sign-in/step");
	house_close(&h);
}

/* Seconds of processor for N tries to change the password without it. */
static double
guesses(struct browser *b, int n, int status)
{
	clock_t begin = clock();

	for (int i = 0; i < n; i++) {
		browser_post(b, "/account/password", "current=guess&"
		    "password=groen+schaap+danst+vroeg");
		EXPECT_INT(b->reply.status, status);
	}
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

TEST_ON_SQLITE(a_guess_too_many_at_ones_own_password_costs_no_hash)
{
	struct house h;
	struct browser b = { .house = &h };
	double counted;

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_enter(&b, "mentor@example.nl");
	counted = guesses(&b, 10, 422);
	EXPECT(guesses(&b, 10, 429) * 3 < counted);
	house_close(&h);
}

/* ---- How long ---------------------------------------------------------- */

TEST_ON_SQLITE(a_login_ends_after_two_hours_of_rest_and_twelve_of_work)
{
	struct house h;
	struct browser rests = { .house = &h }, works = { .house = &h };

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_enter(&rests, "manager@example.nl");
	browser_enter(&works, "manager@example.nl");
	for (int hour = 1; hour < 12; hour++) {
		house_wait(&h, HOURS(1));
		browser_get(&works, "/account");
		EXPECT_INT(works.reply.status, 200);
		if (hour == 2) {
			browser_get(&rests, "/account");
			EXPECT_INT(rests.reply.status, 404);
		}
	}
	house_wait(&h, HOURS(1));
	browser_get(&works, "/account");
	EXPECT_INT(works.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(a_page_that_listens_keeps_nobody_signed_in)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_enter(&b, "manager@example.nl");
	for (int hour = 1; hour < 4; hour++) {
		browser_get(&b, "/fryslan/live");
		EXPECT_INT(b.reply.status, hour < 3 ? 200 : 404);
		house_wait(&h, HOURS(1));
	}
	house_close(&h);
}

TEST_ON_SQLITE(a_cookie_is_worth_nothing_after_signing_in_anew)
{
	struct house h;
	struct browser b = { .house = &h }, old;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_enter(&b, "manager@example.nl");
	old = b;
	browser_enter(&b, "manager@example.nl");
	browser_get(&old, "/account");
	EXPECT_INT(old.reply.status, 404);
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 200);
	house_close(&h);
}

TEST_ON_SQLITE(an_invented_cookie_is_nobody)
{
	struct house h;
	struct browser b = { .house = &h, .cookies = "__Host-login=x; "
	    "__Host-step=y; __Host-device=1.z" };

	house_open(&h, p);
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 404);
	browser_get(&b, "/sign-in/step");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	house_close(&h);
}

struct twice {
	struct house *house;
	bool first, second;
};

/* As two requests do that have both read the step before either ended it. */
static Err
end_twice(void *arg, struct db *db, struct arena *a)
{
	struct twice *t = arg;
	struct reply reply = { 0 };
	struct req r = { .arena = a, .db = db, .now = t->house->now,
	    .site = &t->house->site, .reply = &reply };
	struct step s = { .person = { .id = { 1 },
	    .must_use_factor = true } };
	const char *token;

	TRY(step_begin(&r, &s.person, "12345678"));
	token = strchr(reply.cookies[0], '=') + 1;
	s.token = hash_text(text_copy_n(a, token, strcspn(token, ";")));
	TRY(step_end(&r, &s, &t->first));
	return step_end(&r, &s, &t->second);
}

TEST_ON_BOTH(a_mailed_code_lets_one_in_however_many_send_it_at_once)
{
	struct house h;
	struct twice t = { .house = &h };

	house_open(&h, p);
	EXPECT_OK(writer_do(h.site.writer, p->arena, end_twice, &t));
	EXPECT(t.first);
	EXPECT(!t.second);
	house_close(&h);
}
