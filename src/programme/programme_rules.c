/* Programme: the rules, pure.  See programme.h and settings.h. */
#include <string.h>

#include "programme/settings.h"

enum {
	SLUG_MAX = 40,
	QUIET_DAYS_MAX = 92,
	QUIET_AHEAD_DAYS = 3 * 366,
};

const char *const stage_codes[STAGES] = {
	"draft", "pilot", "running", "closing", "closed",
};

const char *
programme_stage_text(enum programme_stage stage)
{
	switch (stage) {
	case STAGE_DRAFT:   return N_("Draft: the form is not open yet");
	case STAGE_PILOT:   return N_("Pilot");
	case STAGE_RUNNING: return N_("Running");
	case STAGE_CLOSING: return N_("Closing: no new questions");
	case STAGE_CLOSED:  return N_("Closed");
	}
	return "";
}

bool
programme_is_open(enum programme_stage stage)
{
	return stage == STAGE_PILOT || stage == STAGE_RUNNING;
}

/* First words of addresses outside programmes; app/ tests that it is all. */
static bool
slug_is_taken(const char *slug)
{
	static const char *const taken[] = {
		"account", "begin", "healthz", "metrics", "readyz", "sign-in",
		"sign-out", "start", "static",
	};

	for (size_t i = 0; i < LEN(taken); i++) {
		if (text_same(slug, taken[i]))
			return true;
	}
	return false;
}

bool
programme_slug_is_sound(const char *slug)
{
	size_t n = strlen(slug);

	return n > 0 && n <= SLUG_MAX && !slug_is_taken(slug) &&
	    slug[0] != '-' && slug[n - 1] != '-' &&
	    strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static const char *
int_value(struct arena *arena, int n)
{
	return text_fmt(arena, "%d", n);
}

const char *
setting_value(struct arena *arena, const struct programme_settings *s,
    enum setting_field field)
{
	switch (field) {
	case FIELD_NAME:     return s->name;
	case FIELD_PLACE:    return s->place;
	case FIELD_PHONE:    return s->phone;
	case FIELD_EMAIL:    return s->email;
	case FIELD_LANG:     return language_code(s->lang);
	case FIELD_STAGE:    return stage_codes[s->stage];
	case FIELD_CONTACT:  return int_value(arena, s->contact_days);
	case FIELD_DECISION: return int_value(arena, s->decision_days);
	case FIELD_TEAM:     return int_value(arena, s->team_size);
	case FIELD_NETWORK:  return int_value(arena, s->network_daily);
	case SETTING_FIELDS: break;
	}
	return "";
}

const char *
setting_shown(enum language lang, enum setting_field field,
    const char *value)
{
	enum language meant;

	if (field == FIELD_LANG && language_parse(value, &meant))
		return language_name(meant);
	for (int i = 0; field == FIELD_STAGE && i < STAGES; i++) {
		if (text_same(value, stage_codes[i]))
			return words_say(lang,
			    programme_stage_text((enum programme_stage)i));
	}
	return value;
}

const char *
topic_name(enum language lang, const char *nl, const char *fy,
    const char *en)
{
	const char *name = lang == LANG_FY ? fy : lang == LANG_EN ? en : nl;

	return text_is_empty(name) ? nl : name;
}

/* A span without end would let a promise never come due. */
const char *
quiet_refusal(struct span s, struct day today)
{
	if (s.last.n < s.first.n)
		return N_("The last day comes before the first. "
		    "Choose a later last day.");
	if (s.last.n < today.n)
		return N_("This time has passed. Choose days to come.");
	if (s.last.n - s.first.n >= QUIET_DAYS_MAX)
		return N_("This is longer than three months. "
		    "Choose fewer days.");
	if (s.first.n - today.n > QUIET_AHEAD_DAYS)
		return N_("This is more than three years ahead. "
		    "Is the year right?");
	return NULL;
}
