/* Codes that somebody types, and known browsers.  See code.h. */
#include "accounts/code.h"

#include <liboath/oath.h>
#include <string.h>

enum { TOTP_SECONDS = 30 };

int64_t
totp_step(const unsigned char seed[TOTP_SEED], const char *code,
    struct instant now, int64_t last)
{
	uint64_t counter = 0;
	int rc;

	if (strlen(code) != 6)
		return 0;
	rc = oath_totp_validate3((const char *)seed, TOTP_SEED,
	    (time_t)(now.us / 1000000), TOTP_SECONDS, 0, 1, NULL, &counter,
	    code);
	if (rc < 0 || (int64_t)counter <= last)
		return 0;
	return (int64_t)counter;
}

static void
base32(struct buf *b, const unsigned char *p, size_t n, const char *alphabet)
{
	unsigned bits = 0, have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 5; have -= 5)
			buf_char(b, alphabet[bits >> (have - 5) & 31]);
	}
}

static const char *
seed_base32(struct arena *a, const unsigned char seed[TOTP_SEED])
{
	struct buf b = buf_make(a);

	base32(&b, seed, TOTP_SEED, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
	return buf_get(&b);
}

const char *
totp_seed_text(struct arena *a, const unsigned char seed[TOTP_SEED])
{
	const char *s = seed_base32(a, seed);
	struct buf b = buf_make(a);

	for (size_t i = 0; s[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			buf_char(&b, ' ');
		buf_char(&b, s[i]);
	}
	return buf_get(&b);
}

/* RFC 3986: all but the unreserved characters as %XX. */
static void
add_percent(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || strchr("-._~", c) != NULL)
			buf_char(b, *s);
		else
			buf_fmt(b, "%%%02X", c);
	}
}

const char *
totp_address(struct arena *a, const unsigned char seed[TOTP_SEED],
    const char *issuer, const char *account)
{
	struct buf b = buf_make(a);

	buf_text(&b, "otpauth://totp/");
	add_percent(&b, issuer);
	buf_char(&b, ':');
	add_percent(&b, account);
	buf_fmt(&b, "?secret=%s&issuer=", seed_base32(a, seed));
	add_percent(&b, issuer);
	return buf_get(&b);
}

const char *
recovery_code(struct arena *a)
{
	unsigned char random[7];
	struct buf b = buf_make(a);
	const char *code;

	crypt_random(random, sizeof random);
	base32(&b, random, sizeof random, "abcdefghijkmnpqrstuvwxyz23456789");
	code = buf_get(&b);
	return text_fmt(a, "%.5s-%.5s", code, code + 5);
}

struct hash
code_hash(struct arena *a, const struct key *key, struct person_id person,
    const char *code)
{
	const char *text = text_fmt(a, "code %" PRId64 " %s", person.v, code);

	return hash_keyed(key, text, strlen(text));
}

static const char *
device_mac(struct arena *a, const struct device_claim *c, int64_t since)
{
	const char *text = text_fmt(a, "device %" PRId64 " %" PRId64
	    " %" PRId64, c->person.v, c->password_set.us, since);
	struct hash mac = hash_keyed(c->key, text, strlen(text));

	return hash_hex(a, &mac);
}

const char *
device_token(struct arena *a, const struct key *key, struct person_id person,
    struct instant password_set, struct instant now)
{
	struct device_claim c = { key, person, password_set, now };

	return text_fmt(a, "%" PRId64 ".%s", now.us, device_mac(a, &c, now.us));
}

bool
device_is_known(struct arena *a, const struct device_claim *c,
    const char *cookie)
{
	const char *dot = strchr(cookie, '.');
	struct hash given, right;
	int64_t since;

	if (dot == NULL || !text_to_int(text_copy_n(a, cookie,
	    (size_t)(dot - cookie)), &since))
		return false;
	if (since > c->now.us || c->now.us - since > DAYS(DEVICE_DAYS))
		return false;
	/* Hashes of both, because their comparison takes constant time. */
	given = hash_text(dot + 1);
	right = hash_text(device_mac(a, c, since));
	return hash_same(&given, &right);
}
