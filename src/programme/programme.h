/*
 * Programme: a group mentoring programme, its settings, the weeks in which
 * it is quiet on purpose, and the topics that an entrepreneur may choose.
 *
 * The calls with a request are about its programme; those with a database
 * are for app/, which makes programmes and has none yet.
 */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H

#include "web/route.h"

enum programme_stage {
	STAGE_DRAFT,            /* being designed; no form yet */
	STAGE_PILOT,
	STAGE_RUNNING,
	STAGE_CLOSING,          /* takes no new questions */
	STAGE_CLOSED,           /* reads only */
};
enum {
	PROGRAMME_STAGE_LEAST = STAGE_DRAFT,
	PROGRAMME_STAGE_MOST = STAGE_CLOSED,
};
enum { STAGES = 5 };

const char *programme_stage_text(enum programme_stage); /* untranslated */
/* Whether the public form takes questions. */
bool programme_is_open(enum programme_stage);

struct programme_settings {
	struct programme_id id;
	const char *slug;               /* in addresses; never changes */
	const char *name;
	const char *place;              /* "Fryslân" */
	const char *phone;              /* "" for none */
	const char *email;              /* gets answers to mails; "" for none */
	enum programme_stage stage;
	enum language lang;             /* of mails to strangers */
	int contact_days;               /* working days to first contact */
	int decision_days;              /* working days to a decision */
	int team_size;                  /* mentors a team, 1 to 5 */
	int network_daily;              /* applications a network a day */
	int64_t version;
};

struct programme_list { struct programme_settings *row; size_t n; };

/* struct gate's enter, but for the roles: fills r->programme. */
MUST_USE Err programme_enter(struct req *, const char *slug, bool *found);

MUST_USE Err programme_load(struct req *, struct programme_settings *);

/* Its quiet spans, the first one first; for day_is_working. */
struct quiet_spans { struct span *row; size_t n; };
MUST_USE Err programme_quiet(struct req *, struct quiet_spans *);

/* The N-th working day after FROM in this programme. */
MUST_USE Err programme_working_days(struct req *, struct day from, int n,
    struct day *out);

/* What the form offers, in its order, in the reader's language. */
struct topic_id { int64_t v; };
struct topic {
	struct topic_id id;
	const char *name;
};
struct topics { struct topic *row; size_t n; };
MUST_USE Err programme_topics(struct req *, struct topics *);

enum { TOPICS_OFFERED_AT_MOST = 30 };

/* What a language lacks, "", is said in Dutch, which every topic has. */
const char *topic_name(enum language, const char *nl, const char *fy,
    const char *en);

/* ---- Without a request -------------------------------------------------- */

MUST_USE Err programme_find(struct db *, struct arena *, const char *slug,
    struct programme_settings *, bool *found);
/* All of them, the oldest first. */
MUST_USE Err programme_all(struct db *, struct arena *,
    struct programme_list *);

/*
 * A new programme with the nine usual topics; draws wish->id.  Numbers that
 * are 0 take the defaults: 3 and 15 working days, teams of 3.  Place, phone
 * and e-mail may be NULL: none.
 */
MUST_USE Err programme_make(struct db *, struct arena *, struct id_source *,
    struct instant now, struct programme_settings *wish);

/* Whether SLUG may stand in an address: "fryslan", "noord-holland". */
bool programme_slug_is_sound(const char *slug);

extern const struct feature programme_feature;

#endif
