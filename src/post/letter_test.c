/* Letters in the outbox: written, taken back, claimed, given up. */
#include "db/fixture.h"
#include "post/post_sql.h"
#include "web/site.h"

static const struct instant noon = { INT64_C(1795431600) * 1000000 };

/* A request of programme 7, in a transaction. */
struct office {
	struct req r;
	struct site site;
	struct id_source ids;
};

static void
office_open(struct office *o, struct place *p)
{
	*o = (struct office){
		.site = { .ids = &o->ids, .data_dir = p->dir },
		.r = { .arena = p->arena, .db = p->db, .now = noon,
		    .today = instant_day(noon), .lang = LANG_NL,
		    .programme = { { 7 }, "fryslan", "Mentoren Fryslân",
		    "058 000 00 00", "Fryslân" } },
	};
	o->r.site = &o->site;
	place_migrate(p);
	place_do(p, "INSERT INTO programme (id, slug, name, stage, created_at)"
	    " VALUES (7, 'fryslan', 'Mentoren Fryslân', 2, 1),"
	    " (8, 'elders', 'Elders', 2, 1)");
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(db_enter(p->db, p->arena, o->r.programme.id));
}

static struct letter
confirmation(const char *to)
{
	return (struct letter){
		.kind = "application received", .object = 12, .to = to,
		.lang = LANG_NL, .subject = "We hebben je vraag",
		.paragraphs = { "Dank je wel.", "Je hoort <snel> van ons." },
		.nparagraphs = 2, .button = "Bekijk je vraag",
		.href = "https://mentor.example/fryslan/q?a=1&b=2",
	};
}

static void
send_to(struct office *o, const char *to, int64_t wait_us)
{
	struct letter l = confirmation(to);

	l.wait_us = wait_us;
	EXPECT_OK(letter_send(&o->r, &l));
}

static struct sql_outbox_due
due_at(struct office *o, int64_t later_us)
{
	struct sql_outbox_due due;

	EXPECT_OK(sql_outbox_due(o->r.db, o->r.arena, o->r.programme.id,
	    instant_plus(noon, later_us), 10, &due));
	return due;
}

static struct letter_page
listed(struct office *o, enum letter_box box)
{
	struct letter_page page;

	EXPECT_OK(letter_list(&o->r, box, 0, &page));
	return page;
}

static int64_t
claim(struct office *o, int64_t id, int64_t later_us)
{
	struct instant now = instant_plus(noon, later_us);
	int64_t n;

	EXPECT_OK(sql_outbox_claim(o->r.db, o->r.arena, o->r.programme.id, id,
	    now, instant_plus(now, MINUTES(5)), &n));
	return n;
}

TEST_ON_BOTH(a_letter_is_plain_text_and_the_same_in_html)
{
	static const char text[] =
	    "Goedendag,\n\nDank je wel.\n\nJe hoort <snel> van ons.\n\n"
	    "Bekijk je vraag:\nhttps://mentor.example/fryslan/q?a=1&b=2\n\n"
	    "Mentoren Fryslân\nLiever bellen? 058 000 00 00\n";
	static const char html[] =
	    "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<title>We hebben je vraag</title>\n</head>\n<body>\n"
	    "<table role=\"presentation\" width=\"100%\" "
	    "cellpadding=\"12\">\n<tr><td>\n<p>Goedendag,</p>\n"
	    "<p>Dank je wel.</p>\n<p>Je hoort &lt;snel&gt; van ons.</p>\n"
	    "<table role=\"presentation\" cellpadding=\"14\">\n"
	    "<tr><td bgcolor=\"#1d3f94\"><a href=\"https://mentor.example/"
	    "fryslan/q?a=1&amp;b=2\"><font color=\"#ffffff\"><b>Bekijk je "
	    "vraag</b></font></a></td></tr>\n</table>\n"
	    "<p><small>Werkt de knop niet? Gebruik dan dit adres:<br>"
	    "https://mentor.example/fryslan/q?a=1&amp;b=2</small></p>\n"
	    "<p>Mentoren Fryslân\n<br>Liever bellen? 058 000 00 00\n</p>\n"
	    "</td></tr>\n</table>\n</body>\n</html>\n";
	struct office o;
	struct sql_outbox_due due;

	office_open(&o, p);
	send_to(&o, "anna@example.org", 0);
	due = due_at(&o, 0);
	EXPECT_INT(due.n, 1);
	EXPECT_TEXT(due.row[0].body_text, text);
	EXPECT_TEXT(due.row[0].body_html, html);
	EXPECT_TEXT(due.row[0].subject, "We hebben je vraag");
	db_rollback(p->db);
}

TEST_ON_BOTH(a_letter_that_can_be_undone_waits)
{
	struct office o;

	office_open(&o, p);
	send_to(&o, "anna@example.org", MINUTES(10));
	EXPECT_INT(due_at(&o, MINUTES(10) - 1).n, 0);
	EXPECT_INT(due_at(&o, MINUTES(10)).n, 1);
	EXPECT_INT(listed(&o, BOX_WAITING).n, 1);
	EXPECT(listed(&o, BOX_WAITING).line[0].can_undo);
	o.r.now = instant_plus(noon, MINUTES(10));
	EXPECT(!listed(&o, BOX_WAITING).line[0].can_undo);
	db_rollback(p->db);
}

TEST_ON_BOTH(an_undone_letter_never_leaves)
{
	struct office o;
	bool undone;

	office_open(&o, p);
	send_to(&o, "anna@example.org", MINUTES(10));
	EXPECT_OK(letter_undo(&o.r, "application received", 13, &undone));
	EXPECT(!undone);
	EXPECT_OK(letter_undo(&o.r, "application received", 12, &undone));
	EXPECT(undone);
	EXPECT_INT(due_at(&o, DAYS(9)).n, 0);
	EXPECT_INT(listed(&o, BOX_WAITING).n, 0);
	EXPECT_OK(letter_undo(&o.r, "application received", 12, &undone));
	EXPECT(undone);
	db_rollback(p->db);
}

