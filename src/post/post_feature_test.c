/* Tidying: what is old forgets whom it was for. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/fixture.h"
#include "post/mail_file.h"
#include "post/post.h"
#include "web/site.h"

static const struct instant noon = { INT64_C(1795431600) * 1000000 };

/* Runs the daily job of post/ at noon. */
static void
tidy(struct place *p)
{
	struct writer_config config = {
		.url = p->url, .threads = 1, .attempt_limit = 1 << 20,
	};
	struct site site = { .data_dir = p->dir };
	struct work w = {
		.arena = p->arena, .now = noon, .site = &site,
	};

	EXPECT_OK(writer_start(p->arena, &config, &site.writer));
	EXPECT_OK(db_open(p->arena, p->url, DB_READ, &w.db));
	EXPECT_OK(db_begin(w.db, p->arena));
	EXPECT_OK(post_feature.jobs[0].run(&w));
	db_rollback(w.db);
	db_close(w.db);
	writer_stop(site.writer);
}

static void
put_letter(struct place *p, int64_t id, enum letter_state state, int64_t age)
{
	place_do(p, text_fmt(p->arena, "INSERT INTO outbox (programme, id,"
	    " kind, object, recipient, lang, subject, body_text, body_html,"
	    " created_at, not_before, state, sent_at, failure) VALUES (0,"
	    " %" PRId64 ", 'test', 1, 'anna@example.org', 0, 's', 't', 'h',"
	    " %" PRId64 ", 0, %d, %" PRId64 ", 'anna is unknown')", id,
	    noon.us - age, (int)state, noon.us - age));
}

static int64_t
count(struct place *p, const char *where)
{
	return place_number(p, text_fmt(p->arena,
	    "SELECT COUNT(*) FROM outbox WHERE %s", where));
}

TEST_ON_SQLITE(an_old_letter_forgets_whom_it_was_for)
{
	place_migrate(p);
	put_letter(p, 1, LETTER_SENT, DAYS(31));
	put_letter(p, 2, LETTER_SENT, DAYS(29));
	put_letter(p, 3, LETTER_FAILED, DAYS(31));
	put_letter(p, 4, LETTER_FAILED, DAYS(29));
	put_letter(p, 5, LETTER_WAITING, DAYS(31));
	tidy(p);
	EXPECT_INT(count(p, "recipient = '' AND id IN (1, 3)"), 2);
	EXPECT_INT(count(p, "recipient <> ''"), 3);
	EXPECT_INT(count(p, "id = 3 AND failure = '' AND body_text = ''"), 1);
	EXPECT_INT(count(p, "id = 4 AND body_text = 't'"), 1);
}

TEST_ON_SQLITE(old_letters_in_files_are_removed)
{
	const struct timespec then[2] = {
		{ noon.us / 1000000 - 31 * 86400, 0 },
		{ noon.us / 1000000 - 31 * 86400, 0 },
	};

	place_migrate(p);
	EXPECT_OK(mail_file_write(p->arena, p->dir, 1, "old"));
	EXPECT_OK(mail_file_write(p->arena, p->dir, 2, "new"));
	EXPECT(utimensat(AT_FDCWD, text_fmt(p->arena, "%s/mail/1.eml",
	    p->dir), then, 0) == 0);
	tidy(p);
	EXPECT(!mail_file_exists(p->arena, p->dir, 1));
	EXPECT_TEXT(mail_file_read(p->arena, p->dir, 2), "new");
	EXPECT_INT(mail_file_forget(p->arena, p->dir,
	    (struct instant){ INT64_MAX }), 1);
	EXPECT(rmdir(text_fmt(p->arena, "%s/mail", p->dir)) == 0);
}

TEST_ON_SQLITE(a_letter_in_a_file_is_for_its_owner_alone)
{
	struct stat st;

	EXPECT_OK(mail_file_write(p->arena, p->dir, 7, "secret"));
	EXPECT(stat(text_fmt(p->arena, "%s/mail/7.eml", p->dir), &st) == 0);
	EXPECT_INT(st.st_mode & 0777, 0600);
	EXPECT(stat(text_fmt(p->arena, "%s/mail", p->dir), &st) == 0);
	EXPECT_INT(st.st_mode & 0777, 0700);
	EXPECT(mail_file_read(p->arena, p->dir, 8) == NULL);
	EXPECT_INT(mail_file_forget(p->arena, p->dir,
	    (struct instant){ INT64_MAX }), 1);
	EXPECT(rmdir(text_fmt(p->arena, "%s/mail", p->dir)) == 0);
}

TEST_ON_SQLITE(an_address_that_would_spoil_a_header_is_refused_at_the_start)
{
	static const char *const addresses[] = {
		"Fjouwer <mail@example.nl>", "a@example.nl, b@example.nl",
		"mail@example.nl\r\nBcc: x@example.nl", "example.nl", "",
	};
	struct site site = { .base_url = "http://localhost:8080" };

	for (size_t i = 0; i < LEN(addresses); i++) {
		struct post_config config = { .site = &site, .smtp = "",
		    .from = addresses[i], .ca_file = "" };
		struct post *post;

		EXPECT_WHY(post_start(p->arena, &config, &post) != OK,
		    addresses[i]);
	}
}
