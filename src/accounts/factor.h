/*
 * The ways in which a person can sign in, and who may change them.
 */
#ifndef ACCOUNTS_FACTOR_H
#define ACCOUNTS_FACTOR_H

#include "accounts/person.h"

struct req;

/* What a person has; a rule looks at nothing else. */
struct factors {
	bool must_use_factor;
	bool password, totp;
	int64_t passkeys, recovery_codes;
};
MUST_USE Err factors_load(struct req *, const struct person *,
    struct factors *);

/*
 * Whether somebody who is signed in may add or take away a way in: who showed
 * only a password may add the first second factor, and no other.  That they
 * signed in not long ago is the route's to ask (ROUTE_FRESH).
 */
bool factor_change_judge(const struct factors *, bool unfinished);

/* Whether without this one the person could not sign in as asked. */
bool factor_is_needed(const struct factors *, enum credential_kind);

/* The same with what is stored. */
MUST_USE Err factor_change_is_allowed(struct req *, const struct person *,
    bool *allowed);
MUST_USE Err factor_is_last(struct req *, const struct person *,
    enum credential_kind, bool *last);

/*
 * The reply to somebody who must prove again who they are.  After signing in
 * they come back to the page that they asked for.
 */
MUST_USE Err factor_ask_again(struct req *);
/* That page, once; "/start" when there is none. */
const char *factor_way_back(struct req *);

#endif
