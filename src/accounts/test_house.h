/*
 * For tests: an installation with two programmes, "fryslan" and "elders",
 * the gate as app/ makes it, and browsers that keep their cookies.
 */
#ifndef ACCOUNTS_TEST_HOUSE_H
#define ACCOUNTS_TEST_HOUSE_H

#include "accounts/accounts.h"
#include "db/fixture.h"
#include "web/reply.h"
#include "web/site.h"

struct house {
	struct place *place;
	struct arena *arena;
	struct site site;
	struct id_source ids;
	struct programme_id fryslan, elders;
	struct instant now;
};

void house_open(struct house *, struct place *);
void house_close(struct house *);
void house_wait(struct house *, int64_t us);    /* the clock goes on */

/* Somebody with these roles, active in "fryslan". */
struct person_id house_person(struct house *, const char *email,
    unsigned roles);
/* The same with a password, "paars konijn zingt". */
struct person_id house_member(struct house *, const char *email,
    unsigned roles);
#define HOUSE_PASSWORD "paars konijn zingt"

/* The jobs of accounts/, once each. */
void house_jobs(struct house *);

/* What follows AFTER in the newest letter of this kind, to white space. */
const char *house_letter(struct house *, struct programme_id,
    const char *kind, const char *after);
int64_t house_letters(struct house *, struct programme_id, const char *kind);
/* A link made in the shell: its path. */
const char *house_signin_link(struct house *, const char *email);

struct browser {
	struct house *house;
	const char *cookies;            /* header, or NULL */
	struct reply reply;             /* the last one */
};
void browser_get(struct browser *, const char *path);
void browser_post(struct browser *, const char *path, const char *body);
/* With e-mail and HOUSE_PASSWORD. */
void browser_signin(struct browser *, const char *email);
/* Wholly, by a link from the shell. */
void browser_enter(struct browser *, const char *email);
/* "404", or "303 /start". */
const char *browser_says(struct browser *);
bool browser_shows(struct browser *, const char *text);
/* What stands between AFTER and BEFORE on the page. */
const char *browser_finds(struct browser *, const char *after,
    const char *before);

#endif
