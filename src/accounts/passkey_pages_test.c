/* Passkeys, from the browser's side, with an authenticator in software. */
#include "accounts/authenticator.h"
#include "accounts/test_house.h"

#include <string.h>

#define MANAGER ROLE_BIT(ROLE_MANAGER)
#define MENTOR ROLE_BIT(ROLE_MENTOR)

/* The challenge in the options of the page. */
static const char *
challenge(struct browser *b, const char *page)
{
	browser_get(b, page);
	EXPECT_INT(b->reply.status, 200);
	return browser_finds(b, "challenge&quot;:&quot;", "&quot;");
}

static struct saying
saying(struct browser *b, const char *page, unsigned counter)
{
	return (struct saying){ .challenge = challenge(b, page),
	    .origin = "https://mentor.example", .host = "mentor.example",
	    .counter = counter };
}

static const char *
body_of(struct house *h, const struct passkey_answer *a)
{
	struct arena *m = h->arena;

	return text_fmt(m, "credential_id=%s&client_data=%s&"
	    "authenticator_data=%s&signature=%s&user_handle=%s&label=Phone",
	    base64url(m, a->id.p, a->id.len),
	    base64url(m, a->client_data.p, a->client_data.len),
	    base64url(m, a->authenticator_data.p, a->authenticator_data.len),
	    base64url(m, a->signature.p, a->signature.len),
	    base64url(m, a->user_handle.p, a->user_handle.len));
}

static const char *
create(struct browser *b, struct authenticator *t, const char *page)
{
	const struct saying s = saying(b, page, 1);
	struct passkey_answer a = authenticator_create(b->house->arena, t,
	    &s);

	return body_of(b->house, &a);
}

static const char *
get(struct browser *b, struct authenticator *t, unsigned counter)
{
	const struct saying s = saying(b, "/sign-in", counter);
	struct passkey_answer a = authenticator_get(b->house->arena, t, &s);

	return body_of(b->house, &a);
}

/* A manager who has a passkey. */
static void
manager_with(struct house *h, struct authenticator *t)
{
	struct browser b = { .house = h };

	house_member(h, "manager@example.nl", MANAGER);
	browser_signin(&b, "manager@example.nl");
	browser_post(&b, "/account/passkeys", create(&b, t,
	    "/account/second-step"));
	EXPECT_TEXT(browser_says(&b), "303 /account/recovery");
	browser_get(&b, "/start");
	EXPECT_TEXT(browser_says(&b), "303 /fryslan/today");
}

TEST_ON_BOTH(a_passkey_alone_signs_a_manager_in)
{
	struct house h;
	struct browser b = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);

	house_open(&h, p);
	manager_with(&h, t);
	browser_post(&b, "/sign-in/passkey", get(&b, t, 2));
	EXPECT_TEXT(browser_says(&b), "303 /start");
	browser_get(&b, "/fryslan/people");
	EXPECT_INT(b.reply.status, 200);
	house_close(&h);
}

TEST_ON_BOTH(the_same_answer_signs_nobody_in_again)
{
	struct house h;
	struct browser b = { .house = &h }, thief = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_EDDSA);
	const char *body;

	house_open(&h, p);
	manager_with(&h, t);
	body = get(&b, t, 2);
	browser_post(&b, "/sign-in/passkey", body);
	EXPECT_TEXT(browser_says(&b), "303 /start");
	browser_post(&thief, "/sign-in/passkey", body);
	EXPECT_INT(thief.reply.status, 422);
	house_close(&h);
}

TEST_ON_SQLITE(an_answer_that_never_counts_is_used_once_as_well)
{
	struct house h;
	struct browser b = { .house = &h }, thief = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	struct saying s;
	struct passkey_answer a;

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_enter(&b, "mentor@example.nl");
	s = saying(&b, "/account/second-step", 0);
	a = authenticator_create(h.arena, t, &s);
	browser_post(&b, "/account/passkeys", body_of(&h, &a));
	s = saying(&b, "/sign-in", 0);
	a = authenticator_get(h.arena, t, &s);
	browser_post(&b, "/sign-in/passkey", body_of(&h, &a));
	EXPECT_TEXT(browser_says(&b), "303 /start");
	browser_post(&thief, "/sign-in/passkey", body_of(&h, &a));
	EXPECT_INT(thief.reply.status, 422);
	house_close(&h);
}

TEST_ON_SQLITE(a_passkey_that_nobody_knows_is_refused)
{
	struct house h;
	struct browser b = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);

	house_open(&h, p);
	browser_post(&b, "/sign-in/passkey", get(&b, t, 2));
	EXPECT_INT(b.reply.status, 422);
	browser_post(&b, "/sign-in/passkey", "");
	EXPECT_INT(b.reply.status, 422);
	house_close(&h);
}

