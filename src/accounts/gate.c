/* What the router asks of accounts/: who comes, and what they may do. */
#include "accounts/accounts.h"

#include <fido.h>
#include <liboath/oath.h>
#include <string.h>

#include "accounts/accounts_sql.h"
#include "accounts/factor.h"
#include "accounts/login.h"
#include "web/reply.h"
#include "web/site.h"

void
accounts_start(void)
{
	fido_init(0);
	oath_init();
}

/* ---- That somebody was here: at most once a minute --------------------- */

struct seen_job {
	struct write_job job;           /* first: the writer hands it back */
	struct arena *arena;
	int64_t login;
	struct instant now, idle_until;
};

static Err
seen_run(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	const struct seen_job *s = (const struct seen_job *)job;

	*end = WRITE_COMMIT;
	return sql_login_seen(db, attempt, s->login, s->now, s->idle_until);
}

static void
seen_done(struct write_job *job, Err err, struct arena *attempt)
{
	/* A login that is not prolonged only ends sooner. */
	arena_free(((struct seen_job *)job)->arena);
}

/* A page that listens by itself does not say that somebody is there. */
static bool
is_rest(const struct req *r, const struct login_found *l)
{
	return r->now.us - l->seen_at.us < MINUTES(1) ||
	    (r->route != NULL && (r->route->flags & ROUTE_LIVE) != 0);
}

/*
 * A GET reads only, so this goes to the writer by itself, and nobody waits
 * for it.
 */
static void
seen_put(struct req *r, const struct login_found *l)
{
	struct login_span span = login_span(l->factors, l->must_use_factor);
	struct arena *a;
	struct seen_job *s;

	if (is_rest(r, l) || r->site->writer == NULL)
		return;
	a = arena_make(4096);
	if (a == NULL)
		return;
	s = ARENA_NEW(a, struct seen_job, 1);
	*s = (struct seen_job){ { seen_run, seen_done, NULL }, a, l->id,
	    r->now, instant_plus(r->now, span.idle) };
	if (!writer_put(r->site->writer, &s->job))
		arena_free(a);
}

/* ---- Who --------------------------------------------------------------- */

/* CSRF tokens are made with a key that only this login and we know. */
static struct key
form_key(const struct req *r, const char *token)
{
	struct hash h = hash_keyed(&r->site->key, token, strlen(token));
	struct key k;

	memcpy(k.b, h.b, sizeof k.b);
	return k;
}

static void
take_viewer(struct req *r, const struct login_found *l, const char *token)
{
	bool unfinished = login_is_unfinished(l->factors, l->must_use_factor);

	r->viewer = (struct viewer){
		.person = l->person,
		.login = l->id,
		.name = l->name,
		.initials = text_initials(r->arena, l->name),
		.administrator = l->administrator && !unfinished,
		.unfinished = unfinished,
		.form_key = form_key(r, token),
	};
	/* What was chosen in this browser goes before what was stored. */
	if (text_is_empty(cookie_get(r, "lang")))
		r->lang = l->lang;
}

/*
 * Whoever owes a second step is led to it from every page of their own, also
 * when they come back a day later.
 */
static bool
must_finish_first(const struct req *r)
{
	enum grant grant;

	if (!r->viewer.unfinished || r->route == NULL ||
	    r->route->method != GET)
		return false;
	grant = may_rule(r->route->may)->grant;
	return grant == GRANT_ROLE || grant == GRANT_ACCOUNT ||
	    grant == GRANT_ADMINISTRATOR;
}

/*
 * Asked before permission, so that it says the same of what is there and what
 * is not.
 */
static bool
must_prove_again(const struct req *r, const struct login_found *l)
{
	return r->route != NULL && (r->route->flags & ROUTE_FRESH) != 0 &&
	    !login_is_fresh(r->now.us - l->proven_at.us,
	        r->route->method == POST);
}

Err
accounts_identify(struct req *r)
{
	const char *token = cookie_get(r, LOGIN_COOKIE);
	struct login_found l = { 0 };
	bool found;

	r->viewer = (struct viewer){ .name = "", .initials = "" };
	if (text_is_empty(token))
		return OK;
	TRY(sql_login_find(r->db, r->arena, hash_text(token), r->now, &l,
	    &found));
	if (!found)
		return OK;
	take_viewer(r, &l, token);
	seen_put(r, &l);
	if (must_finish_first(r))
		return see_other(r, "/account/second-step");
	return must_prove_again(r, &l) ? factor_ask_again(r) : OK;
}

Err
accounts_roles(struct req *r)
{
	struct sql_membership_of m;

	r->viewer.roles = 0;
	if (r->viewer.person.v == 0 || r->viewer.unfinished)
		return OK;
	TRY(sql_membership_of(r->db, r->arena, r->programme.id,
	    r->viewer.person, &m));
	r->viewer.roles = roles_active(m.row, m.n);
	return OK;
}

/* ---- May --------------------------------------------------------------- */

bool
accounts_may(const struct req *r, int may)
{
	const struct caller who = {
		.signed_in = r->viewer.person.v != 0,
		.unfinished = r->viewer.unfinished,
		.administrator = r->viewer.administrator,
		.holds_link = r->holder.link != 0,
		.roles = r->viewer.roles,
	};

	return may_judge(may_rule(may), &who);
}

const char *
accounts_may_name(int may)
{
	return may_rule(may)->name;
}
