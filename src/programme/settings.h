/*
 * Settings: what the pages of programme/ read and write.
 */
#ifndef PROGRAMME_SETTINGS_H
#define PROGRAMME_SETTINGS_H

#include "programme/programme.h"

struct quiet_week {
	int64_t id;
	struct day span_first, span_last;
	const char *label;
};

/* A topic in all languages; for one that is "" see topic_name. */
struct topic_line {
	struct topic_id id;
	int position;
	const char *name_nl, *name_fy, *name_en;
	bool retired;
	int64_t version;
};

/* The settings that the page shows, in its order. */
enum setting_field {
	FIELD_NAME, FIELD_PLACE, FIELD_PHONE, FIELD_EMAIL, FIELD_LANG,
	FIELD_STAGE, FIELD_CONTACT, FIELD_DECISION, FIELD_TEAM, FIELD_NETWORK,
	SETTING_FIELDS,
};

/* A setting as its form field holds it: "nl", "running", "15". */
const char *setting_value(struct arena *, const struct programme_settings *,
    enum setting_field);
/* The same as people read it. */
const char *setting_shown(enum language, enum setting_field,
    const char *value);

/* Why a span cannot be quiet, as a sentence; NULL when it can. */
const char *quiet_refusal(struct span, struct day today);

/* "draft", "pilot" …, as forms name the stages. */
extern const char *const stage_codes[STAGES];

/* Handlers, for the table of routes in programme_feature.c. */
MUST_USE Err settings_show(struct req *);
MUST_USE Err settings_save(struct req *);
MUST_USE Err quiet_show(struct req *);
MUST_USE Err quiet_add(struct req *);
MUST_USE Err quiet_drop(struct req *);
MUST_USE Err topics_show(struct req *);
MUST_USE Err topics_add(struct req *);
MUST_USE Err topic_show(struct req *);
MUST_USE Err topic_rename(struct req *);
MUST_USE Err topic_move(struct req *);
MUST_USE Err topic_retire(struct req *);
MUST_USE Err mail_show(struct req *);
MUST_USE Err mail_read_one(struct req *);
MUST_USE Err mail_undo(struct req *);
MUST_USE Err mail_try_again(struct req *);
MUST_USE Err mail_drop(struct req *);

#endif
