/* What two people do about one application at the same moment. */
#include "accounts/test_house.h"
#include "intake/application.h"

struct moment {
	struct house *house;
	bool aside, contacted;
};

/* Both have read it before either wrote. */
static Err
take_two_steps(void *arg, struct db *db, struct arena *a)
{
	struct moment *m = arg;
	struct req r = { .arena = a, .db = db, .now = m->house->now,
	    .today = instant_day(m->house->now), .site = &m->house->site,
	    .programme.id = m->house->fryslan, .network = "" };
	struct application_wish wish = { .said = "", .application = {
	    .question = "Hoe groei ik?", .not_in_team = "", .name = "Douwe",
	    .venture = "", .place = "Hegebeintum", .email = "",
	    .phone = "0612345678", .channel = CHANNEL_PHONE } };
	struct promise promise;

	TRY(db_enter(db, a, m->house->fryslan));
	TRY(application_add(&r, &wish, &promise));
	TRY(application_take_step(&r, &wish.application, &(struct step_wish){
	    .step = STEP_SET_ASIDE, .said = "", .aside = ASIDE_SPAM },
	    &m->aside));
	return application_take_step(&r, &wish.application,
	    &(struct step_wish){ .step = STEP_CONTACTED, .said = "" },
	    &m->contacted);
}

TEST_ON_BOTH(of_two_steps_at_one_moment_the_first_holds)
{
	struct house h;
	struct moment m = { .house = &h };

	house_open(&h, p);
	EXPECT_OK(writer_do(h.site.writer, p->arena, take_two_steps, &m));
	EXPECT(m.aside);
	EXPECT(!m.contacted);
	house_close(&h);
}
