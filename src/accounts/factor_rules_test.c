#include "accounts/factor.h"
#include "base/test.h"

TEST(a_password_alone_adds_the_first_factor_and_no_other)
{
	const struct {
		const char *why;
		struct factors f;
		bool unfinished, allowed;
	} cases[] = {
		{ "signed in wholly", { .totp = true }, false, true },
		{ "the first factor, after a password", { 0 }, true, true },
		{ "a second app with a password alone", { .totp = true },
		  true, false },
		{ "an app beside a passkey, with a password alone",
		  { .passkeys = 1 }, true, false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(factor_change_judge(&cases[i].f,
		    cases[i].unfinished), cases[i].allowed, cases[i].why);
}

TEST(nobody_takes_their_last_way_in_away)
{
	const struct {
		const char *why;
		struct factors f;
		enum credential_kind kind;
		bool needed;
	} cases[] = {
		{ "the only passkey, no password", { .passkeys = 1 },
		  CREDENTIAL_PASSKEY, true },
		{ "one of two", { .passkeys = 2 }, CREDENTIAL_PASSKEY,
		  false },
		{ "a mentor with a password",
		  { .passkeys = 1, .password = true }, CREDENTIAL_PASSKEY,
		  false },
		{ "a manager with a password",
		  { .must_use_factor = true, .passkeys = 1,
		    .password = true }, CREDENTIAL_PASSKEY, true },
		{ "a manager with password and app",
		  { .must_use_factor = true, .passkeys = 1, .totp = true,
		    .password = true }, CREDENTIAL_PASSKEY, false },
		{ "a manager's only app", { .must_use_factor = true,
		  .totp = true, .password = true }, CREDENTIAL_TOTP, true },
		{ "a manager's app beside a passkey",
		  { .must_use_factor = true, .totp = true, .passkeys = 1,
		    .password = true }, CREDENTIAL_TOTP, false },
		{ "a mentor's app", { .totp = true, .password = true },
		  CREDENTIAL_TOTP, false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(factor_is_needed(&cases[i].f, cases[i].kind),
		    cases[i].needed, cases[i].why);
}
