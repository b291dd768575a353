/* Today, as the office finds it in the morning. */
#include "accounts/test_house.h"
#include "desk/desk.h"
#include "intake/intake.h"
#include "post/post.h"
#include "programme/programme.h"

static const struct feature *const features[] = {
	&accounts_feature, &post_feature, &programme_feature, &intake_feature,
	&desk_feature,
};

static Err
enter(struct req *r, const char *slug, bool *found)
{
	TRY(programme_enter(r, slug, found));
	return *found ? accounts_roles(r) : OK;
}

static void
open_house(struct house *h, struct place *p, struct browser *office)
{
	house_open(h, p);
	h->site.features = features;
	h->site.nfeatures = LEN(features);
	h->site.gate.enter = enter;
	*office = (struct browser){ .house = h };
	house_person(h, "office@example.nl", ROLE_BIT(ROLE_OFFICE));
	browser_enter(office, "office@example.nl");
}

/* A question from an address that looks like one, but takes no mail. */
static void
write_down(struct browser *office)
{
	browser_post(office, "/fryslan/applications/new",
	    "question=Wat+nu%3F&name=Rixt&place=Lemmer&lang=nl&"
	    "email=rixt%40l%C3%AAmmer.example");
	EXPECT_INT(office->reply.status, 303);
}

TEST_ON_BOTH(a_question_is_a_task_with_its_day_and_one_action)
{
	struct house h;
	struct browser office;

	open_house(&h, p, &office);
	browser_get(&office, "/fryslan/today");
	EXPECT(browser_shows(&office, "Nothing needs you now"));
	write_down(&office);
	browser_get(&office, "/fryslan/today");
	EXPECT(browser_shows(&office, "Rixt has a question"));
	EXPECT(browser_shows(&office, "call or write by "));
	EXPECT(browser_shows(&office, "One question is open."));
	browser_get(&office, text_fmt(h.arena, "/fryslan/applications/%s",
	    browser_finds(&office, "href=\"/fryslan/applications/", "\"")));
	EXPECT(browser_shows(&office, "<h1>Rixt</h1>"));
	house_close(&h);
}

TEST_ON_BOTH(a_mail_that_failed_is_a_task_until_it_is_dealt_with)
{
	struct house h;
	struct browser office;
	const char *letter;

	open_house(&h, p, &office);
	write_down(&office);
	browser_get(&office, "/fryslan/today");
	EXPECT(browser_shows(&office, "1 mail could not be delivered"));
	browser_get(&office, text_fmt(h.arena, "/fryslan/mail/%s",
	    browser_finds(&office, "href=\"/fryslan/mail/", "\"")));
	letter = browser_finds(&office, "action=\"", "/again\"");
	EXPECT(browser_shows(&office, "rixt@"));
	browser_post(&office, text_fmt(h.arena, "%s/done", letter), "");
	EXPECT_TEXT(browser_says(&office), "303 /fryslan/mail/failed");
	browser_get(&office, "/fryslan/today");
	EXPECT(!browser_shows(&office, "could not be delivered"));
	browser_post(&office, text_fmt(h.arena, "%s/done", letter), "");
	EXPECT_TEXT(browser_says(&office), "409");
	house_close(&h);
}

TEST_ON_SQLITE(an_invitation_speaks_the_language_of_the_programme)
{
	struct house h;
	struct browser office, manager = { .house = &h };

	open_house(&h, p, &office);
	place_do(h.place, text_fmt(h.arena, "UPDATE programme SET lang = %d",
	    LANG_FY));
	house_person(&h, "manager@example.nl", ROLE_BIT(ROLE_MANAGER));
	browser_enter(&manager, "manager@example.nl");
	browser_post(&manager, "/fryslan/people/invite",
	    "name=Jan&email=jan%40example.nl&role=mentor");
	EXPECT_TEXT(browser_says(&manager), "303 /fryslan/people");
	(void)house_letter(&h, h.fryslan, "invitation", "Besjoch de");
	house_close(&h);
}
