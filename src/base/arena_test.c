#include "base/test.h"

#include <string.h>

TEST(what_is_taken_is_zeroed_although_the_memory_was_used_before)
{
	TEST_ARENA(a);
	char *p = arena_take(a, 1000);

	memset(p, 'x', 1000);
	arena_empty(a);
	p = arena_take(a, 1000);
	for (int i = 0; i < 1000; i++)
		EXPECT_INT(p[i], 0);
}

TEST(every_take_is_aligned_for_any_object)
{
	TEST_ARENA(a);

	for (size_t n = 0; n < 100; n++)
		EXPECT_INT((uintptr_t)arena_take(a, n) %
		    _Alignof(max_align_t), 0);
}

TEST(takes_do_not_overlap)
{
	TEST_ARENA(a);
	unsigned char *p[300];

	for (size_t i = 0; i < LEN(p); i++) {
		p[i] = arena_take(a, i * 7 + 1);
		memset(p[i], (int)(i & 0xff), i * 7 + 1);
	}
	for (size_t i = 0; i < LEN(p); i++)
		for (size_t k = 0; k < i * 7 + 1; k++)
			EXPECT_INT(p[i][k], i & 0xff);
}

TEST(room_falls_by_what_is_taken_and_returns_when_emptied)
{
	struct arena *a = arena_make(1000);

	arena_take(a, 400);
	EXPECT_INT(arena_room(a), 600);
	arena_empty(a);
	EXPECT_INT(arena_room(a), 1000);
	arena_free(a);
}

TEST(an_arena_that_is_widened_has_more_room)
{
	struct arena *a = arena_make(100);

	(void)arena_take(a, 100);
	EXPECT_INT(arena_room(a), 0);
	arena_widen(a, 50);
	EXPECT_INT(arena_room(a), 50);
	(void)arena_take(a, 50);
	arena_free(a);
}

TEST(the_whole_limit_can_be_taken)
{
	struct arena *a = arena_make(100 * 1024);

	memset(arena_take(a, 100 * 1024), 1, 100 * 1024);
	EXPECT_INT(arena_room(a), 0);
	arena_free(a);
}

/* What is asked too much: a take beyond the limit, or a product that wraps. */
static void
take_too_much(struct arena *a, bool product)
{
	if (product)
		arena_take_many(a, 16, SIZE_MAX / 16 + 2);
	else
		arena_take(a, 1001);
}

static bool
jumps(bool product)
{
	struct arena *a = arena_make(1000);
	volatile bool jumped = false;
	jmp_buf guard;

	arena_guard(a, &guard);
	if (setjmp(guard) == 0)
		take_too_much(a, product);
	else
		jumped = true;
	EXPECT_INT(arena_room(a), 1000);
	arena_free(a);
	return jumped;
}

TEST(a_take_beyond_the_limit_jumps_to_the_guard)
{
	EXPECT(jumps(false));
}

TEST(a_count_whose_bytes_cannot_be_told_jumps_to_the_guard)
{
	EXPECT(jumps(true));
}

TEST(a_guard_gives_back_the_former)
{
	TEST_ARENA(a);
	jmp_buf outer, inner;

	EXPECT(arena_guard(a, &outer) == NULL);
	EXPECT(arena_guard(a, &inner) == &outer);
	EXPECT(arena_guard(a, NULL) == &inner);
}

TEST(growing_keeps_what_was_there_and_zeroes_the_rest)
{
	TEST_ARENA(a);
	char *p = memset(arena_take(a, 10), 'x', 10);

	p = arena_grow(a, p, 10, 5000);
	for (int i = 0; i < 5000; i++)
		EXPECT_INT(p[i], i < 10 ? 'x' : 0);
}

TEST(growing_moves_when_something_was_taken_since)
{
	TEST_ARENA(a);
	char *p = memset(arena_take(a, 16), 'x', 16);
	char *neighbour = memset(arena_take(a, 16), 'n', 16);
	char *moved = arena_grow(a, p, 16, 64);

	memset(moved, 'y', 64);
	EXPECT(moved != p);
	EXPECT_INT(neighbour[0], 'n');
}

#ifndef ARENA_EACH_ALONE
TEST(growing_what_was_taken_last_stays_in_place)
{
	TEST_ARENA(a);
	char *p = arena_take(a, 16);

	EXPECT(arena_grow(a, p, 16, 4000) == p);
}
#endif
