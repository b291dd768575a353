#include "web/test_house.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/migrate.h"
#include "web/reply.h"
#include "web/test_house_sql.h"

static const char plain[] = "text/plain; charset=utf-8";

/* ---- The gate ---------------------------------------------------------- */

static Err
house_identify(struct req *r)
{
	int64_t person;

	int64_t left = 0;

	if (!text_to_int(cookie_get(r, "login"), &person) || person <= 0)
		return OK;
	if (r->db != NULL)
		TRY(sql_house_count(r->db, r->arena, text_fmt(r->arena,
		    "left %" PRId64, person), &left));
	if (left > 0)
		return OK;
	r->viewer.person.v = person;
	r->viewer.login = person + 100;
	r->viewer.name = "Tjitske";
	r->viewer.form_key.b[0] = (unsigned char)person;
	if (person == 8)
		r->lang = LANG_FY;
	return OK;
}

static Err
house_enter(struct req *r, const char *slug, bool *found)
{
	bool fryslan = text_same(slug, "fryslan");

	*found = fryslan || text_same(slug, "elders");
	if (!*found)
		return OK;
	r->programme.id.v = fryslan ? 1 : 2;
	r->programme.slug = slug;
	r->programme.name = slug;
	r->viewer.roles = fryslan && r->viewer.person.v != 0 &&
	    r->viewer.person.v < 10;
	return OK;
}

static Err
house_open_link(struct req *r, const char *kind, const char *token,
    bool *found)
{
	*found = text_same(kind, "task") && text_same(token, "good");
	if (*found)
		r->holder = (struct holder){ .link = 5, .token = token };
	return OK;
}

static bool
house_may(const struct req *r, int may)
{
	switch (may) {
	case HOUSE_EVERYBODY:
		return true;
	case HOUSE_MEMBERS:
		return r->viewer.roles != 0;
	case HOUSE_HOLDERS:
		return r->holder.link != 0;
	}
	return false;
}

static Err
house_audit(struct req *r, const char *what, int64_t object)
{
	return sql_house_add(r->db, r->arena, text_fmt(r->arena,
	    "%s %" PRId64 " %" PRId64 " %" PRId64, what,
	    r->viewer.person.v, r->programme.id.v, object), "audit");
}

static Err
house_denied(struct req *r, int64_t object)
{
	return house_audit(r, "denied", object);
}

/* ---- The pages --------------------------------------------------------- */

static Err
show_hello(struct req *r)
{
	return reply_text(r, plain, text_fmt(r->arena, "hello %s\n",
	    language_code(r->lang)));
}

static Err
show_where(struct req *r)
{
	return reply_text(r, plain, r->network);
}

static Err
show_today(struct req *r)
{
	return reply_text(r, plain, text_fmt(r->arena, "today %s\n",
	    r->programme.slug));
}

static Err
show_form(struct req *r)
{
	const struct form *f = form_make(r);

	return reply_text(r, plain, text_fmt(r->arena, "%s %s", f->token,
	    f->once));
}

static void
tell_many(struct req *r)
{
	static const char *const topics[] = {
		"a", "b", "a", "c", "d", "e", "f",
	};

	for (size_t i = 0; i < LEN(topics); i++)
		live_tell(r, topics[i]);
}

static Err
add_note(struct req *r)
{
	const char *title = form_line(r, "title", 20, "Write a title.");

	if (!form_ok(r)) {
		TRY(reply_text(r, plain, text_fmt(r->arena, "%s|%s|%s",
		    form_value(r->form, "title"),
		    form_value(r->form, "text"),
		    form_error(r->form, "title"))));
		r->reply->status = 422;
		return OK;
	}
	TRY(sql_house_add(r->db, r->arena, title, "note"));
	live_tell(r, "notes");
	if (text_same(title, "many"))
		tell_many(r);
	return see_other_saying(r, "It is saved.", "/%s/notes/%s",
	    r->programme.slug, title);
}

static Err
prepare_slowly(struct req *r)
{
	static const struct timespec a_while = { .tv_nsec = 50 * 1000000 };

	r->prepared = text_copy(r->arena, form_line(r, "title", 20, NULL));
	if (text_begins(r->prepared, "hash"))
		(void)nanosleep(&a_while, NULL);
	if (text_same(r->prepared, "stop"))
		return see_other(r, "/stopped");
	return OK;
}

static Err
add_prepared(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, r->prepared, "prepared"));
	return see_other(r, "/hello");
}

static Err
take_file(struct req *r)
{
	const struct upload *file = form_file(r, "sheet", "Choose a file.");

	if (!form_ok(r)) {
		TRY(reply_text(r, plain, form_error(r->form, "sheet")));
		r->reply->status = 422;
		return OK;
	}
	TRY(sql_house_add(r->db, r->arena, text_fmt(r->arena, "%s %zu %s",
	    file->name, file->len, form_line(r, "title", 20, NULL)),
	    "file"));
	return see_other(r, "/hello");
}

