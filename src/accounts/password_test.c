#include "accounts/password.h"

#include <string.h>

#include "base/test.h"

TEST(a_password_is_judged)
{
	TEST_ARENA(a);
	const struct {
		const char *why, *password;
		enum password_verdict verdict;
	} cases[] = {
		{ "eleven characters", "fiets boom!", PASSWORD_SHORT },
		{ "twelve", "fiets boom!7", PASSWORD_GOOD },
		{ "twelve of two bytes each", "ûûâêîôúñäëöé",
		  PASSWORD_GOOD },
		{ "eleven of two bytes each", "ûûâêîôúñäëö",
		  PASSWORD_SHORT },
		{ "words in a row", "paars konijn zingt laat",
		  PASSWORD_GOOD },
		{ "leaked", "123456789012", PASSWORD_LEAKED },
		{ "leaked, with a capital", "Passwordpassword",
		  PASSWORD_LEAKED },
		{ "leaked, with an accent", "pásswordpassword",
		  PASSWORD_LEAKED },
		{ "not UTF-8", "abcdefghijk\xff", PASSWORD_MALFORMED },
		{ "the own name and a year", "Sjoukje de Vries 1958",
		  PASSWORD_OWN_NAME },
		{ "the own address", "sjoukje58@example.nl",
		  PASSWORD_OWN_NAME },
		{ "what stands before the @, and a year",
		  "sjoukje58 2026", PASSWORD_OWN_NAME },
		{ "a name in a long sentence",
		  "in 1990 zag Sjoukje de Vries een walvis in Harns",
		  PASSWORD_GOOD },
		{ "one character many times", "aaaaaaaaaaaaaaa",
		  PASSWORD_SIMPLE },
		{ "right-to-left and zero-width",
		  "\u202e\u200bkoe fiets maan", PASSWORD_GOOD },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_INT_WHY(password_judge(a, cases[i].password,
		    "Sjoukje de Vries", "sjoukje58@example.nl"),
		    cases[i].verdict, cases[i].why);
}

TEST(a_password_may_have_1024_bytes_and_no_more)
{
	TEST_ARENA(a);
	char password[PASSWORD_BYTES + 2];

	for (size_t i = 0; i < sizeof password; i++)
		password[i] = (char)('a' + i % 26);
	password[PASSWORD_BYTES] = '\0';
	EXPECT_INT(password_judge(a, password, NULL, NULL), PASSWORD_GOOD);
	password[PASSWORD_BYTES] = 'x';
	password[PASSWORD_BYTES + 1] = '\0';
	EXPECT_INT(password_judge(a, password, NULL, NULL), PASSWORD_LONG);
}

TEST(the_table_of_leaked_ones_is_large_and_sorted)
{
	EXPECT(nleaked_passwords > 40000);
	for (size_t i = 1; i < nleaked_passwords; i++)
		EXPECT(leaked_passwords[i - 1] < leaked_passwords[i]);
}

TEST(every_refusal_has_a_sentence)
{
	EXPECT(password_verdict_text(PASSWORD_GOOD) == NULL);
	for (int v = PASSWORD_SHORT; v <= PASSWORD_SIMPLE; v++)
		EXPECT(password_verdict_text(
		    (enum password_verdict)v) != NULL);
}
