/*
 * A person's row and what proves that somebody is that person; private to
 * accounts/.
 */
#ifndef ACCOUNTS_PERSON_H
#define ACCOUNTS_PERSON_H

#include "base/words.h"
#include "db/db.h"

struct req;
struct work;

struct person {
	struct person_id id;
	const char *name;
	const char *email;              /* NULL for none */
	enum language lang;
	bool administrator;
	bool must_use_factor;           /* a role asks for TOTP or a passkey */
};

/* Stored in credential.kind. */
enum credential_kind {
	CREDENTIAL_PASSWORD = 1,        /* secret: PHC text */
	CREDENTIAL_TOTP,                /* secret: sealed seed */
	CREDENTIAL_PASSKEY,             /* secret: algorithm and public key */
	CREDENTIAL_RECOVERY,            /* secret: hash of the code */
	CREDENTIAL_TOTP_NEW,            /* sealed seed, shown, not yet proven */
};
enum {
	CREDENTIAL_KIND_LEAST = CREDENTIAL_PASSWORD,
	CREDENTIAL_KIND_MOST = CREDENTIAL_TOTP_NEW,
};

struct credential {
	int64_t id;
	struct person_id person;
	const char *label;
	struct blob handle;
	struct blob secret;
	int64_t counter;
	bool confirmed;
	struct instant created_at;
	struct instant used_at;         /* 0: never */
};

/* What functions for requests need, with nobody as the viewer. */
struct req req_of_work(const struct work *, struct programme_id);

/* An address as it is stored and looked up: without capitals. */
const char *email_fold(struct arena *, const char *);

#endif
