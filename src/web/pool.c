#include "web/pool.h"

#include <pthread.h>

struct pool {
	pthread_mutex_t lock;           /* over first to stopping */
	pthread_cond_t more;
	struct pool_job *first, **end;
	size_t waiting, limit;
	bool stopping;
	const char *url;
	pthread_t *threads;
	unsigned nthreads;
};

static struct pool_job *
pool_take(struct pool *pool)
{
	struct pool_job *job;

	(void)pthread_mutex_lock(&pool->lock);
	while (pool->first == NULL && !pool->stopping)
		(void)pthread_cond_wait(&pool->more, &pool->lock);
	job = pool->first;
	if (job != NULL) {
		pool->first = job->next;
		if (pool->first == NULL)
			pool->end = &pool->first;
		pool->waiting--;
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return job;
}

static void *
pool_run(void *arg)
{
	struct pool *pool = arg;
	struct reader reader = { .url = pool->url };
	struct pool_job *job;

	while ((job = pool_take(pool)) != NULL)
		job->run(job, &reader);
	reader_close(&reader);
	return NULL;
}

Err
pool_start(struct arena *arena, const char *url, unsigned threads,
    size_t limit, struct pool **out)
{
	struct pool *pool = ARENA_NEW(arena, struct pool, 1);

	(void)pthread_mutex_init(&pool->lock, NULL);
	(void)pthread_cond_init(&pool->more, NULL);
	pool->end = &pool->first;
	pool->limit = limit;
	pool->url = url;
	pool->threads = ARENA_NEW(arena, pthread_t, threads);
	for (; pool->nthreads < threads; pool->nthreads++)
		if (pthread_create(&pool->threads[pool->nthreads], NULL,
		    pool_run, pool) != 0) {
			pool_stop(pool);
			return err_make(arena, ERR_FAILED,
			    "no thread for slow work");
		}
	*out = pool;
	return OK;
}

bool
pool_put(struct pool *pool, struct pool_job *job)
{
	bool fits;

	(void)pthread_mutex_lock(&pool->lock);
	fits = pool->waiting < pool->limit && !pool->stopping;
	if (fits) {
		job->next = NULL;
		*pool->end = job;
		pool->end = &job->next;
		pool->waiting++;
		(void)pthread_cond_signal(&pool->more);
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return fits;
}

void
pool_stop(struct pool *pool)
{
	(void)pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	(void)pthread_cond_broadcast(&pool->more);
	(void)pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->nthreads; i++)
		(void)pthread_join(pool->threads[i], NULL);
}
