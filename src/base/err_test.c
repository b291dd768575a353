#include "base/test.h"

static Err
fail(struct arena *a)
{
	return err_make(a, ERR_FULL, "no room for %d bytes", 12);
}

static Err
try_and_say(struct arena *a, bool *went_on)
{
	TRY(fail(a));
	*went_on = true;
	return OK;
}

TEST(an_error_has_its_kind_and_its_text)
{
	TEST_ARENA(a);
	Err e = fail(a);

	EXPECT_INT(e->kind, ERR_FULL);
	EXPECT_TEXT(e->text, "no room for 12 bytes");
}

TEST(context_comes_before_and_keeps_the_kind)
{
	TEST_ARENA(a);
	Err e = err_say(a, fail(a), "writing %s", "page 7");

	EXPECT_INT(e->kind, ERR_FULL);
	EXPECT_TEXT(e->text, "writing page 7: no room for 12 bytes");
}

TEST(try_returns_at_the_first_error)
{
	TEST_ARENA(a);
	bool went_on = false;

	EXPECT(try_and_say(a, &went_on) != OK);
	EXPECT(!went_on);
}
