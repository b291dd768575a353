/*
 * Codes that somebody types, and the cookie by which a browser is known
 * again.  Pure: what is stored is handed in.
 */
#ifndef ACCOUNTS_CODE_H
#define ACCOUNTS_CODE_H

#include "base/crypt.h"
#include "base/date.h"
#include "base/id.h"

/* ---- TOTP (RFC 6238): SHA-1, 6 digits, 30 seconds ---------------------- */

enum { TOTP_SEED = 20 };

/*
 * The time step that CODE belongs to: the present one, the one before or the
 * one after, if it is later than LAST, so that no code works twice.  0 when
 * the code is not right.
 */
int64_t totp_step(const unsigned char seed[TOTP_SEED], const char *code,
    struct instant now, int64_t last);

/* The seed in base32, in groups of four, for people who type it over. */
const char *totp_seed_text(struct arena *,
    const unsigned char seed[TOTP_SEED]);
/* otpauth://… with the account's name in it. */
const char *totp_address(struct arena *, const unsigned char seed[TOTP_SEED],
    const char *issuer, const char *account);

/* ---- Recovery codes ---------------------------------------------------- */

enum { RECOVERY_CODES = 10 };

/* "xq4m7-k2p9t": 50 random bits, without 0, 1, l, o. */
const char *recovery_code(struct arena *);
/* What is stored of CODE, which is without its hyphen and in lower case. */
struct hash code_hash(struct arena *, const struct key *, struct person_id,
    const char *code);

/* ---- A browser known from before --------------------------------------- */

/*
 * The cookie is good for one person until their password changes, which
 * PASSWORD_SET stands for, and for 90 days at most.
 */
const char *device_token(struct arena *, const struct key *,
    struct person_id, struct instant password_set, struct instant now);
struct device_claim {
	const struct key *key;
	struct person_id person;
	struct instant password_set;
	struct instant now;
};
bool device_is_known(struct arena *, const struct device_claim *,
    const char *cookie);
enum { DEVICE_DAYS = 90 };

#endif
