/*
 * The later steps of an exchange: reading on a thread's own connection,
 * slow work on the pool, writing in the writer.
 */
#include <stddef.h>
#include <string.h>

#include "base/log.h"
#include "web/bounded.h"
#include "web/denial.h"
#include "web/live_private.h"
#include "web/own_pages.h"
#include "web/receipt.h"
#include "web/refusal.h"

enum { STILL_MEMORY = 1 << 20 };

const struct err err_memory = {
	ERR_FAILED, "the memory of one request is used up"
};

/* ---- Failing ----------------------------------------------------------- */

struct refusing {
	struct exchange *x;
	struct arena *arena;
	enum refusal why;
	Err err;
};

static void
refuse_bounded(void *arg)
{
	struct refusing *f = arg;

	f->err = refusal_reply(exchange_req(f->x, f->arena, NULL), f->why);
}

/* For when not even the page about it can be made. */
static void
refuse_plainly(struct exchange *x)
{
	static const char sorry[] = "Something went wrong on our side. "
	    "Try it again later.\n";

	x->reply = (struct reply){ .status = 500,
	    .type = "text/plain; charset=utf-8", .body = sorry,
	    .len = sizeof sorry - 1 };
}

static void
refuse(struct exchange *x, struct arena *arena, enum refusal why)
{
	struct refusing f = { x, arena, why, OK };

	if (!bounded(arena, refuse_bounded, &f) || f.err != OK)
		refuse_plainly(x);
}

void
exchange_fail(struct exchange *x, struct arena *arena, Err err)
{
	LOG(LOG_FAIL, "request failed", LOG_INT("number", x->number),
	    LOG_TEXT("route", x->route->path), LOG_TEXT("why", err->text));
	if (err == &err_memory)
		refuse_plainly(x);
	else
		refuse(x, arena, err->kind == ERR_FULL ? REFUSAL_FULL
		    : REFUSAL_FAILED);
}

void
exchange_busy(struct exchange *x)
{
	refuse(x, x->arena, REFUSAL_BUSY);
}

/* ---- Reading ----------------------------------------------------------- */

struct reading {
	struct exchange *x;
	struct reader *reader;
	Err (*run)(struct req *);       /* the route's run or prepare */
	Err err;
};

static Err
read_admitted(struct reading *w, struct req *r)
{
	bool in;

	TRY(exchange_admit(r, &in));
	if (in)
		TRY(w->run(r));
	/* After a prepare the reply may still be open. */
	if (w->run == w->x->route->run || r->reply->status != 0)
		TRY(exchange_close(r));
	return OK;
}

static void
read_bounded(void *arg)
{
	struct reading *w = arg;
	struct exchange *x = w->x;
	struct req *r = exchange_req(x, x->arena, NULL);

	r->private->reader = w->reader;
	if (x->route->may == MAY_OWN) {
		w->err = w->run(r);
		return;
	}
	w->err = reader_begin(w->reader, x->arena);
	if (w->err != OK)
		return;
	r->db = w->reader->db;
	w->err = read_admitted(w, r);
	reader_end(w->reader, w->err == OK);
}

static void
read_with(struct exchange *x, struct reader *reader,
    Err (*run)(struct req *))
{
	struct reading w = { x, reader, run, OK };

	if (!bounded(x->arena, read_bounded, &w)) {
		reader_end(reader, false);
		w.err = &err_memory;
	}
	if (w.err != OK)
		exchange_fail(x, x->arena, w.err);
	if (x->private.denied)
		denial_audit(x);
}

void
exchange_read(struct exchange *x, struct reader *reader)
{
	read_with(x, reader, x->route->run);
}

enum exchange_step
exchange_pool(struct exchange *x, struct reader *reader)
{
	if (x->route->method == GET) {
		exchange_read(x, reader);
		return STEP_SEND;
	}
	read_with(x, reader, x->route->prepare);
	x->prepared = x->req.prepared;
	return x->reply.status != 0 ? STEP_SEND : STEP_WRITE;
}

static Err
be_here(struct req *r)
{
	r->reply->status = 204;
	return OK;
}

bool
exchange_still(const struct exchange *x, struct reader *reader)
{
	struct exchange again = *x;

	again.arena = arena_make(STILL_MEMORY);
	if (again.arena == NULL)
		return false;
	again.now = x->service->site->clock();
	read_with(&again, reader, be_here);
	arena_free(again.arena);
	return again.reply.status == 204;
}

/* ---- Writing ----------------------------------------------------------- */

static struct exchange *
exchange_of(struct write_job *job)
{
	return (struct exchange *)((char *)job -
	    offsetof(struct exchange, job));
}

static Err
run_once(struct req *r)
{
	bool first;

	TRY(receipt_open(r, &first));
	if (!first)
		return OK;
	TRY(r->route->run(r));
	return receipt_close(r);
}

static Err
attempt(struct write_job *job, struct db *db, struct arena *arena,
    enum write_end *end)
{
	struct req *r = exchange_req(exchange_of(job), arena, db);
	bool in;

	TRY(exchange_admit(r, &in));
	if (in)
		TRY(run_once(r));
	TRY(exchange_close(r));
	*end = r->reply->status < 400 || r->reply->keep ? WRITE_COMMIT
	    : WRITE_REFUSE;
	return r->reply->status < 400 ? live_notify(r) : OK;
}

static const char *
copy_or_null(struct arena *arena, const char *s)
{
	return s == NULL ? NULL : text_copy(arena, s);
}

/* The attempt's memory ends with the job; the reply must outlive it. */
static void
keep_reply(void *arg)
{
	struct exchange *x = arg;
	struct reply *reply = &x->reply;

	if (reply->body != NULL)
		reply->body = memcpy(arena_take(x->arena, reply->len + 1),
		    reply->body, reply->len);
	reply->type = copy_or_null(x->arena, reply->type);
	reply->location = copy_or_null(x->arena, reply->location);
	reply->filename = copy_or_null(x->arena, reply->filename);
	for (size_t i = 0; i < reply->ncookies; i++)
		reply->cookies[i] = text_copy(x->arena, reply->cookies[i]);
}

static void
written(struct write_job *job, Err err, struct arena *arena)
{
	struct exchange *x = exchange_of(job);

	if (err != OK)
		exchange_fail(x, arena, err);
	else if (x->reply.status < 400)
		live_publish(&x->req);
	if (x->private.denied)
		denial_audit(x);
	if (!bounded(x->arena, keep_reply, x))
		exchange_fail(x, x->arena, &err_memory);
	x->finished(x);
}

bool
exchange_write(struct exchange *x)
{
	x->job = (struct write_job){ .run = attempt, .done = written };
	if (writer_put(x->service->site->writer, &x->job))
		return true;
	exchange_busy(x);
	return false;
}
