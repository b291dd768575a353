/*
 * Arena: memory for one request, one attempt, one job or one test.  What is
 * taken lives until the arena is freed or emptied; nothing is freed singly.
 *
 * arena_take never returns NULL.  When the limit is reached, or the system
 * has no memory, it jumps to the place set with arena_guard, where the router
 * and the job runner turn it into a clean refusal.  Without a guard that is a
 * bug, and aborts.  A guard may be crossed only by code whose effects are the
 * arena and the database transaction, which the guard's owner rolls back.
 *
 * Built with sanitizers every take is a malloc of its own, so that a write
 * past the end is found.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

/* An arena of at most LIMIT bytes; NULL when there is no memory. */
struct arena *arena_make(size_t limit);
void arena_free(struct arena *);
void arena_empty(struct arena *);

/* N zeroed bytes, aligned for any object. */
void *arena_take(struct arena *, size_t n)
    __attribute__((malloc, returns_nonnull));

/* COUNT zeroed objects of TYPE. */
#define ARENA_NEW(arena, type, count)                                    \
	((type *)arena_take_many((arena), sizeof (type), (count)))
void *arena_take_many(struct arena *, size_t size, size_t count)
    __attribute__((returns_nonnull));

/*
 * P, taken with OLD bytes, as N bytes: in place when nothing was taken since,
 * otherwise moved.  What is added is zeroed.  P may be NULL when OLD is 0.
 */
void *arena_grow(struct arena *, void *p, size_t old, size_t n)
    __attribute__((returns_nonnull));

/* N more bytes may be taken. */
void arena_widen(struct arena *, size_t n);

/* Bytes that may still be taken. */
size_t arena_room(const struct arena *);

/* Where to jump when memory is out; NULL for nowhere.  Gives the former. */
jmp_buf *arena_guard(struct arena *, jmp_buf *);

#endif
