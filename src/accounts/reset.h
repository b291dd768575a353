/*
 * Asking for a new password.  The request only notes who was asked for, so
 * that it does the same for everybody; a job looks whether we know them, and
 * writes the letter.
 */
#ifndef ACCOUNTS_RESET_H
#define ACCOUNTS_RESET_H

#include "accounts/person.h"

struct req;
struct work;

MUST_USE Err reset_ask(struct req *, const char *email);
/* Answer all that was asked. */
MUST_USE Err reset_answer(struct work *);

#endif
