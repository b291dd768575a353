#include "base/catalogues.h"
#include "base/test.h"
#include "base/words.h"

#include <string.h>

#include "base/words_sample.h"

static struct mo
sample(void)
{
	return (struct mo){ words_sample[0].data, words_sample[0].len };
}

TEST(the_catalogues_inside_the_program_are_sound)
{
	for (int i = 0; i < catalogues_count; i++)
		EXPECT(mo_is_sound((struct mo){ catalogues[i].data,
		    catalogues[i].len }));
	EXPECT_TEXT(catalogues[LANG_NL].name, "nl.mo");
	EXPECT_TEXT(catalogues[LANG_FY].name, "fy.mo");
}

TEST(every_message_of_a_catalogue_is_found)
{
	TEST_ARENA(a);
	size_t len;

	/* The sample says "bericht N" for "message N", a thousand times. */
	EXPECT(mo_is_sound(sample()));
	for (int i = 0; i < 1000; i++)
		EXPECT_TEXT(mo_find(sample(), text_fmt(a, "message %d", i),
		    &len), text_fmt(a, "bericht %d", i));
}

TEST(a_message_that_is_not_there_is_not_found)
{
	TEST_ARENA(a);
	size_t len;

	for (int i = 1000; i < 3000; i++)
		EXPECT(mo_find(sample(), text_fmt(a, "message %d", i), &len)
		    == NULL);
}

TEST(a_plural_follows_its_singular)
{
	size_t len;
	const char *one = mo_find(sample(), "one apple", &len);

	EXPECT_TEXT(one, "één appel");
	EXPECT_TEXT(one + strlen(one) + 1, "{n} appels");
	EXPECT_INT(len, strlen(one) + 1 + strlen("{n} appels"));
}

TEST(a_catalogue_that_is_cut_off_anywhere_is_not_sound)
{
	struct mo mo = sample();

	for (size_t len = 0; len < mo.len; len++)
		EXPECT(!mo_is_sound((struct mo){ mo.data, len }));
}

TEST(a_catalogue_with_an_offset_outside_is_not_sound)
{
	TEST_ARENA(a);
	struct mo mo = sample();
	unsigned char *copy = arena_take(a, mo.len);

	for (size_t field = 0; field < 7; field++) {
		memcpy(copy, mo.data, mo.len);
		copy[field * 4 + 3] = 0x7f;
		EXPECT(!mo_is_sound((struct mo){ copy, mo.len }));
	}
}

TEST(a_catalogue_whose_hash_names_a_message_too_many_is_not_sound)
{
	TEST_ARENA(a);
	struct mo mo = sample();
	unsigned char *copy = arena_take(a, mo.len);
	size_t count = mo.data[8] | (size_t)mo.data[9] << 8;
	size_t table = mo.data[24] | (size_t)mo.data[25] << 8 |
	    (size_t)mo.data[26] << 16;

	memcpy(copy, mo.data, mo.len);
	copy[table] = (unsigned char)(count + 1);
	copy[table + 1] = (unsigned char)((count + 1) >> 8);
	EXPECT(!mo_is_sound((struct mo){ copy, mo.len }));
}

TEST(a_sentence_is_said_in_each_language)
{
	EXPECT_TEXT(words_say(LANG_NL, "today"), "vandaag");
	EXPECT_TEXT(words_say(LANG_FY, "today"), "hjoed");
	EXPECT_TEXT(words_say(LANG_EN, "today"), "today");
}

TEST(a_count_is_said_in_each_language)
{
	static const struct {
		const char *why, *said;
		enum language lang;
		int64_t n;
	} cases[] = {
		{ "one in Dutch", "over één dag", LANG_NL, 1 },
		{ "nought in Dutch", "over {n} dagen", LANG_NL, 0 },
		{ "many in Dutch", "over {n} dagen", LANG_NL, 5 },
		{ "one in Frisian", "oer ien dei", LANG_FY, 1 },
		{ "many in Frisian", "oer {n} dagen", LANG_FY, 2 },
		{ "one in English", "in one day", LANG_EN, 1 },
		{ "many in English", "in {n} days", LANG_EN, 2 },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_TEXT_WHY(words_count(cases[i].lang, "in one day",
		    "in {n} days", cases[i].n), cases[i].said, cases[i].why);
}

TEST(what_no_catalogue_has_is_said_in_english)
{
	EXPECT_TEXT(words_say(LANG_FY, "no such sentence"), "no such sentence");
	EXPECT_TEXT(words_count(LANG_NL, "one thing", "things", 1),
	    "one thing");
	EXPECT_TEXT(words_count(LANG_NL, "one thing", "things", 0), "things");
}

TEST(the_header_of_a_catalogue_is_no_sentence)
{
	EXPECT_TEXT(words_say(LANG_NL, ""), "");
}

TEST(languages_are_known_by_their_codes)
{
	enum language lang = LANG_EN;

	EXPECT(language_parse("fy", &lang));
	EXPECT_INT(lang, LANG_FY);
	EXPECT(!language_parse("de", &lang));
	EXPECT(!language_parse("", &lang));
	EXPECT(!language_parse("fy-NL", &lang));
	EXPECT_INT(lang, LANG_FY);
	EXPECT_TEXT(language_name(lang), "Frysk");
	for (int i = 0; i < LANGUAGES; i++) {
		EXPECT(language_parse(language_code((enum language)i), &lang));
		EXPECT_INT(lang, i);
	}
}

TEST(the_language_a_browser_asks_for_is_chosen)
{
	static const struct {
		const char *why, *header;
		enum language lang;
	} cases[] = {
		{ "no header", NULL, LANG_NL },
		{ "an empty one", "", LANG_NL },
		{ "one of ours", "fy", LANG_FY },
		{ "with a region", "nl-BE", LANG_NL },
		{ "capitals", "EN-gb", LANG_EN },
		{ "the first of equals", "fy, nl, en", LANG_FY },
		{ "by weight", "en;q=0.5, nl;q=0.8, fy;q=0.75", LANG_NL },
		{ "no weight is one", "en;q=0.9, fy", LANG_FY },
		{ "nought is not wanted", "nl;q=0, fy;q=0.1", LANG_FY },
		{ "strangers are passed over", "de, fr;q=0.9, fy;q=0.1",
		  LANG_FY },
		{ "none of ours", "de, fr;q=0.9", LANG_EN },
		{ "a longer code is another language", "nld", LANG_EN },
		{ "spaces", "  nl ; q=0.2 ,en ; q=0.1", LANG_NL },
		{ "more than one is one", "fy, en;q=9", LANG_FY },
		{ "a weight that is none", "nl;q=x, fy;q=0.1", LANG_FY },
		{ "rubbish", ";;;,=,q", LANG_EN },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(language_accept(cases[i].header),
		    cases[i].lang, cases[i].why);
}
