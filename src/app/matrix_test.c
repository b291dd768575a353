/*
 * Who gets in where: every route of the program, asked by everybody who may
 * come, through the whole of admission: cookie, programme, link, permission.
 * Only the handlers are left out.  What comes out is a golden file, and is
 * the review of what the permissions say.
 *
 * MATRIX_WRITE=1 writes the file anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/test_house.h"
#include "app/feature_list.h"

enum { COMERS_AT_MOST = 24 };

struct comer {
	const char *name;
	struct browser browser;
	bool holds_link;
};

struct matrix {
	struct house house;
	struct comer comer[COMERS_AT_MOST];
	size_t ncomers;
	const struct feature *shadow[16];
};

static Err
let_in(struct req *r)
{
	return reply_text(r, "text/plain; charset=utf-8", "in");
}

/* The feature with its routes, but without what they do. */
static const struct feature *
shadow_of(struct arena *a, const struct feature *f)
{
	struct feature *s = ARENA_NEW(a, struct feature, 1);
	struct route *routes = ARENA_NEW(a, struct route, f->nroutes);

	for (size_t i = 0; i < f->nroutes; i++) {
		routes[i] = f->routes[i];
		routes[i].run = let_in;
		routes[i].prepare = NULL;
		routes[i].flags = 0;
	}
	*s = (struct feature){ .name = f->name, .routes = routes,
	    .nroutes = f->nroutes };
	return s;
}

static struct comer *
come(struct matrix *m, const char *name)
{
	struct comer *c = &m->comer[m->ncomers++];

	ASSERT(m->ncomers <= COMERS_AT_MOST);
	*c = (struct comer){ .name = name, .browser.house = &m->house };
	return c;
}

/* Signed in wholly, with these roles in "fryslan". */
static struct comer *
come_as(struct matrix *m, const char *name, unsigned roles)
{
	const char *email = text_fmt(m->house.arena, "c%zu@example.nl",
	    m->ncomers);
	struct comer *c = come(m, name);

	house_person(&m->house, email, roles);
	browser_enter(&c->browser, email);
	return c;
}

static void
come_in_state(struct matrix *m, const char *name, int state)
{
	struct comer *c = come_as(m, name, ROLE_BIT(ROLE_MANAGER));

	place_do(m->house.place, text_fmt(m->house.arena,
	    "UPDATE membership SET state = %d WHERE programme = 1 AND "
	    "person = (SELECT id FROM person WHERE email = 'c%zu@example.nl')",
	    state, (size_t)(c - m->comer)));
}

static void
gather(struct matrix *m)
{
	struct comer *c;

	come(m, "nobody");
	come(m, "holder of a link")->holds_link = true;
	c = come(m, "manager, no second step");
	house_member(&m->house, "half@example.nl", ROLE_BIT(ROLE_MANAGER));
	browser_signin(&c->browser, "half@example.nl");
	come_as(m, "no part here", 0);
	for (int role = 1; role <= ROLES; role++)
		come_as(m, role_name((enum role)role),
		    ROLE_BIT((unsigned)role));
	come_in_state(m, "manager, invited", MEMBERSHIP_INVITED);
	come_in_state(m, "manager, suspended", MEMBERSHIP_SUSPENDED);
	come_in_state(m, "manager, ended", MEMBERSHIP_ENDED);
	c = come_as(m, "administrator", 0);
	place_do(m->house.place, text_fmt(m->house.arena,
	    "UPDATE person SET administrator = 1 "
	    "WHERE email = 'c%zu@example.nl'", (size_t)(c - m->comer)));
}

/* ---- Asking -------------------------------------------------------------- */

struct making {
	struct matrix *matrix;
	const struct route *route;
	const char *token;
};

static Err
make_token(void *arg, struct db *db, struct arena *a)
{
	struct making *k = arg;
	struct house *h = &k->matrix->house;
	struct req r = { .arena = a, .db = db, .now = h->now,
	    .site = &h->site };
	const char *token;

	if (strstr(k->route->path, "/:programme") != NULL)
		r.programme.id = h->fryslan;
	TRY(link_make(&r, &(struct link_wish){ k->route->link, { 0 }, 1,
	    HOURS(1) }, &token));
	k->token = text_copy(h->arena, token);
	return OK;
}

