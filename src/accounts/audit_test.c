/* The chain of the audit trail: whatever is done to it shows. */
#include "accounts/audit.h"
#include "accounts/test_house.h"

#include <string.h>
#include <unistd.h>

struct trail {
	struct house *house;
	int rows;
	struct audit_verdict verdict;
};

static Err
write_rows(void *arg, struct db *db, struct arena *a)
{
	struct trail *t = arg;
	struct req r = { .arena = a, .db = db, .now = t->house->now,
	    .site = &t->house->site, .network = "192.0.2.7",
	    .viewer = { .person = { 7 } },
	    .programme = { .id = t->house->fryslan } };

	for (int i = 0; i < t->rows; i++)
		TRY(audit_add(&r, "application read", i));
	return OK;
}

static Err
verify(void *arg, struct db *db, struct arena *a)
{
	struct trail *t = arg;

	return audit_verify(db, a, t->house->fryslan, &t->verdict);
}

/* A trail of 600 rows, to which SQL is done. */
static struct audit_verdict
trail_after(struct place *p, const char *sql)
{
	struct house h;
	struct trail t = { .house = &h, .rows = 600 };

	house_open(&h, p);
	EXPECT_OK(writer_do(h.site.writer, h.arena, write_rows, &t));
	place_do(p, text_fmt(p->arena, "%s%s", p->kind == DB_POSTGRES ?
	    "SELECT set_config('fjouwer.programme', '1', true); " : "",
	    sql));
	EXPECT_OK(writer_do(h.site.writer, h.arena, verify, &t));
	house_close(&h);
	return t.verdict;
}

TEST_ON_BOTH(an_untouched_trail_is_sound)
{
	struct audit_verdict v = trail_after(p, "SELECT 1");

	EXPECT_INT(v.rows, 600);
	EXPECT_INT(v.broken, 0);
	EXPECT_TEXT(v.why, "");
}

TEST_ON_BOTH(a_changed_row_is_named)
{
	struct audit_verdict v = trail_after(p,
	    "UPDATE audit SET object = 4711 WHERE programme = 1 "
	    "AND number = 555");

	EXPECT_INT(v.broken, 555);
	EXPECT_INT(v.rows, 554);
}

TEST_ON_SQLITE(a_changed_hour_is_named)
{
	EXPECT_INT(trail_after(p, "UPDATE audit SET at = at + 1 "
	    "WHERE programme = 1 AND number = 3").broken, 3);
}

TEST_ON_SQLITE(a_changed_person_is_named)
{
	EXPECT_INT(trail_after(p, "UPDATE audit SET actor = 0 "
	    "WHERE programme = 1 AND number = 1").broken, 1);
}

TEST_ON_SQLITE(a_dropped_row_is_named)
{
	struct audit_verdict v = trail_after(p,
	    "DELETE FROM audit WHERE programme = 1 AND number = 20");

	EXPECT_INT(v.broken, 20);
	EXPECT_TEXT(v.why, "the row is missing");
}

TEST_ON_SQLITE(two_rows_that_changed_places_are_named)
{
	EXPECT_INT(trail_after(p,
	    "UPDATE audit SET number = -1 WHERE programme = 1 "
	    "AND number = 30;"
	    "UPDATE audit SET number = 30 WHERE programme = 1 "
	    "AND number = 31;"
	    "UPDATE audit SET number = 31 WHERE programme = 1 "
	    "AND number = -1").broken, 30);
}

TEST_ON_SQLITE(a_trail_that_was_cut_off_is_named)
{
	struct audit_verdict v = trail_after(p,
	    "DELETE FROM audit WHERE programme = 1 AND number > 590");

	EXPECT_INT(v.broken, 591);
	EXPECT_TEXT(v.why, "the end of the trail is missing");
}

TEST_ON_SQLITE(a_trail_that_was_cut_off_with_its_head_set_back_is_named)
{
	EXPECT_INT(trail_after(p,
	    "DELETE FROM audit WHERE programme = 1 AND number > 590;"
	    "UPDATE audit_head SET number = 590 WHERE programme = 1")
	    .broken, 590);
}

