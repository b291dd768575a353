/*
 * Secrets, on libsodium: random bytes, tokens, keyed and plain hashes,
 * password hashes, comparison in constant time.
 */
#ifndef BASE_CRYPT_H
#define BASE_CRYPT_H

#include "base/text.h"

/* Call once at start, before threads. */
MUST_USE Err crypt_start(struct arena *);

void crypt_random(void *p, size_t n);

/* 256 random bits as 43 characters of base64url. */
const char *crypt_token(struct arena *);

/* N decimal digits, each value equally likely. */
const char *crypt_digits(struct arena *, int n);

struct hash { unsigned char b[32]; };
struct key { unsigned char b[32]; };

/* BLAKE2b-256; what is stored of a token is its hash. */
struct hash hash_of(const void *p, size_t n);
struct hash hash_text(const char *);
struct hash hash_keyed(const struct key *, const void *p, size_t n);
bool hash_same(const struct hash *, const struct hash *);
const char *hash_hex(struct arena *, const struct hash *);

/* RFC 4648 base64url without padding; false for anything else. */
const char *base64url(struct arena *, const void *p, size_t n);
bool base64url_parse(struct arena *, const char *s,
    unsigned char **out, size_t *n);

/* Argon2id, 19 MiB, two passes: 40 to 70 ms.  Never on an event thread. */
MUST_USE Err password_hash(struct arena *, const char *password,
    const char **phc);
bool password_matches(const char *phc, const char *password);
bool password_needs_rehash(const char *phc);

/*
 * Secrets at rest (TOTP seeds): XChaCha20-Poly1305 under KEY.  What is sealed
 * is CRYPT_SEAL bytes longer than what it holds.
 */
enum { CRYPT_SEAL = 40 };
MUST_USE Err crypt_seal(struct arena *, const struct key *, const void *p,
    size_t n, unsigned char **sealed);
bool crypt_open(struct arena *, const struct key *, const void *sealed,
    size_t n, unsigned char **p);

void crypt_wipe(void *p, size_t n);

#endif
