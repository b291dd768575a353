/*
 * For tests: an authenticator in software, that does what it is told, wrong
 * things too.
 */
#ifndef ACCOUNTS_AUTHENTICATOR_H
#define ACCOUNTS_AUTHENTICATOR_H

#include "accounts/passkey.h"

enum authenticator_kind { KIND_ES256, KIND_EDDSA, KIND_RS256 };

struct authenticator;

struct authenticator *authenticator_make(enum authenticator_kind);
void authenticator_free(struct authenticator **);

/* What to say; zeroes and NULLs are the right thing. */
struct saying {
	const char *challenge;
	const char *origin, *host;
	const char *type;               /* NULL: as it should be */
	unsigned char flags;            /* 0: present, verified */
	unsigned counter;
	bool cross_origin;
};
struct passkey_answer authenticator_create(struct arena *,
    struct authenticator *, const struct saying *);
struct passkey_answer authenticator_get(struct arena *,
    struct authenticator *, const struct saying *);

#endif
