/* For tests: an office and its visitors.  See test_office.h. */
#include "intake/test_office.h"

#include "intake/intake.h"
#include "post/post.h"
#include "programme/programme.h"

static const struct feature *const features[] = {
	&accounts_feature, &post_feature, &programme_feature, &intake_feature,
};

static Err
enter(struct req *r, const char *slug, bool *found)
{
	TRY(programme_enter(r, slug, found));
	return *found ? accounts_roles(r) : OK;
}

void
open_house(struct house *h, struct place *p, struct browser *office)
{
	struct day monday;

	house_open(h, p);
	h->site.features = features;
	h->site.nfeatures = LEN(features);
	h->site.gate.enter = enter;
	ASSERT(day_make(2026, 11, 23, &monday));
	ASSERT(wall_instant(monday, 10, 0, &h->now));
	*office = (struct browser){ .house = h };
	house_person(h, "office@example.nl", ROLE_BIT(ROLE_OFFICE));
	browser_enter(office, "office@example.nl");
}

const char *
stamp_of(struct browser *b)
{
	browser_get(b, "/fryslan/apply");
	return browser_finds(b, "name=\"stamp\" value=\"", "\"");
}

void
apply(struct browser *b, const char *fields)
{
	struct house *h = b->house;
	const char *stamp = stamp_of(b);

	house_wait(h, MINUTES(1));
	browser_post(b, "/fryslan/apply", text_fmt(h->arena, "stamp=%s&%s",
	    stamp, fields));
}

const char *
only_application(struct browser *office)
{
	browser_get(office, "/fryslan/applications");
	return browser_finds(office, "<th scope=\"row\"><a href=\"", "\"");
}

const char *
below(struct house *h, const char *path, const char *action)
{
	return text_fmt(h->arena, "%s/%s", path, action);
}
