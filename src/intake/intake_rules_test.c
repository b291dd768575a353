/*
 * Linked with intake_rules.o and base alone: a rule that reached for the
 * database, the clock or the request would not link.
 */
#include "base/test.h"
#include "intake/steps.h"

static struct day
day(int year, int month, int mday)
{
	struct day d;

	ASSERT(day_make(year, month, mday, &d));
	return d;
}

TEST(a_step_is_allowed_by_state_and_not_on_what_was_set_aside)
{
	const struct {
		const char *why;
		enum application_step step;
		enum application_state state;
		enum aside aside;
		bool allowed;
	} cases[] = {
		{ "a new one is called", STEP_CONTACTED,
		  APPLICATION_RECEIVED, ASIDE_NO, true },
		{ "first contact is made once", STEP_CONTACTED,
		  APPLICATION_CONTACTED, ASIDE_NO, false },
		{ "withdrawn after contact", STEP_WITHDRAWN,
		  APPLICATION_CONTACTED, ASIDE_NO, true },
		{ "not withdrawn twice", STEP_WITHDRAWN,
		  APPLICATION_WITHDRAWN, ASIDE_NO, false },
		{ "not withdrawn after the decision", STEP_WITHDRAWN,
		  APPLICATION_TRIAGED, ASIDE_NO, false },
		{ "spam is not called", STEP_CONTACTED,
		  APPLICATION_RECEIVED, ASIDE_SPAM, false },
		{ "spam can be put back", STEP_PUT_BACK,
		  APPLICATION_RECEIVED, ASIDE_SPAM, true },
		{ "what is not aside cannot be put back", STEP_PUT_BACK,
		  APPLICATION_RECEIVED, ASIDE_NO, false },
		{ "details after the decision", STEP_CORRECTED,
		  APPLICATION_TRIAGED, ASIDE_NO, true },
		{ "a mistake is undone", STEP_UNDONE,
		  APPLICATION_WITHDRAWN, ASIDE_NO, true },
		{ "nothing to undo", STEP_UNDONE,
		  APPLICATION_CONTACTED, ASIDE_NO, false },
		{ "details of who withdrew stay", STEP_CORRECTED,
		  APPLICATION_WITHDRAWN, ASIDE_NO, false },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		bool got = step_is_allowed(cases[i].step, cases[i].state,
		    cases[i].aside);

		if (got != cases[i].allowed)
			test_fail(__FILE__, __LINE__, "%s",
			    cases[i].why);
	}
}

TEST(a_promise_counts_working_days)
{
	const struct span christmas = { day(2026, 12, 21), day(2027, 1, 1) };
	const struct promise_terms terms = { 3, 15, &christmas, 1 };
	const struct {
		const char *why;
		enum promise_kind kind;
		struct day today, due;
	} cases[] = {
		{ "Monday to Thursday", PROMISE_CONTACT,
		  day(2026, 11, 23), day(2026, 11, 26) },
		{ "over a weekend", PROMISE_CONTACT,
		  day(2026, 11, 20), day(2026, 11, 25) },
		{ "made on a Sunday", PROMISE_CONTACT,
		  day(2026, 11, 22), day(2026, 11, 25) },
		{ "over quiet weeks", PROMISE_CONTACT,
		  day(2026, 12, 18), day(2027, 1, 6) },
		{ "three weeks to a decision", PROMISE_DECISION,
		  day(2026, 11, 23), day(2026, 12, 14) },
		{ "over Easter Monday", PROMISE_CONTACT,
		  day(2027, 3, 25), day(2027, 3, 31) },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct day due = promise_due(cases[i].kind, cases[i].today,
		    &terms);

		if (due.n != cases[i].due.n)
			test_fail(__FILE__, __LINE__, "%s",
			    cases[i].why);
	}
}

TEST(every_step_that_leaves_an_application_open_leaves_a_promise)
{
	for (int s = STEP_RECEIVED; s <= STEP_UNDONE; s++) {
		const struct step_rule *rule =
		    step_rule((enum application_step)s);
		bool ends = rule->ends != PROMISE_OPEN;
		bool closes = rule->to == APPLICATION_WITHDRAWN ||
		    rule->step == STEP_SET_ASIDE;

		if (ends && !closes)
			EXPECT(rule->next != PROMISE_NONE);
		if (closes)
			EXPECT(ends && rule->next == PROMISE_NONE);
	}
}

TEST(every_state_step_and_promise_has_words)
{
	for (int s = APPLICATION_RECEIVED; s <= APPLICATION_WITHDRAWN; s++)
		EXPECT(application_state_text(
		    (enum application_state)s)[0] != '\0');
	for (int s = STEP_RECEIVED; s <= STEP_UNDONE; s++)
		EXPECT(step_rule((enum application_step)s)->label[0] != '\0');
	for (int p = PROMISE_CONTACT; p <= PROMISE_DECISION; p++)
		EXPECT(promise_text((enum promise_kind)p)[0] != '\0');
}
