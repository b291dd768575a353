/* The writer: what is promised to those who hand it a job. */
#include "db/fixture.h"
#include "db/writer.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

struct note {
	struct write_job job;   /* first: cast back from it */
	int64_t id;
	enum { PLAIN, REFUSE, FAIL, EAT, BREAK } way;
	int runs, dones;
	Err err;
	enum err_kind kind;
};

static Err
insert(struct db *db, struct arena *arena, int64_t id)
{
	static const struct db_statement statement = {
		"insert_note", "INSERT INTO note (id) VALUES (?1)",
		"INSERT INTO note (id) VALUES ($1::bigint)",
	};
	const struct db_value value = db_value_int(id);
	struct db_cursor c;

	db_run(db, arena, &statement, &value, 1, &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

static Err
note_run(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	struct note *n = (struct note *)job;

	n->runs++;
	TRY(insert(db, attempt, n->id));
	switch (n->way) {
	case PLAIN:
		break;
	case REFUSE:
		*end = WRITE_REFUSE;
		break;
	case FAIL:
		return err_make(attempt, ERR_FAILED, "it failed");
	case EAT:
		for (;;)
			arena_take(attempt, 4096);
	case BREAK:     /* as a full disk may do; the first time only */
		if (n->runs == 1)
			db_rollback(db);
		break;
	}
	return OK;
}

static void
note_done(struct write_job *job, Err err, struct arena *attempt)
{
	struct note *n = (struct note *)job;

	n->dones++;
	n->err = err == OK ? OK : (Err)1;
	n->kind = err == OK ? ERR_FAILED : err->kind;
}

static struct writer *
start(struct place *p, bool commit_each)
{
	const struct writer_config config = {
		.url = p->url, .threads = 4, .attempt_limit = 1 << 20,
		.commit_each = commit_each,
	};
	struct writer *w = NULL;

	place_do(p, "CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY)");
	EXPECT_OK(writer_start(p->arena, &config, &w));
	return w;
}

/* Hand over N notes of one WAY each, and wait for them all. */
static void
put_all(struct writer *w, struct note *note, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		note[i].job.run = note_run;
		note[i].job.done = note_done;
		note[i].id = (int64_t)i + 1;
		EXPECT(writer_put(w, &note[i].job));
	}
	writer_stop(w);
}

static int64_t
notes(struct place *p)
{
	return place_number(p, "SELECT COUNT(*) FROM note");
}

TEST_ON_BOTH(each_job_is_stored_and_told_once)
{
	enum { MANY = 500 };
	struct note *note = ARENA_NEW(p->arena, struct note, MANY);
	struct writer *w = start(p, false);

	put_all(w, note, MANY);
	for (size_t i = 0; i < MANY; i++) {
		EXPECT_INT(note[i].dones, 1);
		EXPECT(note[i].err == OK);
	}
	EXPECT_INT(notes(p), MANY);
}

TEST_ON_BOTH(a_job_that_does_not_keep_its_writes_spoils_no_other)
{
	struct note note[] = {
		{ .way = PLAIN }, { .way = REFUSE }, { .way = FAIL },
		{ .way = EAT }, { .way = PLAIN },
	};
	struct writer *w = start(p, false);

	put_all(w, note, LEN(note));
	EXPECT_INT(notes(p), 2);
	EXPECT(note[1].err == OK);
	EXPECT(note[2].err != OK);
	EXPECT(note[3].err != OK);
	EXPECT(note[4].err == OK);
}

static Err
find_damage(void *arg, struct arena *arena)
{
	return err_make(arena, ERR_DAMAGED, "found before the first job");
}

TEST_ON_BOTH(what_is_found_before_the_first_job_is_told_to_all)
{
	const struct writer_config config = {
		.url = p->url, .threads = 2, .attempt_limit = 1 << 20,
		.before = find_damage,
	};
	struct note note[300] = { { .way = PLAIN } };
	struct writer *w;

	EXPECT_OK(writer_start(p->arena, &config, &w));
	put_all(w, note, LEN(note));
	for (size_t i = 0; i < LEN(note); i++) {
		EXPECT_INT(note[i].runs, 0);
		EXPECT_INT(note[i].dones, 1);
		EXPECT_INT(note[i].kind, ERR_DAMAGED);
	}
}

TEST_ON_SQLITE(when_a_batch_breaks_each_job_is_run_again_alone)
{
	struct note note[] = {
		{ .way = PLAIN }, { .way = BREAK }, { .way = PLAIN },
	};
	struct writer *w = start(p, false);

	put_all(w, note, LEN(note));
	for (size_t i = 0; i < LEN(note); i++) {
		EXPECT_INT(note[i].dones, 1);
		EXPECT(note[i].err == OK || note[i].way == BREAK);
	}
	EXPECT(notes(p) >= 2);
}

struct race { struct place *p; int64_t id; int runs; };

/* Checks that the note is not there, lets another put it there, inserts. */
static Err
race_run(void *arg, struct db *db, struct arena *arena)
{
	struct race *r = arg;
	const struct db_value value = db_value_int(r->id);
	static const struct db_statement find = {
		"find_note", "SELECT 1 FROM note WHERE id = ?1",
		"SELECT 1 FROM note WHERE id = $1::bigint",
	};
	struct db_cursor c;
	bool found;

	r->runs++;
	db_run(db, arena, &find, &value, 1, &c);
	found = db_next(&c);
	while (found && db_next(&c))
		continue;
	TRY(db_end(&c, NULL));
	if (found)
		return OK;
	place_do(r->p, "INSERT INTO note (id) VALUES (7)");
	return insert(db, arena, r->id);
}

TEST_ON_POSTGRES(a_job_that_lost_a_race_runs_again_and_sees_it)
{
	struct writer *w = start(p, false);
	struct race race = { p, 7, 0 };

	EXPECT_OK(writer_do(w, p->arena, race_run, &race));
	EXPECT_INT(race.runs, 2);
	EXPECT_INT(writer_counts(w).reruns, 1);
	writer_stop(w);
	EXPECT_INT(notes(p), 1);
}

static Err
insert_one(void *arg, struct db *db, struct arena *arena)
{
	return insert(db, arena, *(int64_t *)arg);
}

TEST_ON_SQLITE(a_double_key_is_told_to_who_waits)
{
	struct writer *w = start(p, false);
	int64_t id = 3;
	Err err;

	EXPECT_OK(writer_do(w, p->arena, insert_one, &id));
	err = writer_do(w, p->arena, insert_one, &id);
	EXPECT(err != OK && err->kind == ERR_UNIQUE);
	writer_stop(w);
}

static Err
fail_at_once(void *arg, struct db *db, struct arena *arena)
{
	return err_make(arena, ERR_FAILED, "it failed");
}

/* An error needs room; where there is none, who waits jumps, nobody else. */
TEST_ON_BOTH(who_waits_runs_out_of_memory_on_a_thread_of_its_own)
{
	const pthread_t here = pthread_self();
	struct writer *w = start(p, false);
	struct arena *full = arena_make(8);
	jmp_buf out_of_memory;

	EXPECT(full != NULL);
	if (setjmp(out_of_memory) == 0) {
		(void)arena_guard(full, &out_of_memory);
		(void)!writer_do(w, full, fail_at_once, NULL);
		EXPECT(false);
	}
	EXPECT(pthread_equal(pthread_self(), here));
	arena_free(full);
	writer_stop(w);
}

struct stop { pthread_mutex_t lock; };

static Err
wait_for_lock(void *arg, struct db *db, struct arena *arena)
{
	struct stop *s = arg;

	pthread_mutex_lock(&s->lock);
	pthread_mutex_unlock(&s->lock);
	return OK;
}

struct waiting { struct writer *w; struct arena *arena; struct stop *stop; };

static void *
hold(void *arg)
{
	struct waiting *h = arg;

	(void)!writer_do(h->w, h->arena, wait_for_lock, h->stop);
	return NULL;
}

/* Notes put while the writer is held up, so that they surely share. */
static struct writer_counts
put_behind(struct place *p, bool commit_each, struct note *note, size_t n)
{
	struct stop stop = { PTHREAD_MUTEX_INITIALIZER };
	struct writer *w = start(p, commit_each);
	struct waiting h = { w, p->arena, &stop };
	struct writer_counts counts;
	pthread_t thread;

	pthread_mutex_lock(&stop.lock);
	EXPECT(pthread_create(&thread, NULL, hold, &h) == 0);
	usleep(50000);
	for (size_t i = 0; i < n; i++) {
		note[i] = (struct note){ .job = { note_run, note_done, NULL },
		    .id = (int64_t)i + 1 };
		EXPECT(writer_put(w, &note[i].job));
	}
	pthread_mutex_unlock(&stop.lock);
	pthread_join(thread, NULL);
	while (writer_counts(w).jobs < (int64_t)n + 1)
		usleep(1000);
	counts = writer_counts(w);
	writer_stop(w);
	return counts;
}

TEST_ON_SQLITE(jobs_that_wait_share_a_commit)
{
	struct note note[100];

	EXPECT_INT(put_behind(p, false, note, LEN(note)).batches, 2);
	EXPECT_INT(notes(p), 100);
}

TEST_ON_SQLITE(for_the_bench_each_job_has_a_commit_of_its_own)
{
	struct note note[100];

	EXPECT_INT(put_behind(p, true, note, LEN(note)).batches, 101);
}

TEST_ON_SQLITE(too_many_waiting_are_sent_away)
{
	static struct note note[5000];
	struct stop stop = { PTHREAD_MUTEX_INITIALIZER };
	struct writer *w = start(p, false);
	struct waiting h = { w, p->arena, &stop };
	pthread_t thread;
	size_t taken = 0;

	pthread_mutex_lock(&stop.lock);
	EXPECT(pthread_create(&thread, NULL, hold, &h) == 0);
	usleep(50000);
	for (; taken < LEN(note); taken++) {
		note[taken] = (struct note){ .id = (int64_t)taken + 1,
		    .job = { note_run, note_done, NULL } };
		if (!writer_put(w, &note[taken].job))
			break;
	}
	pthread_mutex_unlock(&stop.lock);
	pthread_join(thread, NULL);
	writer_stop(w);
	EXPECT_INT(taken, 4096);
	EXPECT_INT(notes(p), 4096);
}

static Err
fill_up(void *arg, struct db *db, struct arena *arena)
{
	int64_t pages = *(int64_t *)arg;

	TRY(db_script(db, arena, text_fmt(arena,
	    "PRAGMA max_page_count = %" PRId64, pages)));
	return insert(db, arena, pages);
}

static Err
insert_much(void *arg, struct db *db, struct arena *arena)
{
	return db_script(db, arena, "WITH RECURSIVE n(i) AS (SELECT 1000"
	    " UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
	    " INSERT INTO note SELECT i FROM n");
}

static Err
store_nothing(void *arg, struct db *db, struct arena *arena)
{
	return OK;
}

TEST_ON_SQLITE(a_full_file_makes_the_writer_read_only_until_a_commit_works)
{
	struct writer *w = start(p, false);
	int64_t few = 3, many = 100000;
	Err err;

	EXPECT_OK(writer_do(w, p->arena, fill_up, &few));
	EXPECT(!writer_is_read_only(w));
	err = writer_do(w, p->arena, insert_much, NULL);
	EXPECT(err != OK && err->kind == ERR_FULL);
	EXPECT_OK(writer_do(w, p->arena, store_nothing, NULL));
	EXPECT(writer_is_read_only(w));
	EXPECT_OK(writer_do(w, p->arena, fill_up, &many));
	EXPECT(!writer_is_read_only(w));
	EXPECT_OK(writer_do(w, p->arena, insert_much, NULL));
	writer_stop(w);
	EXPECT_INT(notes(p), 8003);
}

/* A file as large as the disk has room for. */
static void
fill_disk(const char *path)
{
	FILE *f = fopen(path, "w");

	EXPECT(f != NULL);
	while (fputs("no room is left on this disk ", f) != EOF
	    && fflush(f) == 0)
		continue;
	fclose(f);
}

static void
run_on_full_disk(struct place *p)
{
	const char *ballast = text_fmt(p->arena, "%s/disk/ballast", p->dir);
	struct writer *w = start(p, false);
	int64_t id = 1;
	Err err;

	EXPECT_OK(writer_do(w, p->arena, insert_one, &id));
	fill_disk(ballast);
	err = writer_do(w, p->arena, insert_much, NULL);
	EXPECT(err != OK && err->kind == ERR_FULL);
	EXPECT(writer_is_read_only(w));
	EXPECT_INT(notes(p), 1);
	unlink(ballast);
	EXPECT_OK(writer_do(w, p->arena, insert_much, NULL));
	EXPECT(!writer_is_read_only(w));
	writer_stop(w);
	EXPECT_INT(notes(p), 8002);
}

/* Only root may mount; others have the test before this one. */
TEST_ON_SQLITE(a_full_disk_loses_nothing_and_recovers_by_itself)
{
	const char *disk = text_fmt(p->arena, "%s/disk", p->dir);
	struct place q = *p;

	EXPECT(mkdir(disk, 0700) == 0);
	if (mount("tmpfs", disk, "tmpfs", 0, "size=512k") == 0) {
		q.url = text_fmt(p->arena, "sqlite:%s/t.sqlite", disk);
		EXPECT_OK(db_open(p->arena, q.url, DB_OWNER, &q.db));
		run_on_full_disk(&q);
		db_close(q.db);
		EXPECT(umount(disk) == 0);
	}
	rmdir(disk);
}