TEST_ON_SQLITE(a_passkey_with_somebody_elses_handle_is_refused)
{
	struct house h;
	struct browser b = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	struct saying s;
	struct passkey_answer a;

	house_open(&h, p);
	manager_with(&h, t);
	s = saying(&b, "/sign-in", 2);
	a = authenticator_get(h.arena, t, &s);
	a.user_handle = passkey_user(h.arena, &h.site.key,
	    (struct person_id){ 4711 });
	browser_post(&b, "/sign-in/passkey", body_of(&h, &a));
	EXPECT_INT(b.reply.status, 422);
	house_close(&h);
}

TEST_ON_SQLITE(a_passkey_is_made_only_by_whom_it_is_for)
{
	struct house h;
	struct browser one = { .house = &h }, two = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const char *body;

	house_open(&h, p);
	house_member(&h, "one@example.nl", MENTOR);
	house_member(&h, "two@example.nl", MENTOR);
	browser_enter(&one, "one@example.nl");
	browser_enter(&two, "two@example.nl");
	body = create(&one, t, "/account/second-step");
	browser_post(&two, "/account/passkeys", body);
	EXPECT_TEXT(browser_says(&two), "303 /account/second-step");
	browser_get(&two, "/account");
	EXPECT(!browser_shows(&two, "Phone"));
	house_close(&h);
}

TEST_ON_SQLITE(a_password_alone_adds_no_passkey_beside_one)
{
	struct house h;
	struct browser thief = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);

	house_open(&h, p);
	manager_with(&h, t);
	browser_signin(&thief, "manager@example.nl");
	EXPECT_TEXT(browser_says(&thief), "303 /sign-in/step");
	browser_get(&thief, "/account/second-step");
	EXPECT_INT(thief.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(wrong_passwords_keep_nobody_with_a_passkey_out)
{
	struct house h;
	struct browser b = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);

	house_open(&h, p);
	manager_with(&h, t);
	for (int i = 0; i < 11; i++)
		browser_post(&b, "/sign-in",
		    "email=manager@example.nl&password=guess");
	EXPECT_INT(b.reply.status, 429);
	browser_post(&b, "/sign-in/passkey", get(&b, t, 2));
	EXPECT_TEXT(browser_says(&b), "303 /start");
	house_close(&h);
}

TEST_ON_SQLITE(a_mentors_own_device_stays_signed_in_for_thirty_days)
{
	struct house h;
	struct browser b = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);

	house_open(&h, p);
	house_member(&h, "mentor@example.nl", MENTOR);
	browser_enter(&b, "mentor@example.nl");
	browser_post(&b, "/account/passkeys", create(&b, t,
	    "/account/second-step"));
	browser_post(&b, "/sign-in/passkey", get(&b, t, 2));
	house_wait(&h, DAYS(29));
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 200);
	house_wait(&h, DAYS(1));
	browser_get(&b, "/account");
	EXPECT_INT(b.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(a_passkey_is_removed_by_its_owner_alone)
{
	struct house h;
	struct browser one = { .house = &h }, two = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const char *path;

	house_open(&h, p);
	house_member(&h, "one@example.nl", MENTOR);
	house_member(&h, "two@example.nl", MENTOR);
	browser_enter(&one, "one@example.nl");
	browser_enter(&two, "two@example.nl");
	browser_post(&one, "/account/passkeys", create(&one, t,
	    "/account/second-step"));
	browser_get(&one, "/account");
	path = text_fmt(h.arena, "/account/passkeys/%s/remove",
	    browser_finds(&one, "/account/passkeys/", "/remove"));
	browser_post(&two, path, "");
	EXPECT_INT(two.reply.status, 404);
	browser_post(&one, path, "");
	EXPECT_TEXT(browser_says(&one), "303 /account");
	browser_get(&one, "/account");
	EXPECT(!browser_shows(&one, "/remove\""));
	house_close(&h);
}

TEST_ON_SQLITE(an_invitation_is_accepted_with_a_passkey)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const char *path;

	house_open(&h, p);
	house_member(&h, "manager@example.nl", MANAGER);
	browser_enter(&b, "manager@example.nl");
	browser_post(&b, "/fryslan/people/invite",
	    "name=Hielke&email=hielke@example.nl&role=manager");
	path = text_fmt(h.arena, "/fryslan/invitation/%s", house_letter(&h,
	    h.fryslan, "invitation", "/fryslan/invitation/"));
	browser_post(&new, text_fmt(h.arena, "%s/passkey", path),
	    create(&new, t, path));
	EXPECT_TEXT(browser_says(&new), "303 /start");
	browser_get(&new, "/fryslan/people");
	EXPECT_INT(new.reply.status, 200);
	house_close(&h);
}
