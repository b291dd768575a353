#include "base/html.h"
#include "base/test.h"

#include <string.h>

static struct html
page(struct arena *a, enum language lang)
{
	struct day today;

	EXPECT(day_make(2026, 11, 23, &today));
	return html_make(a, lang, today);
}

TEST(text_cannot_leave_its_element_or_attribute)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_NL);

	html_text(&h, "<b a=\"1\" c='2'>&amp;é</b>");
	EXPECT_TEXT(buf_get(&h.buf), "&lt;b a=&quot;1&quot; c=&#39;2&#39;"
	    "&gt;&amp;amp;é&lt;/b&gt;");
}

TEST(no_text_and_no_day_write_nothing)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_NL);

	html_text(&h, NULL);
	html_url(&h, NULL);
	html_day(&h, DAY_NONE);
	EXPECT_TEXT(buf_get(&h.buf), "");
}

TEST(a_value_is_written_by_its_type)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_NL), *o = &h;
	struct instant i;
	struct day d;

	EXPECT(day_make(2026, 11, 23, &d));
	EXPECT(wall_instant(d, 16, 10, &i));
	HTML_PUT(o, -5);
	html_literal(o, " ", 1);
	HTML_PUT(o, (size_t)7);
	html_literal(o, " ", 1);
	HTML_PUT(o, d);
	html_literal(o, " ", 1);
	HTML_PUT(o, i);
	html_literal(o, " ", 1);
	HTML_PUT(o, shown_day_short(d));
	EXPECT_TEXT(buf_get(&h.buf),
	    "-5 7 2026-11-23 2026-11-23T16:10+01:00 23 nov");
}

TEST(only_harmless_schemes_become_links)
{
	static const struct {
		const char *why, *url, *written;
	} cases[] = {
		{ "a path", "/cases/7?a=1#b", "/cases/7?a=1#b" },
		{ "relative", "photo.png", "photo.png" },
		{ "nothing", "", "" },
		{ "https", "https://example.org", "https://example.org" },
		{ "case does not matter", "HTTPS://e", "HTTPS://e" },
		{ "mail", "mailto:a@example.org", "mailto:a@example.org" },
		{ "telephone", "tel:+31", "tel:+31" },
		{ "a colon later", "/at/16:10", "/at/16:10" },
		{ "script", "javascript:alert(1)", "#" },
		{ "script in capitals", "JavaScript:alert(1)", "#" },
		{ "white space before", " javascript:alert(1)", "#" },
		{ "a control inside", "java\tscript:alert(1)", "#" },
		{ "a control before", "\x01javascript:alert(1)", "#" },
		{ "data", "data:text/html,x", "#" },
		{ "no scheme", ":x", "#" },
		{ "a prefix of a good one", "htt:x", "#" },
		{ "quotes are escaped", "/a\"b", "/a&quot;b" },
	};
	TEST_ARENA(a);

	for (size_t i = 0; i < LEN(cases); i++) {
		struct html h = page(a, LANG_NL);

		html_url(&h, cases[i].url);
		EXPECT_TEXT_WHY(buf_get(&h.buf), cases[i].written,
		    cases[i].why);
	}
}

TEST(a_sentence_is_translated_filled_and_escaped)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_EN);
	const struct html_arg args[] = {
		HTML_ARG("name", "<Jan>"),
		HTML_ARG("n", 3),
	};

	html_say(&h, "\"{name}\" has {n} & {what}, {n", LEN(args), args);
	EXPECT_TEXT(buf_get(&h.buf), "&quot;&lt;Jan&gt;&quot; has 3 &amp; "
	    "{what}, {n");
}

TEST(a_day_inside_a_sentence_is_shown_in_its_language)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_FY);
	struct html_arg when = HTML_ARG("when", shown_day_near(h.today));

	html_say(&h, "<{when}>", 1, &when);
	EXPECT_TEXT(buf_get(&h.buf), "&lt;hjoed&gt;");
}

TEST(an_argument_that_looks_like_a_name_is_not_replaced_again)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_EN);
	const struct html_arg args[] = {
		HTML_ARG("a", "{b}"),
		HTML_ARG("b", "secret"),
	};

	html_say(&h, "x {a} {{b}}", LEN(args), args);
	EXPECT_TEXT(buf_get(&h.buf), "x {b} {secret}");
}

TEST(a_sentence_is_said_in_the_language_of_the_page)
{
	static const char *const wanted[LANGUAGES] = {
		"over 3 dagen", "oer 3 dagen", "in 3 days"
	};
	TEST_ARENA(a);
	struct html_arg n = HTML_ARG("n", (size_t)3);

	for (int i = 0; i < LANGUAGES; i++) {
		struct html h = page(a, (enum language)i);

		html_count(&h, "in one day", "in {n} days", 3, 1, &n);
		EXPECT_TEXT(buf_get(&h.buf), wanted[i]);
	}
}

TEST(a_count_has_one_form_for_one_and_another_for_the_rest)
{
	static const char *const wanted[] = {
		"0 apples", "one apple", "2 apples"
	};
	TEST_ARENA(a);

	for (int i = 0; i < 3; i++) {
		struct html h = page(a, LANG_EN);
		struct html_arg n = HTML_ARG("n", i);

		html_count(&h, "one apple", "{n} apples", i, 1, &n);
		EXPECT_TEXT(buf_get(&h.buf), wanted[i]);
	}
}

TEST(plain_sentences_are_not_escaped)
{
	TEST_ARENA(a);
	struct html_arg name = HTML_ARG("name", "P&O");

	EXPECT_TEXT(words_fill(a, LANG_EN, (struct day){ 0 }, "<{name}>", 1,
	    &name), "<P&O>");
}

TEST(a_page_of_many_kilobytes_is_whole)
{
	TEST_ARENA(a);
	struct html h = page(a, LANG_NL);

	for (int i = 0; i < 10000; i++)
		html_text(&h, "row & row ");
	EXPECT_INT(h.buf.len, 10000 * strlen("row &amp; row "));
	EXPECT_INT(strlen(buf_get(&h.buf)), h.buf.len);
}
