/*
 * What the fuzzers of all folders share.  Each is built twice: as fuzz_x, and
 * with FUZZ_CONTROL as fuzz_x_control, which trusts its input where fuzz_x
 * does not, and must be caught by the sanitizer within seconds.
 */
#ifndef BASE_FUZZ_H
#define BASE_FUZZ_H

#include "base/text.h"

/* What libFuzzer calls with each input; gives 0. */
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static inline void
fuzz_arena_free(struct arena **arena)
{
	arena_free(*arena);
}

/* An arena A for the rest of the block. */
#define FUZZ_ARENA(a)                                                    \
	CLEANUP(fuzz_arena_free) struct arena *a = arena_make(1 << 24)

/* The input as a text ended by NUL; the control forgets the NUL. */
static inline const char *
fuzz_text(struct arena *arena, const unsigned char *data, size_t n)
{
#ifdef FUZZ_CONTROL
	(void)arena;
	(void)n;
	return (const char *)data;
#else
	return text_copy_n(arena, (const char *)data, n);
#endif
}

#endif
