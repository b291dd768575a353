/* Who may change how they sign in.  See factor.h. */
#include "accounts/factor.h"

bool
factor_change_judge(const struct factors *f, bool unfinished)
{
	/* Else a stolen password could be made into a whole account. */
	return !unfinished || (!f->totp && f->passkeys == 0);
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