static Err
leave(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, text_fmt(r->arena,
	    "left %" PRId64, r->viewer.person.v), "left"));
	return see_other(r, "/hello");
}

static Err
keep_count(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, "kept", "count"));
	reply_keep(r);
	TRY(reply_text(r, plain, "no"));
	r->reply->status = 422;
	return OK;
}

static Err
write_and_fail(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, "failed", "row"));
	return err_make(r->arena, ERR_FAILED, "as the test wants it");
}

static Err
run_full(struct req *r)
{
	(void)form_secret(r, "secret", NULL);
	return err_make(r->arena, ERR_FULL, "no room, says the test");
}

static Err
show_failure(struct req *r)
{
	return err_make(r->arena, ERR_FAILED, "as the test wants it");
}

static Err
show_hog(struct req *r)
{
	while (arena_room(r->arena) > 0)
		(void)arena_take(r->arena, 64 * 1024);
	return OK;
}

static Err
show_nothing(struct req *r)
{
	return OK;
}

static Err
show_logged(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, "read", "audit"));
	return reply_text(r, plain, "secret\n");
}

static Err
show_task(struct req *r)
{
	return reply_text(r, plain, r->holder.token);
}

static Err
do_task(struct req *r)
{
	TRY(sql_house_add(r->db, r->arena, "task", "done"));
	return see_other(r, "/hello");
}

static Err
show_conflict(struct req *r)
{
	return reply_conflict(r, "Somebody was first",
	    "Look at both texts.");
}

static Err
show_too_often(struct req *r)
{
	return reply_too_often(r, 90);
}

static Err
show_file(struct req *r)
{
	return reply_file(r, "text/csv", "a\"b\n.csv", "x", 1);
}

static const struct route routes[] = {
	{ GET, "/hello", HOUSE_EVERYBODY, show_hello, "", NULL, 0, NULL },
	{ GET, "/where", HOUSE_EVERYBODY, show_where, "", NULL, 0, NULL },
	{ GET, "/form", HOUSE_EVERYBODY, show_form, "", NULL, 0, NULL },
	{ GET, "/file", HOUSE_EVERYBODY, show_file, "", NULL, 0, NULL },
	{ GET, "/slow", HOUSE_EVERYBODY, show_hello, "", NULL, ROUTE_SLOW,
	  NULL },
	{ POST, "/slow", HOUSE_EVERYBODY, add_prepared, "", NULL, 0,
	  prepare_slowly },
	{ POST, "/:programme/files", HOUSE_MEMBERS, take_file, "", NULL,
	  ROUTE_UPLOAD, NULL },
	{ POST, "/leave", HOUSE_EVERYBODY, leave, "", NULL, 0, NULL },
	{ POST, "/keep", HOUSE_EVERYBODY, keep_count, "", NULL, 0, NULL },
	{ POST, "/fails", HOUSE_EVERYBODY, write_and_fail, "", NULL, 0,
	  NULL },
	{ POST, "/full", HOUSE_EVERYBODY, run_full, "", NULL, 0, NULL },
	{ GET, "/fails", HOUSE_EVERYBODY, show_failure, "", NULL, 0, NULL },
	{ GET, "/hogs", HOUSE_EVERYBODY, show_hog, "", NULL, 0, NULL },
	{ GET, "/says-nothing", HOUSE_EVERYBODY, show_nothing, "", NULL, 0,
	  NULL },
	{ GET, "/conflict", HOUSE_EVERYBODY, show_conflict, "", NULL, 0,
	  NULL },
	{ GET, "/too-often", HOUSE_EVERYBODY, show_too_often, "", NULL, 0,
	  NULL },
	{ GET, "/read", HOUSE_EVERYBODY, show_logged, "", NULL,
	  ROUTE_READ_LOGGED, NULL },
	{ GET, "/do/:token", HOUSE_HOLDERS, show_task, "", "task", 0, NULL },
	{ POST, "/do/:token", HOUSE_HOLDERS, do_task, "", "task", 0, NULL },
	{ GET, "/:programme/today", HOUSE_MEMBERS, show_today, "", NULL, 0,
	  NULL },
	{ POST, "/:programme/today/done", HOUSE_MEMBERS, add_note, "", NULL,
	  0, NULL },
	{ GET, "/:programme/notes/:id", HOUSE_MEMBERS, show_today, "", NULL,
	  0, NULL },
	{ POST, "/:programme/notes", HOUSE_MEMBERS, add_note, "", NULL, 0,
	  NULL },
	{ GET, "/:programme/live", HOUSE_MEMBERS, reply_live, "", NULL,
	  ROUTE_LIVE, NULL },
};
static const struct feature house_feature = {
	.name = "house", .routes = routes, .nroutes = LEN(routes),
};
static const struct feature *const features[] = { &house_feature };
static const char *const proxies[] = { "127.0.0.1", "198.51.100.1" };

