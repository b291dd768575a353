#include "web/denial.h"

#include <stddef.h>

#include "base/log.h"

enum { DENIAL_LIMIT = 64 * 1024 };

struct denial {
	struct write_job job;
	struct arena *arena;
	struct req req;
	struct req_private private;
	struct exchange exchange;
	struct reply reply;
	int64_t object;
};

static struct denial *
denial_of(struct write_job *job)
{
	return (struct denial *)((char *)job -
	    offsetof(struct denial, job));
}

static Err
denial_write(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	struct denial *d = denial_of(job);

	d->req.arena = attempt;
	d->req.db = db;
	TRY(db_enter(db, attempt, d->req.programme.id));
	TRY(d->req.site->gate.denied(&d->req, d->object));
	*end = WRITE_COMMIT;
	return OK;
}

static void
denial_done(struct write_job *job, Err err, struct arena *attempt)
{
	if (err != OK)
		log_err("denial not audited", err);
	arena_free(denial_of(job)->arena);
}

/* What the audit needs of the request, in memory that outlives it. */
static void
denial_fill(struct denial *d, const struct exchange *x)
{
	const struct req *r = &x->req;

	d->exchange = (struct exchange){ .service = x->service,
	    .arena = d->arena, .route = &route_absent };
	d->private = (struct req_private){ .exchange = &d->exchange,
	    .form = form_blank(d->arena) };
	d->req = (struct req){
		.now = x->now, .today = r->today, .site = r->site,
		.lang = r->lang, .route = &route_absent,
		.viewer = { .person = r->viewer.person,
		    .login = r->viewer.login, .name = "", .initials = "" },
		.programme = { .id = x->private.denied_in, .slug = "",
		    .name = "", .phone = "", .place = "" },
		.holder = { .token = "" },
		.network = text_copy(d->arena, x->network), .device = "",
		.reply = &d->reply, .form = d->private.form,
		.private = &d->private,
	};
	d->object = path_id(r, "id");
	d->job = (struct write_job){ .run = denial_write,
	    .done = denial_done };
}

void
denial_audit(struct exchange *x)
{
	struct arena *arena = arena_make(DENIAL_LIMIT);
	struct denial *d;

	if (arena == NULL)
		return;
	d = ARENA_NEW(arena, struct denial, 1);
	d->arena = arena;
	denial_fill(d, x);
	if (!writer_put(x->service->site->writer, &d->job)) {
		LOG(LOG_WARN, "denial not audited",
		    LOG_INT("number", x->number));
		arena_free(arena);
	}
}
