#include "web/bounded.h"

bool
bounded(struct arena *arena, void (*work)(void *), void *arg)
{
	jmp_buf here;
	jmp_buf *const before = arena_guard(arena, &here);

	if (setjmp(here) != 0) {
		(void)arena_guard(arena, before);
		return false;
	}
	work(arg);
	(void)arena_guard(arena, before);
	return true;
}
