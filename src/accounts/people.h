/* The people of a programme; private to accounts/. */
#ifndef ACCOUNTS_PEOPLE_H
#define ACCOUNTS_PEOPLE_H

#include "accounts/may.h"
#include "accounts/person.h"

struct req;

/* A person's part in the programme at hand, all roles taken together. */
struct part {
	unsigned roles;                 /* those that did not end */
	bool any;                       /* false: never took part */
	enum membership_state state;
};

/* Active when one role is; else invited, suspended, ended, in that order. */
struct part part_of(const struct membership *, size_t n);
MUST_USE Err part_load(struct req *, struct person_id, struct part *);

/* The roles that were ticked; at least one, or the form is refused. */
unsigned roles_read(struct req *);
/* Ticks them. */
struct form;
void roles_fill(struct form *, unsigned roles);

/* Give exactly these roles, in STATE; others end. */
MUST_USE Err roles_store(struct req *, struct person_id, unsigned roles,
    enum membership_state);

/*
 * After a change of roles: ask for TOTP or a passkey as long as a role in
 * any programme does.
 */
MUST_USE Err factor_duty_settle(struct req *, struct person_id);

/* A new link by mail; the one before stops working. */
MUST_USE Err invitation_send(struct req *, const struct person *);

#endif
