#include "web/router.h"

#include <string.h>

enum { METHODS = 2 };

struct node {
	const char *text;               /* of the segment; unused for a name */
	size_t len;
	const struct route *on[METHODS];
	struct node *literals;          /* what may follow */
	struct node *name;
	struct node *next;              /* the next literal beside this one */
};

struct router {
	struct node root;
};

static struct node *
literal_child(struct arena *arena, struct node *parent, const char *text,
    size_t len)
{
	struct node *c;

	for (c = parent->literals; c != NULL; c = c->next)
		if (c->len == len && memcmp(c->text, text, len) == 0)
			return c;
	c = ARENA_NEW(arena, struct node, 1);
	*c = (struct node){ .text = text, .len = len,
	    .next = parent->literals };
	parent->literals = c;
	return c;
}

static struct node *
name_child(struct arena *arena, struct node *parent)
{
	if (parent->name == NULL)
		parent->name = ARENA_NEW(arena, struct node, 1);
	return parent->name;
}

static Err
walk_path(struct arena *arena, struct router *router, const char *path,
    struct node **out)
{
	struct node *at = &router->root;
	size_t depth = 0;

	while (*path == '/' && path[1] != '\0') {
		size_t len = strcspn(++path, "/");

		if (len == 0 || ++depth > SEGMENTS_MAX)
			return err_make(arena, ERR_INPUT,
			    "a route with an odd path");
		at = *path == ':' ? name_child(arena, at)
		    : literal_child(arena, at, path, len);
		path += len;
	}
	if (*path != '\0' && !text_same(path, "/"))
		return err_make(arena, ERR_INPUT, "a route with an odd path");
	*out = at;
	return OK;
}

Err
router_add(struct arena *arena, struct router *router,
    const struct route *route)
{
	struct node *at = NULL;

	if (route->may == 0 || route->run == NULL)
		return err_make(arena, ERR_INPUT,
		    "%s: the route names no permission or no handler",
		    route->path);
	TRY(walk_path(arena, router, route->path, &at));
	if (at->on[route->method] != NULL)
		return err_make(arena, ERR_INPUT, "%s: same route as %s",
		    route->path, at->on[route->method]->path);
	at->on[route->method] = route;
	return OK;
}

Err
router_make(struct arena *arena, const struct feature *const *features,
    size_t n, struct router **out)
{
	struct router *router = ARENA_NEW(arena, struct router, 1);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < features[i]->nroutes; k++)
			TRY(router_add(arena, router,
			    &features[i]->routes[k]));
	*out = router;
	return OK;
}

struct search {
	const struct segments *path;
	enum method method;
	unsigned known;
};

static const struct route *
search_from(struct search *s, const struct node *at, size_t depth)
{
	const struct route *found = NULL;
	const struct segment *seg;

	if (depth == s->path->n) {
		for (unsigned m = 0; m < METHODS; m++)
			s->known |= at->on[m] != NULL ? 1u << m : 0;
		return at->on[s->method];
	}
	seg = &s->path->at[depth];
	for (const struct node *c = at->literals; c != NULL; c = c->next)
		if (c->len == seg->len &&
		    memcmp(c->text, seg->text, seg->len) == 0)
			found = search_from(s, c, depth + 1);
	if (found == NULL && at->name != NULL)
		found = search_from(s, at->name, depth + 1);
	return found;
}

const struct route *
router_find(const struct router *router, const struct segments *path,
    enum method method, unsigned *known)
{
	struct search s = { .path = path, .method = method };
	const struct route *found = search_from(&s, &router->root, 0);

	*known = s.known;
	return found;
}
