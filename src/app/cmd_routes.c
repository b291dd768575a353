/* `fjouwer routes`: every address, who may, and what it does. */
#include "accounts/accounts.h"
#include "app/command.h"
#include "app/feature_list.h"

static const char *
method_name(enum method m)
{
	return m == GET ? "GET" : "POST";
}

static void
route_line(struct buf *b, const struct feature *f, const struct route *route)
{
	buf_fmt(b, "%-4s %-48s %s\n", method_name(route->method), route->path,
	    accounts_may_name(route->may));
}

static void
route_json(struct buf *b, const struct feature *f, const struct route *route)
{
	buf_fmt(b, "%s\n  {\"method\":\"%s\",\"path\":",
	    b->len > 1 ? "," : "", method_name(route->method));
	buf_json(b, route->path);
	buf_text(b, ",\"permission\":");
	buf_json(b, accounts_may_name(route->may));
	buf_text(b, ",\"feature\":");
	buf_json(b, f->name);
	if (route->link != NULL) {
		buf_text(b, ",\"link\":");
		buf_json(b, route->link);
	}
	buf_text(b, ",\"help\":");
	buf_json(b, route->help);
	buf_text(b, "}");
}

static void
each_route(struct buf *b, void (*print)(struct buf *, const struct feature *,
    const struct route *))
{
	for (size_t f = 0; f < nfeatures; f++) {
		for (size_t i = 0; i < features[f]->nroutes; i++)
			print(b, features[f], &features[f]->routes[i]);
	}
}

int
routes_command(struct call *call)
{
	bool json = call_flag(call, "--json");
	struct buf *b = &call->out;

	if (call->argc > 0)
		return call_wrong(call, "routes [--json]");
	if (!json) {
		each_route(b, route_line);
		return EXIT_WORKED;
	}
	buf_text(b, "[");
	each_route(b, route_json);
	buf_text(b, "\n]\n");
	return EXIT_WORKED;
}
