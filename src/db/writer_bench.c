/*
 * Durable writes a second on SQLite: with one commit for all that wait, and
 * with one each.
 *
 * usage: db_writer_bench DIRECTORY [SECONDS]
 */
#include "db/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HANDS = 512 };           /* jobs that are on their way at any time */

struct hand {
	struct write_job job;   /* first: cast back from it */
	struct writer *writer;
	struct id_source *ids;
	struct instant until;
};

static Err
insert(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	static const struct db_statement statement = {
		"bench", "INSERT INTO bench (id, text) VALUES (?1, ?2)", NULL,
	};
	struct hand *h = (struct hand *)job;
	const struct db_value value[] = {
		db_value_int(id_draw(h->ids, instant_now())),
		db_value_text("a question of two hundred letters, or nearly "
		    "that, as somebody might type it into the public form on "
		    "a phone, in the train, with a thumb, and then once more "
		    "because the tunnel came in between"),
	};
	struct db_cursor c;

	db_run(db, attempt, &statement, value, LEN(value), &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

/* As soon as one is stored the next is handed over. */
static void
again(struct write_job *job, Err err, struct arena *attempt)
{
	struct hand *h = (struct hand *)job;

	if (err == OK && instant_now().us < h->until.us)
		(void)writer_put(h->writer, job);
}

/* Jobs stored a second. */
static Err
measure(struct arena *arena, const char *url, bool commit_each, int seconds,
    int64_t *rate)
{
	const struct writer_config config = {
		.url = url, .attempt_limit = 1 << 20,
		.commit_each = commit_each,
	};
	struct hand *hand = ARENA_NEW(arena, struct hand, HANDS);
	struct id_source ids = { 0 };
	struct instant start = instant_now();
	struct writer *w;

	TRY(writer_start(arena, &config, &w));
	for (size_t i = 0; i < HANDS; i++) {
		hand[i] = (struct hand){ { insert, again, NULL }, w, &ids,
		    instant_plus(start, SECONDS(seconds)) };
		(void)writer_put(w, &hand[i].job);
	}
	sleep((unsigned)seconds);
	*rate = writer_counts(w).jobs / seconds;
	writer_stop(w);
	return OK;
}

static Err
bench(struct arena *arena, const char *dir, int seconds)
{
	const char *file = text_fmt(arena, "%s/bench.sqlite", dir);
	const char *url = text_fmt(arena, "sqlite:%s", file);
	int64_t each, grouped;
	struct db *db;
	Err err;

	TRY(db_open(arena, url, DB_OWNER, &db));
	err = db_script(db, arena, "CREATE TABLE IF NOT EXISTS bench ("
	    "id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT");
	db_close(db);
	TRY(err);
	TRY(measure(arena, url, true, seconds, &each));
	TRY(measure(arena, url, false, seconds, &grouped));
	printf("{\"commit_each\": %" PRId64 ", \"group_commit\": %" PRId64
	    ", \"ratio\": %.1f}\n", each, grouped,
	    (double)grouped / (double)(each == 0 ? 1 : each));
	unlink(file);
	unlink(text_fmt(arena, "%s-wal", file));
	unlink(text_fmt(arena, "%s-shm", file));
	return OK;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_make(8 << 20);
	Err err;

	if (argc < 2 || arena == NULL) {
		fprintf(stderr, "usage: %s DIRECTORY [SECONDS]\n", argv[0]);
		return 2;
	}
	err = bench(arena, argv[1], argc > 2 ? atoi(argv[2]) : 5);
	if (err != OK)
		fprintf(stderr, "%s\n", err->text);
	arena_free(arena);
	return err != OK;
}
