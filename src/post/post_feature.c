/* Post: tidying the outbox, once a day. */
#include "base/log.h"
#include "post/mail_file.h"
#include "post/post_sql.h"
#include "web/site.h"

struct tidying {
	const struct sql_outbox_senders *senders;
	struct instant before;
	int64_t forgotten;
};

static Err
forget(struct tidying *t, struct db *db, struct arena *arena,
    struct programme_id id)
{
	int64_t sent, failed;

	TRY(db_enter(db, arena, id));
	TRY(sql_outbox_forget_sent(db, arena, id, t->before, &sent));
	TRY(sql_outbox_forget_failed(db, arena, id, t->before, &failed));
	t->forgotten += sent + failed;
	return OK;
}

static Err
forget_all(void *arg, struct db *db, struct arena *arena)
{
	struct tidying *t = arg;

	t->forgotten = 0;
	TRY(forget(t, db, arena, (struct programme_id){ 0 }));
	for (size_t i = 0; i < t->senders->n; i++)
		TRY(forget(t, db, arena, t->senders->row[i].id));
	return OK;
}

/* Delivery can be asked about for 30 days; after that nobody may know. */
static Err
tidy(struct work *w)
{
	struct sql_outbox_senders senders;
	struct tidying t = { &senders, instant_plus(w->now, -DAYS(30)), 0 };

	TRY(sql_outbox_senders(w->db, w->arena, &senders));
	TRY(writer_do(w->site->writer, w->arena, forget_all, &t));
	t.forgotten += mail_file_forget(w->arena, w->site->data_dir,
	    t.before);
	if (t.forgotten > 0)
		LOG(LOG_NOTE, "outbox tidied",
		    LOG_INT("letters", t.forgotten));
	return OK;
}

static const struct job jobs[] = {
	{ "post-tidy", 24 * 60 * 60, tidy },
};

static const char to_deliver[] = N_("to deliver mail");
static const char to_spare[] = N_("not to mail who refuses mail");

static const struct person_column person_columns[] = {
	{ "outbox", "recipient", to_deliver, "6(1)(b)", "mail" },
	{ "outbox", "subject", to_deliver, "6(1)(b)", "mail" },
	{ "outbox", "body_text", to_deliver, "6(1)(b)", "mail" },
	{ "outbox", "body_html", to_deliver, "6(1)(b)", "mail" },
	{ "outbox", "calendar", to_deliver, "6(1)(b)", "mail" },
	{ "outbox", "failure", to_deliver, "6(1)(b)", "mail" },
	{ "suppression", "address", to_spare, "6(1)(f)", "suppression" },
	{ "suppression", "why", to_spare, "6(1)(f)", "suppression" },
};

const struct feature post_feature = {
	.name = "post",
	.jobs = jobs, .njobs = LEN(jobs),
	.person_columns = person_columns,
	.nperson_columns = LEN(person_columns),
};
