/* Text: see text.h.  Growing text is in buf.c, folding in fold.c. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

char *
text_copy(struct arena *arena, const char *s)
{
	return text_copy_n(arena, s, strlen(s));
}

char *
text_copy_n(struct arena *arena, const char *p, size_t n)
{
	char *copy = arena_take(arena, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

const char *
text_fmt(struct arena *arena, const char *fmt, ...)
{
	struct buf b = buf_make(arena);
	va_list args;

	va_start(args, fmt);
	buf_vfmt(&b, fmt, args);
	va_end(args);
	return buf_get(&b);
}

bool
text_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool
text_begins(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
text_is_empty(const char *s)
{
	return s == NULL || *s == '\0';
}

bool
text_is_utf8(const char *p, size_t n)
{
	uint32_t cp;

	while (n > 0) {
		size_t len = utf8_decode(p, n, &cp);

		if (len == 0 || cp == 0)
			return false;
		p += len;
		n -= len;
	}
	return true;
}

size_t
text_length(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (((unsigned char)*s & 0xc0) != 0x80)
			n++;
	return n;
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 ||
	    cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
	    cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f ||
	    cp == 0x3000;
}

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

/*
 * The part of S between white space, its controls included when they count
 * as such; gives its length and moves S to its beginning.
 */
static size_t
inner(const char **s, bool controls)
{
	const char *begin = NULL, *end = *s;
	uint32_t cp;
	size_t n;

	for (const char *p = *s; *p != '\0'; p += n) {
		n = utf8_next(p, &cp);
		if (is_space(cp) || (controls && is_control(cp)))
			continue;
		if (begin == NULL)
			begin = p;
		end = p + n;
	}
	if (begin != NULL)
		*s = begin;
	return begin == NULL ? 0 : (size_t)(end - begin);
}

const char *
text_trim(struct arena *arena, const char *s)
{
	size_t n = inner(&s, false);
	char *copy = text_copy_n(arena, s, n);
	char *to = copy;

	for (size_t i = 0; i < n; i++) {
		if (copy[i] == '\r' && copy[i + 1] == '\n')
			continue;
		*to++ = copy[i];
		if (copy[i] == '\r')
			to[-1] = '\n';
	}
	*to = '\0';
	return copy;
}

const char *
text_line(struct arena *arena, const char *s)
{
	size_t n = inner(&s, true), len;
	char *copy = text_copy_n(arena, s, n);
	const char *from = copy;
	char *to = copy;
	uint32_t cp;

	for (; *from != '\0'; from += len) {
		len = utf8_next(from, &cp);
		if (!is_space(cp) && !is_control(cp)) {
			memmove(to, from, len);
			to += len;
		} else if (to[-1] != ' ')       /* the first is no space */
			*to++ = ' ';
	}
	*to = '\0';
	return copy;
}

const char *
text_host(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://");

	host = host == NULL ? url : host + 3;
	return text_copy_n(arena, host, strcspn(host, ":/"));
}

bool
text_to_int(const char *s, int64_t *out)
{
	const char *digits = s + (*s == '-' || *s == '+');
	size_t n = strspn(digits, "0123456789");

	if (n == 0 || n > 18 || digits[n] != '\0')
		return false;
	*out = strtoll(s, NULL, 10);
	return true;
}
