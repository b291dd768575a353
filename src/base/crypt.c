/* Secrets: see crypt.h. */
#include "base/crypt.h"

#include <sodium.h>
#include <string.h>

/* What OWASP asks of Argon2id at least: 19 MiB and two passes. */
enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
_Static_assert(CRYPT_SEAL == NONCE +
    crypto_aead_xchacha20poly1305_ietf_ABYTES, "a seal is nonce and tag");

Err
crypt_start(struct arena *arena)
{
	if (sodium_init() < 0)
		return err_make(arena, ERR_FAILED, "libsodium did not start");
	return OK;
}

void
crypt_random(void *p, size_t n)
{
	randombytes_buf(p, n);
}

const char *
crypt_token(struct arena *arena)
{
	unsigned char random[32];

	crypt_random(random, sizeof random);
	return base64url(arena, random, sizeof random);
}

const char *
crypt_digits(struct arena *arena, int n)
{
	char *digits = arena_take(arena, (size_t)n + 1);

	for (int i = 0; i < n; i++)
		digits[i] = (char)('0' + randombytes_uniform(10));
	return digits;
}

struct hash
hash_of(const void *p, size_t n)
{
	struct hash h;

	crypto_generichash(h.b, sizeof h.b, p, n, NULL, 0);
	return h;
}

struct hash
hash_text(const char *s)
{
	return hash_of(s, strlen(s));
}

struct hash
hash_keyed(const struct key *key, const void *p, size_t n)
{
	struct hash h;

	crypto_generichash(h.b, sizeof h.b, p, n, key->b, sizeof key->b);
	return h;
}

bool
hash_same(const struct hash *a, const struct hash *b)
{
	return sodium_memcmp(a->b, b->b, sizeof a->b) == 0;
}

const char *
hash_hex(struct arena *arena, const struct hash *h)
{
	size_t room = sizeof h->b * 2 + 1;

	return sodium_bin2hex(arena_take(arena, room), room, h->b,
	    sizeof h->b);
}

const char *
base64url(struct arena *arena, const void *p, size_t n)
{
	const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	size_t room = sodium_base64_encoded_len(n, variant);

	return sodium_bin2base64(arena_take(arena, room), room, p, n, variant);
}

/* libsodium 1.0.18 takes some bytes above 127 for letters; this does not. */
static bool
is_base64url(const char *s, size_t len)
{
	return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

bool
base64url_parse(struct arena *arena, const char *s, unsigned char **out,
    size_t *n)
{
	size_t len = strlen(s), got;
	unsigned char *bytes = arena_take(arena, len / 4 * 3 + 3);

	if (!is_base64url(s, len) || sodium_base642bin(bytes,
	    len / 4 * 3 + 3, s, len, NULL, &got, NULL,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	*out = bytes;
	*n = got;
	return true;
}

Err
password_hash(struct arena *arena, const char *password, const char **phc)
{
	char *out = arena_take(arena, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str(out, password, strlen(password), PASSES,
	    MEMORY) != 0)
		return err_make(arena, ERR_FAILED,
		    "no memory to hash a password");
	*phc = out;
	return OK;
}

bool
password_matches(const char *phc, const char *password)
{
	return crypto_pwhash_str_verify(phc, password, strlen(password)) == 0;
}

bool
password_needs_rehash(const char *phc)
{
	return crypto_pwhash_str_needs_rehash(phc, PASSES, MEMORY) != 0;
}

/* The nonce is drawn anew each time and stands before what is sealed. */
Err
crypt_seal(struct arena *arena, const struct key *key, const void *p,
    size_t n, unsigned char **sealed)
{
	unsigned char *out;

	if (n > SIZE_MAX - CRYPT_SEAL)
		return err_make(arena, ERR_INPUT, "too long to be sealed");
	out = arena_take(arena, n + CRYPT_SEAL);
	crypt_random(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, p, n,
	    NULL, 0, NULL, out, key->b);
	*sealed = out;
	return OK;
}

bool
crypt_open(struct arena *arena, const struct key *key, const void *sealed,
    size_t n, unsigned char **p)
{
	const unsigned char *nonce = sealed;
	unsigned char *plain;

	if (n < CRYPT_SEAL)
		return false;
	plain = arena_take(arena, n - CRYPT_SEAL);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
	    nonce + NONCE, n - NONCE, NULL, 0, nonce, key->b) != 0)
		return false;
	*p = plain;
	return true;
}

void
crypt_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}
