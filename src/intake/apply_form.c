/* The form of a question.  See apply_form.h. */
#include "intake/apply_form.h"

#include <stdlib.h>
#include <string.h>

#include "web/site.h"

static const char *const languages[] = { "nl", "fy", "en" };
static const char *const yes_no[] = { "yes", "no" };

static const char *
stamp_seal(struct req *r, const char *time)
{
	const char *text = text_fmt(r->arena, "apply %" PRId64 " %s",
	    r->programme.id.v, time);
	struct hash h = hash_keyed(&r->site->key, text, strlen(text));

	return hash_hex(r->arena, &h);
}

const char *
stamp_make(struct req *r)
{
	const char *time = text_fmt(r->arena, "%" PRId64, r->now.us);

	return text_fmt(r->arena, "%s.%s", time, stamp_seal(r, time));
}

enum stamp
stamp_judge(struct req *r, const char *stamp)
{
	const char *dot = strchr(stamp, '.');
	const char *time;
	int64_t made, age;
	struct hash given, right;

	if (dot == NULL)
		return STAMP_FORGED;
	time = text_copy_n(r->arena, stamp, (size_t)(dot - stamp));
	given = hash_text(dot + 1);
	right = hash_text(stamp_seal(r, time));
	if (!hash_same(&given, &right) || !text_to_int(time, &made))
		return STAMP_FORGED;
	age = r->now.us - made;
	if (age < SECONDS(3))
		return STAMP_TOO_FAST;
	return age > DAYS(1) ? STAMP_OLD : STAMP_GOOD;
}

const char *
stamp_text(enum stamp stamp)
{
	switch (stamp) {
	case STAMP_GOOD:     return NULL;
	case STAMP_TOO_FAST: return N_("That went very fast. Please press "
	                         "the button once more.");
	case STAMP_OLD:      return N_("This page was open for more than a "
	                         "day. Please press the button once more.");
	case STAMP_FORGED:   return N_("This page is not complete. Please "
	                         "press the button once more.");
	}
	return NULL;
}

/* "yes", "no", or nothing said: 1, 0, -1. */
static int
read_yes_no(struct req *r, const char *field)
{
	int i = form_choice(r, field, yes_no, LEN(yes_no), NULL);

	return i < 0 ? -1 : i == 0;
}

static void
read_topics(struct req *r, const struct topics *all,
    struct application_wish *wish)
{
	const char **options = ARENA_NEW(r->arena, const char *, all->n + 1);
	struct topic_id *chosen = ARENA_NEW(r->arena, struct topic_id,
	    all->n + 1);
	unsigned bits;

	for (size_t i = 0; i < all->n; i++)
		options[i] = text_fmt(r->arena, "%" PRId64, all->row[i].id.v);
	bits = form_many(r, "topic", options, all->n);
	for (size_t i = 0; i < all->n; i++) {
		if ((bits >> i & 1) != 0)
			chosen[wish->ntopics++] = all->row[i].id;
	}
	wish->topics = chosen;
}

/* Somebody must be reachable: the office may leave out one of the two. */
static void
read_contact(struct req *r, bool by_office, struct application *a)
{
	a->email = form_email(r, "email", by_office ? NULL
	    : N_("Fill in your e-mail address."));
	a->phone = form_phone(r, "phone", by_office ? NULL
	    : N_("Fill in a telephone number on which we can call you."));
	if (by_office && text_is_empty(a->email) && text_is_empty(a->phone) &&
	    form_error(r->form, "phone") == NULL)
		form_refuse(r, "phone", N_("Fill in a telephone number or an "
		    "e-mail address, so that we can answer."));
}

void
details_form_read(struct req *r, bool by_office, struct application *a)
{
	int lang;

	a->name = form_line(r, "name", 120, by_office
	    ? N_("Fill in the entrepreneur's name.")
	    : N_("Fill in your name."));
	a->venture = form_line(r, "venture", 160, NULL);
	a->place = form_line(r, "place", 120, by_office
	    ? N_("Fill in the place.")
	    : N_("Fill in the place where you live or work."));
	read_contact(r, by_office, a);
	lang = form_choice(r, "lang", languages, LEN(languages),
	    N_("Choose a language."));
	a->lang = lang < 0 ? r->lang : (enum language)lang;
	a->not_in_team = form_lines(r, "not_in_team", 1000, NULL);
}

void
apply_form_read(struct req *r, const struct topics *topics, bool by_office,
    struct application_wish *wish)
{
	struct application *a = &wish->application;

	a->question = form_lines(r, "question", 4000, by_office
	    ? N_("Write down the question. A few words will do.")
	    : N_("Write down your question. A few words will do."));
	read_topics(r, topics, wish);
	details_form_read(r, by_office, a);
	a->over_50 = read_yes_no(r, "over_50");
	a->social_enterprise = read_yes_no(r, "social_enterprise");
	a->older_customers = read_yes_no(r, "older_customers");
	a->channel = by_office ? CHANNEL_PHONE : CHANNEL_FORM;
	wish->said = by_office ? form_lines(r, "said", 1000, NULL) : "";
}
