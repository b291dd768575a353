#include "accounts/may.h"

#include "base/test.h"

static const struct caller manager = {
	.signed_in = true, .roles = ROLE_BIT(ROLE_MANAGER),
};

TEST(a_permission_looks_at_who_comes)
{
	const struct {
		const char *why;
		int may;
		struct caller who;
		bool verdict;
	} cases[] = {
		{ "nothing is for nobody", MAY_NOTHING, manager, false },
		{ "a number that is no permission", 4711, manager, false },
		{ "a negative one", -1, manager, false },
		{ "strangers see public pages", MAY_EVERYONE, { 0 }, true },
		{ "strangers have no account", MAY_OWN_ACCOUNT, { 0 },
		  false },
		{ "everybody signed in has one", MAY_OWN_ACCOUNT,
		  { .signed_in = true }, true },
		{ "unfinished: first the second step", MAY_OWN_ACCOUNT,
		  { .signed_in = true, .unfinished = true }, false },
		{ "unfinished: may set it up", MAY_SET_UP_ACCOUNT,
		  { .signed_in = true, .unfinished = true }, true },
		{ "unfinished: roles do not count", MAY_SEE_AUDIT,
		  { .signed_in = true, .unfinished = true,
		    .roles = ROLE_BIT(ROLE_MANAGER) }, false },
		{ "roles of nobody do not count", MAY_SEE_AUDIT,
		  { .roles = ROLE_BIT(ROLE_MANAGER) }, false },
		{ "the manager reads the trail", MAY_SEE_AUDIT, manager,
		  true },
		{ "the office does not", MAY_SEE_AUDIT,
		  { .signed_in = true, .roles = ROLE_BIT(ROLE_OFFICE) },
		  false },
		{ "one of several roles is enough", MAY_READ_APPLICATIONS,
		  { .signed_in = true, .roles = ROLE_BIT(ROLE_OFFICE) |
		    ROLE_BIT(ROLE_MENTOR) }, true },
		{ "an administrator has no role", MAY_READ_APPLICATIONS,
		  { .signed_in = true, .administrator = true }, false },
		{ "a manager is no administrator", MAY_ADMINISTER, manager,
		  false },
		{ "without a link", MAY_HOLD_LINK, manager, false },
		{ "with one, signed out", MAY_HOLD_LINK,
		  { .holds_link = true }, true },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(may_judge(may_rule(cases[i].may), &cases[i].who)
		    == cases[i].verdict, cases[i].why);
}

TEST(only_active_memberships_count)
{
	const struct membership m[] = {
		{ ROLE_MANAGER, MEMBERSHIP_INVITED },
		{ ROLE_OFFICE, MEMBERSHIP_SUSPENDED },
		{ ROLE_LEAD_MENTOR, MEMBERSHIP_ENDED },
		{ ROLE_MENTOR, MEMBERSHIP_ACTIVE },
		{ 0, MEMBERSHIP_ACTIVE },
		{ 31, MEMBERSHIP_ACTIVE },
	};

	EXPECT_INT(roles_active(m, LEN(m)), ROLE_BIT(ROLE_MENTOR));
}

TEST(roles_that_see_others_ask_a_second_factor)
{
	const struct { enum role role; bool privileged; } cases[] = {
		{ ROLE_MANAGER, true }, { ROLE_OFFICE, true },
		{ ROLE_LEAD_MENTOR, true }, { ROLE_CONFIDENTIAL, true },
		{ ROLE_MENTOR, false }, { ROLE_MENTEE, false },
		{ ROLE_VIEWER, false }, { ROLE_DESIGNER, false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(roles_are_privileged(ROLE_BIT(cases[i].role)) ==
		    cases[i].privileged, role_name(cases[i].role));
}

TEST(every_role_and_state_has_a_word)
{
	for (int role = 1; role <= ROLES; role++)
		EXPECT(role_name((enum role)role)[0] != '\0');
	for (int s = MEMBERSHIP_INVITED; s <= MEMBERSHIP_ENDED; s++)
		EXPECT(membership_state_name(
		    (enum membership_state)s)[0] != '\0');
}

/* ---- Flipping ------------------------------------------------------------ */

/* One caller of each kind: what differs, differs for one of them. */
static const struct caller kinds[] = {
	{ 0 },
	{ .holds_link = true },
	{ .signed_in = true, .unfinished = true },
	{ .signed_in = true },
	{ .signed_in = true, .administrator = true },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_MANAGER) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_OFFICE) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_LEAD_MENTOR) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_MENTOR) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_MENTEE) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_CONFIDENTIAL) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_VIEWER) },
	{ .signed_in = true, .roles = ROLE_BIT(ROLE_DESIGNER) },
};

/* A bit for each kind that is let in. */
static unsigned
row(const struct may_rule *rule)
{
	unsigned let_in = 0;

	for (size_t i = 0; i < LEN(kinds); i++)
		let_in |= (unsigned)may_judge(rule, &kinds[i]) << i;
	return let_in;
}

TEST(another_grant_shows_in_the_matrix)
{
	for (int may = 0; may < MAY_COUNT; may++) {
		const struct may_rule *rule = may_rule(may);

		for (int g = GRANT_NOBODY; g <= GRANT_ROLE; g++) {
			struct may_rule flipped = *rule;

			flipped.grant = (enum grant)g;
			/* Without roles GRANT_ROLE is for nobody, too. */
			if (flipped.grant == rule->grant ||
			    (rule->roles == 0 && g == GRANT_ROLE))
				continue;
			EXPECT_WHY(row(&flipped) != row(rule), rule->name);
		}
	}
}

TEST(another_role_shows_in_the_matrix)
{
	for (int may = 0; may < MAY_COUNT; may++) {
		const struct may_rule *rule = may_rule(may);

		for (int role = 1; role <= ROLES; role++) {
			struct may_rule flipped = *rule;

			flipped.roles ^= ROLE_BIT(role);
			if (rule->grant == GRANT_ROLE)
				EXPECT_WHY(row(&flipped) != row(rule),
				    rule->name);
		}
	}
}
