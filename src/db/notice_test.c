/* Notices from one connection to the thread that listens. */
#include "db/fixture.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "db/notice.h"

/* What a listening thread has heard so far. */
struct ear {
	pthread_mutex_t lock;
	pthread_cond_t more;
	char last[64];
	int heard, missed;
};

static void
ear_hear(void *arg, const char *text)
{
	struct ear *e = arg;

	pthread_mutex_lock(&e->lock);
	strncpy(e->last, text, sizeof e->last - 1);
	e->heard++;
	pthread_cond_broadcast(&e->more);
	pthread_mutex_unlock(&e->lock);
}

static void
ear_miss(void *arg)
{
	struct ear *e = arg;

	pthread_mutex_lock(&e->lock);
	e->missed++;
	pthread_cond_broadcast(&e->more);
	pthread_mutex_unlock(&e->lock);
}

/* Until *COUNT, one of E's, is N. */
static void
ear_wait(struct ear *e, const int *count, int n)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 10;
	pthread_mutex_lock(&e->lock);
	while (*count < n)
		EXPECT(pthread_cond_timedwait(&e->more, &e->lock,
		    &until) == 0);
	pthread_mutex_unlock(&e->lock);
}

static struct notices *
ear_open(struct place *p, struct ear *e)
{
	const struct notice_hearer hearer = { ear_hear, ear_miss, e };
	struct notices *n;

	*e = (struct ear){ .lock = PTHREAD_MUTEX_INITIALIZER,
	    .more = PTHREAD_COND_INITIALIZER };
	EXPECT_OK(notices_start(p->arena, p->url, &hearer, &n));
	if (n != NULL)
		ear_wait(e, &e->missed, 1);
	return n;
}

static void
send(struct place *p, const char *text, bool commit)
{
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(notice_send(p->db, p->arena, text));
	if (commit)
		EXPECT_OK(db_commit(p->db, p->arena));
	else
		db_rollback(p->db);
}

TEST_ON_POSTGRES(a_notice_is_heard_after_its_commit)
{
	struct ear e;
	struct notices *n = ear_open(p, &e);

	send(p, "taken back", false);
	send(p, "kept", true);
	ear_wait(&e, &e.heard, 1);
	EXPECT_TEXT(e.last, "kept");
	notices_stop(n);
}

TEST_ON_POSTGRES(everybody_who_listens_hears)
{
	struct ear here, there;
	struct notices *one = ear_open(p, &here);
	struct notices *two = ear_open(p, &there);

	send(p, "both", true);
	ear_wait(&here, &here.heard, 1);
	ear_wait(&there, &there.heard, 1);
	notices_stop(one);
	notices_stop(two);
}

TEST_ON_POSTGRES(a_lost_connection_is_made_again_and_said_so)
{
	struct ear e;
	struct notices *n = ear_open(p, &e);

	EXPECT_INT(place_number(p, "SELECT COUNT(pg_terminate_backend(pid)) "
	    "FROM pg_stat_activity "
	    "WHERE application_name = 'fjouwer notices'"), 1);
	ear_wait(&e, &e.missed, 2);
	send(p, "again", true);
	ear_wait(&e, &e.heard, 1);
	EXPECT_TEXT(e.last, "again");
	notices_stop(n);
}

TEST_ON_SQLITE(on_sqlite_nobody_listens_and_nothing_is_sent)
{
	struct ear e;

	EXPECT(ear_open(p, &e) == NULL);
	send(p, "to nobody", true);
	notices_stop(NULL);
	EXPECT_INT(e.heard, 0);
}
