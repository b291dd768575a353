/* The pages of a programme, as manager, as office and as nobody. */
#include <string.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "db/fixture.h"
#include "db/writer.h"
#include "post/post.h"
#include "programme/programme.h"
#include "web/fake.h"

static const struct instant noon = { INT64_C(1795431600) * 1000000 };

struct house {
	struct place *place;
	struct site site;
	struct id_source ids;
	struct fake browser;
	struct reply reply;             /* the last one */
	struct programme_settings programme;
};

/* The cookie tells who comes; what they may is accounts' own answer. */
static Err
identify(struct req *r)
{
	const char *who = cookie_get(r, "who");

	if (who[0] == '\0')
		return OK;
	r->viewer.person.v = 5;
	r->viewer.login = 6;
	r->viewer.name = "Tjitske";
	r->viewer.roles = text_same(who, "manager") ?
	    ROLE_BIT(ROLE_MANAGER) : ROLE_BIT(ROLE_OFFICE);
	return OK;
}

static Err
open_no_link(struct req *r, const char *kind, const char *token, bool *found)
{
	*found = false;
	return OK;
}

static struct instant
clock_at_noon(void)
{
	return noon;
}

static void
make_programme(struct house *h)
{
	struct place *p = h->place;

	h->programme = (struct programme_settings){
		.slug = "fryslan", .name = "Mentoren Fryslân",
		.place = "Fryslân", .phone = "058 000 00 00",
		.email = "office@example.nl", .stage = STAGE_RUNNING,
	};
	place_do(p, "INSERT INTO person (id, name, created_at)"
	    " VALUES (5, 'Tjitske', 1)");
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(programme_make(p->db, p->arena, &h->ids, noon,
	    &h->programme));
	EXPECT_OK(db_commit(p->db, p->arena));
}

static void
house_open(struct house *h, struct place *p)
{
	static const struct feature *const features[] = {
		&programme_feature,
	};
	struct writer_config writer = {
		.url = p->url, .threads = 1, .attempt_limit = 8 << 20,
	};

	*h = (struct house){ .place = p, .site = {
		.database = p->url, .base_url = "http://localhost:8080",
		.data_dir = p->dir, .ids = &h->ids,
		.features = features, .nfeatures = LEN(features),
		.gate = { .identify = identify, .enter = programme_enter,
		    .open_link = open_no_link, .may = accounts_may,
		    .audit = audit_add, .denied = audit_denied,
		    .may_name = accounts_may_name },
		.clock = clock_at_noon, .metrics_token = "",
		.version = "test", .upload_limit = 1 << 20,
	} };
	place_migrate(p);
	make_programme(h);
	EXPECT_OK(crypt_start(p->arena));
	EXPECT_OK(writer_start(p->arena, &writer, &h->site.writer));
	h->browser = (struct fake){ .arena = p->arena, .site = &h->site,
	    .now = noon, .cookie = "__Host-who=manager", .language = "en" };
}

static void
house_close(struct house *h)
{
	writer_stop(h->site.writer);
}

static int
get(struct house *h, const char *path)
{
	EXPECT_OK(fake_get(&h->browser, path, &h->reply));
	return h->reply.status;
}

static int
post(struct house *h, const char *path, const char *body)
{
	EXPECT_OK(fake_post(&h->browser, path, body, &h->reply));
	return h->reply.status;
}

static bool
shows(struct house *h, const char *text)
{
	return h->reply.body != NULL && strstr(h->reply.body, text) != NULL;
}

/* The first number that stands right after AFTER on the page. */
static int64_t
number_after(struct house *h, const char *after)
{
	const char *p = h->reply.body;
	int64_t n = 0;

	while (n == 0 && (p = strstr(p, after)) != NULL) {
		p += strlen(after);
		for (; *p >= '0' && *p <= '9'; p++)
			n = n * 10 + (*p - '0');
	}
	EXPECT(n > 0);
	return n;
}

/* ---- Settings ----------------------------------------------------------- */

