/* Who may change how they sign in.  See factor.h. */
#include "accounts/factor.h"

enum factor_change
factor_change_judge(const struct factors *f, bool unfinished,
    int64_t proven_ago)
{
	/* Else a stolen password could be made into a whole account. */
	if (unfinished && (f->totp || f->passkeys > 0))
		return CHANGE_PROVE_AGAIN;
	return proven_ago > MINUTES(15) ? CHANGE_PROVE_AGAIN : CHANGE_ALLOWED;
}

bool
factor_is_needed(const struct factors *f, enum credential_kind kind)
{
	bool last_passkey = kind == CREDENTIAL_PASSKEY && f->passkeys == 1;
	bool last_totp = kind == CREDENTIAL_TOTP && f->passkeys == 0;

	if (f->must_use_factor && (last_totp || (last_passkey && !f->totp)))
		return true;
	return last_passkey && !f->password;
}
