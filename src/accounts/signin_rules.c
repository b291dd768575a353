/* Logins: the rules.  See login.h. */
#include "accounts/login.h"

enum signin_step
signin_step(const struct standing *s)
{
	/* A mentor's own browser is the second factor. */
	if (!s->must_use_factor && s->known_device)
		return STEP_DONE;
	if (s->has_totp)
		return STEP_CODE;
	if (!s->must_use_factor)
		return STEP_MAILED;
	/* Else whoever has the password could add a factor of their own. */
	return s->has_passkey ? STEP_PASSKEY : STEP_SET_UP;
}

struct login_span
login_span(enum login_factors factors, bool must_use_factor)
{
	if (must_use_factor || factors == FACTORS_PASSWORD)
		return (struct login_span){ HOURS(2), HOURS(12) };
	if (factors == FACTORS_PASSKEY)
		return (struct login_span){ DAYS(30), DAYS(30) };
	return (struct login_span){ HOURS(2), DAYS(1) };
}

bool
login_is_unfinished(enum login_factors factors, bool must_use_factor)
{
	switch (factors) {
	case FACTORS_NONE:
	case FACTORS_PASSWORD:
	case FACTORS_DEVICE:
	case FACTORS_MAILED:
		return factors < FACTORS_DEVICE || must_use_factor;
	case FACTORS_TOTP:
	case FACTORS_RECOVERY:
	case FACTORS_PASSKEY:
	case FACTORS_SHELL:
		return false;
	}
	return true;
}

bool
login_is_fresh(int64_t proven_ago, bool sending)
{
	return proven_ago <= (sending ? MINUTES(30) : MINUTES(15));
}

static bool
is_digits(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < '0' || *s > '9')
			return false;
	return true;
}

enum code_kind
code_kind(const char *typed, char code[16])
{
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed;

		if (c == ' ' || c == '-')
			continue;
		if (n == 15)
			return CODE_NONE;
		code[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	code[n] = '\0';
	if (is_digits(code))
		return n == 6 ? CODE_TOTP : n == 8 ? CODE_MAILED : CODE_NONE;
	return n == 10 ? CODE_RECOVERY : CODE_NONE;
}