static const char *
token_of(struct matrix *m, const struct comer *c, const struct route *route)
{
	struct making k = { m, route, "none" };

	if (c->holds_link && route->link != NULL)
		EXPECT_OK(writer_do(m->house.site.writer, m->house.arena,
		    make_token, &k));
	return k.token;
}

/* The route's address, with something in each name. */
static const char *
address(struct arena *a, const char *path, const char *programme,
    const char *token)
{
	struct buf b = buf_make(a);

	while (*path != '\0') {
		size_t n = strcspn(path, ":");

		buf_add(&b, path, n);
		path += n;
		n = strcspn(path, "/");
		if (n > 0 && *path == ':')
			buf_text(&b, text_begins(path, ":programme") ?
			    programme : text_begins(path, ":token") ? token :
			    "1");
		path += *path == ':' ? n : 0;
	}
	return buf_get(&b);
}

/* As if it were not there, or led to the second step that is owed. */
static bool
is_kept_out(struct browser *b)
{
	return b->reply.status == 404 ||
	    text_same(browser_says(b), "303 /account/second-step");
}

static bool
gets_in(struct matrix *m, struct comer *c, const struct route *route,
    const char *programme)
{
	struct browser b = c->browser;
	const char *path = address(m->house.arena, route->path, programme,
	    token_of(m, c, route));
	bool in;

	if (route->method == POST)
		browser_post(&b, path, "");
	else
		browser_get(&b, path);
	in = b.reply.status == 200;
	EXPECT_WHY(in || is_kept_out(&b), path);
	arena_empty(m->house.arena);
	return in;
}

static void
add_line(struct matrix *m, struct buf *b, const struct route *route,
    const char *programme)
{
	for (size_t i = 0; i < m->ncomers; i++)
		buf_text(b, gets_in(m, &m->comer[i], route, programme) ?
		    " x" : " .");
	buf_fmt(b, "  %s %s\n", route->method == POST ? "POST" : "GET ",
	    route->path);
}

static void
add_lines(struct matrix *m, struct buf *b, const char *programme)
{
	buf_fmt(b, "\nIn %s:\n",
	    programme);
	for (size_t f = 0; f < nfeatures; f++)
		for (size_t i = 0; i < m->shadow[f]->nroutes; i++)
			add_line(m, b, &m->shadow[f]->routes[i], programme);
}

/* ---- Comparing ----------------------------------------------------------- */

static const char *
read_golden(struct arena *a)
{
	FILE *f = fopen(MATRIX_GOLDEN, "re");
	char *text = arena_take(a, 200000);

	if (f == NULL)
		return "";
	text[fread(text, 1, 199999, f)] = '\0';
	fclose(f);
	return text;
}

static void
write_golden(const char *text)
{
	FILE *f = fopen(MATRIX_GOLDEN, "we");

	EXPECT(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void
compare(struct arena *a, const char *got)
{
	const char *wanted = read_golden(a);
	size_t line = 0, at = 0;

	if (getenv("MATRIX_WRITE") != NULL) {
		write_golden(got);
		return;
	}
	for (; got[at] != '\0' && got[at] == wanted[at]; at++)
		if (got[at] == '\n')
			line = at + 1;
	if (got[at] != wanted[at])
		test_fail(__FILE__, __LINE__, "got %.*s",
		    (int)strcspn(got + line, "\n"), got + line);
}

TEST_ON_SQLITE(everybody_gets_in_where_the_golden_file_says)
{
	struct matrix *m = ARENA_NEW(p->arena, struct matrix, 1);
	struct buf b = buf_make(p->arena);
	TEST_ARENA(scratch);

	house_open(&m->house, p);
	gather(m);
	for (size_t f = 0; f < nfeatures; f++)
		m->shadow[f] = shadow_of(p->arena, features[f]);
	/* From here on each request has the arena for itself. */
	m->house.arena = scratch;
	m->house.site.features = m->shadow;
	m->house.site.nfeatures = nfeatures;
	m->house.site.gate = gate;
	for (size_t i = 0; i < m->ncomers; i++)
		buf_fmt(&b, "%2zu %s\n", i + 1, m->comer[i].name);
	add_lines(m, &b, "fryslan");
	add_lines(m, &b, "elders");
	house_close(&m->house);
	compare(p->arena, buf_get(&b));
}
