#include <string.h>

#include "base/test.h"
#include "web/decode.h"

/* As Chromium 120 sent it. */
#define BROWSER "----WebKitFormBoundaryp4lriFjlbrEtkhgf"
#define LINE "--" BROWSER "\r\n"
#define END "--" BROWSER "--\r\n"
#define PART(name) "Content-Disposition: form-data; name=\"" name "\""
#define SHEET PART("sheet") "; filename=\"lijst %22\xc3\xa9%22.csv\"\r\n" \
	"Content-Type: text/csv\r\n\r\n"

static struct arena *
arena_for_test(void)
{
	struct arena *arena = arena_make(1 << 20);

	EXPECT(arena != NULL);
	return arena;
}

TEST(a_form_with_a_file_is_read_as_a_browser_sends_it)
{
	static const char form[] =
	    LINE PART("_token") "\r\n\r\ntok&en\r\n"
	    LINE PART("te%22xt") "\r\n\r\na\r\nb \xc3\xa9\r\n"
	    LINE SHEET "a;b\r\n1;2\r\n--x\r\n\0\r\n"
	    LINE PART("none") "; filename=\"\"\r\n"
	    "Content-Type: application/octet-stream\r\n\r\n\r\n" END;
	struct arena *arena = arena_for_test();
	struct multipart m;

	EXPECT(multipart_parse(arena, form, sizeof form - 1, BROWSER, &m));
	EXPECT_INT((int64_t)m.fields.n, 2);
	EXPECT_TEXT(fields_find(&m.fields, "_token")->value, "tok&en");
	EXPECT_TEXT(fields_find(&m.fields, "te\"xt")->value,
	    "a\r\nb \xc3\xa9");
	EXPECT_TEXT(m.file.field, "sheet");
	EXPECT_TEXT(m.file.name, "lijst \"\xc3\xa9\".csv");
	EXPECT_INT((int64_t)m.file.len, 16);
	EXPECT(memcmp(m.file.bytes, "a;b\r\n1;2\r\n--x\r\n", 16) == 0);
	arena_free(arena);
}

TEST(what_no_browser_sends_is_refused)
{
	static const struct {
		const char *form, *why;
	} cases[] = {
		{ "", "nothing" },
		{ LINE, "a boundary only" },
		{ LINE PART("a") "\r\n\r\nb\r\n", "no end" },
		{ LINE PART("a") "\r\n\r\nb\r\n--" BROWSER, "half an end" },
		{ "x" LINE PART("a") "\r\n\r\nb\r\n" END, "text before" },
		{ LINE PART("a") "\r\n\r\nb\r\n" END "x", "text after" },
		{ LINE "\r\nb\r\n" END, "no headers" },
		{ LINE "X: y\r\n\r\nb\r\n" END, "no name" },
		{ LINE "Content-Disposition: form-data\r\n\r\nb\r\n" END,
		  "no name either" },
		{ LINE "Content-Disposition: attachment; name=\"a\"\r\n\r\n"
		  "b\r\n" END, "no field of a form" },
		{ LINE PART("a") "; name=\"b\"\r\n\r\nb\r\n" END,
		  "two names" },
		{ LINE PART("a") "\r\n" PART("b") "\r\n\r\nb\r\n" END,
		  "two names on two lines" },
		{ LINE PART("a") "; filename*=utf-8''x\r\n\r\nb\r\n" END,
		  "a name in another writing" },
		{ LINE "Content-Disposition: form-data; name=a\r\n\r\n"
		  "b\r\n" END, "no quotes" },
		{ LINE "Content-Disposition: form-data; name=\"a\r\n\r\n"
		  "b\r\n" END, "a quote that does not end" },
		{ LINE PART("a") "\r\nContent-Transfer-Encoding: base64\r\n"
		  "\r\nYg==\r\n" END, "packed" },
		{ LINE PART("a") "\r\n\r\n\xff\r\n" END, "no UTF-8" },
		{ LINE PART("\xff") "\r\n\r\nb\r\n" END, "nor in a name" },
		{ LINE PART("a") "\n\nb\n" END, "lines end in LF" },
		{ LINE SHEET "a\r\n" LINE SHEET "b\r\n" END, "two files" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena *arena = arena_for_test();
		struct multipart m;

		EXPECT_WHY(!multipart_parse(arena, cases[i].form,
		    strlen(cases[i].form), BROWSER, &m), cases[i].why);
		arena_free(arena);
	}
}

TEST(a_name_is_of_the_file_and_not_of_its_folders)
{
	static const struct {
		const char *sent, *name, *why;
	} cases[] = {
		{ "list.csv", "list.csv", "as most send it" },
		{ "C:\\Users\\Tjitske\\list.csv", "list.csv", "folders" },
		{ "../../etc/passwd", "passwd", "out of the tree" },
		{ "a%0D%0Ab", "a b", "lines" },
		{ "50%25", "50%25", "what browsers do not escape" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena *arena = arena_for_test();
		const char *form = text_fmt(arena, LINE PART("a")
		    "; filename=\"%s\"\r\n\r\nb\r\n" END, cases[i].sent);
		struct multipart m;

		EXPECT_WHY(multipart_parse(arena, form, strlen(form),
		    BROWSER, &m), cases[i].why);
		EXPECT_TEXT_WHY(m.file.name, cases[i].name, cases[i].why);
		arena_free(arena);
	}
}

TEST(fields_are_counted)
{
	struct arena *arena = arena_for_test();
	struct buf b = buf_make(arena);
	struct multipart m;

	for (int i = 0; i < FIELDS_MAX; i++)
		buf_text(&b, LINE PART("a") "\r\n\r\nb\r\n");
	EXPECT(multipart_parse(arena, text_fmt(arena, "%s" END, b.p),
	    b.len + sizeof END - 1, BROWSER, &m));
	buf_text(&b, LINE PART("a") "\r\n\r\nb\r\n");
	EXPECT(!multipart_parse(arena, text_fmt(arena, "%s" END, b.p),
	    b.len + sizeof END - 1, BROWSER, &m));
	arena_free(arena);
}

TEST(a_boundary_is_found_in_the_type)
{
	static const struct {
		const char *type, *boundary, *why;
	} cases[] = {
		{ "multipart/form-data; boundary=" BROWSER, BROWSER,
		  "Chromium" },
		{ "multipart/form-data;boundary=\"a b\"", NULL, "a space" },
		{ "multipart/form-data; boundary=\"a.b\"", "a.b", "quoted" },
		{ "Multipart/Form-Data; Boundary=a", "a", "capitals" },
		{ "multipart/form-data", NULL, "none" },
		{ "multipart/form-data; boundary=", NULL, "empty" },
		{ "multipart/form-data; charset=x; boundary=a", NULL,
		  "what no browser adds" },
		{ "multipart/mixed; boundary=a", NULL, "no form" },
		{ "application/x-www-form-urlencoded", NULL, "no file" },
		{ NULL, NULL, "no type" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena *arena = arena_for_test();
		const char *boundary = multipart_boundary(arena,
		    cases[i].type);

		EXPECT_TEXT_WHY(boundary == NULL ? "none" : boundary,
		    cases[i].boundary == NULL ? "none" : cases[i].boundary,
		    cases[i].why);
		arena_free(arena);
	}
}
