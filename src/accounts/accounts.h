/*
 * Accounts: who somebody is, how surely we know, and what they may do.
 *
 * People and logins are of the installation; roles and the audit trail are
 * of a programme.  Everything here runs in the caller's transaction.
 */
#ifndef ACCOUNTS_ACCOUNTS_H
#define ACCOUNTS_ACCOUNTS_H

#include "accounts/may.h"
#include "web/route.h"

extern const struct feature accounts_feature;

/* Once at start, before threads. */
void accounts_start(void);

/*
 * The parts of struct gate.  accounts_roles fills the viewer's roles in
 * r->programme; app/ calls it after programme/ has found that.
 */
MUST_USE Err accounts_identify(struct req *);
MUST_USE Err accounts_roles(struct req *);
MUST_USE Err accounts_open_link(struct req *, const char *kind,
    const char *token, bool *found);
bool accounts_may(const struct req *, int may);
const char *accounts_may_name(int may);

/*
 * The audit trail: WHAT is a fixed word of the program ("application read"),
 * OBJECT an id or 0.  No contents.  Call it last in a handler: it holds the
 * programme's chain until the commit.
 */
MUST_USE Err audit_add(struct req *, const char *what, int64_t object);

/*
 * That somebody was denied OBJECT: the first of an hour are written, and how
 * many more there were when it is over.
 */
MUST_USE Err audit_denied(struct req *, int64_t object);

/* Reads a programme's whole chain (0: the installation's), changes nothing. */
struct audit_verdict {
	int64_t rows;           /* that are sound, from the first */
	int64_t broken;         /* number of the first that is not; 0: none */
	const char *why;        /* in English, for the shell; "" when sound */
};
MUST_USE Err audit_verify(struct db *, struct arena *, struct programme_id,
    struct audit_verdict *);

/*
 * One-task links.  A GET shows the task, a POST does it: the handler of the
 * POST calls link_use, which says false when somebody else was first.
 */
struct link_wish {
	const char *kind;               /* as the route names it */
	struct person_id person;        /* 0: not a person of ours */
	int64_t object;
	int64_t lasts;                  /* microseconds */
};
MUST_USE Err link_make(struct req *, const struct link_wish *,
    const char **token);
MUST_USE Err link_use(struct req *, bool *used);
/* No link of KIND for OBJECT of this programme works any longer. */
MUST_USE Err link_withdraw(struct req *, const char *kind, int64_t object);

/*
 * Limits on what is done too often: SUBJECT (an address, a network) is kept
 * as a hash.  Counting must survive a refusal: see reply_keep.
 */
struct limit {
	const char *kind;               /* "password" */
	int max;
	int64_t window;                 /* microseconds */
};
MUST_USE Err limit_reached(struct req *, const struct limit *,
    const char *subject, int *seconds_to_wait);     /* 0: not reached */
MUST_USE Err limit_count(struct req *, const struct limit *,
    const char *subject);

/* The name to show; "" for nobody or somebody who was erased. */
MUST_USE Err person_name(struct req *, struct person_id, const char **name);
/* How many people have ROLE, active, in this programme. */
MUST_USE Err role_count(struct req *, enum role, int64_t *n);

/*
 * For the shell (demo, `user add`, `signin-link`), who has all rights; W's
 * database must be writable.  Found is false when USER, an e-mail address or
 * a person's id, is nobody's.
 */
struct account_wish {
	const char *name, *email;
	enum language lang;
	bool administrator;
	struct programme_id programme;  /* 0: no part in one */
	unsigned roles;                 /* active at once */
};
MUST_USE Err account_add(struct work *, const struct account_wish *,
    struct person_id *);
MUST_USE Err account_signin_link(struct work *, const char *user,
    bool *found, const char **url);

#endif
