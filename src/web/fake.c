#include "web/fake.h"

#include <pthread.h>
#include <string.h>

#include "web/exchange.h"
#include "web/token.h"

/* A browser that has never been here gets this nonce. */
static const char fake_page[] = "__Host-page=fake";

#define FAKE_PART "--fake\r\nContent-Disposition: form-data; name="

struct waiting {
	struct exchange exchange;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_done;
};

static void
finish(struct exchange *x)
{
	struct waiting *w = (struct waiting *)x;

	(void)pthread_mutex_lock(&w->lock);
	w->is_done = true;
	(void)pthread_cond_signal(&w->done);
	(void)pthread_mutex_unlock(&w->lock);
}

static void
write_and_wait(struct waiting *w)
{
	if (!exchange_write(&w->exchange))
		return;
	(void)pthread_mutex_lock(&w->lock);
	while (!w->is_done)
		(void)pthread_cond_wait(&w->done, &w->lock);
	(void)pthread_mutex_unlock(&w->lock);
}

static struct waiting *
fake_begin(struct fake *f, struct service *service, const char *method,
    const char *path)
{
	struct waiting *w = ARENA_NEW(f->arena, struct waiting, 1);

	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->done, NULL);
	w->exchange.service = service;
	w->exchange.arena = f->arena;
	w->exchange.now = f->now;
	w->exchange.finished = finish;
	w->exchange.asked = (struct asked){ .method = method,
	    .limit = f->site->upload_limit + FORM_LIMIT,
	    .target = path, .peer = "192.0.2.7", .cookie = f->cookie,
	    .languages = f->language,
	    .type = "application/x-www-form-urlencoded" };
	return w;
}

static void
fake_go(struct fake *f, struct waiting *w, struct reply *out)
{
	struct exchange *x = &w->exchange;
	struct reader reader = { .url = f->site->database };
	enum exchange_step step = exchange_open(x);

	if (step == STEP_READ)
		exchange_read(x, &reader);
	if (step == STEP_POOL)
		step = exchange_pool(x, &reader);
	if (step == STEP_WRITE)
		write_and_wait(w);
	reader_close(&reader);
	*out = x->reply;
}

Err
fake_get(struct fake *f, const char *path, struct reply *out)
{
	struct service service;

	TRY(service_make(f->arena, f->site, &service));
	fake_go(f, fake_begin(f, &service, "GET", path), out);
	return OK;
}

/* The tokens of a form that this browser would have been given. */
static Err
token_for(struct fake *f, struct exchange *x, const char **token)
{
	struct reader reader = { .url = f->site->database };
	struct req *r;
	Err err;

	TRY(reader_begin(&reader, f->arena));
	x->route = &route_absent;
	x->network = "";
	r = exchange_req(x, f->arena, reader.db);
	err = f->site->gate.identify(r);
	if (err == OK)
		*token = token_make(r);
	reader_close(&reader);
	return err;
}

static const char *
cookie_with_page(struct fake *f)
{
	if (f->cookie == NULL)
		return fake_page;
	return strstr(f->cookie, "__Host-page=") != NULL ? f->cookie
	    : text_fmt(f->arena, "%s; %s", f->cookie, fake_page);
}

static Err
add_tokens(struct fake *f, struct exchange *x, const char *body)
{
	struct buf b = buf_make(f->arena);
	const char *token;

	buf_text(&b, body);
	if (strstr(body, "_token=") == NULL) {
		TRY(token_for(f, x, &token));
		buf_fmt(&b, "&_token=%s", token);
	}
	if (strstr(body, "_once=") == NULL)
		buf_fmt(&b, "&_once=%s", crypt_token(f->arena));
	x->asked.body = buf_get(&b);
	x->asked.len = b.len;
	return OK;
}

static Err
add_file(struct fake *f, struct exchange *x, const struct upload *file)
{
	struct buf b = buf_make(f->arena);
	const char *token;

	TRY(token_for(f, x, &token));
	buf_fmt(&b, FAKE_PART "\"_token\"\r\n\r\n%s\r\n", token);
	buf_fmt(&b, FAKE_PART "\"%s\"; filename=\"%s\"\r\n\r\n",
	    file->field, file->name);
	buf_add(&b, file->bytes, file->len);
	buf_text(&b, "\r\n--fake--\r\n");
	x->asked.type = "multipart/form-data; boundary=fake";
	x->asked.body = buf_get(&b);
	x->asked.len = b.len;
	return OK;
}

static Err
fake_begin_post(struct fake *f, const char *path, struct waiting **out)
{
	struct service *service = ARENA_NEW(f->arena, struct service, 1);

	TRY(service_make(f->arena, f->site, service));
	*out = fake_begin(f, service, "POST", path);
	(*out)->exchange.asked.cookie = cookie_with_page(f);
	return OK;
}

Err
fake_post(struct fake *f, const char *path, const char *body,
    struct reply *out)
{
	struct waiting *w;

	TRY(fake_begin_post(f, path, &w));
	TRY(add_tokens(f, &w->exchange, body));
	fake_go(f, w, out);
	return OK;
}

Err
fake_upload(struct fake *f, const char *path, const struct upload *file,
    struct reply *out)
{
	struct waiting *w;

	TRY(fake_begin_post(f, path, &w));
	TRY(add_file(f, &w->exchange, file));
	fake_go(f, w, out);
	return OK;
}
