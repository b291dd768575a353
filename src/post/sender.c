/*
 * Post: the thread that takes letters away.
 *
 * A letter is claimed in a commit of its own before the first byte of it
 * leaves, and its end is committed after the server has answered.  Dying in
 * between leaves a claim, which runs out: the letter goes once more, as the
 * same bytes with the same Message-ID.  Losing one would need a commit that
 * is lost.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "base/log.h"
#include "post/mail_file.h"
#include "post/mime.h"
#include "post/post_sql.h"
#include "post/smtp.h"
#include "web/site.h"

enum {
	BATCH = 20,                     /* letters read at a time */
	ARENA_LIMIT = 64 << 20,
	LOOK_SECONDS = 1,
};
/* More than the minute that an attempt may take. */
#define LEASE MINUTES(5)

struct post {
	const struct site *site;
	const char *from;
	const char *host;               /* of the base URL: in Message-IDs */
	struct smtp *smtp;              /* NULL: letters become files */
	struct db *db;                  /* read-only */
	struct arena *round;            /* emptied after each round */
	struct arena *arena;            /* emptied after each batch */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool stopping;                  /* under lock */
};

/* ---- Writing: each of these is a transaction ---------------------------- */

struct claim {
	struct programme_id programme;
	int64_t id;
	struct instant now;
	int64_t changed;
};

static Err
write_claim(void *arg, struct db *db, struct arena *arena)
{
	struct claim *c = arg;

	TRY(db_enter(db, arena, c->programme));
	return sql_outbox_claim(db, arena, c->programme, c->id, c->now,
	    instant_plus(c->now, LEASE), &c->changed);
}

struct outcome {
	struct programme_id programme;
	const struct outgoing *letter;
	struct instant now;
	enum delivery delivery;
	const char *said;
};

/*
 * Letters of the installation (codes, new passwords) are asked for by who gets
 * them, and no page lists them: a refusal must not outlast the letter.
 */
static Err
write_failed(const struct outcome *o, struct db *db, struct arena *arena)
{
	struct hash address = hash_text(text_fold(arena,
	    o->letter->recipient));

	if (o->delivery == DELIVERY_REFUSED && o->programme.v != 0)
		TRY(sql_suppression_put(db, arena, o->programme, address,
		    "550", o->now));
	return sql_outbox_failed(db, arena, o->programme, o->letter->id,
	    o->said);
}

static Err
write_outcome(void *arg, struct db *db, struct arena *arena)
{
	const struct outcome *o = arg;
	int64_t pause = delivery_pause(o->letter->tries + 1);

	TRY(db_enter(db, arena, o->programme));
	if (o->delivery == DELIVERY_DONE)
		return sql_outbox_sent(db, arena, o->programme, o->letter->id,
		    o->now);
	if (o->delivery == DELIVERY_LATER && pause > 0)
		return sql_outbox_later(db, arena, o->programme,
		    o->letter->id, instant_plus(o->now, pause), o->said);
	return write_failed(o, db, arena);
}

/* ---- One letter --------------------------------------------------------- */

static const char *
compose(struct post *p, const struct sender_name *who,
    const struct outgoing *o)
{
	const struct mail m = {
		.from_name = who->name, .from = p->from,
		.reply_to = address_is_sendable(who->email) ? who->email : "",
		.to = o->recipient,
		.message_id = text_fmt(p->arena, "%" PRId64 ".%" PRId64 "@%s",
		    o->id, who->id.v, p->host),
		.date = o->created_at, .lang = o->lang,
		.subject = o->subject, .text = o->body_text,
		.html = o->body_html, .calendar = o->calendar,
	};

	return mime_compose(p->arena, &m);
}

static enum delivery
write_file(struct post *p, const struct outgoing *o, const char *message,
    const char **said)
{
	Err err = mail_file_write(p->arena, p->site->data_dir, o->id,
	    message);

	*said = err == OK ? "" : err->text;
	return err == OK ? DELIVERY_DONE : DELIVERY_LATER;
}

/* An address that a damaged file has changed must not stop the sender. */
static enum delivery
hand_over(struct post *p, const struct sender_name *who,
    const struct outgoing *o, const char **said)
{
	const char *message;

	*said = "this is no address that mail can be sent to";
	if (!address_is_sendable(o->recipient))
		return DELIVERY_IMPOSSIBLE;
	message = compose(p, who, o);
	return p->smtp != NULL
	    ? smtp_send(p->smtp, p->arena, o->recipient, message, said)
	    : write_file(p, o, message, said);
}

static void
log_outcome(const struct outcome *o)
{
	bool done = o->delivery == DELIVERY_DONE;

	LOG(done ? LOG_NOTE : LOG_WARN,
	    done ? "letter sent" : "letter not sent",
	    LOG_INT("letter", o->letter->id),
	    LOG_INT("attempt", o->letter->tries + 1));
}

static Err
deliver(struct post *p, const struct sender_name *who,
    const struct outgoing *o)
{
	struct claim claim = { who->id, o->id, p->site->clock(), 0 };
	struct outcome outcome = { .programme = who->id, .letter = o };

	TRY(writer_do(p->site->writer, p->arena, write_claim, &claim));
	if (claim.changed == 0)
		return OK;      /* undone, or another process has it */
	outcome.delivery = hand_over(p, who, o, &outcome.said);
	outcome.now = p->site->clock();
	log_outcome(&outcome);
	return writer_do(p->site->writer, p->arena, write_outcome, &outcome);
}

