/*
 * Who gets in where: every route of the program, asked by everybody who may
 * come, through the whole of admission: cookie, programme, link, permission.
 * Only the handlers are left out.  What comes out is a golden file, and is
 * the review of what the permissions say.
 *
 * Whether an object is found for somebody is for the handler to say, so those
 * with one in their path are asked once more, handler and all: about an object
 * of one's own, one of somebody else, one of another programme.  What they
 * write is rolled back.
 *
 * MATRIX_WRITE=1 writes the file anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/feature_list.h"
#include "app/matrix_objects.h"

enum { COMERS_AT_MOST = 24 };

struct comer {
	const char *name;
	struct browser browser;
	struct person_id person;        /* 0 when not signed in */
	bool holds_link;
};

struct matrix {
	struct house house;
	struct objects objects;
	struct comer comer[COMERS_AT_MOST];
	size_t ncomers;
	const struct feature *shadow[16];       /* let in whoever may */
	const struct feature *searching[16];    /* and look for the object */
};

static Err
let_in(struct req *r)
{
	return reply_text(r, "text/plain; charset=utf-8", "in");
}

static const struct route *
original(const struct route *copy)
{
	for (size_t f = 0; f < nfeatures; f++) {
		for (size_t i = 0; i < features[f]->nroutes; i++) {
			const struct route *route = &features[f]->routes[i];

			if (route->path == copy->path &&
			    route->method == copy->method)
				return route;
		}
	}
	return NULL;
}

/* As if it were not there, or led to the second step that is owed. */
static bool
is_kept_out(const struct reply *reply)
{
	return reply->status == 404 || (reply->location != NULL &&
	    text_same(reply->location, "/account/second-step"));
}

/* The handler decides; a refusal has its writes rolled back. */
static Err
search(struct req *r)
{
	TRY(original(r->route)->run(r));
	if (is_kept_out(r->reply))
		return OK;
	*r->reply = (struct reply){ 0 };
	TRY(let_in(r));
	r->reply->status = 422;
	return OK;
}

/* The feature with its routes, but without what they do. */
static const struct feature *
shadow_of(struct arena *a, const struct feature *f, bool searching)
{
	struct feature *s = ARENA_NEW(a, struct feature, 1);
	struct route *routes = ARENA_NEW(a, struct route, f->nroutes);

	for (size_t i = 0; i < f->nroutes; i++) {
		routes[i] = f->routes[i];
		routes[i].run = searching ? search : let_in;
		if (searching)
			continue;
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

	c->person = house_person(&m->house, email, roles);
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

/* The route's address, with something in each name. */
static const char *
address(struct arena *a, const char *path, const char *programme,
    const char *object)
{
	struct buf b = buf_make(a);

	while (*path != '\0') {
		size_t n = strcspn(path, ":");

		buf_add(&b, path, n);
		path += n;
		n = strcspn(path, "/");
		if (text_begins(path, ":programme"))
			buf_text(&b, programme);
		else if (*path == ':')
			buf_text(&b, is_object(path) ? object :
			    word_name(path));
		path += *path == ':' ? n : 0;
	}
	return buf_get(&b);
}

static bool
gets_in(struct matrix *m, struct comer *c, const struct route *route,
    const char *path)
{
	struct browser b = c->browser;
	bool in;

	if (route->method == POST)
		browser_post(&b, path, "");
	else
		browser_get(&b, path);
	in = browser_shows(&b, "in") && b.reply.len == 2;
	EXPECT_WHY(in || is_kept_out(&b.reply), path);
	return in;
}

static bool
may_ask(struct matrix *m, struct comer *c, const struct route *route,
    const char *programme)
{
	const char *object = c->holds_link && route->link != NULL ?
	    object_name(&m->objects, route, OWN, c->person) : "1";
	bool in = gets_in(m, c, route, address(m->house.arena, route->path,
	    programme, object));

	arena_empty(m->house.arena);
	return in;
}

static void
add_line(struct matrix *m, struct buf *b, const struct route *route,
    const char *programme)
{
	for (size_t i = 0; i < m->ncomers; i++)
		buf_text(b, may_ask(m, &m->comer[i], route, programme) ?
		    " x" : " .");
	buf_fmt(b, "  %s %s\n", route->method == POST ? "POST" : "GET ",
	    route->path);
}

static void
add_lines(struct matrix *m, struct buf *b, const char *programme)
{
	buf_fmt(b, "\nIn %s:\n", programme);
	for (size_t f = 0; f < nfeatures; f++)
		for (size_t i = 0; i < m->shadow[f]->nroutes; i++)
			add_line(m, b, &m->shadow[f]->routes[i], programme);
}

/* ---- Asking for an object ------------------------------------------------ */

static char
finds(struct matrix *m, struct comer *c, const struct route *route,
    enum whose whose)
{
	const char *object = object_name(&m->objects, route, whose,
	    c->person);
	char letter = '-';

	if (object[0] != '\0')
		letter = gets_in(m, c, route, address(m->house.arena,
		    route->path, "fryslan", object)) ? "ohe"[whose] : '.';
	EXPECT_WHY(letter != 'e', route->path);
	arena_empty(m->house.arena);
	return letter;
}

static void
add_object_line(struct matrix *m, struct buf *b, const struct route *route)
{
	for (size_t i = 0; i < m->ncomers; i++) {
		buf_char(b, ' ');
		for (enum whose w = OWN; w <= ELSEWHERE; w++)
			buf_char(b, finds(m, &m->comer[i], route, w));
	}
	buf_fmt(b, "  %s %s\n", route->method == POST ? "POST" : "GET ",
	    route->path);
}

static void
add_object_lines(struct matrix *m, struct buf *b)
{
	buf_text(b, "\nIn fryslan, an object of one's own (o), of somebody "
	    "else here (h), of elders (e);\nof links the right one (o), "
	    "one of another kind (h), one of elders (e); a dash where there "
	    "is none:\n");
	for (size_t f = 0; f < nfeatures; f++)
		for (size_t i = 0; i < m->searching[f]->nroutes; i++)
			if (route_has_object(&m->searching[f]->routes[i]))
				add_object_line(m, b,
				    &m->searching[f]->routes[i]);
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
	objects_make(&m->objects, &m->house);
	for (size_t f = 0; f < nfeatures; f++) {
		m->shadow[f] = shadow_of(p->arena, features[f], false);
		m->searching[f] = shadow_of(p->arena, features[f], true);
	}
	/* From here on each request has the arena for itself. */
	m->house.arena = scratch;
	m->house.site.features = m->shadow;
	m->house.site.nfeatures = nfeatures;
	m->house.site.gate = gate;
	for (size_t i = 0; i < m->ncomers; i++)
		buf_fmt(&b, "%2zu %s\n", i + 1, m->comer[i].name);
	add_lines(m, &b, "fryslan");
	add_lines(m, &b, "elders");
	m->house.site.features = m->searching;
	for (size_t i = 0; i < m->ncomers; i++)
		if (m->comer[i].person.v != 0)
			objects_give(&m->objects, m->comer[i].person);
	add_object_lines(m, &b);
	house_close(&m->house);
	compare(p->arena, buf_get(&b));
}
