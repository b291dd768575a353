/* One's own account: name, language, password, logins. */
#include "accounts/account_html.h"
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/factor.h"
#include "accounts/login.h"
#include "accounts/pages.h"
#include "post/post.h"
#include "web/site.h"

/* ---- What the pages of this folder share ------------------------------- */

const struct form *
form_of(struct req *r)
{
	return text_is_empty(r->form->token) ? form_make(r) : r->form;
}

Err
viewer_load(struct req *r, struct person *p)
{
	bool found;

	TRY(sql_person_load(r->db, r->arena, r->viewer.person, p, &found));
	if (!found)
		return err_make(r->arena, ERR_FAILED,
		    "somebody is signed in who is nobody");
	return OK;
}

Err
tell_of_change(struct req *r, const struct person *p, const char *msgid)
{
	if (p->email == NULL)
		return OK;
	return letter_send(r, &(struct letter){
		.kind = N_("account changed"),
		.object = p->id.v,
		.to = p->email,
		.lang = p->lang,
		.subject = words_say(p->lang, N_("Something changed in your "
		    "account")),
		.paragraphs = {
			words_say(p->lang, msgid),
			words_say(p->lang, N_("Was it not you? Then choose a "
			    "new password at once, and call us.")),
		},
		.nparagraphs = 2,
		.button = words_say(p->lang, N_("To your account")),
		.href = url_of(r, "/account"),
	});
}

/* ---- The page ---------------------------------------------------------- */

static Err
load_logins(struct req *r, struct account_view *v)
{
	struct sql_login_list list;
	struct account_login *l;

	TRY(sql_login_list(r->db, r->arena, r->viewer.person, r->now, &list));
	l = ARENA_NEW(r->arena, struct account_login, list.n);
	for (size_t i = 0; i < list.n; i++)
		l[i] = (struct account_login){ list.row[i].id,
		    device_name(list.row[i].device), list.row[i].seen_at,
		    list.row[i].id == r->viewer.login };
	v->login = l;
	v->nlogins = list.n;
	return OK;
}

static Err
account_load(struct req *r, const struct person *p, struct account_view *v)
{
	struct sql_credential_list passkeys;
	struct factors f;

	TRY(sql_credential_list(r->db, r->arena, p->id, CREDENTIAL_PASSKEY,
	    &passkeys));
	TRY(factors_load(r, p, &f));
	v->email = p->email == NULL ? "" : p->email;
	v->passkey = passkeys.row;
	v->npasskeys = passkeys.n;
	v->has_password = f.password;
	v->has_totp = f.totp;
	v->recovery_codes = f.recovery_codes;
	return load_logins(r, v);
}

static Err
account_reply(struct req *r, const struct person *p, const struct form *form)
{
	struct account_view v = { .f = form };

	TRY(account_load(r, p, &v));
	return html_account_page(r, &v);
}

/* The part of the page that the form at hand does not hold. */
static const struct form *
filled(struct req *r, const struct person *p)
{
	struct form *f = form_make(r);

	form_fill(f, "name", p->name);
	form_fill(f, "language", language_code(p->lang));
	return f;
}

Err
account_show(struct req *r)
{
	struct person p;

	TRY(viewer_load(r, &p));
	return account_reply(r, &p, filled(r, &p));
}

Err
account_save(struct req *r)
{
	static const char *const codes[] = { "nl", "fy", "en" };
	const char *name = form_line(r, "name", 120,
	    N_("Fill in your name."));
	int lang = form_choice(r, "language", codes, LEN(codes),
	    N_("Choose a language."));
	struct person p;

	TRY(viewer_load(r, &p));
	if (!form_ok(r))
		return account_reply(r, &p, r->form);
	TRY(sql_person_rename(r->db, r->arena, p.id, name,
	    (enum language)lang));
	TRY(audit_add(r, N_("account changed"), p.id.v));
	cookie_set(r, "lang", codes[lang], 365 * 24 * 60 * 60);
	return see_other_saying(r, N_("Saved."), "/account");
}

