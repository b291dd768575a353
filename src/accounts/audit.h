/* The chain of the audit trail; private to accounts/. */
#ifndef ACCOUNTS_AUDIT_H
#define ACCOUNTS_AUDIT_H

#include "accounts/accounts.h"

struct audit_row {
	struct programme_id programme;
	int64_t number;
	struct instant at;
	int64_t actor;          /* pseudonym; 0: the program, or nobody */
	int64_t object;
	const char *what;
	const char *network;    /* hash, or "" */
};

/* The hash of a row after one whose hash is BEFORE; zeroes for the first. */
struct hash audit_hash(struct arena *, const struct hash *before,
    const struct audit_row *);

/* For somebody who is not the viewer yet: who signs in. */
MUST_USE Err audit_add_as(struct req *, struct person_id actor,
    const char *what, int64_t object);

#endif
