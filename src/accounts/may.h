/*
 * Roles, and what each may do.  This table is the whole policy: a route names
 * one permission, and app/testdata/matrix.golden shows what follows.
 *
 * Pure: no database and no request, so that it can be judged by itself.
 */
#ifndef ACCOUNTS_MAY_H
#define ACCOUNTS_MAY_H

#include <stdbool.h>
#include <stddef.h>

/* Stored in membership.role; a set of them is an OR of ROLE_BIT. */
enum role {
	ROLE_NONE,
	ROLE_MANAGER,
	ROLE_OFFICE,
	ROLE_LEAD_MENTOR,
	ROLE_MENTOR,
	ROLE_MENTEE,
	ROLE_CONFIDENTIAL,
	ROLE_VIEWER,            /* board or funder: results, never names */
	ROLE_DESIGNER,
};
enum { ROLES = ROLE_DESIGNER };

#define ROLE_BIT(role) (1u << (role))

/* Stored in membership.state.  Only an active one counts. */
enum membership_state {
	MEMBERSHIP_INVITED,
	MEMBERSHIP_ACTIVE,
	MEMBERSHIP_SUSPENDED,
	MEMBERSHIP_ENDED,
};

/* What a permission asks of who comes. */
enum grant {
	GRANT_NOBODY,
	GRANT_EVERYONE,
	GRANT_SIGNED_IN,        /* also when a second step is still missing */
	GRANT_ACCOUNT,          /* signed in as surely as the role asks */
	GRANT_LINK,             /* holds a one-task link that is still good */
	GRANT_ADMINISTRATOR,    /* of the installation */
	GRANT_ROLE,             /* has one of the roles, active */
};

#define MAY_OFFICE_WORK (ROLE_BIT(ROLE_MANAGER) | ROLE_BIT(ROLE_OFFICE))
#define MAY_ANY_ROLE                                                     \
	(MAY_OFFICE_WORK | ROLE_BIT(ROLE_LEAD_MENTOR) |                  \
	    ROLE_BIT(ROLE_MENTOR) | ROLE_BIT(ROLE_MENTEE) |              \
	    ROLE_BIT(ROLE_CONFIDENTIAL) | ROLE_BIT(ROLE_VIEWER) |        \
	    ROLE_BIT(ROLE_DESIGNER))

/* X(permission, name for `routes` and the docs, grant, roles) */
#define MAY_TABLE(X)                                                     \
	X(MAY_NOTHING, "nobody", GRANT_NOBODY, 0)                        \
	X(MAY_EVERYONE, "everyone", GRANT_EVERYONE, 0)                   \
	X(MAY_SIGN_IN, "sign in", GRANT_EVERYONE, 0)                     \
	X(MAY_SET_UP_ACCOUNT, "set up own account", GRANT_SIGNED_IN, 0)  \
	X(MAY_OWN_ACCOUNT, "own account", GRANT_ACCOUNT, 0)              \
	X(MAY_HOLD_LINK, "hold a link", GRANT_LINK, 0)                   \
	X(MAY_ADMINISTER, "administer", GRANT_ADMINISTRATOR, 0)          \
	X(MAY_SEE_TODAY, "see today", GRANT_ROLE, MAY_ANY_ROLE)          \
	X(MAY_READ_APPLICATIONS, "read applications", GRANT_ROLE,        \
	    MAY_OFFICE_WORK)                                             \
	X(MAY_CHANGE_APPLICATIONS, "change applications", GRANT_ROLE,    \
	    MAY_OFFICE_WORK)                                             \
	X(MAY_ENTER_APPLICATION, "enter an application", GRANT_ROLE,     \
	    MAY_OFFICE_WORK)                                             \
	X(MAY_SEE_LIVE, "hear live changes", GRANT_ROLE,                 \
	    MAY_OFFICE_WORK)                                             \
	X(MAY_SETTLE_PROGRAMME, "change settings", GRANT_ROLE,           \
	    ROLE_BIT(ROLE_MANAGER))                                      \
	X(MAY_SEE_SETTINGS, "see settings", GRANT_ROLE, MAY_OFFICE_WORK) \
	X(MAY_INVITE, "invite and suspend people", GRANT_ROLE,           \
	    ROLE_BIT(ROLE_MANAGER))                                      \
	X(MAY_SEE_MAIL, "see mail", GRANT_ROLE, MAY_OFFICE_WORK)         \
	X(MAY_READ_MAIL, "read mail kept in files", GRANT_ROLE,          \
	    ROLE_BIT(ROLE_MANAGER))                                      \
	X(MAY_SEE_AUDIT, "see the audit trail", GRANT_ROLE,              \
	    ROLE_BIT(ROLE_MANAGER))

enum may {
#define X(permission, name, grant, roles) permission,
	MAY_TABLE(X)
#undef X
	MAY_COUNT
};

/* Who comes, as far as permission looks. */
struct caller {
	bool signed_in;
	bool unfinished;        /* a second step must be set up first */
	bool administrator;
	bool holds_link;
	unsigned roles;         /* active ones, ROLE_BITs */
};

struct may_rule {
	const char *name;
	enum grant grant;
	unsigned roles;
};

/* The rule of a permission; that of MAY_NOTHING for a number that is none. */
const struct may_rule *may_rule(int may);
bool may_judge(const struct may_rule *, const struct caller *);

/* The roles that count; the others are as if they were not there. */
struct membership { int role; int state; };
unsigned roles_active(const struct membership *, size_t n);

/* Whether a role asks for TOTP or a passkey: no mailed code, 12 hours. */
bool roles_are_privileged(unsigned roles);

/* "lead-mentor": role I + 1 in forms and in the shell, never translated. */
extern const char *const role_words[ROLES];
/* "Lead mentor": the untranslated word for people. */
const char *role_name(enum role);
const char *membership_state_name(enum membership_state);

#endif