#define REST "&place=&phone=&email=&lang=fy&stage=running&contact_days=4" \
	"&decision_days=15&team_size=3&network_daily=20"

TEST_ON_BOTH(the_manager_changes_settings)
{
	struct house h;

	house_open(&h, p);
	EXPECT_INT(get(&h, "/fryslan/settings"), 200);
	EXPECT(shows(&h, "value=\"Mentoren Fryslân\""));
	EXPECT(shows(&h, "name=\"_version\" value=\"1\""));
	EXPECT_INT(post(&h, "/fryslan/settings", "_version=1&name=Nij" REST),
	    303);
	EXPECT_INT(get(&h, "/fryslan/settings"), 200);
	EXPECT(shows(&h, "value=\"Nij\""));
	EXPECT(shows(&h, "name=\"_version\" value=\"2\""));
	house_close(&h);
}

TEST_ON_SQLITE(what_is_wrong_is_told_and_what_was_typed_stays)
{
	struct house h;

	house_open(&h, p);
	EXPECT_INT(post(&h, "/fryslan/settings",
	    "_version=1&name=&place=Wolvega"
	    "&phone=1&email=no&lang=xx&stage=&contact_days=0&decision_days=x"
	    "&team_size=6&network_daily=20"), 422);
	EXPECT(shows(&h, "Fill in the name of the programme."));
	EXPECT(shows(&h, "value=\"Wolvega\""));
	EXPECT(shows(&h, "7 more things are needed") ||
	    shows(&h, "8 more things are needed"));
	EXPECT_INT(get(&h, "/fryslan/settings"), 200);
	EXPECT(shows(&h, "value=\"Mentoren Fryslân\""));
	house_close(&h);
}

TEST_ON_BOTH(who_saves_an_older_page_sees_both_texts)
{
	struct house h;

	house_open(&h, p);
	EXPECT_INT(post(&h, "/fryslan/settings", "_version=1&name=Eerst" REST),
	    303);
	EXPECT_INT(post(&h, "/fryslan/settings", "_version=1&name=Later" REST),
	    422);
	EXPECT(shows(&h, "value=\"Later\""));
	EXPECT(shows(&h, ">Eerst</td>"));
	EXPECT(shows(&h, "name=\"_version\" value=\"2\""));
	EXPECT_INT(post(&h, "/fryslan/settings", "_version=2&name=Later" REST),
	    303);
	house_close(&h);
}

TEST_ON_SQLITE(the_office_reads_settings_and_cannot_change_them)
{
	struct house h;

	house_open(&h, p);
	h.browser.cookie = "__Host-who=office";
	EXPECT_INT(get(&h, "/fryslan/settings"), 200);
	EXPECT(shows(&h, "Mentoren Fryslân"));
	EXPECT(!shows(&h, "<input type=\"text\""));
	EXPECT_INT(post(&h, "/fryslan/settings", "_version=1&name=Nij" REST),
	    404);
	house_close(&h);
}

TEST_ON_SQLITE(a_stranger_finds_nothing)
{
	static const char *const paths[] = {
		"/fryslan/settings", "/fryslan/settings/quiet",
		"/fryslan/settings/topics", "/fryslan/mail",
		"/elders/settings", "/FRYSLAN/settings",
	};
	struct house h;

	house_open(&h, p);
	h.browser.cookie = NULL;
	for (size_t i = 0; i < LEN(paths); i++)
		EXPECT_INT_WHY(get(&h, paths[i]), 404, paths[i]);
	house_close(&h);
}

/* ---- Quiet weeks and topics --------------------------------------------- */

TEST_ON_BOTH(quiet_weeks_are_added_and_removed)
{
	struct house h;
	int64_t id;

	house_open(&h, p);
	EXPECT_INT(post(&h, "/fryslan/settings/quiet",
	    "label=Kerst&first=2026-12-24&last=2027-01-03"), 303);
	EXPECT_INT(get(&h, "/fryslan/settings/quiet"), 200);
	EXPECT(shows(&h, "Kerst"));
	id = number_after(&h, "/settings/quiet/");
	EXPECT_INT(post(&h, text_fmt(p->arena,
	    "/fryslan/settings/quiet/%" PRId64 "/remove", id), ""), 303);
	EXPECT_INT(get(&h, "/fryslan/settings/quiet"), 200);
	EXPECT(!shows(&h, "Kerst"));
	house_close(&h);
}

