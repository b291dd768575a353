/* For tests: an authenticator in software.  See authenticator.h. */
#include "accounts/authenticator.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <string.h>

enum { PRESENT_AND_VERIFIED = 0x05, HAS_KEY = 0x40 };

struct authenticator {
	enum authenticator_kind kind;
	EVP_PKEY *pair;
	unsigned char id[16];
};

static EVP_PKEY *
make_pair(enum authenticator_kind kind)
{
	switch (kind) {
	case KIND_ES256: return EVP_EC_gen("P-256");
	case KIND_EDDSA: return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	case KIND_RS256: return EVP_RSA_gen(2048);
	}
	return NULL;
}

struct authenticator *
authenticator_make(enum authenticator_kind kind)
{
	struct authenticator *t = malloc(sizeof *t);

	ASSERT(t != NULL);
	t->kind = kind;
	t->pair = make_pair(kind);
	ASSERT(t->pair != NULL);
	crypt_random(t->id, sizeof t->id);
	return t;
}

void
authenticator_free(struct authenticator **t)
{
	EVP_PKEY_free((*t)->pair);
	free(*t);
}

static void
add(struct buf *b, const char *bytes, size_t n)
{
	buf_add(b, bytes, n);
}
#define ADD(b, literal) add((b), (literal), sizeof (literal) - 1)

static void
add_ec(struct buf *b, EVP_PKEY *pair)
{
	unsigned char point[65];
	size_t n;

	ASSERT(EVP_PKEY_get_octet_string_param(pair, "pub", point,
	    sizeof point, &n) == 1 && n == 65);
	/* {1: 2 (EC2), 3: -7, -1: 1 (P-256), -2: x, -3: y} */
	ADD(b, "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20");
	add(b, (const char *)point + 1, 32);
	ADD(b, "\x22\x58\x20");
	add(b, (const char *)point + 33, 32);
}

static void
add_ed(struct buf *b, EVP_PKEY *pair)
{
	unsigned char key[32];
	size_t n = sizeof key;

	ASSERT(EVP_PKEY_get_raw_public_key(pair, key, &n) == 1);
	/* {1: 1 (OKP), 3: -8, -1: 6 (Ed25519), -2: x} */
	ADD(b, "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20");
	add(b, (const char *)key, n);
}

static void
add_rsa(struct buf *b, EVP_PKEY *pair)
{
	unsigned char modulus[256];
	BIGNUM *n = NULL;

	ASSERT(EVP_PKEY_get_bn_param(pair, "n", &n) == 1);
	ASSERT(BN_bn2binpad(n, modulus, sizeof modulus) == sizeof modulus);
	BN_free(n);
	/* {1: 3 (RSA), 3: -257, -1: n, -2: e} */
	ADD(b, "\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00");
	add(b, (const char *)modulus, sizeof modulus);
	ADD(b, "\x21\x43\x01\x00\x01");
}

static void
add_key(struct buf *b, const struct authenticator *t)
{
	ADD(b, "model of no name");
	ADD(b, "\0\x10");
	add(b, (const char *)t->id, sizeof t->id);
	switch (t->kind) {
	case KIND_ES256: add_ec(b, t->pair); break;
	case KIND_EDDSA: add_ed(b, t->pair); break;
	case KIND_RS256: add_rsa(b, t->pair); break;
	}
}

static struct blob
blob_of(const struct buf *b)
{
	return (struct blob){ b->p, b->len };
}

static struct blob
client_data(struct arena *a, const struct saying *s, const char *type)
{
	struct buf b = buf_make(a);

	buf_fmt(&b, "{\"type\":\"%s\",\"challenge\":\"%s\","
	    "\"origin\":\"%s\",\"crossOrigin\":%s}",
	    s->type != NULL ? s->type : type, s->challenge, s->origin,
	    s->cross_origin ? "true" : "false");
	return blob_of(&b);
}

static struct buf
head(struct arena *a, const struct saying *s, unsigned char extra)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	unsigned char flags = s->flags != 0 ? s->flags : PRESENT_AND_VERIFIED;
	struct buf b = buf_make(a);

	crypto_hash_sha256(hash, (const unsigned char *)s->host,
	    strlen(s->host));
	add(&b, (const char *)hash, sizeof hash);
	buf_char(&b, (char)(flags | extra));
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(&b, (char)(s->counter >> shift));
	return b;
}

struct passkey_answer
authenticator_create(struct arena *a, struct authenticator *t,
    const struct saying *s)
{
	struct buf data = head(a, s, HAS_KEY);

	add_key(&data, t);
	return (struct passkey_answer){
		.id = { t->id, sizeof t->id },
		.client_data = client_data(a, s, "webauthn.create"),
		.authenticator_data = blob_of(&data),
	};
}

static struct blob
sign(struct arena *a, const struct authenticator *t, struct blob data,
    struct blob client)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	struct buf b = buf_make(a);
	unsigned char hash[crypto_hash_sha256_BYTES];
	unsigned char *signature = arena_take(a, 512);
	size_t n = 512;

	crypto_hash_sha256(hash, client.p, client.len);
	buf_add(&b, data.p, data.len);
	buf_add(&b, (const char *)hash, sizeof hash);
	ASSERT(EVP_DigestSignInit(c, NULL, t->kind == KIND_EDDSA ? NULL :
	    EVP_sha256(), NULL, t->pair) == 1);
	ASSERT(EVP_DigestSign(c, signature, &n, (unsigned char *)b.p,
	    b.len) == 1);
	EVP_MD_CTX_free(c);
	return (struct blob){ signature, n };
}

struct passkey_answer
authenticator_get(struct arena *a, struct authenticator *t,
    const struct saying *s)
{
	struct buf data = head(a, s, 0);
	struct passkey_answer answer = {
		.id = { t->id, sizeof t->id },
		.client_data = client_data(a, s, "webauthn.get"),
		.authenticator_data = blob_of(&data),
	};

	answer.signature = sign(a, t, answer.authenticator_data,
	    answer.client_data);
	return answer;
}
