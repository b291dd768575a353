/* Linked with programme_rules.o and base alone. */
#include "base/test.h"
#include "programme/settings.h"

TEST(a_word_in_addresses_is_short_and_plain)
{
	const struct {
		const char *slug;
		bool sound;
		const char *why;
	} cases[] = {
		{ "fryslan", true, "plain" },
		{ "noord-holland-2", true, "parts and a number" },
		{ "", false, "empty" },
		{ "Fryslan", false, "upper case" },
		{ "fryslân", false, "not ASCII" },
		{ "-a", false, "begins with a hyphen" },
		{ "a-", false, "ends with one" },
		{ "a/b", false, "two segments" },
		{ "..", false, "dots" },
		{ "a23456789-123456789-123456789-123456789-", false,
		  "hyphen at the greatest length" },
		{ "a23456789-123456789-123456789-123456789-1", false,
		  "41 characters" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(programme_slug_is_sound(cases[i].slug),
		    cases[i].sound, cases[i].why);
}

TEST(quiet_days_lie_ahead_and_end)
{
	const struct day today = { 20000 };
	const struct {
		int first, last;
		bool refused;
		const char *why;
	} cases[] = {
		{ 0, 0, false, "today alone" },
		{ -3, 3, false, "already begun" },
		{ 5, 4, true, "ends before it begins" },
		{ -9, -1, true, "is over" },
		{ 0, 91, false, "three months" },
		{ 0, 92, true, "a day more" },
		{ 1098, 1099, false, "three years ahead" },
		{ 1099, 1099, true, "a day more than three years" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct span s = { day_plus(today, cases[i].first),
		    day_plus(today, cases[i].last) };

		EXPECT_INT_WHY(quiet_refusal(s, today) != NULL,
		    cases[i].refused, cases[i].why);
	}
}

TEST(a_topic_without_a_name_in_a_language_takes_the_dutch)
{
	EXPECT_TEXT(topic_name(LANG_NL, "Geld", "Jild", ""), "Geld");
	EXPECT_TEXT(topic_name(LANG_FY, "Geld", "Jild", ""), "Jild");
	EXPECT_TEXT(topic_name(LANG_EN, "Geld", "Jild", ""), "Geld");
}

TEST(the_form_takes_questions_in_two_stages_only)
{
	const bool open[STAGES] = { false, true, true, false, false };

	for (int i = 0; i < STAGES; i++) {
		enum programme_stage stage = (enum programme_stage)i;

		EXPECT_INT(programme_is_open(stage), open[i]);
		EXPECT(programme_stage_text(stage)[0] != '\0');
	}
}

TEST(every_setting_is_a_value_and_reads_as_words)
{
	TEST_ARENA(arena);
	const struct programme_settings s = {
		.name = "Nij", .place = "Drachten", .phone = "1",
		.email = "a@b", .stage = STAGE_PILOT, .lang = LANG_FY,
		.contact_days = 3, .decision_days = 15, .team_size = 2,
		.network_daily = 20,
	};
	const struct {
		const char *value, *shown;
	} fields[SETTING_FIELDS] = {
		[FIELD_NAME] = { "Nij", "Nij" },
		[FIELD_PLACE] = { "Drachten", "Drachten" },
		[FIELD_PHONE] = { "1", "1" },
		[FIELD_EMAIL] = { "a@b", "a@b" },
		[FIELD_LANG] = { "fy", "Frysk" },
		[FIELD_STAGE] = { "pilot", "Proef" },
		[FIELD_CONTACT] = { "3", "3" },
		[FIELD_DECISION] = { "15", "15" },
		[FIELD_TEAM] = { "2", "2" },
		[FIELD_NETWORK] = { "20", "20" },
	};

	for (int i = 0; i < SETTING_FIELDS; i++) {
		enum setting_field f = (enum setting_field)i;

		EXPECT_TEXT(setting_value(arena, &s, f), fields[i].value);
		EXPECT_TEXT(setting_shown(LANG_NL, f, fields[i].value),
		    fields[i].shown);
	}
}