TEST_ON_SQLITE(quiet_weeks_that_cannot_be_are_refused)
{
	struct house h;

	house_open(&h, p);
	EXPECT_INT(post(&h, "/fryslan/settings/quiet",
	    "label=Kerst&first=2026-12-24&last=2026-12-01"), 422);
	EXPECT(shows(&h, "The last day comes before the first."));
	EXPECT(shows(&h, "value=\"Kerst\""));
	EXPECT_INT(post(&h, "/fryslan/settings/quiet", "label=&first=&last="),
	    422);
	house_close(&h);
}

/* The names on the page, in its order, stand one after another. */
static bool
is_before(struct house *h, const char *first, const char *second)
{
	const char *a = strstr(h->reply.body, first);

	return a != NULL && strstr(a, second) != NULL;
}

TEST_ON_BOTH(topics_are_added_moved_and_retired)
{
	struct house h;
	int64_t first;

	house_open(&h, p);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	EXPECT(is_before(&h, ">Groeien<", ">Iets anders<"));
	first = number_after(&h, "/settings/topics/");
	EXPECT_INT(post(&h, "/fryslan/settings/topics",
	    "name_nl=Inkoop&name_fy=&name_en=Buying"), 303);
	EXPECT_INT(post(&h, text_fmt(p->arena,
	    "/fryslan/settings/topics/%" PRId64 "/move/down", first), ""),
	    303);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	EXPECT(is_before(&h, ">Geld en financiering<", ">Groeien<"));
	EXPECT(is_before(&h, ">Iets anders<", ">Inkoop<"));
	EXPECT_INT(post(&h, text_fmt(p->arena,
	    "/fryslan/settings/topics/%" PRId64 "/retire/yes", first), ""),
	    303);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	EXPECT(is_before(&h, ">Inkoop<", ">Groeien<"));
	EXPECT(shows(&h, "no longer offered"));
	house_close(&h);
}

TEST_ON_BOTH(a_topic_gets_another_name)
{
	struct house h;
	const char *path;

	house_open(&h, p);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	path = text_fmt(p->arena, "/fryslan/settings/topics/%" PRId64,
	    number_after(&h, "/settings/topics/"));
	EXPECT_INT(get(&h, path), 200);
	EXPECT(shows(&h, "value=\"Growing\""));
	EXPECT_INT(post(&h, path, "_version=1&name_nl=&name_fy=Waakse"),
	    422);
	EXPECT(shows(&h, "value=\"Waakse\""));
	EXPECT_INT(post(&h, path, "_version=1&name_nl=Wassen&name_fy="),
	    303);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	EXPECT(shows(&h, ">Wassen<"));
	EXPECT(!shows(&h, ">Groeien<"));
	house_close(&h);
}

TEST_ON_BOTH(who_renames_an_older_topic_sees_both_names)
{
	struct house h;
	const char *path;

	house_open(&h, p);
	EXPECT_INT(get(&h, "/fryslan/settings/topics"), 200);
	path = text_fmt(p->arena, "/fryslan/settings/topics/%" PRId64,
	    number_after(&h, "/settings/topics/"));
	EXPECT_INT(post(&h, path, "_version=1&name_nl=Eerst"), 303);
	EXPECT_INT(post(&h, path, "_version=1&name_nl=Later"), 422);
	EXPECT(shows(&h, "value=\"Later\""));
	EXPECT(shows(&h, "It now says: Eerst"));
	EXPECT(shows(&h, "name=\"_version\" value=\"2\""));
	EXPECT_INT(post(&h, path, "_version=2&name_nl=Later"), 303);
	house_close(&h);
}

