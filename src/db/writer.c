/* The writer's queue and threads; what they do with a job is in attempt.c. */
#include "db/writer_private.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

/* What one thread works with. */
struct worker {
	struct writer *writer;
	struct db *db;
	struct attempt attempt[BATCH];
	struct arena *spare;    /* emptied after each batch */
	struct arena *before;   /* what was found before the first */
	size_t most;            /* jobs to take at once */
};

/* Takes up to W->most jobs; waits for the first.  0: it is time to stop. */
static size_t
take(struct worker *k)
{
	struct writer *w = k->writer;
	size_t n = 0;

	pthread_mutex_lock(&w->lock);
	while (w->first == NULL && !w->stopping)
		pthread_cond_wait(&w->more, &w->lock);
	for (; n < k->most && w->first != NULL; n++) {
		k->attempt[n].job = w->first;
		w->first = w->first->next;
	}
	if (w->first == NULL)
		w->end = &w->first;
	w->waiting -= n;
	pthread_mutex_unlock(&w->lock);
	return n;
}

static void
worker_free(struct worker *k)
{
	db_close(k->db);
	for (size_t i = 0; i < k->most; i++)
		arena_free(k->attempt[i].arena);
	arena_free(k->spare);
	arena_free(k->before);
	free(k);
}

static void *
work(void *arg)
{
	struct worker *k = arg;
	const struct writer_config *config = &k->writer->config;
	Err err = config->before == NULL ? OK
	    : config->before(config->arg, k->before);
	size_t n;

	while ((n = take(k)) != 0) {
		if (err != OK)
			attempt_refuse(k->writer, k->attempt, n, err);
		else if (k->most > 1)
			attempt_batch(k->writer, k->db, k->attempt, n);
		else
			attempt_alone(k->writer, k->db, &k->attempt[0]);
		arena_empty(k->spare);
	}
	worker_free(k);
	return NULL;
}

enum { SPARE = 1 << 20 };       /* bytes for errors of one batch */

static void
worker_equip(struct worker *k)
{
	k->spare = arena_make(SPARE);
	k->before = arena_make(SPARE);
	ASSERT(k->spare != NULL && k->before != NULL);
	for (size_t i = 0; i < k->most; i++) {
		k->attempt[i].spare = k->spare;
		k->attempt[i].arena =
		    arena_make(k->writer->config.attempt_limit);
		ASSERT(k->attempt[i].arena != NULL);
	}
}

static Err
worker_start(struct arena *arena, struct writer *w)
{
	struct worker *k = calloc(1, sizeof *k);
	Err err;

	ASSERT(k != NULL);
	k->writer = w;
	err = db_open(arena, w->config.url, DB_WRITE, &k->db);
	if (err != OK) {
		free(k);
		return err;
	}
	k->most = db_kind(k->db) == DB_SQLITE && !w->config.commit_each
	    ? BATCH : 1;
	worker_equip(k);
	if (pthread_create(&w->thread[w->nthreads], NULL, work, k) != 0) {
		worker_free(k);
		return err_make(arena, ERR_FAILED, "no thread to write with");
	}
	w->nthreads++;
	return OK;
}

static size_t
threads_wanted(const struct writer_config *config)
{
	if (text_begins(config->url, "sqlite:") || config->threads < 1)
		return 1;
	return config->threads > MOST_THREADS ? MOST_THREADS
	    : (size_t)config->threads;
}

Err
writer_start(struct arena *arena, const struct writer_config *config,
    struct writer **out)
{
	struct writer *w = calloc(1, sizeof *w);
	Err err = OK;

	ASSERT(w != NULL);
	w->config = *config;
	w->end = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	while (err == OK && w->nthreads < threads_wanted(config))
		err = worker_start(arena, w);
	if (err != OK) {
		writer_stop(w);
		return err;
	}
	*out = w;
	return OK;
}

void
writer_stop(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->more);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->nthreads; i++)
		pthread_join(w->thread[i], NULL);
	pthread_cond_destroy(&w->more);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

bool
writer_put(struct writer *w, struct write_job *job)
{
	bool taken;

	pthread_mutex_lock(&w->lock);
	taken = w->waiting < MOST_WAITING && !w->stopping;
	if (taken) {
		job->next = NULL;
		*w->end = job;
		w->end = &job->next;
		w->waiting++;
		pthread_cond_signal(&w->more);
	}
	pthread_mutex_unlock(&w->lock);
	return taken;
}

bool
writer_is_read_only(const struct writer *w)
{
	return atomic_load(&w->read_only);
}

struct writer_counts
writer_counts(const struct writer *w)
{
	return (struct writer_counts){
		.jobs = atomic_load(&w->jobs),
		.batches = atomic_load(&w->batches),
		.reruns = atomic_load(&w->reruns),
		.failures = atomic_load(&w->failures),
	};
}

/* Somebody who stands waiting for one job. */
struct waiter {
	struct write_job job;   /* first: cast back from it */
	Err (*run)(void *, struct db *, struct arena *);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool is_over, failed;
	enum err_kind kind;
	char why[500];
};

static Err
waiter_run(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	struct waiter *waiter = (struct waiter *)job;

	return waiter->run(waiter->arg, db, attempt);
}

/* Copied: the arena of who waits may jump, which only their thread can. */
static void
waiter_done(struct write_job *job, Err err, struct arena *attempt)
{
	struct waiter *waiter = (struct waiter *)job;

	pthread_mutex_lock(&waiter->lock);
	waiter->failed = err != OK;
	if (err != OK) {
		waiter->kind = err->kind;
		(void)snprintf(waiter->why, sizeof waiter->why, "%s",
		    err->text);
	}
	waiter->is_over = true;
	pthread_cond_signal(&waiter->over);
	pthread_mutex_unlock(&waiter->lock);
}

Err
writer_do(struct writer *w, struct arena *arena,
    Err (*run)(void *, struct db *, struct arena *), void *arg)
{
	struct waiter waiter = {
		.job = { .run = waiter_run, .done = waiter_done },
		.run = run, .arg = arg,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.over = PTHREAD_COND_INITIALIZER,
	};

	if (!writer_put(w, &waiter.job))
		return err_make(arena, ERR_FAILED, "too many jobs wait");
	pthread_mutex_lock(&waiter.lock);
	while (!waiter.is_over)
		pthread_cond_wait(&waiter.over, &waiter.lock);
	pthread_mutex_unlock(&waiter.lock);
	return !waiter.failed ? OK
	    : err_make(arena, waiter.kind, "%s", waiter.why);
}
