#include "web/decode.h"

#include <arpa/inet.h>
#include <string.h>

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes %XX, and + when PLUS says so; NULL when that is not possible. */
static const char *
unescape(struct arena *arena, const char *p, size_t n, bool plus)
{
	char *out = arena_take(arena, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		char c = p[i];

		if (c == '%') {
			int high = i + 2 < n ? hex_digit(p[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(p[i + 2]) : -1;

			if (low < 0)
				return NULL;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[len++] = c;
	}
	return text_is_utf8(out, len) ? out : NULL;
}

static bool
field_parse(struct arena *arena, const char *p, size_t n, struct field *out)
{
	const char *sign = memchr(p, '=', n);
	size_t name = sign == NULL ? n : (size_t)(sign - p);
	size_t value = sign == NULL ? n : name + 1;

	out->name = unescape(arena, p, name, true);
	out->value = unescape(arena, p + value, n - value, true);
	return out->name != NULL && out->value != NULL;
}

/* The length up to the next C, or all of N. */
static size_t
span_until(const char *p, size_t n, char c)
{
	const char *end = n == 0 ? NULL : memchr(p, c, n);

	return end == NULL ? n : (size_t)(end - p);
}

static size_t
count_parts(const char *p, size_t n)
{
	size_t parts = 1;

	for (size_t i = 0; i < n; i++)
		parts += p[i] == '&';
	return parts;
}

bool
fields_parse(struct arena *arena, const char *p, size_t n,
    struct fields *out)
{
	struct fields f = { 0 };
	size_t parts = count_parts(p, n);

	if (parts > FIELDS_MAX)
		return false;
	f.at = ARENA_NEW(arena, struct field, parts);
	while (n > 0) {
		size_t len = span_until(p, n, '&');

		if (len > 0 && !field_parse(arena, p, len, &f.at[f.n++]))
			return false;
		p += len;
		n -= len;
		if (n > 0) {
			p++;
			n--;
		}
	}
	*out = f;
	return true;
}

struct field *
fields_find(const struct fields *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (text_same(f->at[i].name, name))
			return &f->at[i];
	return NULL;
}

size_t
fields_count(const struct fields *f, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += text_same(f->at[i].name, name);
	return n;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f || *s == '\\')
			return true;
	return false;
}

static bool
segment_parse(struct arena *arena, const char *p, size_t n,
    struct segment *out)
{
	const char *text = unescape(arena, p, n, false);

	if (n == 0 || text == NULL || has_control(text))
		return false;
	*out = (struct segment){ text, strlen(text) };
	return true;
}

bool
path_split(struct arena *arena, const char *path, struct segments *out)
{
	struct segments s = { .n = 0 };

	if (path[0] != '/')
		return false;
	path++;
	while (*path != '\0') {
		size_t len = strcspn(path, "/");

		if (s.n == SEGMENTS_MAX ||
		    !segment_parse(arena, path, len, &s.at[s.n++]))
			return false;
		path += len;
		path += *path == '/';
	}
	*out = s;
	return true;
}

const char *
cookie_find(struct arena *arena, const char *header, const char *name)
{
	size_t n = strlen(name);

	while (header != NULL && *header != '\0') {
		size_t len;

		header += strspn(header, " ;");
		len = strcspn(header, ";");
		if (len > n && header[n] == '=' &&
		    memcmp(header, name, n) == 0 &&
		    text_is_utf8(header + n + 1, len - n - 1))
			return text_copy_n(arena, header + n + 1,
			    len - n - 1);
		header += len;
	}
	return "";
}

const char *
network_of(struct arena *arena, const char *address)
{
	struct in_addr four;
	struct in6_addr six;
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET, address, &four) == 1)
		return text_copy(arena, address);
	if (inet_pton(AF_INET6, address, &six) != 1)
		return "";
	if (IN6_IS_ADDR_V4MAPPED(&six))
		return inet_ntop(AF_INET, &six.s6_addr[12], text,
		    sizeof text) == NULL ? "" : text_copy(arena, text);
	memset(&six.s6_addr[8], 0, 8);
	if (inet_ntop(AF_INET6, &six, text, sizeof text) == NULL)
		return "";
	return text_fmt(arena, "%s/64", text);
}
