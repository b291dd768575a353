#include "web/request.h"

#include <string.h>

#include "web/exchange.h"

enum { QUERY_VALUE_MAX = 500 };

/* The segment that stands where the route's path has ":NAME". */
const char *
path_text(const struct req *r, const char *name)
{
	const struct segments *path = &r->private->exchange->path;
	const char *p = r->private->exchange->route->path;
	size_t n = strlen(name);

	for (size_t i = 0; i < path->n && *p == '/'; i++) {
		size_t len = strcspn(++p, "/");

		if (*p == ':' && len == n + 1 && memcmp(p + 1, name, n) == 0)
			return path->at[i].text;
		p += len;
	}
	return "";
}

int64_t
path_id(const struct req *r, const char *name)
{
	int64_t id;

	return text_to_int(path_text(r, name), &id) && id > 0 ? id : 0;
}

const char *
query_text(const struct req *r, const char *name)
{
	const struct field *f =
	    fields_find(&r->private->exchange->query, name);

	return f == NULL || strlen(f->value) > QUERY_VALUE_MAX ? ""
	    : f->value;
}

int64_t
query_int(const struct req *r, const char *name, int64_t otherwise)
{
	int64_t n;

	return text_to_int(query_text(r, name), &n) ? n : otherwise;
}

const char *
cookie_get(const struct req *r, const char *name)
{
	return cookie_find(r->arena, r->private->exchange->asked.cookie,
	    text_fmt(r->arena, "__Host-%s", name));
}

int64_t
new_id(struct req *r)
{
	return id_draw(r->site->ids, r->now);
}

const char *
say(const struct req *r, const char *msgid)
{
	return words_say(r->lang, msgid);
}

const char *
path_of(const struct req *r, const char *fmt, ...)
{
	struct buf b = buf_make(r->arena);
	va_list args;

	buf_char(&b, '/');
	buf_text(&b, r->programme.slug);
	va_start(args, fmt);
	buf_vfmt(&b, fmt, args);
	va_end(args);
	return buf_get(&b);
}

const char *
url_of(const struct req *r, const char *path)
{
	return text_fmt(r->arena, "%s%s", r->site->base_url, path);
}
