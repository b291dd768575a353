/*
 * What the queue (writer.c) and the ways to run a job (attempt.c) share.
 */
#ifndef DB_WRITER_PRIVATE_H
#define DB_WRITER_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/writer.h"

enum {
	BATCH = 128,            /* jobs that share a commit */
	MOST_WAITING = 4096,    /* more are sent away */
	MOST_THREADS = 64,
	MOST_ATTEMPTS = 3,
};

/* A job that is being run, with its memory and how it ended. */
struct attempt {
	struct write_job *job;
	struct arena *arena;
	struct arena *spare;    /* the thread's: for errors around the job */
	Err err;
	bool committed;         /* not a refusal, and no error */
	bool stored;            /* rows were changed: that took room */
};

struct writer {
	struct writer_config config;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct write_job *first, **end;
	size_t waiting;
	bool stopping;
	size_t nthreads;
	pthread_t thread[MOST_THREADS];
	atomic_bool read_only;
	_Atomic int64_t jobs, batches, reruns, failures;
};

/* Tell all of them that they were not run. */
void attempt_refuse(struct writer *, struct attempt *, size_t n, Err);
/* Up to BATCH jobs, each in a savepoint, and one commit. */
void attempt_batch(struct writer *, struct db *, struct attempt *, size_t n);
/* One job in a transaction of its own, again after a lost race. */
void attempt_alone(struct writer *, struct db *, struct attempt *);

#endif
