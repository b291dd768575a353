/*
 * The second step of signing in: between the right password and the login a
 * cookie names a challenge of ten minutes and five tries.
 */
#ifndef ACCOUNTS_STEP_H
#define ACCOUNTS_STEP_H

#include "accounts/login.h"

enum { STEP_MINUTES = 10, STEP_TRIES = 5 };

/* Ask for a code, as the reply.  MAILED is its digits, or NULL. */
MUST_USE Err step_begin(struct req *, const struct person *,
    const char *mailed);
/* Mail one first; says so when that was asked too often. */
MUST_USE Err step_begin_mailed(struct req *, const struct person *);

/* The step that this browser is at; FOUND is false for none, or too late. */
struct step {
	struct hash token;
	struct person person;
	struct blob mailed;             /* hash of the code; empty for none */
	int tries;
};
MUST_USE Err step_load(struct req *, struct step *, bool *found);

/* Seconds until guessing is allowed again; 0: now. */
MUST_USE Err step_wait(struct req *, const struct step *, int *seconds);
/* What a right code proves; FACTORS_NONE for one that is not right. */
MUST_USE Err step_judge(struct req *, const struct step *, const char *typed,
    enum login_factors *out);
/* A code that was not right: counted, and the step ends after five. */
MUST_USE Err step_miss(struct req *, const struct step *);
/*
 * The step is done; the browser is known from now on, if that may be.  FIRST
 * is false when another request with the same code was.
 */
MUST_USE Err step_end(struct req *, const struct step *, bool *first);

/* Whether CODE (of the app) is right for PERSON; then it is used. */
MUST_USE Err totp_accept(struct req *, struct person_id, const char *code,
    bool *accepted);
/* Whether CODE (from paper) is; then it is gone. */
MUST_USE Err recovery_accept(struct req *, struct person_id,
    const char *code, bool *accepted);

#endif