TEST_ON_BOTH(a_claimed_letter_cannot_be_undone)
{
	struct office o;
	int64_t id;
	bool undone;

	office_open(&o, p);
	send_to(&o, "anna@example.org", MINUTES(10));
	id = due_at(&o, MINUTES(10)).row[0].id;
	EXPECT_INT(claim(&o, id, MINUTES(10)), 1);
	EXPECT_OK(letter_undo(&o.r, "application received", 12, &undone));
	EXPECT(!undone);
	EXPECT_OK(letter_undo_one(&o.r, id, &undone));
	EXPECT(!undone);
	/* Nor after the attempt came to nothing: it may have arrived. */
	EXPECT_OK(sql_outbox_later(p->db, p->arena, o.r.programme.id, id,
	    instant_plus(noon, HOURS(1)), "421 closing"));
	EXPECT_OK(letter_undo_one(&o.r, id, &undone));
	EXPECT(!undone);
	db_rollback(p->db);
}

TEST_ON_BOTH(a_letter_is_claimed_once_until_the_claim_runs_out)
{
	struct office o;
	int64_t id;

	office_open(&o, p);
	send_to(&o, "anna@example.org", 0);
	id = due_at(&o, 0).row[0].id;
	EXPECT_INT(claim(&o, id, 0), 1);
	EXPECT_INT(claim(&o, id, 0), 0);
	EXPECT_INT(due_at(&o, MINUTES(5) - 1).n, 0);
	EXPECT_INT(due_at(&o, MINUTES(5)).n, 1);
	EXPECT_INT(due_at(&o, MINUTES(5)).row[0].tries, 1);
	EXPECT_INT(claim(&o, id, MINUTES(5)), 1);
	db_rollback(p->db);
}

TEST_ON_BOTH(an_address_that_would_be_a_header_is_never_mailed)
{
	struct office o;
	bool found;

	office_open(&o, p);
	send_to(&o, "a@example.org\r\nBcc: b@example.org", 0);
	EXPECT_INT(due_at(&o, DAYS(9)).n, 0);
	EXPECT_INT(listed(&o, BOX_FAILED).n, 1);
	EXPECT(listed(&o, BOX_FAILED).line[0].failure[0] != '\0');
	EXPECT_OK(letter_try_again(&o.r, listed(&o, BOX_FAILED).line[0].id,
	    &found));
	EXPECT(!found);
	db_rollback(p->db);
}

TEST_ON_BOTH(who_refused_mail_gets_none_until_somebody_tries_again)
{
	struct office o;
	bool found;

	office_open(&o, p);
	EXPECT_OK(sql_suppression_put(p->db, p->arena, o.r.programme.id,
	    hash_text("anna@example.org"), "550", noon));
	send_to(&o, "Anna@Example.org", 0);
	EXPECT_INT(due_at(&o, 0).n, 0);
	EXPECT_OK(letter_try_again(&o.r, listed(&o, BOX_FAILED).line[0].id,
	    &found));
	EXPECT(found);
	EXPECT_INT(due_at(&o, 0).n, 1);
	send_to(&o, "anna@example.org", 0);
	EXPECT_INT(due_at(&o, 0).n, 2);
	db_rollback(p->db);
}

TEST_ON_BOTH(letters_of_another_programme_are_out_of_reach)
{
	struct office o;
	int64_t id;
	bool done;

	office_open(&o, p);
	send_to(&o, "anna@example.org", MINUTES(10));
	id = due_at(&o, MINUTES(10)).row[0].id;
	o.r.programme.id.v = 8;
	EXPECT_OK(db_enter(p->db, p->arena, o.r.programme.id));
	EXPECT_INT(listed(&o, BOX_WAITING).n, 0);
	EXPECT_OK(letter_undo_one(&o.r, id, &done));
	EXPECT(!done);
	EXPECT_OK(letter_undo(&o.r, "application received", 12, &done));
	EXPECT(!done);
	db_rollback(p->db);
}

TEST_ON_BOTH(outside_programmes_a_letter_is_the_installations)
{
	struct office o;

	office_open(&o, p);
	o.r.programme = (struct setting){ .phone = "" };
	send_to(&o, "anna@example.org", 0);
	EXPECT_INT(due_at(&o, 0).n, 1);
	EXPECT_TEXT(due_at(&o, 0).row[0].body_text, "Goedendag,\n\n"
	    "Dank je wel.\n\nJe hoort <snel> van ons.\n\nBekijk je vraag:\n"
	    "https://mentor.example/fryslan/q?a=1&b=2\n\n");
	db_rollback(p->db);
}

TEST_ON_SQLITE(what_was_sent_is_not_kept)
{
	struct office o;
	int64_t id;

	office_open(&o, p);
	send_to(&o, "anna@example.org", 0);
	id = due_at(&o, 0).row[0].id;
	EXPECT_INT(claim(&o, id, 0), 1);
	EXPECT_OK(sql_outbox_sent(p->db, p->arena, o.r.programme.id, id,
	    noon));
	EXPECT_INT(listed(&o, BOX_SENT).n, 1);
	EXPECT_OK(db_commit(p->db, p->arena));
	EXPECT_INT(place_number(p, "SELECT COUNT(*) FROM outbox WHERE state = 2"
	    " AND subject = '' AND body_text = '' AND body_html = ''"
	    " AND recipient <> ''"), 1);
}
