#include "base/test.h"

#include <string.h>

/* A text and what becomes of it. */
struct change {
	const char *why, *from, *to;
};

typedef const char *change_fn(struct arena *, const char *);

static void
expect_changes(change_fn *change, const struct change *c, size_t n)
{
	TEST_ARENA(a);

	for (size_t i = 0; i < n; i++)
		EXPECT_TEXT_WHY(change(a, c[i].from), c[i].to, c[i].why);
}

TEST(a_buffer_with_room_reserved_does_not_move)
{
	TEST_ARENA(a);
	struct buf b = buf_make(a);
	const char *before;

	buf_reserve(&b, 10000);
	before = b.p;
	for (int i = 0; i < 10000; i++)
		buf_char(&b, 'a');
	EXPECT(b.p == before);
	EXPECT_INT(b.cap, 10001);
}

TEST(a_buffer_that_was_never_written_is_the_empty_text)
{
	TEST_ARENA(a);
	struct buf b = buf_make(a);

	EXPECT_TEXT(buf_get(&b), "");
}

TEST(a_buffer_grows_past_every_size)
{
	TEST_ARENA(a);
	struct buf b = buf_make(a);

	for (int i = 0; i < 20000; i++)
		buf_char(&b, (char)('a' + i % 26));
	EXPECT_INT(b.len, 20000);
	EXPECT_INT(strlen(buf_get(&b)), 20000);
	EXPECT_INT(b.p[19999], 'a' + 19999 % 26);
}

TEST(a_buffer_writes_numbers_and_formats)
{
	TEST_ARENA(a);
	struct buf b = buf_make(a);

	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	buf_fmt(&b, " %s=%03d", "n", 7);
	EXPECT_TEXT(buf_get(&b), "-9223372036854775808 0 n=007");
}

TEST(a_format_of_exactly_the_room_that_is_left_is_whole)
{
	TEST_ARENA(a);

	for (int n = 60; n < 70; n++) {
		struct buf b = buf_make(a);

		buf_fmt(&b, "%*d", n, 1);
		EXPECT_INT(strlen(buf_get(&b)), n);
	}
}

TEST(json_strings_escape_quotes_and_controls_only)
{
	TEST_ARENA(a);
	struct buf b = buf_make(a);

	buf_json(&b, "a\"b\\c\nd\x1f é </script>");
	EXPECT_TEXT(buf_get(&b),
	    "\"a\\\"b\\\\c\\u000ad\\u001f é </script>\"");
}

