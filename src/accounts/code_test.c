#include "accounts/code.h"

#include <string.h>

#include "accounts/login.h"
#include "accounts/qr.h"
#include "base/test.h"

/* The seed of RFC 6238's examples. */
static const unsigned char seed[TOTP_SEED] = "12345678901234567890";

static const struct key key = { "a key for tests, 32 bytes long.." };
static const struct person_id sjoukje = { 7 };

static struct instant
at(int64_t seconds)
{
	return (struct instant){ SECONDS(seconds) };
}

TEST(the_examples_of_rfc_6238_are_accepted)
{
	const struct { int64_t seconds; const char *code; } cases[] = {
		{ 59, "287082" }, { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(totp_step(seed, cases[i].code,
		    at(cases[i].seconds), 0), cases[i].seconds / 30,
		    cases[i].code);
}

TEST(a_totp_code_works_a_step_early_or_late_and_once)
{
	/* 287082 belongs to step 1: 30 to 59 seconds. */
	const struct {
		const char *why;
		int64_t seconds, last;
		int64_t step;
	} cases[] = {
		{ "in its time", 45, 0, 1 },
		{ "the phone's clock is ahead", 29, 0, 1 },
		{ "typed slowly", 89, 0, 1 },
		{ "too late", 90, 0, 0 },
		{ "used before", 45, 1, 0 },
		{ "a later one was used", 45, 2, 0 },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(totp_step(seed, "287082", at(cases[i].seconds),
		    cases[i].last), cases[i].step, cases[i].why);
}

TEST(what_is_no_totp_code_is_refused)
{
	const char *const codes[] = { "", "28708", "2870821", "28708a",
	    "287083", " 287082" };

	for (size_t i = 0; i < LEN(codes); i++)
		EXPECT_INT_WHY(totp_step(seed, codes[i], at(45), 0), 0,
		    codes[i]);
}

TEST(a_seed_is_shown_in_groups_and_as_an_address)
{
	TEST_ARENA(a);

	EXPECT_TEXT(totp_seed_text(a, seed),
	    "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	EXPECT_TEXT(totp_address(a, seed, "Fjouwer", "a b@c.nl"),
	    "otpauth://totp/Fjouwer:a%20b%40c.nl?secret="
	    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fjouwer");
}

TEST(an_address_fits_in_a_picture)
{
	TEST_ARENA(a);
	int side = 0;
	const char *path = qr_path(a, totp_address(a, seed, "Fjouwer",
	    "sjoukje@example.nl"), &side);

	EXPECT(path != NULL && text_begins(path, "M4 4h7v1h-7z"));
	EXPECT(side > 8 + 21);
}

TEST(recovery_codes_are_recognised_and_differ)
{
	TEST_ARENA(a);
	const char *one = recovery_code(a), *two = recovery_code(a);
	char code[16];

	EXPECT_INT(strlen(one), 11);
	EXPECT(!text_same(one, two));
	EXPECT_INT(code_kind(one, code), CODE_RECOVERY);
}

TEST(the_same_code_of_another_person_is_stored_otherwise)
{
	TEST_ARENA(a);
	struct hash mine = code_hash(a, &key, sjoukje, "12345678");
	struct hash again = code_hash(a, &key, sjoukje, "12345678");
	struct hash other = code_hash(a, &key, (struct person_id){ 8 },
	    "12345678");

	EXPECT(hash_same(&mine, &again));
	EXPECT(!hash_same(&mine, &other));
}

TEST(a_browser_is_known_to_one_person_until_the_password_changes)
{
	TEST_ARENA(a);
	const char *cookie = device_token(a, &key, sjoukje, at(5), at(100));
	static const struct key other = { "another key, also 32 bytes long." };
	const struct {
		const char *why;
		struct device_claim claim;
		const char *cookie;
		bool known;
	} cases[] = {
		{ "the same browser", { &key, sjoukje, at(5), at(200) },
		  cookie, true },
		{ "somebody else", { &key, { 8 }, at(5), at(200) }, cookie,
		  false },
		{ "a new password", { &key, sjoukje, at(6), at(200) },
		  cookie, false },
		{ "another installation", { &other, sjoukje, at(5),
		  at(200) }, cookie, false },
		{ "the last day", { &key, sjoukje, at(5),
		  { SECONDS(100) + DAYS(DEVICE_DAYS) } }, cookie, true },
		{ "the day after", { &key, sjoukje, at(5),
		  { SECONDS(101) + DAYS(DEVICE_DAYS) } }, cookie, false },
		{ "from the future", { &key, sjoukje, at(5), at(99) },
		  cookie, false },
		{ "no cookie", { &key, sjoukje, at(5), at(200) }, "", false },
		{ "nonsense", { &key, sjoukje, at(5), at(200) }, "x.y",
		  false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(device_is_known(a, &cases[i].claim,
		    cases[i].cookie) == cases[i].known, cases[i].why);
}

TEST(a_changed_cookie_is_not_known)
{
	TEST_ARENA(a);
	const struct device_claim claim = { &key, sjoukje, at(5), at(200) };
	char *cookie = text_copy(a, device_token(a, &key, sjoukje, at(5),
	    at(100)));

	cookie[0] = '2';
	EXPECT(!device_is_known(a, &claim, cookie));
}
