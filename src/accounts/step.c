/* The second step of signing in.  See step.h. */
#include "accounts/step.h"

#include <string.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/code.h"
#include "post/post.h"
#include "web/reply.h"
#include "web/site.h"

/* Guesses over several steps, by who has the password. */
static const struct limit by_guess = { "code", 20, HOURS(1) };
static const struct limit by_mail = { "code mailed", 5, HOURS(1) };

static const char *
subject_of(struct req *r, struct person_id person)
{
	return text_fmt(r->arena, "%" PRId64, person.v);
}

Err
step_begin(struct req *r, const struct person *p, const char *mailed)
{
	const char *token = crypt_token(r->arena);
	struct hash secret = { { 0 } };
	int64_t put;

	if (mailed != NULL)
		secret = code_hash(r->arena, &r->site->key, p->id, mailed);
	TRY(sql_challenge_put(r->db, r->arena,
	    &(struct sql_challenge_put_in){
	    .token = hash_text(token),
	    .kind = CHALLENGE_STEP,
	    .person = p->id,
	    .secret = { mailed == NULL ? NULL : secret.b,
	        mailed == NULL ? 0 : sizeof secret.b },
	    .now = r->now,
	    .expires_at = instant_plus(r->now, MINUTES(STEP_MINUTES)),
	}, &put));
	cookie_set(r, STEP_COOKIE, token, STEP_MINUTES * 60);
	return see_other(r, "/sign-in/step");
}

static Err
mail_code(struct req *r, const struct person *p, const char *code)
{
	const struct html_arg arg = html_arg_text("code", code);

	return letter_send(r, &(struct letter){
		.kind = N_("sign-in code"),
		.object = p->id.v,
		.to = p->email,
		.lang = p->lang,
		.subject = words_say(p->lang, N_("Your code for signing in")),
		.paragraphs = {
			words_fill(r->arena, p->lang, r->today,
			    words_say(p->lang, N_("Your code is {code}. It "
			    "works for 10 minutes.")), 1, &arg),
			words_say(p->lang, N_("Did you not ask for it? Then "
			    "somebody knows your password. Change it as soon "
			    "as you can.")),
		},
		.nparagraphs = 2,
	});
}

Err
step_begin_mailed(struct req *r, const struct person *p)
{
	const char *subject = subject_of(r, p->id);
	const char *code = crypt_digits(r->arena, 8);
	int wait;

	TRY(limit_reached(r, &by_mail, subject, &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	TRY(limit_count(r, &by_mail, subject));
	TRY(mail_code(r, p, code));
	return step_begin(r, p, code);
}

Err
step_load(struct req *r, struct step *s, bool *found)
{
	struct sql_challenge_find_row row = { 0 };

	s->token = hash_text(cookie_get(r, STEP_COOKIE));
	TRY(sql_challenge_find(r->db, r->arena, s->token, CHALLENGE_STEP,
	    r->now, &row, found));
	if (!*found || row.tries >= STEP_TRIES) {
		*found = false;
		return OK;
	}
	s->mailed = row.secret;
	s->tries = row.tries;
	return sql_person_load(r->db, r->arena, row.person, &s->person,
	    found);
}

Err
step_wait(struct req *r, const struct step *s, int *seconds)
{
	return limit_reached(r, &by_guess, subject_of(r, s->person.id),
	    seconds);
}

Err
totp_accept(struct req *r, struct person_id person, const char *code,
    bool *accepted)
{
	struct sql_credential_list list;
	unsigned char *seed;
	int64_t step, used;

	*accepted = false;
	TRY(sql_credential_list(r->db, r->arena, person, CREDENTIAL_TOTP,
	    &list));
	if (list.n == 0 ||
	    list.row[0].secret.len != TOTP_SEED + CRYPT_SEAL ||
	    !crypt_open(r->arena, &r->site->key, list.row[0].secret.p,
	    list.row[0].secret.len, &seed))
		return OK;
	step = totp_step(seed, code, r->now, list.row[0].counter);
	if (step == 0)
		return OK;
	TRY(sql_credential_use(r->db, r->arena, list.row[0].id, step, r->now,
	    &used));
	*accepted = used == 1;
	return OK;
}

Err
recovery_accept(struct req *r, struct person_id person, const char *code,
    bool *accepted)
{
	struct hash h = code_hash(r->arena, &r->site->key, person, code);
	int64_t spent;

	TRY(sql_credential_spend(r->db, r->arena, person, CREDENTIAL_RECOVERY,
	    (struct blob){ h.b, sizeof h.b }, &spent));
	*accepted = spent == 1;
	return OK;
}

static bool
mailed_fits(struct req *r, const struct step *s, const char *code)
{
	struct hash given = code_hash(r->arena, &r->site->key, s->person.id,
	    code);
	struct hash right;

	if (s->mailed.len != sizeof right.b)
		return false;
	memcpy(right.b, s->mailed.p, sizeof right.b);
	return hash_same(&given, &right);
}

Err
step_judge(struct req *r, const struct step *s, const char *typed,
    enum login_factors *out)
{
	char code[16];
	bool right = false;

	*out = FACTORS_NONE;
	switch (code_kind(typed, code)) {
	case CODE_NONE:
		break;
	case CODE_TOTP:
		TRY(totp_accept(r, s->person.id, code, &right));
		*out = right ? FACTORS_TOTP : FACTORS_NONE;
		break;
	case CODE_MAILED:
		right = mailed_fits(r, s, code);
		*out = right ? FACTORS_MAILED : FACTORS_NONE;
		break;
	case CODE_RECOVERY:
		TRY(recovery_accept(r, s->person.id, code, &right));
		*out = right ? FACTORS_RECOVERY : FACTORS_NONE;
		break;
	}
	return OK;
}

Err
step_miss(struct req *r, const struct step *s)
{
	TRY(sql_challenge_missed(r->db, r->arena, s->token));
	TRY(limit_count(r, &by_guess, subject_of(r, s->person.id)));
	return audit_add_as(r, s->person.id, N_("code refused"),
	    s->person.id.v);
}

Err
step_end(struct req *r, const struct step *s, bool *first)
{
	const struct person *p = &s->person;
	struct credential password;
	int64_t dropped;

	TRY(sql_challenge_drop(r->db, r->arena, s->token, &dropped));
	cookie_set(r, STEP_COOKIE, "", 0);
	*first = dropped == 1;
	if (p->must_use_factor || !*first)
		return OK;
	TRY(password_load(r, p->id, &password));
	cookie_set(r, DEVICE_COOKIE, device_token(r->arena, &r->site->key,
	    p->id, password.created_at, r->now),
	    DEVICE_DAYS * 24 * 60 * 60);
	return OK;
}
