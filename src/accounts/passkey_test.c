#include "accounts/passkey.h"

#include <string.h>

#include "accounts/authenticator.h"
#include "base/test.h"

static const struct key key = { "a key for tests, 32 bytes long.." };
static const struct instant now = { DAYS(20000) };

static struct passkey_place
place(const char *purpose)
{
	return (struct passkey_place){ &key, "https://mentor.example",
	    "mentor.example", purpose, now };
}

static struct saying
right(struct arena *a, const char *purpose)
{
	return (struct saying){
		.challenge = passkey_challenge(a, &key, purpose, now),
		.origin = "https://mentor.example", .host = "mentor.example",
		.counter = 7,
	};
}

static enum passkey_verdict
make(struct arena *a, struct authenticator *t, struct passkey_made *made)
{
	const struct passkey_place at = place("create 1");
	const struct saying s = right(a, "create 1");
	const struct passkey_answer answer = authenticator_create(a, t, &s);

	return passkey_make(a, &at, &answer, made);
}

TEST(a_passkey_of_each_kind_is_made_and_used)
{
	for (int kind = KIND_ES256; kind <= KIND_RS256; kind++) {
		TEST_ARENA(a);
		struct authenticator *t CLEANUP(authenticator_free) =
		    authenticator_make((enum authenticator_kind)kind);
		const struct passkey_place at = place("get");
		const struct saying s = right(a, "get");
		struct passkey_made made;
		struct passkey_answer answer;
		int64_t counter = 6;

		EXPECT_TEXT(passkey_verdict_text(make(a, t, &made)), "good");
		EXPECT_INT(made.counter, 7);
		EXPECT_INT(made.id.len, 16);
		answer = authenticator_get(a, t, &s);
		EXPECT_TEXT(passkey_verdict_text(passkey_check(a, &at,
		    &answer, made.key, &counter)), "good");
		EXPECT_INT(counter, 7);
	}
}

/* One thing said wrong, in making and in signing in. */
static const struct wrong {
	const char *why;
	struct saying s;
	enum passkey_verdict verdict;
} wrongs[] = {
	{ "another site asked", { .origin = "https://evil.example" },
	  PASSKEY_OTHER_ORIGIN },
	{ "without TLS", { .origin = "http://mentor.example" },
	  PASSKEY_OTHER_ORIGIN },
	{ "another port", { .origin = "https://mentor.example:8443" },
	  PASSKEY_OTHER_ORIGIN },
	{ "in a frame of another site", { .cross_origin = true },
	  PASSKEY_OTHER_ORIGIN },
	{ "a key for another host", { .host = "evil.example" },
	  PASSKEY_OTHER_HOST },
	{ "nobody touched it", { .flags = 0x04 }, PASSKEY_NOT_UNLOCKED },
	{ "not verified", { .flags = 0x01 }, PASSKEY_NOT_UNLOCKED },
	{ "another ceremony", { .type = "payment.get" },
	  PASSKEY_OTHER_TYPE },
	{ "a challenge of their own", { .challenge = "AAAA" },
	  PASSKEY_OTHER_CHALLENGE },
	{ "no challenge", { .challenge = "" }, PASSKEY_OTHER_CHALLENGE },
};

static struct saying
but(struct saying s, const struct saying *wrong)
{
	if (wrong->challenge != NULL)
		s.challenge = wrong->challenge;
	if (wrong->origin != NULL)
		s.origin = wrong->origin;
	if (wrong->host != NULL)
		s.host = wrong->host;
	s.type = wrong->type;
	s.flags = wrong->flags;
	s.cross_origin = wrong->cross_origin;
	return s;
}

TEST(what_is_wrong_is_refused_when_a_passkey_is_made)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const struct passkey_place at = place("create 1");

	for (size_t i = 0; i < LEN(wrongs); i++) {
		const struct saying s = but(right(a, "create 1"),
		    &wrongs[i].s);
		const struct passkey_answer answer =
		    authenticator_create(a, t, &s);
		struct passkey_made made;

		EXPECT_INT_WHY(passkey_make(a, &at, &answer, &made),
		    wrongs[i].verdict, wrongs[i].why);
	}
}

TEST(what_is_wrong_is_refused_when_somebody_signs_in)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const struct passkey_place at = place("get");
	struct passkey_made made;

	EXPECT_INT(make(a, t, &made), PASSKEY_GOOD);
	for (size_t i = 0; i < LEN(wrongs); i++) {
		const struct saying s = but(right(a, "get"), &wrongs[i].s);
		const struct passkey_answer answer =
		    authenticator_get(a, t, &s);
		int64_t counter = 0;

		EXPECT_INT_WHY(passkey_check(a, &at, &answer, made.key,
		    &counter), wrongs[i].verdict, wrongs[i].why);
		EXPECT_INT_WHY(counter, 0, wrongs[i].why);
	}
}

