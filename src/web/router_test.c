#include "web/router.h"

#include "base/test.h"

static Err
run_nothing(struct req *r)
{
	return OK;
}

#define ROUTE(m, p) { .method = m, .path = p, .may = 1, .run = run_nothing }

static const struct route house[] = {
	ROUTE(GET, "/"),
	ROUTE(GET, "/account"),
	ROUTE(POST, "/account"),
	ROUTE(GET, "/:programme"),
	ROUTE(GET, "/:programme/applications"),
	ROUTE(GET, "/:programme/applications/new"),
	ROUTE(GET, "/:programme/applications/:id"),
	ROUTE(POST, "/:programme/applications/:id"),
	ROUTE(GET, "/account/keys/:id"),
};
static const struct feature house_feature = {
	.name = "house", .routes = house, .nroutes = LEN(house),
};

static const struct route *
find(struct arena *arena, const char *path, enum method method,
    unsigned *known)
{
	const struct feature *features[] = { &house_feature };
	struct router *router;
	struct segments s;

	EXPECT_OK(router_make(arena, features, 1, &router));
	EXPECT(path_split(arena, path, &s));
	return router_find(router, &s, method, known);
}

TEST(a_path_finds_its_route_and_a_literal_wins_over_a_name)
{
	static const struct {
		enum method method;
		const char *path, *route, *why;
	} cases[] = {
		{ GET, "/", "/", "the root" },
		{ GET, "/account", "/account", "a literal before a name" },
		{ GET, "/fryslan", "/:programme", "a name" },
		{ GET, "/fryslan/applications/new",
		  "/:programme/applications/new", "literal below a name" },
		{ GET, "/fryslan/applications/12",
		  "/:programme/applications/:id", "name below a name" },
		{ POST, "/fryslan/applications/new",
		  "/:programme/applications/:id",
		  "the literal has no POST, the name has" },
		{ GET, "/account/applications", "/:programme/applications",
		  "the literal leads nowhere, so the name is tried" },
		{ GET, "/fryslan/nothing", NULL, "no such literal" },
		{ GET, "/fryslan/applications/12/more", NULL, "too long" },
		{ POST, "/fryslan", NULL, "another method" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		unsigned known;
		const struct route *r = find(arena, cases[i].path,
		    cases[i].method, &known);

		EXPECT_TEXT_WHY(r == NULL ? "none" : r->path,
		    cases[i].route == NULL ? "none" : cases[i].route,
		    cases[i].why);
	}
}

TEST(a_path_tells_which_methods_it_knows)
{
	TEST_ARENA(arena);
	unsigned known;

	EXPECT(find(arena, "/fryslan", POST, &known) == NULL);
	EXPECT_INT(known, 1u << GET);
	EXPECT(find(arena, "/no/such/path", POST, &known) == NULL);
	EXPECT_INT(known, 0);
}

TEST(a_wrong_table_of_routes_is_refused)
{
	static const struct {
		struct route routes[2];
		size_t n;
		const char *why;
	} cases[] = {
		{ { { .path = "/a", .may = 0, .run = run_nothing } }, 1,
		  "no permission is named" },
		{ { { .path = "/a", .may = 1 } }, 1, "no handler" },
		{ { ROUTE(GET, "/a"), ROUTE(GET, "/a") }, 2, "twice" },
		{ { ROUTE(GET, "/:a/x"), ROUTE(GET, "/:b/x") }, 2,
		  "twice, under two names" },
		{ { ROUTE(GET, "/a//b") }, 1, "an empty segment" },
		{ { ROUTE(GET, "a") }, 1, "no slash" },
		{ { ROUTE(GET, "/1/2/3/4/5/6/7/8/9/10/11/12/13") }, 1,
		  "too deep" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct feature f = { .name = "wrong",
		    .routes = cases[i].routes, .nroutes = cases[i].n };
		const struct feature *features[] = { &f };
		struct router *router;

		EXPECT_WHY(router_make(arena, features, 1, &router) != OK,
		    cases[i].why);
	}
}
