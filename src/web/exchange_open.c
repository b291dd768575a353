/*
 * The first step of an exchange: what can be judged without the database.
 */
#include <string.h>

#include "web/bounded.h"
#include "web/own_pages.h"
#include "web/refusal.h"
#include "web/token.h"

enum { LANGUAGE_SECONDS = 365 * 24 * 60 * 60 };

Err
service_make(struct arena *arena, const struct site *site,
    struct service *out)
{
	out->site = site;
	out->meter = ARENA_NEW(arena, struct meter, 1);
	TRY(router_make(arena, site->features, site->nfeatures,
	    &out->router));
	return own_pages_add(arena, out->router);
}

static enum exchange_step
refuse(struct exchange *x, enum refusal why)
{
	Err err = refusal_reply(exchange_req(x, x->arena, NULL), why);

	if (err != OK)
		exchange_fail(x, x->arena, err);
	return STEP_SEND;
}

static bool
is_proxy(const struct site *site, const char *address)
{
	for (size_t i = 0; i < site->nproxies; i++)
		if (text_same(site->proxies[i], address))
			return true;
	return false;
}

/*
 * X-Forwarded-For is written from left to right, each hop adding the address
 * it saw; only what our own proxies added is believed.
 */
static const char *
client_of(struct exchange *x)
{
	const char *client = x->asked.peer;
	char *list = text_copy(x->arena,
	    x->asked.forwarded == NULL ? "" : x->asked.forwarded);

	while (is_proxy(x->service->site, client) && *list != '\0') {
		char *comma = strrchr(list, ',');

		client = text_line(x->arena, comma == NULL ? list
		    : comma + 1);
		*(comma == NULL ? list : comma) = '\0';
	}
	return client;
}

static bool
is_read(const char *method)
{
	return text_same(method, "GET") || text_same(method, "HEAD");
}

static enum exchange_step
refuse_method(struct exchange *x, unsigned known)
{
	refuse(x, REFUSAL_METHOD);
	x->reply.allow = known == 1u << POST ? "POST"
	    : known == 1u << GET ? "GET, HEAD" : "GET, HEAD, POST";
	return STEP_SEND;
}

/* The address without lang=, so that the choice is not passed on. */
static const char *
target_without_language(struct exchange *x)
{
	struct buf b = buf_make(x->arena);
	const char *query = strchr(x->asked.target, '?');
	char sign = '?';

	buf_add(&b, x->asked.target, (size_t)(query - x->asked.target));
	while (*query != '\0') {
		size_t n = strcspn(++query, "&");

		if (n > 0 && strncmp(query, "lang=", 5) != 0) {
			buf_char(&b, sign);
			buf_add(&b, query, n);
			sign = '&';
		}
		query += n;
	}
	return buf_get(&b);
}

/* ?lang=fy on any page: remember it, and show the page. */
static bool
chooses_language(struct exchange *x)
{
	const struct field *f = fields_find(&x->query, "lang");
	enum language lang;
	struct req *r;

	if (f == NULL || !language_parse(f->value, &lang))
		return false;
	r = exchange_req(x, x->arena, NULL);
	r->reply->status = 303;
	r->reply->location = target_without_language(x);
	cookie_set(r, "lang", language_code(lang), LANGUAGE_SECONDS);
	return true;
}

static enum exchange_step
open_get(struct exchange *x)
{
	if (chooses_language(x))
		return STEP_SEND;
	if ((x->route->flags & ROUTE_READ_LOGGED) != 0)
		return STEP_WRITE;
	return (x->route->flags & ROUTE_SLOW) != 0 ? STEP_POOL : STEP_READ;
}

/* How many segments the nearest page above this address has; 0: none. */
static size_t
page_above(const struct exchange *x)
{
	struct segments above = x->path;
	unsigned known;

	while (above.n > 1) {
		above.n--;
		if (router_find(x->service->router, &above, GET, &known) !=
		    NULL)
			return above.n;
	}
	return 0;
}

/* "/a/b" of "/a/b/c?d", for two segments. */
static const char *
target_cut(struct exchange *x, size_t segments)
{
	const char *end = x->asked.target;

	for (; segments > 0; segments--)
		end += 1 + strcspn(end + 1, "/?");
	return text_copy_n(x->arena, x->asked.target,
	    (size_t)(end - x->asked.target));
}

/*
 * An address that can only be sent to is asked for when somebody chooses a
 * language on the page of a refused form, or opens that page again.
 */
static enum exchange_step
lead_up(struct exchange *x)
{
	if (!chooses_language(x))
		exchange_req(x, x->arena, NULL)->reply->status = 303;
	x->reply.location = target_cut(x, page_above(x));
	return STEP_SEND;
}

static bool
has_doubled_token(const struct fields *f)
{
	return fields_count(f, "_token") > 1 || fields_count(f, "_once") > 1
	    || fields_count(f, "_version") > 1;
}

