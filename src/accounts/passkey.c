/*
 * Passkeys: what the authenticator says and signs.  See passkey.h.
 *
 * Authenticator data: 32 bytes hash of the host, a byte of flags, four bytes
 * of counter; when made also 16 bytes of model, two of length, the id, and
 * the public key as COSE, which libfido2 reads.
 */
#include "accounts/passkey_parts.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>
#include <string.h>

enum {
	HEAD = 37,
	FLAG_PRESENT = 0x01,
	FLAG_VERIFIED = 0x04,
	FLAG_KEY = 0x40,
};

/* The algorithms we take, by the letter stored before the key. */
static const struct algorithm {
	char letter;
	int cose;
} algorithms[] = {
	{ 'E', COSE_ES256 }, { 'D', COSE_EDDSA }, { 'R', COSE_RS256 },
};

static enum passkey_verdict
head_judge(const struct passkey_place *at, struct blob data)
{
	const unsigned char *p = data.p;
	unsigned char host[crypto_hash_sha256_BYTES];

	if (data.len < HEAD || data.len > 4096)
		return PASSKEY_MALFORMED;
	crypto_hash_sha256(host, (const unsigned char *)at->host,
	    strlen(at->host));
	if (memcmp(host, p, sizeof host) != 0)
		return PASSKEY_OTHER_HOST;
	if ((p[32] & FLAG_PRESENT) == 0 || (p[32] & FLAG_VERIFIED) == 0)
		return PASSKEY_NOT_UNLOCKED;
	return PASSKEY_GOOD;
}

static int64_t
head_counter(struct blob data)
{
	const unsigned char *p = (const unsigned char *)data.p + 33;

	return (int64_t)p[0] << 24 | (int64_t)p[1] << 16 |
	    (int64_t)p[2] << 8 | (int64_t)p[3];
}

static void
free_cred(fido_cred_t **c)
{
	fido_cred_free(c);
}

/* LETTER and key, when the data holds a key of this algorithm. */
static bool
read_made(struct arena *a, const struct algorithm *alg, struct blob data,
    struct passkey_made *out)
{
	fido_cred_t *c CLEANUP(free_cred) = fido_cred_new();
	char *key, *id;
	size_t n, nid;

	if (c == NULL || fido_cred_set_type(c, alg->cose) != FIDO_OK ||
	    fido_cred_set_authdata_raw(c, data.p, data.len) != FIDO_OK)
		return false;
	n = fido_cred_pubkey_len(c);
	nid = fido_cred_id_len(c);
	if (n == 0 || nid == 0 || nid > 1023)
		return false;
	key = arena_take(a, n + 1);
	key[0] = alg->letter;
	memcpy(key + 1, fido_cred_pubkey_ptr(c), n);
	id = arena_take(a, nid);
	memcpy(id, fido_cred_id_ptr(c), nid);
	out->key = (struct blob){ key, n + 1 };
	out->id = (struct blob){ id, nid };
	return true;
}

