/*
 * Writes letters and sends them, for mail_kill.py to kill.
 *
 *	mail_source DIRECTORY SMTP-URL COUNT
 *
 * Writes COUNT letters, each in a commit of its own, and says the number of
 * each once it is committed; then waits until the outbox is empty.  Its clock
 * runs 600 times as fast as ours, so that nobody waits for pauses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/migrate.h"
#include "post/post.h"
#include "web/site.h"

struct source {
	struct arena *arena;            /* to the end */
	struct arena *round;            /* emptied after each letter */
	struct site site;
	struct id_source ids;
	int64_t number;                 /* of the letter to write */
};

static struct instant
fast_clock(void)
{
	const int64_t then = INT64_C(1795431600) * 1000000;

	return (struct instant){ then + (instant_now().us - then) * 600 };
}

static void
must(Err err)
{
	if (err == OK)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

static Err
write_letter(void *arg, struct db *db, struct arena *arena)
{
	struct source *s = arg;
	struct req r = {
		.arena = arena, .db = db, .now = fast_clock(),
		.programme = { .phone = "" }, .site = &s->site,
	};
	struct letter l = {
		.kind = "test", .object = s->number, .lang = LANG_EN,
		.to = text_fmt(arena, "%s%" PRId64 "@example.org",
		    s->number % 20 == 0 ? "nobody" : "anna", s->number),
		.subject = text_fmt(arena, "Letter %" PRId64, s->number),
		.paragraphs = { "There is news." }, .nparagraphs = 1,
	};

	return letter_send(&r, &l);
}

static void
write_letters(struct source *s, int64_t count)
{
	for (int64_t i = 0; i < count; i++) {
		s->number = id_draw(&s->ids, instant_now());
		must(writer_do(s->site.writer, s->round, write_letter, s));
		printf("%" PRId64 "\n", s->number);
		fflush(stdout);
		arena_empty(s->round);
		usleep(2000);
	}
}

static bool
has_letters(struct source *s, struct db *db)
{
	struct req r = {
		.arena = s->round, .db = db, .now = fast_clock(),
		.site = &s->site,
	};
	struct letter_page page;

	arena_empty(s->round);
	must(db_begin(db, s->round));
	must(letter_list(&r, BOX_WAITING, 0, &page));
	db_rollback(db);
	return page.n > 0;
}

static void
start(struct source *s, const char *dir)
{
	struct migrate_report report;
	struct writer_config writer = {
		.threads = 1, .attempt_limit = 8 << 20,
	};

	s->arena = arena_make(64 << 20);
	s->round = arena_make(64 << 20);
	s->site = (struct site){
		.database = text_fmt(s->arena, "sqlite:%s/mail.db", dir),
		.base_url = "https://mentor.example", .data_dir = dir,
		.ids = &s->ids, .clock = fast_clock,
	};
	must(migrate(s->arena, s->site.database, NULL, instant_now(),
	    &report));
	writer.url = s->site.database;
	must(writer_start(s->arena, &writer, &s->site.writer));
}

int
main(int argc, char **argv)
{
	struct source s = { 0 };
	struct post_config config = {
		.site = &s.site, .from = "fjouwer@mentor.example",
	};
	struct post *post;
	struct db *db;
	int64_t count;

	if (argc != 4 || !text_to_int(argv[3], &count))
		return 2;
	start(&s, argv[1]);
	config.smtp = argv[2];
	must(post_start(s.arena, &config, &post));
	write_letters(&s, count);
	must(db_open(s.arena, s.site.database, DB_READ, &db));
	while (has_letters(&s, db))
		usleep(20000);
	db_close(db);
	post_stop(post);
	writer_stop(s.site.writer);
	return 0;
}