static bool
is_form(const char *type)
{
	static const char form[] = "application/x-www-form-urlencoded";

	return type != NULL &&
	    strncasecmp(type, form, sizeof form - 1) == 0 &&
	    strchr("; ", type[sizeof form - 1]) != NULL;
}

static bool
takes_files(const struct route *route)
{
	return (route->flags & ROUTE_UPLOAD) != 0;
}

static bool
parse_upload(struct exchange *x, const char *boundary)
{
	struct multipart m;

	if (!multipart_parse(x->arena, x->asked.body, x->asked.len, boundary,
	    &m))
		return false;
	x->fields = m.fields;
	x->upload = m.file;
	return true;
}

static bool
parse_body(struct exchange *x, const char *boundary)
{
	return (boundary != NULL ? parse_upload(x, boundary)
	    : fields_parse(x->arena, x->asked.body, x->asked.len,
	    &x->fields)) && !has_doubled_token(&x->fields);
}

static enum exchange_step
open_post(struct exchange *x)
{
	const struct asked *a = &x->asked;
	const char *boundary = takes_files(x->route)
	    ? multipart_boundary(x->arena, a->type) : NULL;

	if (!token_origin_is_ours(x->service->site->base_url, a->origin,
	    a->fetch_site))
		return refuse(x, REFUSAL_FOREIGN);
	if (a->len > a->limit)
		return refuse(x, boundary == NULL ? REFUSAL_TOO_LARGE
		    : REFUSAL_FILE_TOO_LARGE);
	if (a->len > 0 && boundary == NULL && !is_form(a->type))
		return refuse(x, REFUSAL_TYPE);
	if (!parse_body(x, boundary))
		return refuse(x, REFUSAL_MALFORMED);
	return x->route->prepare != NULL ? STEP_POOL : STEP_WRITE;
}

static bool
split_target(struct exchange *x)
{
	const char *query = strchr(x->asked.target, '?');
	size_t n = query == NULL ? strlen(x->asked.target)
	    : (size_t)(query - x->asked.target);

	/* A query that cannot be read is as good as none. */
	if (query != NULL)
		(void)fields_parse(x->arena, query + 1, strlen(query + 1),
		    &x->query);
	return path_split(x->arena,
	    text_copy_n(x->arena, x->asked.target, n), &x->path);
}

static enum exchange_step
open_exchange(struct exchange *x)
{
	bool read = is_read(x->asked.method);
	bool post = text_same(x->asked.method, "POST");
	const struct route *found;
	unsigned known;

	x->network = network_of(x->arena, client_of(x));
	if (!split_target(x))
		return refuse(x, REFUSAL_MALFORMED);
	found = router_find(x->service->router, &x->path,
	    post ? POST : GET, &known);
	if (read && known == 1u << POST && page_above(x) > 0)
		return lead_up(x);
	if (known != 0 && (found == NULL || (!read && !post)))
		return refuse_method(x, known);
	if (found == NULL)
		return STEP_READ;
	x->route = found;
	return post ? open_post(x) : open_get(x);
}

/* ---- Before the body --------------------------------------------------- */

struct limiting {
	struct exchange *x;
	struct reader *reader;
	size_t limit;
};

static void
limit_bounded(void *arg)
{
	struct limiting *l = arg;
	struct exchange then = *l->x;
	struct route as_page;
	unsigned known;

	then.network = network_of(then.arena, client_of(&then));
	if (!split_target(&then))
		return;
	then.route = router_find(then.service->router, &then.path, POST,
	    &known);
	if (then.route == NULL || !takes_files(then.route) ||
	    multipart_boundary(then.arena, then.asked.type) == NULL)
		return;
	/* The form's token is in the body: judged as if it were a page. */
	as_page = *then.route;
	as_page.method = GET;
	then.route = &as_page;
	if (exchange_still(&then, l->reader))
		l->limit = then.service->site->upload_limit + FORM_LIMIT;
}

size_t
exchange_limit(struct exchange *x, struct reader *reader)
{
	struct limiting l = { x, reader, FORM_LIMIT };

	return bounded(x->arena, limit_bounded, &l) ? l.limit : FORM_LIMIT;
}

/* ---- Opening ----------------------------------------------------------- */

struct opening {
	struct exchange *x;
	enum exchange_step step;
};

static void
open_bounded(void *arg)
{
	struct opening *o = arg;

	o->step = open_exchange(o->x);
}

enum exchange_step
exchange_open(struct exchange *x)
{
	struct opening o = { x, STEP_SEND };

	x->number = id_draw(x->service->site->ids, x->now);
	x->route = &route_absent;
	x->network = "";
	if (!bounded(x->arena, open_bounded, &o))
		exchange_fail(x, x->arena, &err_memory);
	return o.step;
}
