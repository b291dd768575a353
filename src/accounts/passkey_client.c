/*
 * Passkeys: challenges, and the client data in which the browser says what
 * it was asked, by whom.  See passkey.h.
 */
#include "accounts/passkey_parts.h"

#include <jansson.h>
#include <string.h>

enum { STAMP = 8, SALT = 16, MAC = CHALLENGE_BYTES - STAMP - SALT };

static void
challenge_mac(struct arena *a, const struct key *key, const char *purpose,
    unsigned char challenge[CHALLENGE_BYTES])
{
	struct buf b = buf_make(a);
	struct hash mac;

	buf_add(&b, (const char *)challenge, STAMP + SALT);
	buf_text(&b, "passkey ");
	buf_text(&b, purpose);
	mac = hash_keyed(key, b.p, b.len);
	memcpy(challenge + STAMP + SALT, mac.b, MAC);
}

const char *
passkey_challenge(struct arena *a, const struct key *key,
    const char *purpose, struct instant now)
{
	unsigned char c[CHALLENGE_BYTES];

	for (int i = 0; i < STAMP; i++)
		c[i] = (unsigned char)(now.us >> (56 - 8 * i));
	crypt_random(c + STAMP, SALT);
	challenge_mac(a, key, purpose, c);
	return base64url(a, c, sizeof c);
}

static enum passkey_verdict
challenge_judge(struct arena *a, const struct passkey_place *at,
    const char *text)
{
	unsigned char *given, right[CHALLENGE_BYTES];
	struct hash g, r;
	int64_t made = 0;
	size_t n;

	if (!base64url_parse(a, text, &given, &n) || n != CHALLENGE_BYTES)
		return PASSKEY_OTHER_CHALLENGE;
	memcpy(right, given, STAMP + SALT);
	challenge_mac(a, at->key, at->purpose, right);
	g = hash_of(given, CHALLENGE_BYTES);
	r = hash_of(right, CHALLENGE_BYTES);
	if (!hash_same(&g, &r))
		return PASSKEY_OTHER_CHALLENGE;
	for (int i = 0; i < STAMP; i++)
		made = made << 8 | given[i];
	if (made > at->now.us || at->now.us - made > MINUTES(5))
		return PASSKEY_OLD_CHALLENGE;
	return PASSKEY_GOOD;
}

static void
free_json(json_t **j)
{
	json_decref(*j);
}

static const char *
member(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s == NULL ? "" : s;
}

static json_t *
client_data(const struct passkey_answer *answer)
{
	const struct blob *b = &answer->client_data;

	if (b->len == 0 || b->len > 4096)
		return NULL;
	return json_loadb(b->p, b->len, JSON_REJECT_DUPLICATES, NULL);
}

enum passkey_verdict
passkey_client_judge(struct arena *a, const struct passkey_place *at,
    const struct passkey_answer *answer, const char *type)
{
	json_t *j CLEANUP(free_json) = client_data(answer);

	if (!json_is_object(j))
		return PASSKEY_MALFORMED;
	if (!text_same(member(j, "type"), type))
		return PASSKEY_OTHER_TYPE;
	if (!text_same(member(j, "origin"), at->base_url) ||
	    json_is_true(json_object_get(j, "crossOrigin")))
		return PASSKEY_OTHER_ORIGIN;
	return challenge_judge(a, at, member(j, "challenge"));
}

struct hash
passkey_challenge_hash(struct arena *a, const struct passkey_answer *answer)
{
	json_t *j CLEANUP(free_json) = client_data(answer);
	const char *challenge = member(j, "challenge");

	return hash_text(text_fmt(a, "passkey %s", challenge));
}

/* ---- Options ----------------------------------------------------------- */

static void
add_bytes(struct buf *b, const char *key, struct blob value)
{
	buf_json(b, key);
	buf_char(b, ':');
	buf_json(b, base64url(b->arena, value.p, value.len));
}

static void
add_text(struct buf *b, const char *key, const char *value)
{
	buf_json(b, key);
	buf_char(b, ':');
	buf_json(b, value);
}

const char *
passkey_get_options(struct arena *a, const struct passkey_wish *w)
{
	struct buf b = buf_make(a);

	buf_char(&b, '{');
	add_text(&b, "challenge", w->challenge);
	buf_char(&b, ',');
	add_text(&b, "rpId", w->host);
	buf_text(&b, ",\"userVerification\":\"required\","
	    "\"timeout\":300000}");
	return buf_get(&b);
}

static void
add_known(struct buf *b, const struct passkey_wish *w)
{
	buf_text(b, ",\"excludeCredentials\":[");
	for (size_t i = 0; i < w->nknown; i++) {
		buf_text(b, i == 0 ? "{" : ",{");
		buf_text(b, "\"type\":\"public-key\",");
		add_bytes(b, "id", w->known[i]);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

const char *
passkey_create_options(struct arena *a, const struct passkey_wish *w)
{
	struct buf b = buf_make(a);

	buf_char(&b, '{');
	add_text(&b, "challenge", w->challenge);
	buf_text(&b, ",\"rp\":{\"name\":\"Fjouwer\",");
	add_text(&b, "id", w->host);
	buf_text(&b, "},\"user\":{");
	add_bytes(&b, "id", w->user);
	buf_char(&b, ',');
	add_text(&b, "name", w->account);
	buf_char(&b, ',');
	add_text(&b, "displayName", w->name);
	buf_text(&b, "},\"pubKeyCredParams\":["
	    "{\"type\":\"public-key\",\"alg\":-7},"
	    "{\"type\":\"public-key\",\"alg\":-8},"
	    "{\"type\":\"public-key\",\"alg\":-257}],"
	    "\"authenticatorSelection\":{\"residentKey\":\"required\","
	    "\"requireResidentKey\":true,"
	    "\"userVerification\":\"required\"},"
	    "\"attestation\":\"none\",\"timeout\":300000");
	add_known(&b, w);
	buf_char(&b, '}');
	return buf_get(&b);
}

struct blob
passkey_user(struct arena *a, const struct key *key, struct person_id person)
{
	const char *text = text_fmt(a, "passkey user %" PRId64, person.v);
	struct hash h = hash_keyed(key, text, strlen(text));
	struct hash *kept = ARENA_NEW(a, struct hash, 1);

	*kept = h;
	return (struct blob){ kept, 32 };
}
