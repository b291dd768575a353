#include "base/crypt.h"
#include "base/test.h"

#include <string.h>

TEST(a_token_has_43_characters_and_is_never_the_same)
{
	TEST_ARENA(a);
	const char *one, *other;

	EXPECT_OK(crypt_start(a));
	one = crypt_token(a);
	other = crypt_token(a);
	EXPECT_INT(strlen(one), 43);
	EXPECT(!text_same(one, other));
}

TEST(digits_are_as_many_as_asked_and_all_of_them_occur)
{
	TEST_ARENA(a);
	const char *digits = crypt_digits(a, 1000);

	EXPECT_INT(strspn(digits, "0123456789"), 1000);
	for (char c = '0'; c <= '9'; c++)
		EXPECT(strchr(digits, c) != NULL);
}

TEST(the_hash_is_blake2b_of_256_bits)
{
	TEST_ARENA(a);
	struct hash h = hash_text("abc");

	/* Checked with `b2sum -l 256`. */
	EXPECT_TEXT(hash_hex(a, &h), "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319");
}

TEST(hashes_differ_by_text_and_by_key)
{
	struct key key = { { 1 } }, other = { { 2 } };
	struct hash plain = hash_text("a"), b = hash_text("b");
	struct hash keyed = hash_keyed(&key, "a", 1);
	struct hash again = hash_keyed(&key, "a", 1);
	struct hash differently = hash_keyed(&other, "a", 1);

	EXPECT(!hash_same(&plain, &b));
	EXPECT(!hash_same(&plain, &keyed));
	EXPECT(hash_same(&keyed, &again));
	EXPECT(!hash_same(&keyed, &differently));
}

TEST(base64url_of_rfc_4648_is_written_and_read)
{
	static const struct {
		const char *why, *bytes, *text;
	} cases[] = {
		{ "nothing", "", "" },
		{ "one byte", "f", "Zg" },
		{ "two bytes", "fo", "Zm8" },
		{ "three bytes", "foo", "Zm9v" },
		{ "both special characters", "\xfb\xff", "-_8" },
	};
	TEST_ARENA(a);

	for (size_t i = 0; i < LEN(cases); i++) {
		size_t len = strlen(cases[i].bytes), n;
		unsigned char *p;

		EXPECT_TEXT_WHY(base64url(a, cases[i].bytes, len),
		    cases[i].text, cases[i].why);
		EXPECT_WHY(base64url_parse(a, cases[i].text, &p, &n),
		    cases[i].why);
		EXPECT_INT_WHY(n, len, cases[i].why);
		EXPECT_WHY(memcmp(p, cases[i].bytes, n) == 0, cases[i].why);
	}
}

TEST(what_is_not_base64url_is_refused)
{
	static const struct {
		const char *why, *text;
	} cases[] = {
		{ "padding", "Zg==" },
		{ "the other alphabet", "+/8" },
		{ "white space", "Zm 9v" },
		{ "a newline after", "Zm9v\n" },
		{ "one character too much", "Zm9vZ" },
		{ "bits that mean nothing", "Zh" },
		{ "a byte that libsodium accepts", "Zm9v\x9c_8" },
	};
	TEST_ARENA(a);
	unsigned char *p;
	size_t n;

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(!base64url_parse(a, cases[i].text, &p, &n),
		    cases[i].why);
}

TEST(a_password_matches_its_hash_and_no_other)
{
	TEST_ARENA(a);
	const char *phc;

	EXPECT_OK(password_hash(a, "correct horse", &phc));
	EXPECT(text_begins(phc, "$argon2id$v=19$m=19456,t=2,p=1$"));
	EXPECT(password_matches(phc, "correct horse"));
	EXPECT(!password_matches(phc, "correct horsf"));
	EXPECT(!password_matches(phc, ""));
	EXPECT(!password_matches("no hash", "correct horse"));
	EXPECT(!password_needs_rehash(phc));
}

TEST(a_weaker_hash_asks_to_be_made_again)
{
	EXPECT(password_needs_rehash("$argon2id$v=19$m=4096,t=1,p=1$"
	    "c29tZXNhbHRzb21lc2FsdA$"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	EXPECT(password_needs_rehash("rubbish"));
}

TEST(what_is_sealed_opens_with_its_key_only)
{
	TEST_ARENA(a);
	struct key key = { { 1 } }, other = { { 2 } };
	unsigned char *sealed, *plain;

	EXPECT_OK(crypt_seal(a, &key, "seed", 4, &sealed));
	EXPECT(crypt_open(a, &key, sealed, 4 + CRYPT_SEAL, &plain));
	EXPECT(memcmp(plain, "seed", 4) == 0);
	EXPECT(!crypt_open(a, &other, sealed, 4 + CRYPT_SEAL, &plain));
}

TEST(a_seal_with_any_bit_turned_or_cut_off_does_not_open)
{
	TEST_ARENA(a);
	struct key key = { { 1 } };
	unsigned char *sealed, *plain;

	EXPECT_OK(crypt_seal(a, &key, "seed", 4, &sealed));
	for (size_t i = 0; i < 4 + CRYPT_SEAL; i++) {
		sealed[i] ^= 1;
		EXPECT(!crypt_open(a, &key, sealed, 4 + CRYPT_SEAL, &plain));
		sealed[i] ^= 1;
		EXPECT(!crypt_open(a, &key, sealed, i, &plain));
	}
}

TEST(the_same_text_is_sealed_differently_each_time)
{
	TEST_ARENA(a);
	struct key key = { { 1 } };
	unsigned char *one, *other;

	EXPECT_OK(crypt_seal(a, &key, "seed", 4, &one));
	EXPECT_OK(crypt_seal(a, &key, "seed", 4, &other));
	EXPECT(memcmp(one, other, 4 + CRYPT_SEAL) != 0);
}

TEST(wiping_leaves_noughts)
{
	char secret[] = "secret";

	crypt_wipe(secret, sizeof secret);
	EXPECT_INT(secret[0] | secret[5], 0);
}