/* ---- The rounds --------------------------------------------------------- */

static bool
is_stopping(struct post *p)
{
	bool stopping;

	pthread_mutex_lock(&p->lock);
	stopping = p->stopping;
	pthread_mutex_unlock(&p->lock);
	return stopping;
}

static Err
read_senders(struct post *p, struct sql_outbox_senders *out)
{
	Err err;

	TRY(db_begin(p->db, p->round));
	err = sql_outbox_senders(p->db, p->round, out);
	db_rollback(p->db);
	return err;
}

static Err
read_due(struct post *p, struct programme_id id, struct sql_outbox_due *out)
{
	Err err;

	TRY(db_begin(p->db, p->arena));
	err = db_enter(p->db, p->arena, id);
	if (err == OK)
		err = sql_outbox_due(p->db, p->arena, id, p->site->clock(),
		    BATCH, out);
	db_rollback(p->db);
	return err;
}

static Err
deliver_due(struct post *p, const struct sender_name *who, size_t *n)
{
	struct sql_outbox_due due;

	arena_empty(p->arena);
	TRY(read_due(p, who->id, &due));
	for (size_t i = 0; i < due.n && !is_stopping(p); i++)
		TRY(deliver(p, who, &due.row[i]));
	*n += due.n;
	return OK;
}

/* The installation's letters first: somebody waits for a code. */
static Err
round_of(struct post *p, size_t *n)
{
	const struct sender_name installation = { { 0 }, "", "" };
	struct sql_outbox_senders senders;

	TRY(read_senders(p, &senders));
	TRY(deliver_due(p, &installation, n));
	for (size_t i = 0; i < senders.n && !is_stopping(p); i++)
		TRY(deliver_due(p, &senders.row[i], n));
	return OK;
}

struct release {
	struct post *post;
	const struct sql_outbox_senders *senders;
};

static Err
write_release(void *arg, struct db *db, struct arena *arena)
{
	const struct release *r = arg;
	struct instant now = r->post->site->clock();

	TRY(sql_outbox_release(db, arena, (struct programme_id){ 0 }, now));
	for (size_t i = 0; i < r->senders->n; i++)
		TRY(sql_outbox_release(db, arena, r->senders->row[i].id, now));
	return OK;
}

/*
 * On SQLite this process is the only one, so claims found at the start are
 * those of a process that died: their letters need not wait.
 */
static Err
release_claims(struct post *p)
{
	struct sql_outbox_senders senders;
	struct release release = { p, &senders };

	if (db_kind(p->db) != DB_SQLITE)
		return OK;
	TRY(read_senders(p, &senders));
	return writer_do(p->site->writer, p->arena, write_release, &release);
}

static void
rest(struct post *p, int seconds)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&p->lock);
	while (!p->stopping &&
	    pthread_cond_clockwait(&p->woken, &p->lock, CLOCK_MONOTONIC,
	    &until) == 0)
		continue;
	pthread_mutex_unlock(&p->lock);
}

/* After a failure of the database there is no hurry. */
static void *
run(void *arg)
{
	struct post *p = arg;
	Err err = release_claims(p);

	while (!is_stopping(p)) {
		size_t n = 0;

		if (err == OK)
			err = round_of(p, &n);
		if (err != OK)
			log_err("post", err);
		if (err != OK || n == 0)
			rest(p, err != OK ? 10 * LOOK_SECONDS : LOOK_SECONDS);
		err = OK;
		arena_empty(p->round);
	}
	return NULL;
}

/* ---- Starting and stopping ---------------------------------------------- */

static Err
open_all(struct arena *arena, struct post *p, const struct post_config *c)
{
	const struct smtp_config smtp = {
		c->smtp, p->host, c->from, c->ca_file,
	};

	/* It goes into a header of each letter. */
	if (strchr(c->from, '@') == NULL ||
	    strpbrk(c->from, "\r\n<>, ") != NULL)
		return err_make(arena, ERR_INPUT,
		    "the address that mails come from is no address");
	if (!text_is_empty(c->smtp))
		TRY(smtp_open(arena, &smtp, &p->smtp));
	return db_open(arena, c->site->database, DB_READ, &p->db);
}

static void
close_all(struct post *p)
{
	if (p->smtp != NULL)
		smtp_close(p->smtp);
	if (p->db != NULL)
		db_close(p->db);
	if (p->round != NULL)
		arena_free(p->round);
	if (p->arena != NULL)
		arena_free(p->arena);
	curl_global_cleanup();
}

Err
post_start(struct arena *arena, const struct post_config *c,
    struct post **out)
{
	struct post *p = ARENA_NEW(arena, struct post, 1);
	Err err;

	if (!address_is_sendable(c->from))
		return err_make(arena, ERR_INPUT, "mail-from is no address: "
		    "write it as fjouwer@example.nl");
	p->site = c->site;
	p->from = c->from;
	p->host = text_host(arena, c->site->base_url);
	p->round = arena_make(ARENA_LIMIT);
	p->arena = arena_make(ARENA_LIMIT);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->woken, NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	err = p->round == NULL || p->arena == NULL ?
	    err_make(arena, ERR_FAILED, "no memory for post") :
	    open_all(arena, p, c);
	if (err == OK && pthread_create(&p->thread, NULL, run, p) != 0)
		err = err_make(arena, ERR_FAILED, "no thread for post");
	if (err != OK)
		close_all(p);
	else
		*out = p;
	return err;
}

void
post_stop(struct post *p)
{
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_signal(&p->woken);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	close_all(p);
}
