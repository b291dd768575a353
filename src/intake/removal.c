/* What was set aside is removed after 30 days.  See removal.h. */
#include "intake/removal.h"

#include "base/log.h"
#include "intake/application.h"
#include "intake/intake_sql.h"
#include "web/site.h"

enum { A_TRANSACTION = 100 };

struct removal {
	const struct work *work;
	struct programme_id programme;
	size_t n;                       /* removed in this transaction */
};

static Err
remove_rows(struct req *r, struct application_id id)
{
	struct programme_id programme = r->programme.id;

	TRY(sql_remove_topics(r->db, r->arena, programme, id));
	TRY(sql_remove_promises(r->db, r->arena, programme, id));
	TRY(sql_remove_steps(r->db, r->arena, programme, id));
	return sql_remove_application(r->db, r->arena, programme, id);
}

static Err
remove_one(struct req *r, const struct sql_aside_due_row *a)
{
	int year = day_date(instant_day(a->received_at)).year;

	TRY(sql_aside_count(r->db, r->arena, r->programme.id, year,
	    a->aside));
	TRY(remove_rows(r, a->id));
	return r->site->gate.audit(r, N_("application removed"), a->id.v);
}

static Err
remove_some(void *arg, struct db *db, struct arena *arena)
{
	struct removal *m = arg;
	struct instant now = m->work->now;
	struct req r = { .arena = arena, .db = db, .now = now,
	    .site = m->work->site, .programme.id = m->programme,
	    .network = "" };
	struct sql_aside_due due;

	TRY(db_enter(db, arena, m->programme));
	TRY(sql_aside_due(db, arena, m->programme,
	    instant_plus(now, -ASIDE_KEPT), A_TRANSACTION, &due));
	for (size_t i = 0; i < due.n; i++)
		TRY(remove_one(&r, &due.row[i]));
	m->n = due.n;
	return OK;
}

static Err
remove_of(struct work *w, struct programme_id programme)
{
	struct removal m = { w, programme, 0 };

	do {
		TRY(writer_do(w->site->writer, w->arena, remove_some, &m));
		if (m.n > 0)
			LOG(LOG_NOTE, "applications removed",
			    LOG_INT("n", (int64_t)m.n));
	} while (m.n == A_TRANSACTION);
	return OK;
}

Err
aside_remove(struct work *w)
{
	struct programme_list all;

	TRY(programme_all(w->db, w->arena, &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(remove_of(w, all.row[i].id));
	return OK;
}
