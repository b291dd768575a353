/*
 * commits FILE SECONDS [each]: how many small writes a second become durable
 * when 64 are always waiting, committed together or each by itself.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "db/migrate.h"
#include "db/writer.h"

enum { WAITING = 64, ATTEMPT_AT_MOST = 1 << 20 };

struct load {
	struct writer *writer;
	_Atomic bool stop;
	_Atomic int64_t written;
	_Atomic int failed, under_way;
	struct put {
		struct write_job job;           /* first: it is handed back */
		struct load *load;
		int64_t number;
	} put[WAITING];
};

static const struct db_statement insert = {
	.name = "bench_insert",
	.sqlite = "INSERT INTO receipt (owner, token, location, at) "
	    "VALUES (?1, ?2, ?3, ?4)",
	.postgres = "INSERT INTO receipt (owner, token, location, at) "
	    "VALUES ($1, $2, $3, $4)",
};

static Err
put_run(struct write_job *job, struct db *db, struct arena *attempt,
    enum write_end *end)
{
	const struct put *put = (const struct put *)job;
	const struct db_value values[] = {
		db_value_text(text_fmt(attempt, "%td",
		    put - put->load->put)),
		db_value_text(text_fmt(attempt, "%" PRId64, put->number)),
		db_value_text("/programme/applications/1234567890"),
		db_value_int(put->number),
	};
	struct db_cursor c;

	db_run(db, attempt, &insert, values, LEN(values), &c);
	while (db_next(&c))
		continue;
	*end = WRITE_COMMIT;
	return db_end(&c, NULL);
}

/* Told after the commit: count it, and write the next. */
static void
put_done(struct write_job *job, Err err, struct arena *attempt)
{
	struct put *put = (struct put *)job;
	struct load *load = put->load;

	if (err != OK)
		atomic_fetch_add(&load->failed, 1);
	else
		atomic_fetch_add(&load->written, 1);
	put->number++;
	if (atomic_load(&load->stop) || err != OK ||
	    !writer_put(load->writer, job))
		atomic_fetch_sub(&load->under_way, 1);
}

static Err
measure(struct arena *a, const char *url, unsigned seconds, bool each)
{
	struct load load = { 0 };
	struct writer_config config = { .url = url, .threads = 1,
		.attempt_limit = ATTEMPT_AT_MOST, .commit_each = each };
	struct migrate_report report;

	TRY(migrate(a, url, NULL, instant_now(), &report));
	TRY(writer_start(a, &config, &load.writer));
	for (int i = 0; i < WAITING; i++) {
		load.put[i] = (struct put){ { put_run, put_done, NULL },
		    &load, 1 };
		atomic_fetch_add(&load.under_way, 1);
		ASSERT(writer_put(load.writer, &load.put[i].job));
	}
	sleep(seconds);
	atomic_store(&load.stop, true);
	writer_stop(load.writer);
	if (atomic_load(&load.failed) > 0)
		return err_make(a, ERR_FAILED, "a write failed");
	printf("%" PRId64 "\n", atomic_load(&load.written) / seconds);
	return OK;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_make((size_t)64 << 20);
	Err err;

	ASSERT(a != NULL);
	if (argc < 3) {
		fputs("usage: commits FILE SECONDS [each]\n", stderr);
		return 2;
	}
	err = measure(a, text_fmt(a, "sqlite:%s", argv[1]),
	    (unsigned)atoi(argv[2]), argc > 3);
	if (err != OK)
		log_err("bench", err);
	arena_free(a);
	return err != OK;
}
