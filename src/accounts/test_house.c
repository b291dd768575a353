/* For tests: a small installation.  See test_house.h. */
#include "accounts/test_house.h"

#include <string.h>

#include "accounts/accounts_sql.h"
#include "accounts/pages.h"
#include "accounts/test_house_sql.h"
#include "web/fake.h"
#include "web/live.h"

/* ---- The gate, as app/ ties it ----------------------------------------- */

static Err
enter(struct req *r, const char *slug, bool *found)
{
	struct sql_programme_list all;

	*found = false;
	TRY(sql_programme_list(r->db, r->arena, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (!text_same(all.row[i].slug, slug))
			continue;
		*found = true;
		r->programme.id = all.row[i].id;
		r->programme.slug = all.row[i].slug;
		r->programme.name = all.row[i].name;
		TRY(db_enter(r->db, r->arena, r->programme.id));
		return accounts_roles(r);
	}
	return OK;
}

static const struct gate gate = {
	accounts_identify, enter, accounts_open_link, accounts_may,
	audit_add, audit_denied, accounts_may_name,
};

static const struct route routes[] = {
	{ GET, "/:programme/live", MAY_SEE_LIVE, reply_live,
	  "A page that listens.", .flags = ROUTE_LIVE },
};
static const struct feature house_feature = {
	.name = "house", .routes = routes, .nroutes = LEN(routes),
};
static const struct feature *const features[] = {
	&accounts_feature, &house_feature,
};

/* ---- The house --------------------------------------------------------- */

static Err
make_programmes(void *arg, struct db *db, struct arena *a)
{
	struct house *h = arg;

	TRY(sql_house_programme(db, a, h->fryslan, "fryslan",
	    "Groepsmentoring", h->now));
	return sql_house_programme(db, a, h->elders, "elders", "Elders",
	    h->now);
}

void
house_open(struct house *h, struct place *p)
{
	place_migrate(p);
	*h = (struct house){ .place = p, .arena = p->arena,
	    .fryslan = { 1 }, .elders = { 2 },
	    .now = { DAYS(20780) + HOURS(9) } };
	h->site = (struct site){ .database = p->url,
	    .base_url = "https://mentor.example", .data_dir = p->dir,
	    .key = { "a key for tests, 32 bytes long.." }, .ids = &h->ids,
	    .features = features, .nfeatures = LEN(features), .gate = gate,
	    .metrics_token = "", .version = "0", .upload_limit = 1 << 20 };
	EXPECT_OK(crypt_start(h->arena));
	accounts_start();
	EXPECT_OK(writer_start(h->arena, &(struct writer_config){
	    .url = p->url, .threads = 2, .attempt_limit = 8 << 20 },
	    &h->site.writer));
	EXPECT_OK(writer_do(h->site.writer, h->arena, make_programmes, h));
}

void
house_close(struct house *h)
{
	writer_stop(h->site.writer);
}

static Err
do_nothing(void *arg, struct db *db, struct arena *a)
{
	return OK;
}

/* What was left to the writer is written before time goes on. */
void
house_wait(struct house *h, int64_t us)
{
	EXPECT_OK(writer_do(h->site.writer, h->arena, do_nothing, NULL));
	h->now = instant_plus(h->now, us);
}

static struct work
work_of(struct house *h, struct db *db, struct arena *a)
{
	return (struct work){ a, db, h->now, &h->site };
}

struct adding {
	struct house *house;
	const char *email;
	unsigned roles;
	const char *phc;
	struct person_id id;
};

static Err
add(void *arg, struct db *db, struct arena *a)
{
	struct adding *m = arg;
	struct work w = work_of(m->house, db, a);
	struct req r = { .arena = a, .db = db, .now = m->house->now,
	    .site = &m->house->site };

	TRY(account_add(&w, &(struct account_wish){ "Sjoukje de Vries",
	    m->email, LANG_EN, false, m->house->fryslan, m->roles }, &m->id));
	return m->phc == NULL ? OK : password_store(&r, m->id, m->phc);
}

struct person_id
house_person(struct house *h, const char *email, unsigned roles)
{
	struct adding m = { h, email, roles, NULL, { 0 } };

	EXPECT_OK(writer_do(h->site.writer, h->arena, add, &m));
	return m.id;
}

struct person_id
house_member(struct house *h, const char *email, unsigned roles)
{
	struct adding m = { h, email, roles, NULL, { 0 } };

	EXPECT_OK(password_hash(h->arena, HOUSE_PASSWORD, &m.phc));
	EXPECT_OK(writer_do(h->site.writer, h->arena, add, &m));
	return m.id;
}

void
house_jobs(struct house *h)
{
	struct db *db;

	EXPECT_OK(db_open(h->arena, h->place->url, DB_READ, &db));
	for (size_t i = 0; i < accounts_feature.njobs; i++) {
		struct work w = work_of(h, db, h->arena);

		EXPECT_OK(db_begin(db, h->arena));
		EXPECT_OK(accounts_feature.jobs[i].run(&w));
		db_rollback(db);
	}
	db_close(db);
}

/* ---- Letters ----------------------------------------------------------- */

struct looking {
	struct house *house;
	struct programme_id programme;
	const char *kind;
	const char *text;
	int64_t n;
	const char *url;
};

static Err
look(void *arg, struct db *db, struct arena *a)
{
	struct looking *l = arg;
	const char *text = "";
	bool found;

	TRY(db_enter(db, a, l->programme));
	TRY(sql_house_letters(db, a, l->programme, l->kind, &l->n));
	TRY(sql_house_letter(db, a, l->programme, l->kind, &text, &found));
	l->text = found ? text_copy(l->house->arena, text) : "";
	return OK;
}

const char *
house_letter(struct house *h, struct programme_id programme,
    const char *kind, const char *after)
{
	struct looking l = { .house = h, .programme = programme,
	    .kind = kind };
	const char *at;

	EXPECT_OK(writer_do(h->site.writer, h->arena, look, &l));
	at = strstr(l.text, after);
	EXPECT_WHY(at != NULL, after);
	at += strlen(after);
	return text_copy_n(h->arena, at, strcspn(at, " \r\n."));
}

int64_t
house_letters(struct house *h, struct programme_id programme,
    const char *kind)
{
	struct looking l = { .house = h, .programme = programme,
	    .kind = kind };

	EXPECT_OK(writer_do(h->site.writer, h->arena, look, &l));
	return l.n;
}

static Err
link_for(void *arg, struct db *db, struct arena *a)
{
	struct looking *l = arg;
	struct work w = work_of(l->house, db, a);
	const char *url;
	bool found;

	TRY(account_signin_link(&w, l->kind, &found, &url));
	EXPECT(found);
	l->url = text_copy(l->house->arena, url);
	return OK;
}

const char *
house_signin_link(struct house *h, const char *email)
{
	struct looking l = { .house = h, .kind = email };

	EXPECT_OK(writer_do(h->site.writer, h->arena, link_for, &l));
	return l.url + strlen(h->site.base_url);
}

/* ---- Browsers ---------------------------------------------------------- */

/* Without the cookie that COOKIE sets. */
static const char *
without(struct arena *a, const char *cookies, const char *cookie)
{
	size_t name = strcspn(cookie, "=") + 1;
	struct buf b = buf_make(a);

	while (cookies != NULL && *cookies != '\0') {
		size_t n = strcspn(cookies, ";");

		if (strncmp(cookies, cookie, name) != 0) {
			buf_text(&b, b.len > 0 ? "; " : "");
			buf_add(&b, cookies, n);
		}
		cookies += n;
		cookies += strspn(cookies, "; ");
	}
	return buf_get(&b);
}

static void
keep_cookies(struct browser *b)
{
	struct arena *a = b->house->arena;

	for (size_t i = 0; i < b->reply.ncookies; i++) {
		const char *c = b->reply.cookies[i];
		const char *others = without(a, b->cookies, c);

		b->cookies = strstr(c, "Max-Age=0;") != NULL ? others :
		    text_fmt(a, "%s%s%.*s", others, *others == '\0' ? "" :
		    "; ", (int)strcspn(c, ";"), c);
	}
}

static struct fake
fake_of(struct browser *b)
{
	struct house *h = b->house;

	return (struct fake){ h->arena, &h->site, h->now, b->cookies, "en" };
}

void
browser_get(struct browser *b, const char *path)
{
	struct fake f = fake_of(b);

	EXPECT_OK(fake_get(&f, path, &b->reply));
	keep_cookies(b);
}

void
browser_post(struct browser *b, const char *path, const char *body)
{
	struct fake f = fake_of(b);

	EXPECT_OK(fake_post(&f, path, body, &b->reply));
	keep_cookies(b);
}

void
browser_signin(struct browser *b, const char *email)
{
	browser_post(b, "/sign-in", text_fmt(b->house->arena,
	    "email=%s&password=paars+konijn+zingt", email));
}

void
browser_enter(struct browser *b, const char *email)
{
	browser_post(b, house_signin_link(b->house, email), "");
	EXPECT_TEXT(browser_says(b), "303 /start");
}

const char *
browser_says(struct browser *b)
{
	if (b->reply.location == NULL)
		return text_fmt(b->house->arena, "%d", b->reply.status);
	return text_fmt(b->house->arena, "%d %s", b->reply.status,
	    b->reply.location);
}

bool
browser_shows(struct browser *b, const char *text)
{
	return b->reply.body != NULL && strstr(b->reply.body, text) != NULL;
}

const char *
browser_finds(struct browser *b, const char *after, const char *before)
{
	const char *from = b->reply.body == NULL ? NULL :
	    strstr(b->reply.body, after);
	const char *to;

	EXPECT_WHY(from != NULL, after);
	from += strlen(after);
	to = strstr(from, before);
	EXPECT_WHY(to != NULL, before);
	return text_copy_n(b->house->arena, from, (size_t)(to - from));
}
