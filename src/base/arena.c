/*
 * Arena: see arena.h.  Memory comes in chunks; a take moves a mark through
 * the newest one.  The bytes are zeroed when they are taken, not before, so
 * that a page of 16 KB does not pay for 64.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#ifdef ARENA_EACH_ALONE
enum { CHUNK = 0 };             /* every take gets a chunk of its very size */
#else
enum { CHUNK = 32 * 1024 };
#endif

struct chunk {
	struct chunk *before;
	size_t used, size;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct chunk *newest;
	jmp_buf *guard;
	size_t taken, limit;
};

static size_t
aligned(size_t n)
{
	const size_t step = _Alignof(max_align_t);

	return (n + step - 1) / step * step;
}

struct arena *
arena_make(size_t limit)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a != NULL)
		a->limit = limit;
	return a;
}

static void
free_chunks(struct chunk *c)
{
	while (c != NULL) {
		struct chunk *before = c->before;

		free(c);
		c = before;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_chunks(a->newest);
	free(a);
}

void
arena_empty(struct arena *a)
{
	free_chunks(a->newest);
	a->newest = NULL;
	a->taken = 0;
}

void
arena_widen(struct arena *a, size_t n)
{
	a->limit += n;
}

size_t
arena_room(const struct arena *a)
{
	return a->limit - a->taken;
}

jmp_buf *
arena_guard(struct arena *a, jmp_buf *guard)
{
	jmp_buf *former = a->guard;

	a->guard = guard;
	return former;
}

static _Noreturn void
out_of_memory(struct arena *a)
{
	ASSERT(a->guard != NULL);
	longjmp(*a->guard, 1);
}

/* Count N bytes against the limit; the sum cannot wrap. */
static void
count(struct arena *a, size_t n)
{
	if (n > arena_room(a))
		out_of_memory(a);
	a->taken += n;
}

static struct chunk *
add_chunk(struct arena *a, size_t n)
{
	size_t size = n > CHUNK ? n : CHUNK;
	struct chunk *c;

	if (size > SIZE_MAX - sizeof *c || !(c = malloc(sizeof *c + size)))
		out_of_memory(a);
	c->before = a->newest;
	c->used = 0;
	c->size = size;
	a->newest = c;
	return c;
}

void *
arena_take(struct arena *a, size_t n)
{
	struct chunk *c = a->newest;
	unsigned char *p;

	if (n == 0)
		n = 1;
	if (n > arena_room(a))
		out_of_memory(a);
	if (c == NULL || c->used > c->size || n > c->size - c->used)
		c = add_chunk(a, n);
	count(a, n);
	p = c->bytes + c->used;
	c->used = aligned(c->used + n);
	return memset(p, 0, n);
}

void *
arena_take_many(struct arena *a, size_t size, size_t many)
{
	if (size != 0 && many > SIZE_MAX / size)
		out_of_memory(a);
	return arena_take(a, size * many);
}

/* Whether P is what was taken last from C, and C has room for it as N. */
static bool
grows_in_place(const struct chunk *c, const unsigned char *p, size_t old,
    size_t n)
{
	return c != NULL && p >= c->bytes && p < c->bytes + c->size &&
	    p + aligned(old) == c->bytes + c->used &&
	    n <= c->size - (size_t)(p - c->bytes);
}

void *
arena_grow(struct arena *a, void *p, size_t old, size_t n)
{
	struct chunk *c = a->newest;
	unsigned char *fresh = p;

	ASSERT(n >= old);
	if (p == NULL || !grows_in_place(c, p, old, n)) {
		fresh = arena_take(a, n);
		if (p != NULL)
			memcpy(fresh, p, old);
		return fresh;
	}
	count(a, n - old);
	c->used = aligned((size_t)(fresh - c->bytes) + n);
	memset(fresh + old, 0, n - old);
	return fresh;
}
