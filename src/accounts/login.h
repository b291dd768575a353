/*
 * Logins: a browser in which somebody is signed in, how surely we know who,
 * and what is still asked.  The rules are in signin_rules.c.
 */
#ifndef ACCOUNTS_LOGIN_H
#define ACCOUNTS_LOGIN_H

#include "accounts/person.h"

struct req;

/* Names of our cookies, as cookie_get and cookie_set take them. */
#define LOGIN_COOKIE  "login"
#define STEP_COOKIE   "step"
#define DEVICE_COOKIE "device"

/* Stored in login.factors: what was shown. */
enum login_factors {
	FACTORS_NONE,
	FACTORS_PASSWORD,       /* alone: may only set up a second step */
	FACTORS_DEVICE,         /* password, in a browser known from before */
	FACTORS_MAILED,         /* password and a code by mail */
	FACTORS_TOTP,           /* password and a code of an app */
	FACTORS_RECOVERY,       /* password and a code from paper */
	FACTORS_PASSKEY,
	FACTORS_SHELL,          /* a link made by who runs the installation */
};
enum {
	LOGIN_FACTORS_LEAST = FACTORS_NONE,
	LOGIN_FACTORS_MOST = FACTORS_SHELL,
};

/* Stored in challenge.kind. */
enum challenge_kind {
	CHALLENGE_STEP = 1,     /* the password was right, a step waits */
	CHALLENGE_PASSKEY,      /* one that was answered: never again */
	CHALLENGE_RESET,        /* a new password was asked: to be answered */
};
enum {
	CHALLENGE_KIND_LEAST = CHALLENGE_STEP,
	CHALLENGE_KIND_MOST = CHALLENGE_PASSKEY,
};

struct login_found {
	int64_t id;
	struct person_id person;
	enum login_factors factors;
	struct instant seen_at, proven_at;
	const char *name;
	enum language lang;
	bool administrator;
	bool must_use_factor;
};

/* ---- Rules ------------------------------------------------------------ */

/* What is known of somebody whose password was right. */
struct standing {
	bool must_use_factor;
	bool has_totp;
	bool has_passkey;
	bool known_device;
};

enum signin_step {
	STEP_DONE,              /* signed in */
	STEP_SET_UP,            /* signed in, to set up a second step first */
	STEP_CODE,              /* a code of the app, or one from paper */
	STEP_MAILED,            /* a code by mail */
	STEP_PASSKEY,           /* the passkey, or a code from paper */
};
enum signin_step signin_step(const struct standing *);

/* Microseconds that a login lasts when nobody uses it, and at most. */
struct login_span { int64_t idle, whole; };
struct login_span login_span(enum login_factors, bool must_use_factor);

/* Whether what was shown is less than the role asks. */
bool login_is_unfinished(enum login_factors, bool must_use_factor);

/*
 * Whether what was shown when signing in is recent enough for what an open
 * screen must not be enough for: roles, and the ways to sign in.  SENDING a
 * form may take a while longer, or what was typed into it would be lost.
 */
bool login_is_fresh(int64_t proven_ago, bool sending);

/* What somebody typed where a code was asked. */
enum code_kind { CODE_NONE, CODE_TOTP, CODE_MAILED, CODE_RECOVERY };
/* CODE gets it without spaces and hyphens, in lower case. */
enum code_kind code_kind(const char *typed, char code[16]);

/* ---- Doing (login.c) --------------------------------------------------- */

/* Sign PERSON in in this browser; the login it had before ends. */
MUST_USE Err login_make(struct req *, const struct person *,
    enum login_factors);
/* The same, as the reply: on to the start page, or to what is to be set up. */
MUST_USE Err login_reply(struct req *, const struct person *,
    enum login_factors);

/* PASSWORD's secret is "" when the person has none. */
MUST_USE Err standing_load(struct req *, const struct person *,
    const struct credential *password, struct standing *);
/* The password's row; id 0 when there is none. */
MUST_USE Err password_load(struct req *, struct person_id,
    struct credential *);
/* Its PHC text; "" for none. */
const char *password_phc(struct req *, const struct credential *);

/* The password was right: sign in, or ask the next thing. */
MUST_USE Err signin_next(struct req *, const struct person *);

#endif
