/* The ways to run a job of the writer, and what may go wrong with each. */
#include "db/writer_private.h"

static const struct err out_of_memory = {
	ERR_FAILED, "the memory of an attempt is used up",
};

/*
 * Run the job.  When its memory is used up the arena jumps back to here; the
 * caller takes back what was written.
 */
static Err
run(struct attempt *a, struct db *db, enum write_end *end)
{
	const int64_t before = db_changes(db);
	jmp_buf place;
	Err err;

	a->stored = false;
	if (setjmp(place) != 0) {
		arena_guard(a->arena, NULL);
		return &out_of_memory;
	}
	arena_guard(a->arena, &place);
	err = a->job->run(a->job, db, a->arena, end);
	arena_guard(a->arena, NULL);
	a->stored = db_changes(db) != before;
	return err;
}

/* False when the whole transaction is gone. */
static bool
run_in_savepoint(struct attempt *a, struct db *db)
{
	enum write_end end = WRITE_COMMIT;

	a->committed = false;
	a->err = db_savepoint(db, a->spare);
	if (a->err != OK)
		return false;
	a->err = run(a, db, &end);
	if (!db_in_transaction(db))
		return false;
	if (a->err != OK || end == WRITE_REFUSE) {
		db_rollback_to_savepoint(db);
		return db_in_transaction(db);
	}
	a->err = db_release(db, a->spare);
	a->committed = a->err == OK;
	return a->err == OK;
}

/* A commit that stored something shows that there is room again. */
static void
note_end(struct writer *w, const struct attempt *a)
{
	if (a->err != OK && a->err->kind == ERR_FULL)
		atomic_store(&w->read_only, true);
	else if (a->committed && a->stored)
		atomic_store(&w->read_only, false);
}

static void
finish(struct writer *w, struct attempt *a)
{
	note_end(w, a);
	atomic_fetch_add(&w->jobs, 1);
	if (a->err != OK)
		atomic_fetch_add(&w->failures, 1);
	a->job->done(a->job, a->err, a->arena);
	arena_empty(a->arena);
}

void
attempt_refuse(struct writer *w, struct attempt *attempt, size_t n, Err err)
{
	for (size_t i = 0; i < n; i++) {
		attempt[i].committed = false;
		attempt[i].err = err;
		finish(w, &attempt[i]);
	}
}

/* Once, in a transaction of its own. */
static void
run_alone(struct writer *w, struct db *db, struct attempt *a)
{
	enum write_end end = WRITE_COMMIT;

	a->committed = false;
	a->err = db_begin(db, a->spare);
	if (a->err != OK)
		return;
	a->err = run(a, db, &end);
	if (a->err == OK && end == WRITE_COMMIT) {
		a->err = db_commit(db, a->spare);
		a->committed = a->err == OK;
		atomic_fetch_add(&w->batches, 1);
	}
	if (!a->committed)
		db_rollback(db);
}

static bool
lost_a_race(const struct db *db, Err err)
{
	if (err == OK)
		return false;
	return err->kind == ERR_RETRY
	    || (err->kind == ERR_UNIQUE && db_kind(db) == DB_POSTGRES);
}

/*
 * On PostgreSQL a unique key may be taken by somebody whom the job could not
 * see; run again it sees, and refuses in its own words.
 */
void
attempt_alone(struct writer *w, struct db *db, struct attempt *a)
{
	for (int i = 1; ; i++) {
		run_alone(w, db, a);
		if (i == MOST_ATTEMPTS || !lost_a_race(db, a->err))
			break;
		arena_empty(a->arena);
		atomic_fetch_add(&w->reruns, 1);
	}
	finish(w, a);
}

/* False when nothing of the batch is stored. */
static bool
commit_batch(struct writer *w, struct db *db, struct attempt *a, size_t n)
{
	if (db_begin(db, a[0].spare) != OK)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!run_in_savepoint(&a[i], db))
			return false;
	if (db_commit(db, a[0].spare) != OK)
		return false;
	atomic_fetch_add(&w->batches, 1);
	return true;
}

void
attempt_batch(struct writer *w, struct db *db, struct attempt *a, size_t n)
{
	if (commit_batch(w, db, a, n)) {
		for (size_t i = 0; i < n; i++)
			finish(w, &a[i]);
		return;
	}
	db_rollback(db);
	for (size_t i = 0; i < n; i++) {
		arena_empty(a[i].arena);
		atomic_fetch_add(&w->reruns, 1);
		attempt_alone(w, db, &a[i]);
	}
}
