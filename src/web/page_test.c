#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/test.h"
#include "web/icon.h"
#include "web/sample.h"
#include "web/sample_html.h"
#include "web/static.h"

static const char *
page(struct arena *a, enum language lang, bool refused)
{
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, lang);

	EXPECT_OK(html_sample_page(r, sample_form(r, refused)));
	return r->reply->body;
}

static const char *
page_of(struct arena *a, struct req *r)
{
	EXPECT_OK(html_sample_page(r, sample_form(r, false)));
	return r->reply->body;
}

static bool
has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

/* The hashes of static files change more often than this page. */
static void
hide_hashes(char *s)
{
	while ((s = strstr(s, "?v=")) != NULL)
		for (s += 3; *s != '"'; s++)
			*s = '.';
}

static const char *
golden(struct arena *a)
{
	const char *directory = getenv("TESTDATA");
	FILE *f = fopen(text_fmt(a, "%s/sample.golden.html",
	    directory == NULL ? "." : directory), "r");
	struct buf b = buf_make(a);
	int c;

	EXPECT_WHY(f != NULL, "no sample.golden.html in $TESTDATA");
	while ((c = getc(f)) != EOF)
		buf_char(&b, (char)c);
	fclose(f);
	return buf_get(&b);
}

TEST(every_widget_refused_is_written_as_the_golden_page)
{
	TEST_ARENA(a);
	char *made = text_copy(a, page(a, LANG_EN, true));

	hide_hashes(made);
	EXPECT_TEXT(made, golden(a));
}

TEST(a_refused_form_makes_the_status_422_and_begins_the_title)
{
	TEST_ARENA(a);
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_NL);

	EXPECT_OK(html_sample_page(r, sample_form(r, true)));
	EXPECT_INT(r->reply->status, 422);
	EXPECT(has(r->reply->body, "<title>\nFout:\nAlle onderdelen"));
}

TEST(a_form_that_is_whole_makes_the_status_200)
{
	TEST_ARENA(a);
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_NL);

	EXPECT_OK(html_sample_page(r, sample_form(r, false)));
	EXPECT_INT(r->reply->status, 200);
	EXPECT(!has(r->reply->body, "Fout:"));
}

TEST(the_menu_shows_in_its_order_what_opens_for_the_viewer)
{
	TEST_ARENA(a);
	const char *made = page(a, LANG_EN, false);
	const char *first = strstr(made, "href=\"/first\"");
	const char *sample = strstr(made, "href=\"/fryslan/sample\"");

	EXPECT(first != NULL && sample != NULL && first < sample);
	EXPECT_WHY(!has(made, "/fryslan/other"), "permitted to nobody");
	EXPECT_WHY(!has(made, "/fryslan/gone"), "no route has that path");
}

TEST(outside_a_programme_the_menu_has_none_of_its_pages)
{
	TEST_ARENA(a);
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_EN);
	const char *made;

	r->programme = (struct setting){ .slug = "", .name = "",
	    .phone = "", .place = "" };
	made = page_of(a, r);
	EXPECT(has(made, "href=\"/first\""));
	EXPECT(!has(made, "/sample\" aria") && !has(made, "data-live-at"));
	EXPECT_WHY(!has(made, "tel:"), "nobody to call");
}

TEST(the_menu_marks_the_page_and_those_below_it)
{
	TEST_ARENA(a);
	static const char marked[] =
	    "<a href=\"/fryslan/sample\"\naria-current=\"page\"";
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_EN);

	EXPECT_WHY(has(page_of(a, r), marked), "the page itself");
	r->route++;
	EXPECT_WHY(has(page_of(a, r), marked), "a page below it");
	r->route++;
	EXPECT_WHY(!has(page_of(a, r), marked), "another page");
}

TEST(nobody_signed_in_is_offered_to_sign_in)
{
	TEST_ARENA(a);
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_EN);

	EXPECT(!has(page_of(a, r), "href=\"/sign-in\""));
	r->viewer.person.v = 0;
	EXPECT(has(page_of(a, r), "href=\"/sign-in\""));
	EXPECT(!has(page_of(a, r), "Sjoukje"));
}

TEST(help_by_telephone_is_dialled_by_its_digits)
{
	TEST_ARENA(a);

	EXPECT(has(page(a, LANG_EN, false), "href=\"tel:0582345678\""));
}

TEST(a_page_says_its_language_and_links_to_the_others)
{
	TEST_ARENA(a);
	const char *made = page(a, LANG_FY, false);

	EXPECT(has(made, "<html lang=\"fy\">"));
	EXPECT(has(made, "<a href=\"?lang=nl\" lang=\"nl\""));
	EXPECT(has(made, "hreflang=\"fy\"\naria-current=\"true\""));
}

TEST(a_password_is_never_given_back)
{
	TEST_ARENA(a);

	EXPECT(!has(page(a, LANG_EN, true), "never shown again"));
}

TEST(what_was_typed_comes_back_literally)
{
	TEST_ARENA(a);
	const char *made = page(a, LANG_EN, true);

	EXPECT_WHY(has(made, "\n\nHow do I find &quot;customers&quot; &amp; "
	    "&lt;more&gt;?</textarea>"), "browsers drop the first line feed");
	EXPECT(has(made, "value=\"douwe@deterp.example\""));
	EXPECT(!has(made, "<b>whom</b>"));
}

TEST(each_error_is_in_the_summary_and_explains_its_field)
{
	TEST_ARENA(a);
	const char *made = page(a, LANG_EN, true);
	struct exchange *x = ARENA_NEW(a, struct exchange, 1);
	struct req *r = sample_req(x, a, LANG_EN);
	const struct form *f = sample_form(r, true);

	for (struct form_field *at = f->first; at != NULL; at = at->next) {
		if (at->error == NULL)
			continue;
		EXPECT_WHY(has(made, text_fmt(a, "<a href=\"#%s\">",
		    at->name)), at->name);
		EXPECT_WHY(has(made, text_fmt(a, "id=\"%s\"", at->name)),
		    at->name);
		EXPECT_WHY(has(made, text_fmt(a, "id=\"%s-error\"",
		    at->name)), at->name);
	}
}

TEST(a_static_file_is_found_by_name_and_others_are_not)
{
	EXPECT(static_find("app.css") != NULL);
	EXPECT(static_find("app.cs") == NULL);
	EXPECT(static_find("") == NULL);
}

TEST(the_style_names_the_font_by_its_address)
{
	TEST_ARENA(a);
	const struct static_file *css = static_find("app.css");
	const char *text = text_copy_n(a, (const char *)css->bytes, css->len);

	EXPECT(has(text, asset("atkinson.woff2")));
	EXPECT(!has(text, "asset:"));
}

TEST(a_page_with_all_it_asks_for_weighs_less_than_60_kilobytes)
{
	size_t sum = 0;

	for (size_t i = 0; i < nstatic_files; i++)
		sum += static_files[i].gzip != NULL ?
		    static_files[i].gzip_len : static_files[i].len;
	EXPECT_WHY(sum < 60 * 1024 - 12 * 1024, "12 are for the page itself");
	EXPECT(static_find("app.css")->gzip_len <= 10 * 1024);
	EXPECT(static_find("app.js")->gzip_len <= 3 * 1024);
}
