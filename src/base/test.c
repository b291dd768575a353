/* The runner of unit tests: see test.h. */
#include "base/test.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The ends of the section "tests", which the linker names. */
extern const struct test *const __start_tests[];
extern const struct test *const __stop_tests[];

void
test_fail(const char *file, int line, const char *fmt, ...)
{
	char text[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	print_error("%s\n", text);
	_fail(file, line);
	abort();        /* _fail has jumped to the runner */
}

/* " (why)", or nothing. */
static const char *
reason(const char *why, char out[256])
{
	if (why == NULL)
		return "";
	snprintf(out, 256, " (%s)", why);
	return out;
}

void
test_expect(bool holds, const char *file, int line, const char *cond,
    const char *why)
{
	char told[256];

	if (!holds)
		test_fail(file, line, "%s%s", cond, reason(why, told));
}

void
test_expect_int(int64_t got, int64_t wanted, const char *file, int line,
    const char *why)
{
	char told[256];

	if (got != wanted)
		test_fail(file, line, "got %" PRId64 ", wanted %" PRId64 "%s",
		    got, wanted, reason(why, told));
}

void
test_expect_text(const char *got, const char *wanted, const char *file,
    int line, const char *why)
{
	char told[256];

	if (got == NULL || wanted == NULL ? got != wanted :
	    strcmp(got, wanted) != 0)
		test_fail(file, line, "got \"%s\", wanted \"%s\"%s",
		    got == NULL ? "(null)" : got,
		    wanted == NULL ? "(null)" : wanted, reason(why, told));
}

void
test_expect_ok(Err e, const char *file, int line)
{
	if (e != OK)
		test_fail(file, line, "%s", e->text);
}

struct arena *
test_arena_make(void)
{
	struct arena *arena = arena_make((size_t)64 << 20);

	ASSERT(arena != NULL);
	return arena;
}

void
test_arena_free(struct arena **arena)
{
	arena_free(*arena);
}

/* cmocka gives the state that a test began with; here that is the test. */
static void
run(void **state)
{
	const struct test *test = *state;

	test->run();
}

int
main(void)
{
	size_t n = (size_t)(__stop_tests - __start_tests);
	struct CMUnitTest *list = calloc(n + 1, sizeof *list);
	int failed;

	ASSERT(list != NULL);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct CMUnitTest){
			.name = __start_tests[i]->name,
			.test_func = run,
			.initial_state = (void *)(uintptr_t)__start_tests[i],
		};
	failed = _cmocka_run_group_tests("tests", list, n, NULL, NULL);
	free(list);
	return failed != 0;
}
