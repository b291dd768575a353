/* Asking for a new password.  See reset.h. */
#include "accounts/reset.h"

#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/login.h"
#include "post/post.h"
#include "web/site.h"

/* Sealed: most likely it is the address of somebody, ours or not. */
Err
reset_ask(struct req *r, const char *email)
{
	const char *note = text_fmt(r->arena, "%s %s", r->network, email);
	const char *token = crypt_token(r->arena);
	unsigned char *sealed;
	int64_t put;

	TRY(crypt_seal(r->arena, &r->site->key, note, strlen(note), &sealed));
	return sql_challenge_put(r->db, r->arena,
	    &(struct sql_challenge_put_in){
	    .token = hash_text(token),
	    .kind = CHALLENGE_RESET,
	    .secret = { sealed, strlen(note) + CRYPT_SEAL },
	    .now = r->now,
	    .expires_at = instant_plus(r->now, HOURS(1)),
	}, &put);
}

/* ---- The answer -------------------------------------------------------- */

static Err
send_link(struct req *r, const struct person *p)
{
	const char *token;

	TRY(link_make(r, &(struct link_wish){ "password", p->id, p->id.v,
	    HOURS(1) }, &token));
	TRY(letter_send(r, &(struct letter){
		.kind = N_("new password"),
		.object = p->id.v,
		.to = p->email,
		.lang = p->lang,
		.subject = words_say(p->lang, N_("Choose a new password")),
		.paragraphs = {
			words_say(p->lang, N_("With the button below you "
			    "choose a new password. It works once, for an "
			    "hour.")),
			words_say(p->lang, N_("Did you not ask for it? Then "
			    "you need not do anything.")),
		},
		.nparagraphs = 2,
		.button = words_say(p->lang, N_("Choose a new password")),
		.href = url_of(r, text_fmt(r->arena, "/sign-in/password/%s",
		    token)),
	}));
	return audit_add_as(r, p->id, N_("new password asked"), p->id.v);
}

struct answer {
	struct work *work;
	const struct sql_challenge_waiting_row *asked;
};

/* The network and the address, taken apart again; false for a foreign key. */
static bool
read_note(struct req *r, struct blob sealed, const char **email)
{
	unsigned char *note;
	char *network, *space;

	if (sealed.len < CRYPT_SEAL || !crypt_open(r->arena, &r->site->key,
	    sealed.p, sealed.len, &note))
		return false;
	network = text_copy_n(r->arena, (const char *)note,
	    sealed.len - CRYPT_SEAL);
	space = strchr(network, ' ');
	if (space == NULL)
		return false;
	*space = '\0';
	r->network = network;
	*email = space + 1;
	return true;
}

static Err
answer_one(void *arg, struct db *db, struct arena *a)
{
	const struct answer *answer = arg;
	struct req r = req_of_work(answer->work,
	    (struct programme_id){ 0 });
	struct person p = { 0 };
	const char *email;
	int64_t mine;
	bool found;

	r.db = db;
	r.arena = a;
	/* Another process may have been first. */
	TRY(sql_challenge_drop(db, a, answer->asked->token, &mine));
	if (mine == 0 || !read_note(&r, answer->asked->secret, &email))
		return OK;
	TRY(sql_person_by_email(db, a, email, &p, &found));
	return found ? send_link(&r, &p) : OK;
}

Err
reset_answer(struct work *w)
{
	struct sql_challenge_waiting all;

	TRY(sql_challenge_waiting(w->db, w->arena, CHALLENGE_RESET, w->now,
	    &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(writer_do(w->site->writer, w->arena, answer_one,
		    &(struct answer){ w, &all.row[i] }));
	return OK;
}
