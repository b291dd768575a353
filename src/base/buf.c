/* Text that grows at its end: see text.h. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

struct buf
buf_make(struct arena *arena)
{
	return (struct buf){ .arena = arena };
}

/* Room for N more bytes and the NUL. */
static void
make_room(struct buf *b, size_t n)
{
	size_t cap = b->cap < 64 ? 64 : b->cap;

	if (n < b->cap - b->len)
		return;
	while (cap - b->len <= n && cap < SIZE_MAX / 2)
		cap *= 2;
	b->p = arena_grow(b->arena, b->p, b->cap, cap);
	b->cap = cap;
}

void
buf_reserve(struct buf *b, size_t n)
{
	if (b->cap > n)
		return;
	b->p = arena_grow(b->arena, b->p, b->cap, n + 1);
	b->cap = n + 1;
}

void
buf_add(struct buf *b, const char *p, size_t n)
{
	if (n >= b->cap - b->len)
		make_room(b, n);
	if (n > 0)
		memcpy(b->p + b->len, p, n);
	b->len += n;
	b->p[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_int(struct buf *b, int64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (n < 0)
		digits[--at] = '-';
	buf_add(b, digits + at, sizeof digits - at);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vfmt(b, fmt, args);
	va_end(args);
}

void
buf_vfmt(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	ASSERT(n >= 0);
	make_room(b, (size_t)n);
	vsnprintf(b->p + b->len, (size_t)n + 1, fmt, args);
	b->len += (size_t)n;
}

const char *
buf_get(const struct buf *b)
{
	return b->p == NULL ? "" : b->p;
}

void
buf_json(struct buf *b, const char *s)
{
	char out[JSON_CHAR];

	buf_char(b, '"');
	for (; *s != '\0'; s++)
		buf_add(b, out, json_char(*s, out));
	buf_char(b, '"');
}
