#include "web/receipt.h"

#include <string.h>

#include "web/refusal.h"
#include "web/server.h"
#include "web/token.h"
#include "web/web_sql.h"

enum { ONCE_MAX = 64 };

/*
 * The token of this form; "" for a request that need not be handled once.
 * The forms of one page share theirs, so where it is sent makes it its own;
 * hashed, because that address may hold the token of a link.
 */
static const char *
once_of(const struct req *r)
{
	const struct exchange *x = r->private->exchange;
	const struct field *f = fields_find(&x->fields, "_once");
	struct hash h;

	if (f == NULL || text_is_empty(f->value) ||
	    strlen(f->value) > ONCE_MAX)
		return "";
	h = hash_text(text_fmt(r->arena, "%s %s", f->value,
	    x->asked.target));
	return base64url(r->arena, h.b, sizeof h.b);
}

/* Told once: a handler may sign somebody in or out. */
static const char *
owner_of(struct req *r)
{
	if (r->private->owner == NULL)
		r->private->owner = r->holder.link == 0 ? token_owner(r)
		    : text_fmt(r->arena, "link %" PRId64, r->holder.link);
	return r->private->owner;
}

static bool
has_receipt(struct req *r)
{
	return r->route->method == POST && !text_is_empty(once_of(r)) &&
	    !text_is_empty(owner_of(r));
}

/*
 * Where the browser was sent may hold the token of a link, so it is sealed.
 * Each receipt has a key of its own: no other row's answer fits in it.
 */
static struct key
key_of(struct req *r)
{
	const char *what = text_fmt(r->arena, "receipt %s %s", owner_of(r),
	    once_of(r));
	struct hash h = hash_keyed(&r->site->key, what, strlen(what));
	struct key key;

	memcpy(key.b, h.b, sizeof key.b);
	return key;
}

static Err
seal(struct req *r, const char *location, const char **sealed)
{
	struct key key = key_of(r);
	size_t n = strlen(location);
	unsigned char *p;

	TRY(crypt_seal(r->arena, &key, location, n, &p));
	*sealed = base64url(r->arena, p, n + CRYPT_SEAL);
	return OK;
}

/* NULL for what we did not seal. */
static const char *
unseal(struct req *r, const char *sealed)
{
	struct key key = key_of(r);
	unsigned char *p, *location;
	size_t n;

	if (!base64url_parse(r->arena, sealed, &p, &n) || n < CRYPT_SEAL ||
	    !crypt_open(r->arena, &key, p, n, &location))
		return NULL;
	return text_copy_n(r->arena, (const char *)location, n - CRYPT_SEAL);
}

static Err
answer_again(struct req *r)
{
	const char *sealed = "", *location;
	bool found;

	TRY(sql_receipt_find(r->db, r->arena, owner_of(r), once_of(r),
	    &sealed, &found));
	location = found ? unseal(r, sealed) : NULL;
	return location == NULL ? refusal_reply(r, REFUSAL_REPEATED)
	    : see_other(r, "%s", location);
}

Err
receipt_open(struct req *r, bool *first)
{
	int64_t added = 1;

	if (has_receipt(r))
		TRY(sql_receipt_insert(r->db, r->arena, owner_of(r),
		    once_of(r), r->now, &added));
	*first = added == 1;
	return *first ? OK : answer_again(r);
}

Err
receipt_close(struct req *r)
{
	const char *sealed;

	if (!has_receipt(r) || r->reply->status == 200)
		return OK;
	if (r->reply->location == NULL)
		return sql_receipt_drop(r->db, r->arena, owner_of(r),
		    once_of(r));
	TRY(seal(r, r->reply->location, &sealed));
	return sql_receipt_answer(r->db, r->arena, owner_of(r), once_of(r),
	    sealed);
}

/* ---- Sweeping ---------------------------------------------------------- */

static Err
sweep_before(void *arg, struct db *db, struct arena *arena)
{
	const struct instant *before = arg;

	return sql_receipt_sweep(db, arena, *before);
}

/* Those older than two days: no page lives so long. */
static Err
sweep_receipts(struct work *w)
{
	struct instant before = instant_plus(w->now, -DAYS(2));

	return writer_do(w->site->writer, w->arena, sweep_before, &before);
}

static const struct job jobs[] = {
	{ "sweep receipts", 60 * 60, sweep_receipts },
};

const struct feature web_feature = {
	.name = "web", .jobs = jobs, .njobs = LEN(jobs),
};