TEST(a_challenge_is_good_for_its_purpose_and_five_minutes)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_EDDSA);
	static const struct key other = { "another key, also 32 bytes long." };
	const struct {
		const char *why;
		const struct key *key;
		const char *purpose;
		int64_t ago;
		enum passkey_verdict verdict;
	} cases[] = {
		{ "just made", &key, "get", 0, PASSKEY_GOOD },
		{ "five minutes ago", &key, "get", MINUTES(5),
		  PASSKEY_GOOD },
		{ "a little more", &key, "get", MINUTES(5) + 1,
		  PASSKEY_OLD_CHALLENGE },
		{ "from the future", &key, "get", -1,
		  PASSKEY_OLD_CHALLENGE },
		{ "for making one", &key, "create 1", 0,
		  PASSKEY_OTHER_CHALLENGE },
		{ "of another installation", &other, "get", 0,
		  PASSKEY_OTHER_CHALLENGE },
	};
	struct passkey_made made;

	EXPECT_INT(make(a, t, &made), PASSKEY_GOOD);
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct passkey_place at = place("get");
		struct saying s = right(a, "get");
		struct passkey_answer answer;
		int64_t counter = 0;

		s.challenge = passkey_challenge(a, cases[i].key,
		    cases[i].purpose, instant_plus(now, -cases[i].ago));
		answer = authenticator_get(a, t, &s);
		EXPECT_INT_WHY(passkey_check(a, &at, &answer, made.key,
		    &counter), cases[i].verdict, cases[i].why);
	}
}

TEST(a_signature_of_another_key_is_refused)
{
	TEST_ARENA(a);
	struct authenticator *mine CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	struct authenticator *theirs CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const struct passkey_place at = place("get");
	const struct saying s = right(a, "get");
	struct passkey_made made;
	struct passkey_answer answer;
	int64_t counter = 0;

	EXPECT_INT(make(a, mine, &made), PASSKEY_GOOD);
	answer = authenticator_get(a, theirs, &s);
	EXPECT_INT(passkey_check(a, &at, &answer, made.key, &counter),
	    PASSKEY_BAD_SIGNATURE);
}

TEST(a_changed_byte_breaks_the_signature)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_RS256);
	const struct passkey_place at = place("get");
	const struct saying s = right(a, "get");
	struct passkey_made made;
	struct passkey_answer answer;
	int64_t counter = 0;

	EXPECT_INT(make(a, t, &made), PASSKEY_GOOD);
	answer = authenticator_get(a, t, &s);
	((unsigned char *)(uintptr_t)answer.authenticator_data.p)[36] ^= 1;
	EXPECT_INT(passkey_check(a, &at, &answer, made.key, &counter),
	    PASSKEY_BAD_SIGNATURE);
}

TEST(a_counter_that_does_not_rise_tells_of_a_copy)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_EDDSA);
	const struct passkey_place at = place("get");
	const struct {
		const char *why;
		int64_t known;
		unsigned said;
		enum passkey_verdict verdict;
	} cases[] = {
		{ "one more", 4, 5, PASSKEY_GOOD },
		{ "the same again", 5, 5, PASSKEY_COPIED },
		{ "less", 6, 5, PASSKEY_COPIED },
		{ "it counted once, and stopped", 6, 0, PASSKEY_COPIED },
		{ "it never counts", 0, 0, PASSKEY_GOOD },
	};
	struct passkey_made made;

	EXPECT_INT(make(a, t, &made), PASSKEY_GOOD);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct saying s = right(a, "get");
		struct passkey_answer answer;
		int64_t counter = cases[i].known;

		s.counter = cases[i].said;
		answer = authenticator_get(a, t, &s);
		EXPECT_INT_WHY(passkey_check(a, &at, &answer, made.key,
		    &counter), cases[i].verdict, cases[i].why);
	}
}

TEST(cut_off_data_is_refused_at_every_length)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const struct passkey_place at = place("create 1");
	const struct saying s = right(a, "create 1");
	struct passkey_answer answer = authenticator_create(a, t, &s);
	size_t whole = answer.authenticator_data.len;

	for (size_t n = 0; n < whole; n++) {
		struct passkey_made made = { 0 };

		answer.authenticator_data.len = n;
		EXPECT(passkey_make(a, &at, &answer, &made) != PASSKEY_GOOD);
	}
}

TEST(client_data_that_is_no_json_object_is_refused)
{
	TEST_ARENA(a);
	struct authenticator *t CLEANUP(authenticator_free) =
	    authenticator_make(KIND_ES256);
	const struct passkey_place at = place("create 1");
	const struct saying s = right(a, "create 1");
	const char *const texts[] = { "", "{", "[]", "null", "\"x\"",
	    "{\"type\":1,\"type\":2}", "{} {}", "\xff" };

	for (size_t i = 0; i < LEN(texts); i++) {
		struct passkey_answer answer = authenticator_create(a, t, &s);
		struct passkey_made made;

		answer.client_data = (struct blob){ texts[i],
		    strlen(texts[i]) };
		EXPECT_INT_WHY(passkey_make(a, &at, &answer, &made),
		    PASSKEY_MALFORMED, texts[i]);
	}
}
