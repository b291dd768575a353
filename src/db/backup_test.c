/* Back-ups: made while others write, proven, put back. */
#include "db/backup.h"
#include "db/fixture.h"
#include "db/writer.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* Two programmes and N addresses in each, blobs, NULLs and quotes. */
static void
fill(struct place *p, int n)
{
	place_migrate(p);
	place_do(p, "INSERT INTO programme (id, slug, name, stage, created_at)"
	    " VALUES (1, 'a', 'It''s A', 0, 0), (2, 'b', 'Fryslân', 0, 0);"
	    "INSERT INTO person (id, name, created_at) VALUES (5, 'P', 1)");
	for (int64_t id = 0; id <= 2; id++) {
		struct programme_id programme = { id };

		EXPECT_OK(db_begin(p->db, p->arena));
		EXPECT_OK(db_enter(p->db, p->arena, programme));
		for (int i = 0; i < n; i++)
			EXPECT_OK(db_script(p->db, p->arena, text_fmt(
			    p->arena, "INSERT INTO suppression VALUES"
			    " (%d, %s%04x', '%d', 0)", (int)id,
			    p->kind == DB_SQLITE ? "x'" : "'\\x", i, i)));
		EXPECT_OK(db_commit(p->db, p->arena));
	}
}

static const char *
file_in(struct place *p, const char *name)
{
	return text_fmt(p->arena, "%s/%s", p->dir, name);
}

static const char *
hash_of_rows(struct place *p)
{
	const char *hex = NULL;
	int64_t rows;

	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(backup_row_hash(p->arena, p->db, &rows, &hex));
	db_rollback(p->db);
	return hex;
}

TEST_ON_BOTH(a_back_up_holds_every_row_and_is_put_back)
{
	struct backup_report made, back;
	const char *before;

	fill(p, 700);
	before = hash_of_rows(p);
	EXPECT_OK(backup_make(p->arena, p->url, file_in(p, "b"), &made));
	EXPECT_INT(made.rows, 3 * 700 + 3);
	EXPECT_TEXT(made.row_hash, before);
	place_do(p, "UPDATE person SET name = 'Q'");
	EXPECT(!text_same(hash_of_rows(p), before));
	db_close(p->db);
	EXPECT_OK(backup_restore(p->arena, file_in(p, "b"), p->url, true,
	    &back));
	EXPECT_OK(db_open(p->arena, p->url, DB_OWNER, &p->db));
	EXPECT_TEXT(hash_of_rows(p), before);
}

TEST_ON_BOTH(a_back_up_opens_in_an_empty_sqlite_file_too)
{
	struct backup_report made, back;
	struct place q = *p;

	fill(p, 5);
	EXPECT_OK(backup_make(p->arena, p->url, file_in(p, "b"), &made));
	q.url = text_fmt(p->arena, "sqlite:%s", file_in(p, "new"));
	EXPECT_OK(backup_restore(p->arena, made.file, q.url, false, &back));
	EXPECT_TEXT(back.row_hash, hash_of_rows(p));
	EXPECT_OK(db_check(p->arena, q.url));
}

TEST_ON_BOTH(rows_are_not_written_over_unasked)
{
	struct backup_report report;
	Err err;

	fill(p, 1);
	EXPECT_OK(backup_make(p->arena, p->url, file_in(p, "b"), &report));
	err = backup_restore(p->arena, report.file, p->url, false, &report);
	EXPECT(err != OK && err->kind == ERR_INPUT);
}

TEST_ON_BOTH(a_back_up_is_not_written_over)
{
	struct backup_report report;
	Err err;

	fill(p, 1);
	EXPECT_OK(backup_make(p->arena, p->url, file_in(p, "b"), &report));
	err = backup_make(p->arena, p->url, file_in(p, "b"), &report);
	EXPECT(err != OK && err->kind == ERR_INPUT);
}

TEST_ON_SQLITE(what_is_no_back_up_is_refused)
{
	static const char text[] = "This is a letter, and no database.";
	struct backup_report report;
	int fd = open(file_in(p, "b"), O_WRONLY | O_CREAT, 0600);

	EXPECT(write(fd, text, sizeof text) > 0);
	close(fd);
	EXPECT(backup_restore(p->arena, file_in(p, "b"), p->url, true,
	    &report) != OK);
}

TEST_ON_SQLITE(the_row_hash_sees_every_change)
{
	static const struct { const char *why, *sql; } cases[] = {
		{ "a value", "UPDATE person SET name = 'Q'" },
		{ "empty for NULL", "UPDATE person SET email = ''" },
		{ "a row less", "DELETE FROM suppression WHERE programme = 2" },
		{ "a blob", "UPDATE suppression SET address = x'99'" },
	};
	const char *before;

	fill(p, 1);
	before = hash_of_rows(p);
	for (size_t i = 0; i < LEN(cases); i++) {
		EXPECT_OK(db_begin(p->db, p->arena));
		EXPECT_OK(db_script(p->db, p->arena, cases[i].sql));
		EXPECT_OK(db_commit(p->db, p->arena));
		EXPECT_WHY(!text_same(hash_of_rows(p), before), cases[i].why);
		before = hash_of_rows(p);
	}
}

struct busy { struct writer *writer; atomic_bool stop; int64_t n; };

static Err
add_person(void *arg, struct db *db, struct arena *arena)
{
	return db_script(db, arena, text_fmt(arena, "INSERT INTO person"
	    " (id, name, created_at) VALUES (%" PRId64 ", 'x', 0)",
	    *(int64_t *)arg));
}

static void *
keep_busy(void *arg)
{
	struct busy *b = arg;
	struct arena *arena = arena_make(8 << 20);

	for (b->n = 1000; !atomic_load(&b->stop); b->n++)
		(void)!writer_do(b->writer, arena, add_person, &b->n);
	arena_free(arena);
	return NULL;
}

/* backup_make itself compares the copy with the moment it was taken of. */
TEST_ON_BOTH(a_back_up_is_sound_while_others_write)
{
	const struct writer_config config = { .url = p->url, .threads = 2,
	    .attempt_limit = 1 << 20 };
	struct busy busy = { NULL, false, 0 };
	struct backup_report report;
	pthread_t thread;

	fill(p, 100);
	EXPECT_OK(writer_start(p->arena, &config, &busy.writer));
	EXPECT(pthread_create(&thread, NULL, keep_busy, &busy) == 0);
	for (int i = 0; i < 5; i++)
		EXPECT_OK(backup_make(p->arena, p->url,
		    file_in(p, text_fmt(p->arena, "b%d", i)), &report));
	atomic_store(&busy.stop, true);
	pthread_join(thread, NULL);
	writer_stop(busy.writer);
	EXPECT(busy.n > 1001);
}