/* ---- Mail --------------------------------------------------------------- */

static void
send_letter(struct house *h, const char *to, int64_t wait_us)
{
	struct place *p = h->place;
	struct req r = {
		.arena = p->arena, .db = p->db, .now = noon,
		.programme = { .id = h->programme.id, .slug = "fryslan",
		    .name = "Mentoren Fryslân", .phone = "" },
		.site = &h->site,
	};
	struct letter l = {
		.kind = "application received", .to = to, .lang = LANG_NL,
		.subject = "Dag", .wait_us = wait_us,
		.button = "Kijk", .href = "https://mentor.example/fryslan/"
		    "my-question/q9Zx-0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456_8-A",
	};

	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(db_enter(p->db, p->arena, h->programme.id));
	EXPECT_OK(letter_send(&r, &l));
	EXPECT_OK(db_commit(p->db, p->arena));
}

TEST_ON_BOTH(the_office_takes_a_mail_back_in_time)
{
	struct house h;
	const char *undo;

	house_open(&h, p);
	send_letter(&h, "anna@example.org", MINUTES(10));
	h.browser.cookie = "__Host-who=office";
	EXPECT_INT(get(&h, "/fryslan/mail"), 200);
	EXPECT(shows(&h, "anna@example.org"));
	undo = text_fmt(p->arena, "/fryslan/mail/%" PRId64 "/undo",
	    number_after(&h, "action=\"/fryslan/mail/"));
	EXPECT_INT(post(&h, undo, ""), 303);
	EXPECT_INT(get(&h, "/fryslan/mail"), 200);
	EXPECT(!shows(&h, "anna@example.org"));
	EXPECT_INT(post(&h, undo, "_once=another"), 409);
	house_close(&h);
}

TEST_ON_SQLITE(a_mail_that_failed_says_why)
{
	struct house h;

	house_open(&h, p);
	send_letter(&h, "not an address", 0);
	EXPECT_INT(get(&h, "/fryslan/mail/failed"), 200);
	EXPECT(shows(&h, "Mail cannot be sent to this address."));
	EXPECT_INT(post(&h, text_fmt(p->arena, "/fryslan/mail/%" PRId64
	    "/again", number_after(&h, "action=\"/fryslan/mail/")), ""), 409);
	house_close(&h);
}

TEST_ON_SQLITE(a_mail_without_a_server_lies_in_a_file_for_the_manager)
{
	struct house h;
	struct post_config config = { &h.site, "", "fjouwer@localhost", "" };
	struct post *sender;
	const char *path;
	int64_t id;

	house_open(&h, p);
	send_letter(&h, "anna@example.org", 0);
	EXPECT_OK(post_start(p->arena, &config, &sender));
	for (int i = 0; i < 200 && !shows(&h, "/read"); i++) {
		usleep(10000);
		EXPECT_INT(get(&h, "/fryslan/mail/sent"), 200);
	}
	post_stop(sender);
	id = number_after(&h, "<a href=\"/fryslan/mail/");
	path = text_fmt(p->arena, "/fryslan/mail/%" PRId64 "/read", id);
	EXPECT_INT(get(&h, path), 200);
	EXPECT(shows(&h, "<h1>Dag</h1>"));
	EXPECT(shows(&h, "<p>Goedendag,</p>"));
	EXPECT(shows(&h, "https://mentor.example/fryslan/my-question/…"));
	EXPECT(!shows(&h, "q9Zx-0a"));
	h.browser.cookie = "__Host-who=office";
	EXPECT_INT(get(&h, path), 404);
	EXPECT_INT(get(&h, "/fryslan/mail/sent"), 200);
	EXPECT(!shows(&h, "/read"));
	EXPECT(unlink(text_fmt(p->arena, "%s/mail/%" PRId64 ".eml", p->dir,
	    id)) == 0);
	EXPECT(rmdir(text_fmt(p->arena, "%s/mail", p->dir)) == 0);
	house_close(&h);
}
