/* Errors: see err.h. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

static Err
make(struct arena *arena, enum err_kind kind, struct buf *text)
{
	struct err *e = ARENA_NEW(arena, struct err, 1);

	e->kind = kind;
	e->text = buf_get(text);
	return e;
}

Err
err_make(struct arena *arena, enum err_kind kind, const char *fmt, ...)
{
	struct buf b = buf_make(arena);
	va_list args;

	va_start(args, fmt);
	buf_vfmt(&b, fmt, args);
	va_end(args);
	return make(arena, kind, &b);
}

Err
err_say(struct arena *arena, Err cause, const char *fmt, ...)
{
	struct buf b = buf_make(arena);
	va_list args;

	va_start(args, fmt);
	buf_vfmt(&b, fmt, args);
	va_end(args);
	buf_text(&b, ": ");
	buf_text(&b, cause->text);
	return make(arena, cause->kind, &b);
}

void
err_assert_failed(const char *file, int line, const char *cond)
{
	fprintf(stderr, "%s:%d: this must hold, and does not: %s\n", file,
	    line, cond);
	abort();
}
