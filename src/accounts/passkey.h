/*
 * Passkeys (WebAuthn level 2), without attestation: a key pair that an
 * authenticator keeps, bound to our host, unlocked by its owner.
 *
 * libfido2 reads the authenticator's data and checks signatures; it does not
 * look at the client data, and refuses credentials without attestation, so
 * type, challenge, origin, host and flags are checked here.  No database.
 */
#ifndef ACCOUNTS_PASSKEY_H
#define ACCOUNTS_PASSKEY_H

#include "base/crypt.h"
#include "base/date.h"
#include "db/db.h"

/*
 * A challenge carries its own proof: when and for what we made it.  So a
 * GET stores nothing, and the one who answers has it marked as used.
 * PURPOSE is "get", or "create" and the person's id.
 */
enum { CHALLENGE_BYTES = 40 };
const char *passkey_challenge(struct arena *, const struct key *,
    const char *purpose, struct instant now);

enum passkey_verdict {
	PASSKEY_GOOD,
	PASSKEY_MALFORMED,
	PASSKEY_OTHER_TYPE,
	PASSKEY_OTHER_CHALLENGE,        /* not ours, or for something else */
	PASSKEY_OLD_CHALLENGE,          /* more than five minutes ago */
	PASSKEY_OTHER_ORIGIN,
	PASSKEY_OTHER_HOST,
	PASSKEY_NOT_UNLOCKED,           /* nobody was there, or not verified */
	PASSKEY_OTHER_KEY,              /* a kind of key we do not take */
	PASSKEY_BAD_SIGNATURE,
	PASSKEY_COPIED,                 /* its counter went back */
};
/* In English, for tests and the audit trail. */
const char *passkey_verdict_text(enum passkey_verdict);

/* What we expect. */
struct passkey_place {
	const struct key *key;          /* of the installation */
	const char *base_url;           /* origin */
	const char *host;               /* rpId: text_host of base_url */
	const char *purpose;
	struct instant now;
};

/* What the browser sent, decoded. */
struct passkey_answer {
	struct blob id;                 /* of the credential */
	struct blob client_data;
	struct blob authenticator_data;
	struct blob signature;          /* none when made */
	struct blob user_handle;        /* may be empty */
};

/* A new one: its id and KEY, the algorithm's letter and the public key. */
struct passkey_made {
	struct blob id;
	struct blob key;
	int64_t counter;
};
enum passkey_verdict passkey_make(struct arena *,
    const struct passkey_place *, const struct passkey_answer *,
    struct passkey_made *);

/* One that we know: KEY and COUNTER as stored; COUNTER gets the new one. */
enum passkey_verdict passkey_check(struct arena *,
    const struct passkey_place *, const struct passkey_answer *,
    struct blob key, int64_t *counter);

/* What to mark as used: the hash of the challenge in the answer. */
struct hash passkey_challenge_hash(struct arena *,
    const struct passkey_answer *);

/* What the authenticator calls the person: nothing that can be guessed. */
struct blob passkey_user(struct arena *, const struct key *,
    struct person_id);

/* Options for the browser as JSON; KNOWN are ids of the person's others. */
struct passkey_wish {
	const char *challenge;
	const char *host;
	struct blob user;
	const char *account, *name;
	const struct blob *known;
	size_t nknown;
};
const char *passkey_get_options(struct arena *, const struct passkey_wish *);
const char *passkey_create_options(struct arena *,
    const struct passkey_wish *);

#endif
