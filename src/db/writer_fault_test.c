/*
 * The writer when the machine fails: killed in the middle, and a disk that
 * does not store.  Each in a process of its own.
 */
#include "db/fixture.h"
#include "db/writer.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 20, HANDS = 4 };

/* Takes the place of libc's for this program, SQLite included. */
int fsync(int fd);
int
fsync(int fd)
{
	if (getenv("FJOUWER_TEST_FSYNC_FAILS") != NULL) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

/* One of the jobs that a process has going all the time. */
struct hand {
	struct write_job job;   /* first: cast back from it */
	struct writer *writer;
	int64_t id;
	int ack;                /* where a stored id is told */
};

static Err
hand_run(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	struct hand *h = (struct hand *)job;

	return db_script(db, attempt, text_fmt(attempt,
	    "INSERT INTO note (id) VALUES (%" PRId64 ");"
	    "INSERT INTO shadow (id) VALUES (%" PRId64 ")", h->id, h->id));
}

static void
hand_done(struct write_job *job, Err err, struct arena *attempt)
{
	struct hand *h = (struct hand *)job;

	if (err == OK && write(h->ack, &h->id, sizeof h->id) < 0)
		_exit(2);
	h->id += HANDS;
	if (!writer_put(h->writer, job))
		_exit(3);
}

/* Writes for ever, from FROM on, telling ACK what is stored. */
static _Noreturn void
write_on(const char *url, int64_t from, int ack)
{
	const struct writer_config config = {
		.url = url, .threads = HANDS, .attempt_limit = 1 << 20,
	};
	struct arena *arena = arena_make(1 << 20);
	struct hand hand[HANDS];
	struct writer *w;

	if (arena == NULL || writer_start(arena, &config, &w) != OK)
		_exit(4);
	for (int i = 0; i < HANDS; i++) {
		hand[i] = (struct hand){ { hand_run, hand_done, NULL }, w,
		    from + i, ack };
		if (!writer_put(w, &hand[i].job))
			_exit(5);
	}
	for (;;)
		pause();
}

/* Kill it after a while; the largest acknowledged id of each hand. */
static size_t
kill_one(const char *url, int64_t from, int64_t *acked, size_t n)
{
	int ends[2];
	int64_t id;
	pid_t pid;

	EXPECT(pipe(ends) == 0);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		write_on(url, from, ends[1]);
	}
	close(ends[1]);
	usleep(20000 + (useconds_t)(from % 7) * 9000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	while (read(ends[0], &id, sizeof id) == (ssize_t)sizeof id)
		acked[n++] = id;
	close(ends[0]);
	return n;
}

TEST_ON_BOTH(what_was_acknowledged_survives_a_kill)
{
	int64_t *acked = ARENA_NEW(p->arena, int64_t, 1 << 20);
	size_t n = 0;

	place_do(p, "CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY);"
	    "CREATE TABLE shadow (id BIGINT NOT NULL PRIMARY KEY)");
	db_close(p->db);
	for (int i = 0; i < KILLS; i++)
		n = kill_one(p->url, 1 + i * INT64_C(1000000), acked, n);
	EXPECT_OK(db_open(p->arena, p->url, DB_OWNER, &p->db));
	EXPECT(n > KILLS);
	for (size_t i = 0; i < n; i++)
		EXPECT_INT(place_number(p, text_fmt(p->arena,
		    "SELECT COUNT(*) FROM note WHERE id = %" PRId64,
		    acked[i])), 1);
	EXPECT_INT(place_number(p, "SELECT (SELECT COUNT(*) FROM note)"
	    " - (SELECT COUNT(*) FROM shadow)"), 0);
}

static Err
insert_one(void *arg, struct db *db, struct arena *arena)
{
	return db_script(db, arena, "INSERT INTO note (id) VALUES (1)");
}

/* How a process ends that writes once. */
static int
status_of_write(const char *url, bool fsync_fails)
{
	const struct writer_config config = {
		.url = url, .attempt_limit = 1 << 20,
	};
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		struct arena *arena = arena_make(1 << 20);
		struct writer *w;

		if (writer_start(arena, &config, &w) != OK)
			_exit(4);
		if (fsync_fails)
			setenv("FJOUWER_TEST_FSYNC_FAILS", "1", 1);
		fclose(stderr);
		_exit(writer_do(w, arena, insert_one, NULL) == OK ? 0 : 6);
	}
	waitpid(pid, &status, 0);
	return status;
}

TEST_ON_SQLITE(a_failed_fsync_ends_the_process)
{
	int status;

	place_do(p, "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY)");
	db_close(p->db);
	p->db = NULL;
	status = status_of_write(p->url, true);
	EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

/* The control: the same without the fault. */
TEST_ON_SQLITE(an_fsync_that_works_does_not)
{
	int status;

	place_do(p, "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY)");
	db_close(p->db);
	p->db = NULL;
	status = status_of_write(p->url, false);
	EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
