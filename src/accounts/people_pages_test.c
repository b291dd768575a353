/* Inviting people, and keeping them out again. */
#include "accounts/test_house.h"

#include <string.h>

#define MANAGER ROLE_BIT(ROLE_MANAGER)
#define OFFICE ROLE_BIT(ROLE_OFFICE)
#define MENTOR ROLE_BIT(ROLE_MENTOR)

static void
manager_enters(struct house *h, struct browser *b)
{
	house_member(h, "manager@example.nl", MANAGER);
	browser_enter(b, "manager@example.nl");
}

static const char *
invite(struct browser *b, const char *email, const char *role)
{
	struct house *h = b->house;

	browser_post(b, "/fryslan/people/invite", text_fmt(h->arena,
	    "name=Hielke+Postma&email=%s&role=%s", email, role));
	EXPECT_TEXT(browser_says(b), "303 /fryslan/people");
	return text_fmt(h->arena, "/fryslan/invitation/%s", house_letter(h,
	    h->fryslan, "invitation", "/fryslan/invitation/"));
}

TEST_ON_BOTH(a_mentor_accepts_with_a_password_and_is_in)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	path = invite(&b, "Hielke@Example.nl", "mentor");
	for (int i = 0; i < 3; i++) {
		browser_get(&new, path);
		EXPECT(browser_shows(&new, "Hielke Postma"));
	}
	browser_post(&new, path, "password=geel+paard+fietst+hard");
	EXPECT_TEXT(browser_says(&new), "303 /start");
	browser_get(&new, "/start");
	EXPECT_TEXT(browser_says(&new), "303 /fryslan/today");
	browser_get(&new, path);
	EXPECT_INT(new.reply.status, 410);
	house_close(&h);
}

TEST_ON_SQLITE(an_office_worker_must_set_up_a_second_step_first)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	path = invite(&b, "hielke@example.nl", "office");
	browser_post(&new, path, "password=geel+paard+fietst+hard");
	EXPECT_TEXT(browser_says(&new), "303 /account/second-step");
	browser_get(&new, "/start");
	EXPECT_TEXT(browser_says(&new), "303 /account/second-step");
	house_close(&h);
}

TEST_ON_SQLITE(a_refused_password_keeps_the_invitation)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	path = invite(&b, "hielke@example.nl", "mentor");
	browser_post(&new, path, "password=hielkepostma1");
	EXPECT_INT(new.reply.status, 422);
	EXPECT(browser_shows(&new, "without your name"));
	browser_post(&new, path, "password=geel+paard+fietst+hard");
	EXPECT_TEXT(browser_says(&new), "303 /start");
	house_close(&h);
}

TEST_ON_SQLITE(an_invitation_changes_nobodys_password)
{
	struct house h;
	struct browser b = { .house = &h }, thief = { .house = &h };
	struct browser owner = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	house_member(&h, "mentor@example.nl", 0);
	path = invite(&b, "mentor@example.nl", "mentor");
	browser_get(&thief, path);
	EXPECT(browser_shows(&thief, "You have an account already"));
	browser_post(&thief, path, "password=geel+paard+fietst+hard");
	EXPECT_TEXT(browser_says(&thief), "303 /sign-in");
	browser_signin(&owner, "mentor@example.nl");
	EXPECT_TEXT(browser_says(&owner), "303 /sign-in/step");
	house_close(&h);
}

