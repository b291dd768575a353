/*
 * Unit tests, on cmocka.  TEST makes a test known to the runner in test.c,
 * which has the main function; nothing else is to be written:
 *
 *	TEST(a_leap_day_exists_in_2024)
 *	{
 *		EXPECT(day_make(2024, 2, 29, &day));
 *	}
 *
 * The first EXPECT that does not hold ends its test.  A table of cases has a
 * column why, which EXPECT_WHY and EXPECT_INT_WHY tell.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct test {
	const char *name;
	void (*run)(void);
};

/*
 * The linker gathers the pointers of one section into an array, so that the
 * list of tests needs no registration at run time.
 */
#define TEST(fn)                                                         \
	static void fn(void);                                            \
	static const struct test fn##_test = { #fn, fn };                \
	static const struct test *const fn##_listed                      \
	    __attribute__((section("tests"), used)) = &fn##_test;        \
	static void fn(void)

#define EXPECT(cond) EXPECT_WHY(cond, NULL)
#define EXPECT_WHY(cond, why)                                            \
	test_expect((cond), __FILE__, __LINE__, #cond, (why))
#define EXPECT_INT(got, wanted) EXPECT_INT_WHY((got), (wanted), NULL)
#define EXPECT_INT_WHY(got, wanted, why)                                 \
	test_expect_int((int64_t)(got), (int64_t)(wanted), __FILE__,     \
	    __LINE__, (why))
#define EXPECT_TEXT(got, wanted) EXPECT_TEXT_WHY((got), (wanted), NULL)
#define EXPECT_TEXT_WHY(got, wanted, why)                                \
	test_expect_text((got), (wanted), __FILE__, __LINE__, (why))
/* An Err that must be OK; tells its text when it is not. */
#define EXPECT_OK(err) test_expect_ok((err), __FILE__, __LINE__)

void test_expect(bool holds, const char *file, int line, const char *cond,
    const char *why);
void test_expect_int(int64_t got, int64_t wanted, const char *file, int line,
    const char *why);
void test_expect_text(const char *got, const char *wanted, const char *file,
    int line, const char *why);
void test_expect_ok(Err, const char *file, int line);

/* Ends the test; FMT says why. */
_Noreturn void test_fail(const char *file, int line, const char *fmt, ...)
    PRINTF(3, 4);

/* An arena A for the rest of the block. */
#define TEST_ARENA(a)                                                    \
	CLEANUP(test_arena_free) struct arena *a = test_arena_make()
struct arena *test_arena_make(void);
void test_arena_free(struct arena **);

#endif