TEST(utf8_is_judged_by_rfc_3629)
{
	static const struct {
		const char *why, *p;
		bool good;
	} cases[] = {
		{ "plain", "abc", true },
		{ "two bytes, the least", "\xc2\x80", true },
		{ "three bytes, the last before surrogates", "\xed\x9f\xbf",
		  true },
		{ "three bytes, the first after them", "\xee\x80\x80", true },
		{ "four bytes, the greatest", "\xf4\x8f\xbf\xbf", true },
		{ "slash in two bytes", "\xc0\xaf", false },
		{ "slash in three bytes", "\xe0\x80\xaf", false },
		{ "slash in four bytes", "\xf0\x80\x80\xaf", false },
		{ "a surrogate", "\xed\xa0\x80", false },
		{ "above 10FFFF", "\xf4\x90\x80\x80", false },
		{ "a byte that never occurs", "\xff", false },
		{ "a second byte alone", "\x80", false },
		{ "cut after the first byte", "a\xc3", false },
		{ "cut after the third", "\xf0\x9f\x98", false },
		{ "the second is none", "\xc3(", false },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(text_is_utf8(cases[i].p, strlen(cases[i].p)),
		    cases[i].good, cases[i].why);
}

TEST(a_nul_inside_is_no_text)
{
	EXPECT(!text_is_utf8("a\0b", 3));
	EXPECT(text_is_utf8("", 0));
}

TEST(length_counts_code_points)
{
	EXPECT_INT(text_length("Sjûkje 😀"), 8);
}

TEST(trimming_takes_white_space_off_both_ends)
{
	static const struct change cases[] = {
		{ "nothing to do", "a b", "a b" },
		{ "both ends", " \t\n a \r\n", "a" },
		{ "inside stays", "a\n\n  b", "a\n\n  b" },
		{ "CR LF is one LF", "a\r\nb", "a\nb" },
		{ "a lone CR is an LF", "a\rb\r\rc", "a\nb\n\nc" },
		{ "no-break space is white", "\xc2\xa0 a\xe2\x80\x83", "a" },
		{ "only white space", " \n\t ", "" },
		{ "nothing", "", "" },
		{ "zero-width stays", "\xe2\x80\x8b" "a", "\xe2\x80\x8b" "a" },
	};

	expect_changes(text_trim, cases, LEN(cases));
}

TEST(a_line_has_single_spaces_and_no_controls)
{
	static const struct change cases[] = {
		{ "runs become one", "a  \t b", "a b" },
		{ "a header cannot be smuggled in", "a\r\nBcc: b", "a Bcc: b" },
		{ "controls are spaces", "a\x01\x7f" "b", "a b" },
		{ "controls of Latin-1 too", "a\xc2\x9b" "b", "a b" },
		{ "controls at the ends go", "\x1b a \x01", "a" },
		{ "the line separator", "a\xe2\x80\xa8" "b", "a b" },
		{ "letters beyond ASCII stay", "ûs  thús", "ûs thús" },
		{ "nothing", "", "" },
	};

	expect_changes(text_line, cases, LEN(cases));
}

TEST(folding_makes_what_reads_alike_alike)
{
	static const struct change cases[] = {
		{ "accents and case", "Câfé ÏT", "cafe it" },
		{ "decomposed like composed", "Cafe\xcc\x81", "cafe" },
		{ "Frisian", "Skûtsje, Hânwurk, ÚT", "skutsje, hanwurk, ut" },
		{ "letters that fall in two", "Straße Æ Œ ĳ",
		  "strasse ae oe ij" },
		{ "a stroke", "Øystein Łódź Đorđe", "oystein lodz dorde" },
		{ "Vietnamese", "Nguyễn Thị Ẩn", "nguyen thi an" },
		{ "Turkish", "İstanbul ışık ŞĞ", "istanbul isik sg" },
		{ "other scripts stay", "Привет 東京", "Привет 東京" },
		{ "signs stay", "3 × 4 ÷ 2 €", "3 × 4 ÷ 2 €" },
		{ "nothing", "", "" },
	};

	expect_changes(text_fold, cases, LEN(cases));
}

TEST(folding_twice_changes_nothing_more)
{
	TEST_ARENA(a);
	char s[5] = "";

	for (uint32_t cp = 0x80; cp < 0x2000; cp++) {
		const char *once;

		if (cp < 0x800) {
			s[0] = (char)(0xc0 | cp >> 6);
			s[1] = (char)(0x80 | (cp & 0x3f));
		} else {
			s[0] = (char)(0xe0 | cp >> 12);
			s[1] = (char)(0x80 | (cp >> 6 & 0x3f));
			s[2] = (char)(0x80 | (cp & 0x3f));
		}
		once = text_fold(a, s);
		EXPECT_TEXT(text_fold(a, once), once);
	}
}

TEST(initials_are_of_the_first_and_the_last_name)
{
	static const struct change cases[] = {
		{ "a prefix between", "Sjoukje de Vries", "SV" },
		{ "one name", "Madonna", "M" },
		{ "small letters", "jan jansen", "JJ" },
		{ "accents stay", "émile özdemir", "ÉÖ" },
		{ "accents of the east", "łucja žižek", "ŁŽ" },
		{ "a hyphen is inside a name", "Jan-Willem Bos", "JB" },
		{ "signs before a name", "(Piet) 'Bakker'", "PB" },
		{ "digits are no name", "Team 3 Noord", "TN" },
		{ "another script", "東京 花子", "東花" },
		{ "no letter at all", "123 ...", "" },
		{ "nothing", "", "" },
	};

	expect_changes(text_initials, cases, LEN(cases));
}

TEST(a_number_is_whole_or_refused)
{
	static const struct {
		const char *why, *s;
		bool good;
		int64_t n;
	} cases[] = {
		{ "plain", "42", true, 42 },
		{ "negative", "-7", true, -7 },
		{ "with a plus", "+7", true, 7 },
		{ "noughts before", "007", true, 7 },
		{ "eighteen digits", "999999999999999999", true,
		  INT64_C(999999999999999999) },
		{ "nineteen digits", "1000000000000000000", false, 0 },
		{ "nothing", "", false, 0 },
		{ "only a sign", "-", false, 0 },
		{ "space before", " 1", false, 0 },
		{ "text after", "1a", false, 0 },
		{ "hexadecimal", "0x10", false, 0 },
		{ "two signs", "--1", false, 0 },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t n = 0;

		EXPECT_INT_WHY(text_to_int(cases[i].s, &n), cases[i].good,
		    cases[i].why);
		EXPECT_INT_WHY(n, cases[i].n, cases[i].why);
	}
}

TEST(a_copy_is_another_text_that_is_the_same)
{
	TEST_ARENA(a);
	const char *s = "Sjûkje", *copy = text_copy(a, s);

	EXPECT(copy != s);
	EXPECT(text_same(copy, s));
}

TEST(bytes_that_are_no_text_pass_through)
{
	TEST_ARENA(a);

	EXPECT_TEXT(text_line(a, " \xff\xc3 "), "\xff\xc3");
	EXPECT_TEXT(text_fold(a, "A\xff"), "a\xff");
}

TEST(prefixes_and_emptiness_are_told)
{
	EXPECT(text_begins("abc", "ab"));
	EXPECT(!text_begins("a", "ab"));
	EXPECT(text_is_empty(NULL));
	EXPECT(text_is_empty(""));
	EXPECT(!text_is_empty(" "));
}

TEST(the_host_is_taken_from_an_address)
{
	TEST_ARENA(a);

	EXPECT_TEXT(text_host(a, "http://localhost:8080"), "localhost");
	EXPECT_TEXT(text_host(a, "https://mentor.example/x"),
	    "mentor.example");
	EXPECT_TEXT(text_host(a, "mentor.example"), "mentor.example");
}