/* Without a mail server a manager can read the invitation. */
TEST_ON_SQLITE(an_invitation_makes_nobody_the_administrator)
{
	struct house h;
	struct browser b = { .house = &h }, thief = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	house_person(&h, "admin@example.nl", 0);
	place_do(h.place, "UPDATE person SET administrator = 1 "
	    "WHERE email = 'admin@example.nl'");
	path = invite(&b, "admin@example.nl", "mentor");
	browser_post(&thief, path, "password=geel+paard+fietst+hard");
	EXPECT_TEXT(browser_says(&thief), "303 /sign-in");
	browser_get(&thief, "/start");
	EXPECT_INT(thief.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(only_the_newest_invitation_works)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	const char *old, *path, *page;

	house_open(&h, p);
	manager_enters(&h, &b);
	old = invite(&b, "hielke@example.nl", "mentor");
	browser_get(&b, "/fryslan/people");
	page = text_fmt(h.arena, "/fryslan/people/%s", browser_finds(&b,
	    "<tbody>\n<tr><th scope=\"row\"><a href=\"/fryslan/people/",
	    "\""));
	house_wait(&h, SECONDS(1));
	browser_post(&b, text_fmt(h.arena, "%s/resend", page), "");
	EXPECT_TEXT(browser_says(&b), text_fmt(h.arena, "303 %s", page));
	path = text_fmt(h.arena, "/fryslan/invitation/%s", house_letter(&h,
	    h.fryslan, "invitation", "/fryslan/invitation/"));
	browser_get(&new, old);
	EXPECT_INT(new.reply.status, 410);
	browser_get(&new, path);
	EXPECT_INT(new.reply.status, 200);
	house_close(&h);
}

TEST_ON_SQLITE(an_invitation_of_one_programme_opens_no_other)
{
	struct house h;
	struct browser b = { .house = &h }, new = { .house = &h };
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	path = invite(&b, "hielke@example.nl", "manager");
	browser_get(&new, text_fmt(h.arena, "/elders/invitation/%s",
	    strrchr(path, '/') + 1));
	EXPECT_INT(new.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(an_invitation_that_lacks_something_keeps_what_was_typed)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	manager_enters(&h, &b);
	browser_post(&b, "/fryslan/people/invite",
	    "name=Hielke&email=nonsense&role=office");
	EXPECT_INT(b.reply.status, 422);
	EXPECT(browser_shows(&b, "value=\"Hielke\""));
	EXPECT(browser_shows(&b, "value=\"nonsense\""));
	browser_post(&b, "/fryslan/people/invite",
	    "name=Hielke&email=manager@example.nl&role=office");
	EXPECT_INT(b.reply.status, 422);
	EXPECT_INT(house_letters(&h, h.fryslan, "invitation"), 0);
	house_close(&h);
}

/* ---- Keeping out ------------------------------------------------------- */

static void
manage(struct browser *b, struct person_id id, const char *verb)
{
	browser_post(b, text_fmt(b->house->arena,
	    "/fryslan/people/%" PRId64 "/%s", id.v, verb), "");
}

/* Where somebody is led who changed something about this person. */
static const char *
page_of(struct house *h, struct person_id id)
{
	return text_fmt(h->arena, "303 /fryslan/people/%" PRId64, id.v);
}

TEST_ON_BOTH(who_is_suspended_is_out_at_once_until_let_in_again)
{
	struct house h;
	struct browser b = { .house = &h }, office = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_member(&h, "office@example.nl", MANAGER);
	browser_enter(&office, "office@example.nl");
	browser_get(&office, "/fryslan/people");
	EXPECT_INT(office.reply.status, 200);
	manage(&b, id, "suspend");
	EXPECT_TEXT(browser_says(&b), page_of(&h, id));
	browser_get(&office, "/fryslan/people");
	EXPECT_INT(office.reply.status, 404);
	browser_enter(&office, "office@example.nl");
	browser_get(&office, "/fryslan/people");
	EXPECT_INT(office.reply.status, 404);
	manage(&b, id, "reactivate");
	browser_enter(&office, "office@example.nl");
	browser_get(&office, "/fryslan/people");
	EXPECT_INT(office.reply.status, 200);
	house_close(&h);
}

TEST_ON_SQLITE(who_ended_does_not_come_back_by_being_let_in)
{
	struct house h;
	struct browser b = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_person(&h, "mentor@example.nl", MENTOR);
	manage(&b, id, "end");
	EXPECT_TEXT(browser_says(&b), page_of(&h, id));
	manage(&b, id, "reactivate");
	EXPECT_INT(b.reply.status, 404);
	manage(&b, id, "end");
	EXPECT_INT(b.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(a_manager_does_not_lock_themselves_out)
{
	struct house h;
	struct browser b = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	id = house_member(&h, "manager@example.nl", MANAGER);
	browser_enter(&b, "manager@example.nl");
	manage(&b, id, "suspend");
	EXPECT_INT(b.reply.status, 404);
	manage(&b, id, "end");
	EXPECT_INT(b.reply.status, 404);
	browser_post(&b, text_fmt(h.arena, "/fryslan/people/%" PRId64
	    "/roles", id.v), "_version=2&role=mentor");
	EXPECT_INT(b.reply.status, 422);
	EXPECT(browser_shows(&b, "from yourself"));
	browser_get(&b, "/fryslan/people");
	EXPECT_INT(b.reply.status, 200);
	house_close(&h);
}

TEST_ON_BOTH(other_roles_count_at_the_next_sign_in_and_end_this_one)
{
	struct house h;
	struct browser b = { .house = &h }, mentor = { .house = &h };
	struct person_id id;
	const char *roles;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_member(&h, "mentor@example.nl", MENTOR);
	browser_enter(&mentor, "mentor@example.nl");
	roles = text_fmt(h.arena, "/fryslan/people/%" PRId64 "/roles", id.v);
	browser_get(&b, roles);
	EXPECT(strstr(browser_finds(&b, "value=\"mentor\"", ">"),
	    "checked") != NULL);
	browser_post(&b, roles, "_version=4&role=manager");
	EXPECT_INT(b.reply.status, 422);
	EXPECT(strstr(browser_finds(&b, "It now says: ", "<"), "Mentor") !=
	    NULL);
	browser_post(&b, roles, "_version=16&role=manager");
	EXPECT_TEXT(browser_says(&b), page_of(&h, id));
	browser_get(&mentor, "/account");
	EXPECT_INT(mentor.reply.status, 404);
	/* Who was a mentor needs more than a mailed code from now on. */
	browser_signin(&mentor, "mentor@example.nl");
	EXPECT_TEXT(browser_says(&mentor), "303 /account/second-step");
	house_close(&h);
}

TEST_ON_BOTH(an_open_screen_gives_nobody_a_role)
{
	struct house h;
	struct browser b = { .house = &h };
	struct person_id mentor;
	const char *roles;

	house_open(&h, p);
	manager_enters(&h, &b);
	mentor = house_person(&h, "mentor@example.nl", MENTOR);
	roles = text_fmt(h.arena, "/fryslan/people/%" PRId64 "/roles",
	    mentor.v);
	house_wait(&h, MINUTES(15));
	browser_get(&b, roles);
	EXPECT_INT(b.reply.status, 200);
	/* The form that is open now may be sent for as long again. */
	house_wait(&h, MINUTES(15) + SECONDS(1));
	browser_post(&b, roles, "role=manager");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	browser_post(&b, "/fryslan/people/invite",
	    "name=Hielke&email=hielke@example.nl&role=manager");
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	EXPECT_INT(house_letters(&h, h.fryslan, "invitation"), 0);
	browser_get(&b, "/fryslan/people");
	EXPECT_INT(b.reply.status, 200);
	/* Signing in once more leads back to what was asked for. */
	browser_get(&b, roles);
	EXPECT_TEXT(browser_says(&b), "303 /sign-in");
	browser_post(&b, house_signin_link(&h, "manager@example.nl"), "");
	EXPECT_TEXT(browser_says(&b), text_fmt(h.arena, "303 %s", roles));
	browser_enter(&b, "manager@example.nl");
	house_close(&h);
}

TEST_ON_SQLITE(people_of_another_programme_are_not_there)
{
	struct house h;
	struct browser b = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_person(&h, "stranger@example.nl", 0);
	manage(&b, id, "suspend");
	EXPECT_INT(b.reply.status, 404);
	browser_get(&b, text_fmt(h.arena, "/fryslan/people/%" PRId64
	    "/roles", id.v));
	EXPECT_INT(b.reply.status, 404);
	browser_get(&b, "/elders/people");
	EXPECT_INT(b.reply.status, 404);
	house_close(&h);
}

TEST_ON_BOTH(who_loses_the_roles_that_ask_a_second_step_owes_none)
{
	struct house h;
	struct browser b = { .house = &h }, office = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_member(&h, "office@example.nl", OFFICE);
	browser_signin(&office, "office@example.nl");
	EXPECT_TEXT(browser_says(&office), "303 /account/second-step");
	browser_post(&b, text_fmt(h.arena, "/fryslan/people/%" PRId64
	    "/roles", id.v), "_version=4&role=mentor");
	browser_signin(&office, "office@example.nl");
	EXPECT_TEXT(browser_says(&office), "303 /sign-in/step");
	house_close(&h);
}

TEST_ON_BOTH(a_second_step_stays_owed_to_another_programme)
{
	struct house h;
	struct browser b = { .house = &h }, office = { .house = &h };
	struct person_id id;

	house_open(&h, p);
	manager_enters(&h, &b);
	id = house_member(&h, "office@example.nl", OFFICE);
	place_do(p, text_fmt(p->arena, "%sINSERT INTO membership "
	    "(programme, person, role, state, since) "
	    "VALUES (2, %" PRId64 ", 1, 1, 1)", p->kind == DB_POSTGRES ?
	    "SELECT set_config('fjouwer.programme', '2', true); " : "",
	    id.v));
	manage(&b, id, "end");
	EXPECT_TEXT(browser_says(&b), page_of(&h, id));
	browser_signin(&office, "office@example.nl");
	EXPECT_TEXT(browser_says(&office), "303 /account/second-step");
	house_close(&h);
}

/* ---- The list ---------------------------------------------------------- */

/* Called "Mentor 0001" and so on, with an accent in the last. */
static void
crowd(struct place *p, int n)
{
	place_do(p, text_fmt(p->arena,
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < %d) INSERT INTO person (id, name, email, created_at) "
	    "SELECT i, 'Mentor ' || substr('000' || i, -4), "
	    "'mentor' || i || '@example.nl', 1 FROM n;"
	    "INSERT INTO membership (programme, person, role, state, since) "
	    "SELECT 1, id, 4, 1, 1 FROM person WHERE id <= %d;"
	    "UPDATE person SET name = 'Zoë Bühler' WHERE id = %d;",
	    n, n, n));
}

TEST_ON_SQLITE(a_thousand_people_come_fifty_a_page)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	crowd(p, 1000);
	manager_enters(&h, &b);
	browser_get(&b, "/fryslan/people");
	EXPECT(b.reply.len < 60 * 1024);
	EXPECT(browser_shows(&b, "Mentor 0050"));
	EXPECT(!browser_shows(&b, "Mentor 0051"));
	EXPECT(browser_shows(&b, "Page 1 of 21"));
	browser_get(&b, "/fryslan/people?page=21");
	EXPECT(browser_shows(&b, "Zoë Bühler"));
	EXPECT(!browser_shows(&b, "manager@example.nl"));
	browser_get(&b, "/fryslan/people?page=22");
	EXPECT_INT(b.reply.status, 404);
	browser_get(&b, "/fryslan/people?page=0");
	EXPECT_INT(b.reply.status, 404);
	house_close(&h);
}

TEST_ON_SQLITE(somebody_is_found_by_a_part_of_name_or_address)
{
	struct house h;
	struct browser b = { .house = &h };

	house_open(&h, p);
	crowd(p, 60);
	manager_enters(&h, &b);
	browser_get(&b, "/fryslan/people?search=ZOE+buh");
	EXPECT(browser_shows(&b, "Zoë Bühler"));
	EXPECT(!browser_shows(&b, "Mentor 00"));
	browser_get(&b, "/fryslan/people?search=mentor7%40");
	EXPECT(browser_shows(&b, "Mentor 0007"));
	EXPECT(!browser_shows(&b, "Mentor 0008"));
	browser_get(&b, "/fryslan/people?search=mentor");
	EXPECT(browser_shows(&b, "There are more."));
	browser_get(&b, "/fryslan/people?search=nobody%25");
	EXPECT(browser_shows(&b, "Nothing found"));
	house_close(&h);
}

TEST_ON_SQLITE(a_persons_page_offers_what_can_be_done)
{
	struct house h;
	struct browser b = { .house = &h };
	struct person_id mentor;
	const char *path;

	house_open(&h, p);
	manager_enters(&h, &b);
	mentor = house_person(&h, "mentor@example.nl", MENTOR);
	path = text_fmt(h.arena, "/fryslan/people/%" PRId64, mentor.v);
	browser_get(&b, path);
	EXPECT(browser_shows(&b, "/suspend\""));
	EXPECT(!browser_shows(&b, "/reactivate\""));
	manage(&b, mentor, "suspend");
	browser_get(&b, path);
	EXPECT(browser_shows(&b, "/reactivate\""));
	EXPECT(!browser_shows(&b, "/roles\""));
	manage(&b, mentor, "end");
	browser_get(&b, path);
	EXPECT(!browser_shows(&b, "formaction"));
	browser_get(&b, "/fryslan/people/12345");
	EXPECT_INT(b.reply.status, 404);
	house_close(&h);
}
