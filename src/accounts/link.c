/* One-task links and limits.  See accounts.h. */
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "web/reply.h"
#include "web/site.h"

#include <string.h>

Err
link_make(struct req *r, const struct link_wish *w, const char **token)
{
	const char *t = crypt_token(r->arena);
	struct sql_link_insert_in in = {
		.id = new_id(r),
		.token = hash_text(t),
		.kind = w->kind,
		.programme = r->programme.id,
		.person = w->person,
		.object = w->object,
		.now = r->now,
		.expires_at = instant_plus(r->now, w->lasts),
	};

	TRY(sql_link_insert(r->db, r->arena, &in));
	*token = t;
	return OK;
}

/* Who has a link of ours, but too late, reads why and what to do. */
static Err
refuse_spent(struct req *r, bool used)
{
	if (used)
		return reply_gone(r, N_("This link has been used"),
		    N_("A link works once, so that nobody else can use it. "
		    "Sign in to go on, or ask for a new one."));
	return reply_gone(r, N_("This link is too old"),
	    N_("Ask for a new one, or call us."));
}

Err
accounts_open_link(struct req *r, const char *kind, const char *token,
    bool *found)
{
	struct sql_link_find_row link = { 0 };
	bool ours;

	*found = false;
	TRY(sql_link_find(r->db, r->arena, hash_text(token), kind, &link,
	    &ours));
	/* A link of one programme opens nothing in another. */
	if (!ours || link.programme.v != r->programme.id.v)
		return OK;
	if (link.used_at.us != 0 || link.expires_at.us <= r->now.us)
		return refuse_spent(r, link.used_at.us != 0);
	r->holder = (struct holder){ link.id, link.person, link.object,
	    text_copy(r->arena, token) };
	*found = true;
	return OK;
}

Err
link_use(struct req *r, bool *used)
{
	int64_t changed;

	TRY(sql_link_use(r->db, r->arena, r->holder.link, r->now, &changed));
	*used = changed == 1;
	return OK;
}

Err
link_withdraw(struct req *r, const char *kind, int64_t object)
{
	return sql_link_withdraw(r->db, r->arena, kind, object,
	    r->programme.id, r->now);
}

/* An address or a network must not be readable in the table. */
static const char *
limit_subject(struct req *r, const struct limit *l, const char *subject)
{
	struct hash h = hash_keyed(&r->site->key, subject, strlen(subject));

	return text_fmt(r->arena, "%s %s", l->kind, hash_hex(r->arena, &h));
}

Err
limit_reached(struct req *r, const struct limit *l, const char *subject,
    int *seconds_to_wait)
{
	struct sql_limit_find_row row = { 0 };
	bool found;

	*seconds_to_wait = 0;
	TRY(sql_limit_find(r->db, r->arena, limit_subject(r, l, subject),
	    r->now, &row, &found));
	if (found && row.count >= l->max)
		*seconds_to_wait = 1 +
		    (int)((row.until.us - r->now.us) / SECONDS(1));
	return OK;
}

Err
limit_count(struct req *r, const struct limit *l, const char *subject)
{
	return sql_limit_count(r->db, r->arena, limit_subject(r, l, subject),
	    r->now, instant_plus(r->now, l->window));
}