/* ---- The house --------------------------------------------------------- */

static struct instant
house_clock(void)
{
	return (struct instant){ INT64_C(1795421400000000) };
}

/* SQLite, or the PostgreSQL that tests/postgres-for has started. */
static const char *
house_database(struct house *h)
{
	const char *postgres = getenv("FJOUWER_TEST_POSTGRES");

	return postgres == NULL
	    ? text_fmt(h->arena, "sqlite:%s/test.db", h->dir)
	    : text_fmt(h->arena, "postgres:%s", postgres);
}

static void
house_migrate(struct house *h)
{
	struct migrate_report report;
	struct db *db;

	EXPECT_OK(db_open(h->arena, h->site.database, DB_OWNER, &db));
	if (db_kind(db) == DB_POSTGRES)
		EXPECT_OK(db_script(db, h->arena,
		    "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
	db_close(db);
	EXPECT_OK(migrate(h->arena, h->site.database, NULL, house_clock(),
	    &report));
}

static void
house_site(struct house *h)
{
	h->site = (struct site){
		.database = house_database(h),
		.base_url = "http://localhost:8080", .data_dir = h->dir,
		.key = { { 1, 2, 3 } }, .ids = &h->ids,
		.features = features, .nfeatures = 1,
		.gate = { .identify = house_identify, .enter = house_enter,
		    .open_link = house_open_link, .may = house_may,
		    .audit = house_audit, .denied = house_denied },
		.clock = house_clock, .metrics_token = "count-me",
		.proxies = proxies, .nproxies = LEN(proxies),
		.version = "test", .upload_limit = 3 << 20,
	};
	h->fake = (struct fake){ .arena = h->arena, .site = &h->site,
	    .now = house_clock() };
}

static void
house_writer(struct house *h)
{
	struct writer_config config = { .url = h->site.database,
	    .threads = 1, .attempt_limit = 8 << 20 };

	EXPECT_OK(writer_start(h->arena, &config, &h->site.writer));
}

struct house *
house_open(void)
{
	struct arena *arena = arena_make((size_t)256 << 20);
	struct house *h = ARENA_NEW(arena, struct house, 1);

	h->arena = arena;
	strcpy(h->dir, "/tmp/web-test-XXXXXX");
	EXPECT(mkdtemp(h->dir) != NULL);
	house_site(h);
	EXPECT_OK(crypt_start(arena));
	house_migrate(h);
	house_writer(h);
	EXPECT_OK(live_start(arena, h->site.database, &h->site.live));
	return h;
}

void
house_close(struct house *h)
{
	static const char *const files[] = {
		"test.db", "test.db-wal", "test.db-shm",
	};

	writer_stop(h->site.writer);
	live_stop(h->site.live);
	for (size_t i = 0; i < LEN(files); i++)
		(void)unlink(text_fmt(h->arena, "%s/%s", h->dir, files[i]));
	EXPECT(rmdir(h->dir) == 0);
	arena_free(h->arena);
}

void
house_close_at_end(struct house **h)
{
	house_close(*h);
}

struct reply
house_get(struct house *h, const char *path)
{
	struct reply reply;

	EXPECT_OK(fake_get(&h->fake, path, &reply));
	return reply;
}

struct reply
house_post(struct house *h, const char *path, const char *body)
{
	struct reply reply;

	EXPECT_OK(fake_post(&h->fake, path, body, &reply));
	return reply;
}

void
house_sign_in(struct house *h, const char *cookie)
{
	h->fake.cookie = cookie;
}

int64_t
house_count(struct house *h, const char *pattern)
{
	struct db *db;
	int64_t n;

	EXPECT_OK(db_open(h->arena, h->site.database, DB_READ, &db));
	EXPECT_OK(db_begin(db, h->arena));
	EXPECT_OK(sql_house_count(db, h->arena, pattern, &n));
	db_rollback(db);
	db_close(db);
	return n;
}

bool
house_has(struct house *h, const char *key)
{
	return house_count(h, key) > 0;
}

const char *
house_locations(struct house *h)
{
	struct buf b = buf_make(h->arena);
	struct sql_house_locations all;
	struct db *db;

	EXPECT_OK(db_open(h->arena, h->site.database, DB_READ, &db));
	EXPECT_OK(db_begin(db, h->arena));
	EXPECT_OK(sql_house_locations(db, h->arena, &all));
	db_rollback(db);
	db_close(db);
	for (size_t i = 0; i < all.n; i++)
		buf_fmt(&b, "%s\n", all.row[i].location);
	return buf_get(&b);
}
