/*
 * A small site for tests of the server: a few routes, a gate that believes
 * what the cookie says, a database of its own.
 */
#ifndef WEB_TEST_HOUSE_H
#define WEB_TEST_HOUSE_H

#include "base/test.h"
#include "web/fake.h"
#include "web/live.h"

struct house {
	struct arena *arena;
	struct site site;
	struct id_source ids;
	char dir[32];
	struct fake fake;       /* a browser that nobody signed in with */
};

enum { HOUSE_EVERYBODY = 1, HOUSE_MEMBERS, HOUSE_HOLDERS };

/*
 * Who sends "__Host-login=7" is person 7; 1 to 9 are members of the
 * programme "fryslan", nobody is of "elders".  The link's token is "good".
 *
 * GET  /hello                     everybody
 * GET  /where                     the network, as the server sees it
 * GET  /:programme/today          members
 * POST /:programme/notes          adds title to the rows, tells "notes"; and
 *                                 a lot more when that is "many"
 * POST /slow                      prepares "prepared", adds it; a title
 *                                 that begins with "hash" takes 0.05 s
 * POST /:programme/files           takes a file of 3 MB at most, "sheet", and
 *                                 adds its name, its length and title
 * POST /leave                     signs out, for ever
 * POST /keep                      refuses, but keeps a row
 * POST /fails                     adds a row and fails
 * GET  /fails, /hogs, /says-nothing
 * GET  /read                      logged: adds a row
 * GET  /do/:token, POST the same  for holders of a link
 * GET  /:programme/live           members
 */
struct house *house_open(void);
void house_close(struct house *);

/* A house for the rest of the block. */
#define HOUSE(h)                                                         \
	CLEANUP(house_close_at_end) struct house *h = house_open()
void house_close_at_end(struct house **);

/* What its browser gets; COOKIE is what it sends from now on. */
struct reply house_get(struct house *, const char *path);
struct reply house_post(struct house *, const char *path, const char *body);
void house_sign_in(struct house *, const char *cookie);

/* Whether a row with this key was written; how many are LIKE the pattern. */
bool house_has(struct house *, const char *key);
int64_t house_count(struct house *, const char *pattern);
/* The locations in the receipts as they lie in the database, one a line. */
const char *house_locations(struct house *);

#endif
