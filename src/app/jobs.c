/* The jobs thread.  See jobs.h. */
#include "app/jobs.h"

#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "web/reader.h"

enum { JOB_MEMORY = 64 << 20 };

struct jobs {
	const struct site *site;
	struct reader reader;           /* the thread's own */
	time_t *due;                    /* of each job, monotonic seconds */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

static Err
job_run(struct jobs *jobs, const struct job *job, struct arena *a)
{
	const struct site *site = jobs->site;

	TRY(reader_begin(&jobs->reader, a));
	return job->run(&(struct work){ a, jobs->reader.db, site->clock(),
	    site });
}

/* A job that runs out of memory is given up until its next time. */
static void
job_try(struct jobs *jobs, const struct job *job)
{
	struct arena *a = arena_make(JOB_MEMORY);
	jmp_buf out_of_memory;
	Err err;

	if (a == NULL)
		return;
	if (setjmp(out_of_memory) == 0) {
		arena_guard(a, &out_of_memory);
		err = job_run(jobs, job, a);
		reader_end(&jobs->reader, err == OK);
		if (err != OK)
			log_err("job", err);
	} else {
		reader_end(&jobs->reader, false);
		LOG(LOG_FAIL, "job out of memory", LOG_TEXT("job", job->name));
	}
	arena_free(a);
}

static time_t
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void
run_what_is_due(struct jobs *jobs)
{
	const struct site *site = jobs->site;
	size_t k = 0;

	for (size_t f = 0; f < site->nfeatures; f++) {
		const struct feature *feature = site->features[f];

		for (size_t i = 0; i < feature->njobs; i++, k++) {
			const struct job *job = &feature->jobs[i];
			time_t now = seconds_now();

			if (now < jobs->due[k])
				continue;
			job_try(jobs, job);
			jobs->due[k] = now + job->every;
		}
	}
}

/* A second of a clock that nobody sets, or less when it is to stop. */
static bool
wait_a_second(struct jobs *jobs)
{
	struct timespec until;
	bool stopping;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	pthread_mutex_lock(&jobs->lock);
	if (!jobs->stopping)
		pthread_cond_clockwait(&jobs->wake, &jobs->lock,
		    CLOCK_MONOTONIC, &until);
	stopping = jobs->stopping;
	pthread_mutex_unlock(&jobs->lock);
	return !stopping;
}

static void *
jobs_main(void *arg)
{
	struct jobs *jobs = arg;

	do
		run_what_is_due(jobs);
	while (wait_a_second(jobs));
	reader_close(&jobs->reader);
	return NULL;
}

static size_t
jobs_count(const struct site *site)
{
	size_t n = 0;

	for (size_t f = 0; f < site->nfeatures; f++)
		n += site->features[f]->njobs;
	return n;
}

Err
jobs_start(struct arena *a, const struct site *site, struct jobs **out)
{
	struct jobs *jobs = ARENA_NEW(a, struct jobs, 1);

	jobs->site = site;
	jobs->reader.url = site->database;
	jobs->due = ARENA_NEW(a, time_t, jobs_count(site) + 1);
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->wake, NULL);
	if (pthread_create(&jobs->thread, NULL, jobs_main, jobs) != 0)
		return err_make(a, ERR_FAILED, "no thread can be started");
	*out = jobs;
	return OK;
}

void
jobs_stop(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->stopping = true;
	pthread_cond_signal(&jobs->wake);
	pthread_mutex_unlock(&jobs->lock);
	pthread_join(jobs->thread, NULL);
}
