/* Programme: the page of settings. */
#include "accounts/accounts.h"
#include "programme/programme_sql.h"
#include "programme/settings.h"
#include "programme/settings_html.h"

const struct widget setting_widgets[SETTING_FIELDS] = {
	[FIELD_NAME] = { .name = "name", .label = N_("Name of the programme") },
	[FIELD_PLACE] = { .name = "place", .optional = true,
	    .label = N_("Region or town"),
	    .hint = N_("As it reads in a sentence, for example Friesland.") },
	[FIELD_PHONE] = { .name = "phone", .optional = true,
	    .label = N_("Phone number of the office"),
	    .hint = N_("For help: it stands below every page and mail.") },
	[FIELD_EMAIL] = { .name = "email", .optional = true,
	    .label = N_("E-mail address of the office"),
	    .hint = N_("Answers to mails come here.") },
	[FIELD_LANG] = { .name = "lang",
	    .label = N_("Language of mails to people who named none") },
	[FIELD_STAGE] = { .name = "stage", .label = N_("Stage") },
	[FIELD_CONTACT] = { .name = "contact_days", .small = true,
	    .label = N_("Working days to the first contact"),
	    .hint = N_("The form promises this to every entrepreneur.") },
	[FIELD_DECISION] = { .name = "decision_days", .small = true,
	    .label = N_("Working days to a decision") },
	[FIELD_TEAM] = { .name = "team_size", .small = true,
	    .label = N_("Mentors in a team"),
	    .hint = N_("From 1 to 5. The method asks for 3.") },
	[FIELD_NETWORK] = { .name = "network_daily", .small = true,
	    .label = N_("Questions a day from one internet connection"),
	    .hint = N_("More are refused: this keeps robots out.") },
};

static void
fill(struct req *r, struct form *f, const struct programme_settings *s)
{
	for (int i = 0; i < SETTING_FIELDS; i++)
		form_fill(f, setting_widgets[i].name, setting_value(r->arena,
		    s, (enum setting_field)i));
	form_fill_int(f, "_version", s->version);
}

static Err
show(struct req *r, struct settings_view *v, const struct form *f)
{
	v->form = f;
	v->may_change = accounts_may(r, MAY_SETTLE_PROGRAMME);
	return html_settings_page(r, v);
}

Err
settings_show(struct req *r)
{
	struct settings_view v = { 0 };
	struct programme_settings s;
	struct form *f = form_make(r);

	TRY(programme_load(r, &s));
	fill(r, f, &s);
	return show(r, &v, f);
}

static int
read_number(struct req *r, const char *field, int max)
{
	return (int)form_int(r, field, 1, max, N_("Fill in a number."));
}

static void
read_choices(struct req *r, struct programme_settings *s)
{
	static const char *const languages[] = { "nl", "fy", "en" };
	int lang = form_choice(r, "lang", languages, LANGUAGES,
	    N_("Choose a language."));
	int stage = form_choice(r, "stage", stage_codes, STAGES,
	    N_("Choose a stage."));

	if (lang >= 0)
		s->lang = (enum language)lang;
	if (stage >= 0)
		s->stage = (enum programme_stage)stage;
}

static void
read(struct req *r, struct programme_settings *s)
{
	s->name = form_line(r, "name", 80,
	    N_("Fill in the name of the programme."));
	s->place = form_line(r, "place", 80, NULL);
	s->phone = form_phone(r, "phone", NULL);
	s->email = form_email(r, "email", NULL);
	read_choices(r, s);
	s->contact_days = read_number(r, "contact_days", 30);
	s->decision_days = read_number(r, "decision_days", 90);
	s->team_size = read_number(r, "team_size", 5);
	s->network_daily = read_number(r, "network_daily", 1000);
}

static void
add_change(struct req *r, struct settings_view *v, enum setting_field field,
    const char *theirs)
{
	const struct widget *w = &setting_widgets[field];
	const char *yours = form_value(r->form, w->name);

	if (text_same(yours, theirs))
		return;
	v->change[v->nchanges++] = (struct setting_change){
		.label = w->label,
		.yours = setting_shown(r->lang, field, yours),
		.theirs = setting_shown(r->lang, field, theirs),
	};
}

/*
 * Somebody was faster.  The form comes back as it was typed, with the newer
 * version in it, so that saving again is a choice made knowingly.
 */
static Err
show_both(struct req *r, const struct programme_settings *newer)
{
	struct settings_view v = { 0 };
	struct form *f = form_make(r);

	for (int i = 0; i < SETTING_FIELDS; i++) {
		const char *name = setting_widgets[i].name;

		form_fill(f, name, form_value(r->form, name));
		add_change(r, &v, (enum setting_field)i, setting_value(
		    r->arena, newer, (enum setting_field)i));
	}
	form_fill_int(f, "_version", newer->version);
	form_refuse(r, "_version",
	    N_("Somebody else saved these settings while you were busy."));
	return show(r, &v, f);
}

static Err
store(struct req *r, const struct programme_settings *s, bool *stored)
{
	int64_t n;

	TRY(sql_programme_change(r->db, r->arena,
	    &(struct sql_programme_change_in){
		.id = r->programme.id, .version = s->version,
		.name = s->name, .place = s->place, .phone = s->phone,
		.email = s->email, .stage = s->stage, .lang = s->lang,
		.contact_days = s->contact_days,
		.decision_days = s->decision_days,
		.team_size = s->team_size,
		.network_daily = s->network_daily,
	}, &n));
	*stored = n > 0;
	return OK;
}

Err
settings_save(struct req *r)
{
	struct settings_view v = { 0 };
	struct programme_settings newest, wish;
	bool stored;

	TRY(programme_load(r, &newest));
	wish = newest;
	read(r, &wish);
	if (form_version(r) != newest.version)
		return show_both(r, &newest);
	if (!form_ok(r))
		return show(r, &v, r->form);
	TRY(store(r, &wish, &stored));
	if (!stored)
		return err_make(r->arena, ERR_RETRY, "settings changed");
	TRY(audit_add(r, N_("settings changed"), r->programme.id.v));
	return see_other_saying(r, N_("The settings are saved."), "%s",
	    path_of(r, "/settings"));
}
