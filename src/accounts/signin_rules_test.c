#include "accounts/login.h"
#include "base/test.h"

TEST(the_next_step_follows_from_role_and_factors)
{
	const struct {
		const char *why;
		struct standing s;
		enum signin_step step;
	} cases[] = {
		{ "a mentor in a new browser",
		  { .has_totp = false }, STEP_MAILED },
		{ "a mentor in their own browser",
		  { .known_device = true }, STEP_DONE },
		{ "a mentor with an app, new browser",
		  { .has_totp = true }, STEP_CODE },
		{ "a mentor with an app, own browser",
		  { .has_totp = true, .known_device = true }, STEP_DONE },
		{ "a mentor with a passkey, new browser",
		  { .has_passkey = true }, STEP_MAILED },
		{ "a manager with an app",
		  { .must_use_factor = true, .has_totp = true }, STEP_CODE },
		{ "a manager's own browser is not enough",
		  { .must_use_factor = true, .has_totp = true,
		    .known_device = true }, STEP_CODE },
		{ "a manager for the first time",
		  { .must_use_factor = true }, STEP_SET_UP },
		{ "the first time, known browser",
		  { .must_use_factor = true, .known_device = true },
		  STEP_SET_UP },
		{ "a stolen password gets round no passkey",
		  { .must_use_factor = true, .has_passkey = true },
		  STEP_PASSKEY },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(signin_step(&cases[i].s), cases[i].step,
		    cases[i].why);
}

TEST(a_login_lasts_as_long_as_role_and_factor_allow)
{
	const struct {
		const char *why;
		enum login_factors factors;
		bool must;
		struct login_span span;
	} cases[] = {
		{ "a manager, passkey", FACTORS_PASSKEY, true,
		  { HOURS(2), HOURS(12) } },
		{ "a mentor's own device", FACTORS_PASSKEY, false,
		  { DAYS(30), DAYS(30) } },
		{ "a mentor, mailed code", FACTORS_MAILED, false,
		  { HOURS(2), DAYS(1) } },
		{ "only a password", FACTORS_PASSWORD, false,
		  { HOURS(2), HOURS(12) } },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct login_span s = login_span(cases[i].factors,
		    cases[i].must);

		EXPECT_INT_WHY(s.idle, cases[i].span.idle, cases[i].why);
		EXPECT_INT_WHY(s.whole, cases[i].span.whole, cases[i].why);
	}
}

TEST(a_mailed_code_is_not_enough_for_who_sees_others)
{
	const struct {
		enum login_factors factors;
		bool for_mentor, for_manager;
	} cases[] = {
		{ FACTORS_NONE, true, true },
		{ FACTORS_PASSWORD, true, true },
		{ FACTORS_DEVICE, false, true },
		{ FACTORS_MAILED, false, true },
		{ FACTORS_TOTP, false, false },
		{ FACTORS_RECOVERY, false, false },
		{ FACTORS_PASSKEY, false, false },
		{ FACTORS_SHELL, false, false },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		EXPECT_INT(login_is_unfinished(cases[i].factors, false),
		    cases[i].for_mentor);
		EXPECT_INT(login_is_unfinished(cases[i].factors, true),
		    cases[i].for_manager);
	}
}

TEST(a_typed_code_tells_what_it_is)
{
	const struct {
		const char *why, *typed;
		enum code_kind kind;
		const char *code;
	} cases[] = {
		{ "from an app", "123456", CODE_TOTP, "123456" },
		{ "as apps show it", "123 456", CODE_TOTP, "123456" },
		{ "from a mail", "12345678", CODE_MAILED, "12345678" },
		{ "copied with spaces", " 1234 5678 ", CODE_MAILED,
		  "12345678" },
		{ "from paper", "xq4m7-k2p9t", CODE_RECOVERY, "xq4m7k2p9t" },
		{ "in capitals", "XQ4M7K2P9T", CODE_RECOVERY, "xq4m7k2p9t" },
		{ "too short", "12345", CODE_NONE, "12345" },
		{ "ten digits are none of them", "1234567890", CODE_NONE,
		  "1234567890" },
		{ "nothing", "", CODE_NONE, "" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		char code[16];

		EXPECT_INT_WHY(code_kind(cases[i].typed, code),
		    cases[i].kind, cases[i].why);
		EXPECT_TEXT_WHY(code, cases[i].code, cases[i].why);
	}
}

TEST(a_very_long_code_is_none)
{
	char code[16];

	EXPECT_INT(code_kind("abcdefghijklmnopqrstuvwxyz", code), CODE_NONE);
}

TEST(a_login_is_fresh_for_a_quarter_of_an_hour_and_as_long_to_fill_a_form)
{
	EXPECT(login_is_fresh(0, false));
	EXPECT(login_is_fresh(MINUTES(15), false));
	EXPECT(!login_is_fresh(MINUTES(15) + 1, false));
	EXPECT(login_is_fresh(MINUTES(30), true));
	EXPECT(!login_is_fresh(MINUTES(30) + 1, true));
}