TEST_ON_SQLITE(erasing_a_person_leaves_the_chain_sound)
{
	EXPECT_INT(trail_after(p,
	    "DELETE FROM pseudonym WHERE programme = 1").broken, 0);
}

TEST(two_rows_never_read_alike)
{
	TEST_ARENA(a);
	const struct hash none = { { 0 } };
	struct audit_row one = { { 1 }, 1, { 5 }, 7, 0, "ab", "c" };
	struct audit_row two = { { 1 }, 1, { 5 }, 7, 0, "a", "bc" };
	struct hash first = audit_hash(a, &none, &one);
	struct hash second = audit_hash(a, &none, &two);

	EXPECT(!hash_same(&first, &second));
}

TEST_ON_SQLITE(only_the_manager_reads_the_trail)
{
	struct house h;
	struct browser manager = { .house = &h }, office = { .house = &h };

	house_open(&h, p);
	house_person(&h, "manager@example.nl", ROLE_BIT(ROLE_MANAGER));
	house_person(&h, "office@example.nl", ROLE_BIT(ROLE_OFFICE));
	browser_enter(&manager, "manager@example.nl");
	browser_get(&manager, "/fryslan/audit");
	EXPECT_INT(manager.reply.status, 200);
	EXPECT(browser_shows(&manager, "person added"));
	browser_enter(&office, "office@example.nl");
	browser_get(&office, "/fryslan/audit");
	EXPECT_INT(office.reply.status, 404);
	house_close(&h);
}

/* How often TEXT stands on the page. */
static int
times(struct browser *b, const char *text)
{
	int n = 0;

	for (const char *at = b->reply.body; (at = strstr(at, text)) != NULL;
	    at++)
		n++;
	return n;
}

/* Denials are written beside the answer: wait until the page shows N. */
static void
denials_are(struct browser *manager, int n)
{
	for (int i = 0; i < 500; i++) {
		browser_get(manager, "/fryslan/audit");
		if (times(manager, ">denied<") == n)
			return;
		usleep(10000);
	}
	EXPECT_INT(times(manager, ">denied<"), n);
}

/* N denials of a fresh login, each written or counted when this returns. */
static void
be_denied(struct browser *b, int n)
{
	const struct writer *w = b->house->site.writer;
	int64_t due = writer_counts(w).jobs + n;

	for (int i = 0; i < n; i++)
		browser_get(b, "/fryslan/audit");
	while (writer_counts(w).jobs < due)
		usleep(1000);
}

TEST_ON_BOTH(who_is_denied_again_and_again_is_written_down_and_then_counted)
{
	struct house h;
	struct browser manager = { .house = &h }, office = { .house = &h };

	house_open(&h, p);
	house_person(&h, "manager@example.nl", ROLE_BIT(ROLE_MANAGER));
	house_person(&h, "office@example.nl", ROLE_BIT(ROLE_OFFICE));
	browser_enter(&office, "office@example.nl");
	be_denied(&office, 27);
	browser_enter(&manager, "manager@example.nl");
	denials_are(&manager, 20);
	/* The next one of a later hour comes after what was left out. */
	house_wait(&h, HOURS(1));
	browser_get(&office, "/fryslan/audit");
	denials_are(&manager, 21);
	EXPECT_INT(times(&manager, "denied more often"), 1);
	EXPECT(strstr(browser_finds(&manager,
	    "denied more often, so many times", "</tr>"), "7") != NULL);
	house_close(&h);
}

TEST_ON_BOTH(an_hour_of_denials_is_summed_up_though_no_other_follows)
{
	struct house h;
	struct browser manager = { .house = &h }, office = { .house = &h };

	house_open(&h, p);
	house_person(&h, "manager@example.nl", ROLE_BIT(ROLE_MANAGER));
	house_person(&h, "office@example.nl", ROLE_BIT(ROLE_OFFICE));
	browser_enter(&office, "office@example.nl");
	be_denied(&office, 22);
	house_wait(&h, HOURS(1));
	house_jobs(&h);
	house_jobs(&h);
	browser_enter(&manager, "manager@example.nl");
	browser_get(&manager, "/fryslan/audit");
	EXPECT_INT(times(&manager, "denied more often"), 1);
	house_close(&h);
}
