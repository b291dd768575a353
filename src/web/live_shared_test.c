/*
 * Live pages of several processes over one PostgreSQL: what a second process
 * would hold is a second struct live, which hears through the database only.
 */
#include <stdlib.h>
#include <string.h>

#include "web/live_private.h"
#include "web/test_socket.h"

struct other {
	struct live *live;
	struct listener *page;
};

static void
do_nothing(void *arg)
{
}

/* All that the page is sent within two seconds, or until it holds PART. */
static const char *
page_read(struct house *h, struct other *o, const char *part)
{
	const struct live_sleep sleep = { do_nothing, do_nothing, NULL };
	struct buf b = buf_make(h->arena);
	char chunk[512];

	for (int i = 0; i < 100 && strstr(buf_get(&b), part) == NULL; i++) {
		long n = live_read(o->page, chunk, sizeof chunk, &sleep);

		if (n > 0)
			buf_add(&b, chunk, (size_t)n);
		else
			pause_ms(20);
	}
	return buf_get(&b);
}

static struct other
other_open(struct house *h)
{
	struct other o;

	EXPECT_OK(live_start(h->arena, h->site.database, &o.live));
	o.page = live_listen(o.live, (struct programme_id){ 1 }, 0);
	/* The first connection counts as one after a gap. */
	EXPECT(strstr(page_read(h, &o, "data: * "), "data: * ") != NULL);
	return o;
}

static void
other_close(struct other *o)
{
	live_leave(o->page);
	live_stop(o->live);
}

static void
write_note(struct house *h, const char *title, int status)
{
	struct reply reply;

	h->fake.cookie = "__Host-login=1";
	EXPECT_OK(fake_post(&h->fake, "/fryslan/notes",
	    text_fmt(h->arena, "title=%s", title), &reply));
	EXPECT_INT(reply.status, status);
}

TEST(a_change_in_one_process_is_heard_in_the_other)
{
	SERVER(r);
	struct other o = other_open(r->house);

	write_note(r->house, "first", 303);
	EXPECT(strstr(page_read(r->house, &o, "data: notes "),
	    "event: changed\ndata: notes ") != NULL);
	other_close(&o);
}

TEST(what_was_refused_is_not_heard)
{
	SERVER(r);
	struct other o = other_open(r->house);

	write_note(r->house, "longer+than+its+twenty+bytes", 422);
	EXPECT(strstr(page_read(r->house, &o, "data: notes "), "notes")
	    == NULL);
	other_close(&o);
}

TEST(a_page_reads_all_anew_when_the_connection_was_lost)
{
	SERVER(r);
	struct house *h = r->house;
	struct other o = other_open(h);
	struct db *db;

	EXPECT_OK(db_open(h->arena, h->site.database, DB_OWNER, &db));
	EXPECT_OK(db_script(db, h->arena,
	    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	    " WHERE application_name = 'fjouwer notices'"));
	db_close(db);
	EXPECT(strstr(page_read(h, &o, "data: * "), "data: * ") != NULL);
	write_note(h, "after", 303);
	EXPECT(strstr(page_read(h, &o, "data: notes "), "data: notes ")
	    != NULL);
	other_close(&o);
}
