/*
 * The writer: everything that changes the database goes through here.
 *
 * On SQLite one thread takes up to 128 jobs that wait, runs each in a
 * savepoint, and commits them together: one fsync for all of them.  Nobody
 * is told before that commit.  When the transaction itself breaks (full
 * disk, I/O, memory), each job is run once more alone, and only those whose
 * own commit fails hear so.  A failed fsync ends the process.
 *
 * On PostgreSQL several threads each run a job in a transaction of its own;
 * a lost race (40001, 40P01, unique) runs the job again, three times at most.
 *
 * A job therefore may run more than once, and must have no effect but the
 * database and what it keeps in the attempt's arena.
 */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include "db/db.h"

enum write_end {
	WRITE_COMMIT,           /* keep what was written */
	WRITE_REFUSE,           /* take it back: an answer, no failure */
};

struct write_job {
	/* In a transaction.  ATTEMPT is emptied before each run. */
	Err (*run)(struct write_job *, struct db *, struct arena *attempt,
	    enum write_end *);
	/*
	 * Once, on the writer's thread, after the commit or the failure.  ERR
	 * and what the last run left in ATTEMPT are valid until it returns.
	 */
	void (*done)(struct write_job *, Err, struct arena *attempt);
	struct write_job *next;         /* the queue's */
};

struct writer;

/*
 * THREADS counts for PostgreSQL; SQLite has one.  COMMIT_EACH is for the
 * bench: a transaction a job.
 */
struct writer_config {
	const char *url;
	int threads;
	size_t attempt_limit;           /* bytes of arena an attempt may take */
	bool commit_each;
	/*
	 * What a thread does before its first job, beside those who read.
	 * All jobs get the error, when there is one.  NULL: nothing.
	 */
	Err (*before)(void *arg, struct arena *);
	void *arg;
};
MUST_USE Err writer_start(struct arena *, const struct writer_config *,
    struct writer **out);
/* Runs what is queued, then ends the threads. */
void writer_stop(struct writer *);

/* Takes the job over; false when too many wait already (ask again later). */
bool writer_put(struct writer *, struct write_job *);

/* For those who can wait: run and return what done would have got. */
MUST_USE Err writer_do(struct writer *, struct arena *,
    Err (*run)(void *arg, struct db *, struct arena *), void *arg);

/* True from a full disk until a commit works again: show the banner. */
bool writer_is_read_only(const struct writer *);

struct writer_counts { int64_t jobs, batches, reruns, failures; };
struct writer_counts writer_counts(const struct writer *);

#endif