/* ---- Password ---------------------------------------------------------- */

static const struct limit by_account = { "password", 10, MINUTES(15) };

/* What prepare leaves; NEW comes first, as the form's reader expects. */
struct password_change {
	struct new_password new;
	bool current_right;
};

/* What counts failures: the account, however it signs in. */
static const char *
subject_of(const struct person *p)
{
	return p->email == NULL ? p->name : p->email;
}

/* Replies itself to who may not change it now. */
static Err
password_change_admit(struct req *r, const struct person *p)
{
	bool allowed;
	int wait;

	TRY(limit_reached(r, &by_account, subject_of(p), &wait));
	if (wait > 0)
		return reply_too_often(r, wait);
	TRY(factor_change_is_allowed(r, p, &allowed));
	return allowed ? OK : factor_ask_again(r);
}

static Err
current_is_right(struct req *r, const struct person *p, bool *right)
{
	const char *current = form_secret(r, "current", NULL);
	struct credential password;
	const char *phc;

	TRY(password_load(r, p->id, &password));
	phc = password_phc(r, &password);
	*right = text_is_empty(phc) || password_matches(phc, current);
	return OK;
}

/* Hashing is dear: only for who may, and the new one after the right one. */
Err
password_change_prepare(struct req *r)
{
	struct password_change *c = ARENA_NEW(r->arena,
	    struct password_change, 1);
	struct person p;

	TRY(viewer_load(r, &p));
	TRY(password_change_admit(r, &p));
	if (r->reply->status != 0)
		return OK;
	TRY(current_is_right(r, &p, &c->current_right));
	if (c->current_right) {
		TRY(new_password_prepare(r, &p));
		c->new = *(struct new_password *)r->prepared;
	}
	r->prepared = c;
	return OK;
}

static Err
password_refuse(struct req *r, const struct person *p)
{
	TRY(limit_count(r, &by_account, subject_of(p)));
	form_refuse(r, "current", N_("This is not your password."));
	reply_keep(r);
	return account_reply(r, p, r->form);
}

static Err
password_change_keep(struct req *r, const struct person *p, const char *phc)
{
	int64_t dropped;

	TRY(password_store(r, p->id, phc));
	TRY(sql_login_drop_others(r->db, r->arena, p->id, r->viewer.login,
	    &dropped));
	TRY(tell_of_change(r, p, N_("Your password was changed.")));
	TRY(audit_add(r, N_("password changed"), p->id.v));
	return see_other_saying(r, N_("Your new password is saved."),
	    "/account");
}

Err
password_change(struct req *r)
{
	const struct password_change *c = r->prepared;
	struct person p;
	const char *phc;

	TRY(viewer_load(r, &p));
	TRY(password_change_admit(r, &p));
	if (r->reply->status != 0)
		return OK;
	form_secret(r, "current", NULL);
	if (!c->current_right)
		return password_refuse(r, &p);
	return new_password_read(r, &phc) ? password_change_keep(r, &p, phc) :
	    account_reply(r, &p, r->form);
}

/* ---- Logins ------------------------------------------------------------ */

Err
login_end(struct req *r)
{
	int64_t dropped;

	TRY(sql_login_drop(r->db, r->arena, path_id(r, "id"),
	    r->viewer.person, &dropped));
	if (dropped == 0)
		return reply_absent(r);
	TRY(audit_add(r, N_("login ended"), r->viewer.person.v));
	return see_other_saying(r, N_("That browser is signed out."),
	    "/account");
}

Err
login_end_others(struct req *r)
{
	int64_t dropped;

	TRY(sql_login_drop_others(r->db, r->arena, r->viewer.person,
	    r->viewer.login, &dropped));
	TRY(audit_add(r, N_("login ended"), r->viewer.person.v));
	return see_other_saying(r, N_("All other browsers are signed out."),
	    "/account");
}