static bool
same_bytes(struct blob a, struct blob b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

enum passkey_verdict
passkey_make(struct arena *a, const struct passkey_place *at,
    const struct passkey_answer *answer, struct passkey_made *out)
{
	struct blob data = answer->authenticator_data;
	enum passkey_verdict v;

	v = passkey_client_judge(a, at, answer, "webauthn.create");
	if (v == PASSKEY_GOOD)
		v = head_judge(at, data);
	if (v != PASSKEY_GOOD)
		return v;
	if ((((const unsigned char *)data.p)[32] & FLAG_KEY) == 0)
		return PASSKEY_MALFORMED;
	for (size_t i = 0; i < LEN(algorithms); i++) {
		if (!read_made(a, &algorithms[i], data, out))
			continue;
		out->counter = head_counter(data);
		return same_bytes(out->id, answer->id) ?
		    PASSKEY_GOOD : PASSKEY_MALFORMED;
	}
	return PASSKEY_OTHER_KEY;
}

static void
free_assert(fido_assert_t **c)
{
	fido_assert_free(c);
}

static bool
signature_fits(const struct passkey_place *at,
    const struct passkey_answer *answer, int cose, const void *key)
{
	fido_assert_t *f CLEANUP(free_assert) = fido_assert_new();
	unsigned char client[crypto_hash_sha256_BYTES];
	const struct blob *data = &answer->authenticator_data;

	crypto_hash_sha256(client, answer->client_data.p,
	    answer->client_data.len);
	return f != NULL &&
	    fido_assert_set_count(f, 1) == FIDO_OK &&
	    fido_assert_set_rp(f, at->host) == FIDO_OK &&
	    fido_assert_set_clientdata_hash(f, client, 32) == FIDO_OK &&
	    fido_assert_set_authdata_raw(f, 0, data->p, data->len) ==
	    FIDO_OK &&
	    fido_assert_set_sig(f, 0, answer->signature.p,
	    answer->signature.len) == FIDO_OK &&
	    fido_assert_set_up(f, FIDO_OPT_TRUE) == FIDO_OK &&
	    fido_assert_set_uv(f, FIDO_OPT_TRUE) == FIDO_OK &&
	    fido_assert_verify(f, 0, cose, key) == FIDO_OK;
}

static void
free_es256(es256_pk_t **k)
{
	es256_pk_free(k);
}

static void
free_eddsa(eddsa_pk_t **k)
{
	eddsa_pk_free(k);
}

static void
free_rs256(rs256_pk_t **k)
{
	rs256_pk_free(k);
}

static bool
es256_fits(const struct passkey_place *at,
    const struct passkey_answer *answer, struct blob key)
{
	es256_pk_t *k CLEANUP(free_es256) = es256_pk_new();

	return k != NULL && es256_pk_from_ptr(k, key.p, key.len) == FIDO_OK &&
	    signature_fits(at, answer, COSE_ES256, k);
}

static bool
eddsa_fits(const struct passkey_place *at,
    const struct passkey_answer *answer, struct blob key)
{
	eddsa_pk_t *k CLEANUP(free_eddsa) = eddsa_pk_new();

	return k != NULL && eddsa_pk_from_ptr(k, key.p, key.len) == FIDO_OK &&
	    signature_fits(at, answer, COSE_EDDSA, k);
}

static bool
rs256_fits(const struct passkey_place *at,
    const struct passkey_answer *answer, struct blob key)
{
	rs256_pk_t *k CLEANUP(free_rs256) = rs256_pk_new();

	return k != NULL && rs256_pk_from_ptr(k, key.p, key.len) == FIDO_OK &&
	    signature_fits(at, answer, COSE_RS256, k);
}

static bool
key_fits(const struct passkey_place *at,
    const struct passkey_answer *answer, struct blob stored)
{
	const char *p = stored.p;
	struct blob key = { p + 1, stored.len - 1 };

	switch (p[0]) {
	case 'E': return es256_fits(at, answer, key);
	case 'D': return eddsa_fits(at, answer, key);
	case 'R': return rs256_fits(at, answer, key);
	default:  return false;
	}
}

enum passkey_verdict
passkey_check(struct arena *a, const struct passkey_place *at,
    const struct passkey_answer *answer, struct blob key, int64_t *counter)
{
	struct blob data = answer->authenticator_data;
	enum passkey_verdict v;
	int64_t new;

	v = passkey_client_judge(a, at, answer, "webauthn.get");
	if (v == PASSKEY_GOOD)
		v = head_judge(at, data);
	if (v != PASSKEY_GOOD)
		return v;
	if (key.len < 2 || answer->signature.len == 0 ||
	    !key_fits(at, answer, key))
		return PASSKEY_BAD_SIGNATURE;
	/* Authenticators that keep no count say 0 for ever. */
	new = head_counter(data);
	if ((new != 0 || *counter != 0) && new <= *counter)
		return PASSKEY_COPIED;
	*counter = new;
	return PASSKEY_GOOD;
}

const char *
passkey_verdict_text(enum passkey_verdict v)
{
	switch (v) {
	case PASSKEY_GOOD:            return "good";
	case PASSKEY_MALFORMED:       return "malformed";
	case PASSKEY_OTHER_TYPE:      return "other type";
	case PASSKEY_OTHER_CHALLENGE: return "other challenge";
	case PASSKEY_OLD_CHALLENGE:   return "old challenge";
	case PASSKEY_OTHER_ORIGIN:    return "other origin";
	case PASSKEY_OTHER_HOST:      return "other host";
	case PASSKEY_NOT_UNLOCKED:    return "not unlocked";
	case PASSKEY_OTHER_KEY:       return "other key";
	case PASSKEY_BAD_SIGNATURE:   return "bad signature";
	case PASSKEY_COPIED:          return "copied";
	}
	return "";
}
