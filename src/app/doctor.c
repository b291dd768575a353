/*
 * `fjouwer doctor`: what an operator would want to know before the users do,
 * each finding with how to mend it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "app/command.h"
#include "db/migrate.h"

enum verdict { SOUND, WORTH_A_LOOK, WRONG };

struct finding {
	const char *what;
	enum verdict verdict;
	const char *says;               /* what is so, and how to mend it */
};

struct checkup {
	struct call *call;
	struct finding finding[16];
	size_t n;
};

static void
find(struct checkup *c, const char *what, enum verdict verdict,
    const char *says)
{
	ASSERT(c->n < LEN(c->finding));
	c->finding[c->n++] = (struct finding){ what, verdict, says };
}

static const char *
setting(const struct checkup *c, enum setting_key key)
{
	return c->call->config->value[key];
}

static bool
is_loopback_url(const char *url)
{
	return strstr(url, "://localhost") != NULL ||
	    strstr(url, "://127.") != NULL || strstr(url, "://[::1]") != NULL;
}

static void
check_data(struct checkup *c)
{
	struct stat st;
	struct statvfs fs;

	if (stat(setting(c, SET_DATA), &st) != 0) {
		find(c, "data", WORTH_A_LOOK, "the data directory is not "
		    "there yet; `fjouwer serve` makes it");
		return;
	}
	if ((st.st_mode & 077) != 0)
		find(c, "data", WRONG, "others on this machine can look into "
		    "the data directory; run chmod 700 on it");
	else
		find(c, "data", SOUND, "only its owner can look into the "
		    "data directory");
	if (statvfs(setting(c, SET_DATA), &fs) == 0 &&
	    fs.f_bavail * fs.f_frsize < (fsblkcnt_t)1 << 30)
		find(c, "disk", WRONG, "less than 1 GB is free; make room, "
		    "or the site becomes read-only");
	else
		find(c, "disk", SOUND, "there is more than 1 GB free");
}

static void
check_database(struct checkup *c)
{
	struct arena *a = c->call->arena;
	struct db *db;
	bool done;
	Err err = db_open(a, setting(c, SET_DATABASE), DB_READ, &db);

	if (err != OK) {
		find(c, "database", WRONG, err->text);
		return;
	}
	err = migrate_is_done(db, a, &done);
	db_close(db);
	if (err != OK)
		find(c, "database", WRONG, err->text);
	else if (!done)
		find(c, "database", WRONG, "it is older than the program; "
		    "run `fjouwer migrate`");
	else
		find(c, "database", SOUND, "it opens, and is up to date");
}

static void
check_base_url(struct checkup *c)
{
	const char *url = setting(c, SET_BASE_URL);

	if (text_begins(url, "https://"))
		find(c, "base URL", SOUND, "links are https");
	else if (is_loopback_url(url))
		find(c, "base URL", WORTH_A_LOOK, "it is this machine; good "
		    "for a try, but mails need an address that others reach: "
		    "set FJOUWER_BASE_URL to https://…");
	else
		find(c, "base URL", WRONG, "it is not https: browsers give "
		    "no passkeys and keep no sign-in; put Caddy or nginx in "
		    "front and set FJOUWER_BASE_URL to https://…");
}

static void
check_mail(struct checkup *c)
{
	const char *smtp = setting(c, SET_SMTP);
	const char *ca = setting(c, SET_SMTP_CA);

	if (text_is_empty(smtp))
		find(c, "mail", WORTH_A_LOOK, "mails are written to "
		    "DATA/mail and go nowhere; set FJOUWER_SMTP");
	else if (!text_begins(smtp, "smtp://") &&
	    !text_begins(smtp, "smtps://"))
		find(c, "mail", WRONG, "FJOUWER_SMTP must begin with smtp:// "
		    "or smtps://");
	else if (!text_is_empty(ca) && access(ca, R_OK) != 0)
		find(c, "mail", WRONG, "the file of FJOUWER_SMTP_CA cannot "
		    "be read");
	else
		find(c, "mail", SOUND, "a mail server is set");
}

static void
check_backup(struct checkup *c)
{
	const char *dir = text_fmt(c->call->arena, "%s/backup",
	    setting(c, SET_DATA));
	struct stat st;

	if (stat(dir, &st) != 0)
		find(c, "back-up", WORTH_A_LOOK, "there is none yet; let "
		    "`fjouwer backup` run every night");
	else if (time(NULL) - st.st_mtime > 2 * 24 * 3600)
		find(c, "back-up", WRONG, "the last one is older than two "
		    "days; let `fjouwer backup` run every night");
	else
		find(c, "back-up", SOUND, "the last one is younger than two "
		    "days");
}

static void
check_clock(struct checkup *c)
{
	struct day born;

	ASSERT(day_make(2026, 1, 1, &born));
	if (instant_day(instant_now()).n < born.n)
		find(c, "clock", WRONG, "the machine's clock is years "
		    "behind; codes and links will fail: set it");
	else
		find(c, "clock", SOUND, "the clock is believable");
}

static const char *
verdict_word(enum verdict v)
{
	return v == SOUND ? "ok" : v == WORTH_A_LOOK ? "look" : "wrong";
}

static void
print_json(struct checkup *c)
{
	struct buf *b = &c->call->out;

	buf_text(b, "[");
	for (size_t i = 0; i < c->n; i++) {
		buf_text(b, i > 0 ? ",\n {\"what\":" : "\n {\"what\":");
		buf_json(b, c->finding[i].what);
		buf_fmt(b, ",\"verdict\":\"%s\",\"says\":",
		    verdict_word(c->finding[i].verdict));
		buf_json(b, c->finding[i].says);
		buf_text(b, "}");
	}
	buf_text(b, "\n]\n");
}

static void
print_text(struct checkup *c)
{
	for (size_t i = 0; i < c->n; i++)
		buf_fmt(&c->call->out, "%-5s  %s: %s\n",
		    verdict_word(c->finding[i].verdict), c->finding[i].what,
		    c->finding[i].says);
}

int
doctor_command(struct call *call)
{
	struct checkup c = { .call = call };
	bool json = call_flag(call, "--json");
	int status = EXIT_WORKED;

	if (call->argc > 0)
		return call_wrong(call, "doctor [--json]");
	check_data(&c);
	check_database(&c);
	check_base_url(&c);
	check_mail(&c);
	check_backup(&c);
	check_clock(&c);
	if (json)
		print_json(&c);
	else
		print_text(&c);
	for (size_t i = 0; i < c.n; i++) {
		if (c.finding[i].verdict == WRONG)
			status = EXIT_COULD_NOT;
	}
	return status;
}
