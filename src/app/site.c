/* The parts of an installation, put together.  See site.h. */
#include "app/site.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "app/feature_list.h"
#include "base/crypt.h"
#include "base/file.h"
#include "base/log.h"

enum { ATTEMPT_AT_MOST = 8 << 20, UPLOAD_AT_MOST = 10 << 20 };

/* Made once, and whole on the disk before anything is sealed with it. */
static Err
key_make(struct arena *a, const char *path, struct key *key)
{
	const char *draft = text_fmt(a, "%s.new", path);
	CLEANUP(fd_close) int fd = open(draft,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	crypt_random(key->b, sizeof key->b);
	if (fd < 0 || write(fd, key->b, sizeof key->b) != sizeof key->b ||
	    !file_publish(a, draft, path))
		return err_make(a, ERR_FAILED, "the key of the installation "
		    "cannot be written: %s", strerror(errno));
	return OK;
}

static Err
key_load(struct arena *a, const char *data_dir, struct key *key)
{
	const char *path = text_fmt(a, "%s/key", data_dir);
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return key_make(a, path, key);
	if (fd < 0 || read(fd, key->b, sizeof key->b) != sizeof key->b)
		return err_make(a, ERR_FAILED,
		    "the key of the installation, DATA/key, cannot be read");
	return OK;
}

/* The token of /metrics; without a file there is none, and no /metrics. */
static Err
metrics_token(struct arena *a, const char *path, const char **out)
{
	CLEANUP(fd_close) int fd = -1;
	char token[256];
	ssize_t n;

	*out = "";
	if (text_is_empty(path))
		return OK;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd >= 0 ? read(fd, token, sizeof token - 1) : -1;
	if (n < 0)
		return err_make(a, ERR_FAILED,
		    "the file with the token of /metrics cannot be read");
	token[n] = '\0';
	*out = text_trim(a, token);
	return OK;
}

static void
split_proxies(struct arena *a, const char *list, struct site *site)
{
	const char **proxies = ARENA_NEW(a, const char *, strlen(list) + 1);

	while (*list != '\0') {
		size_t len = strcspn(list, ",");

		proxies[site->nproxies++] = text_trim(a,
		    text_copy_n(a, list, len));
		list += len;
		list += *list == ',';
	}
	site->proxies = proxies;
}

static Err
settings_read(struct arena *a, const struct config *config,
    struct site *site)
{
	const char *data_dir = config->value[SET_DATA];

	if (mkdir(data_dir, 0700) != 0 && errno != EEXIST)
		return err_make(a, ERR_FAILED,
		    "the data directory cannot be made: %s", strerror(errno));
	site->database = config->value[SET_DATABASE];
	site->base_url = config->value[SET_BASE_URL];
	site->data_dir = data_dir;
	site->upload_limit = UPLOAD_AT_MOST;
	site->version = FJOUWER_VERSION;
	split_proxies(a, config->value[SET_PROXIES], site);
	TRY(metrics_token(a, config->value[SET_METRICS_TOKEN_FILE],
	    &site->metrics_token));
	return key_load(a, data_dir, &site->key);
}

struct check {
	const char *url;
	void (*damaged)(void);
};

static Err
check(void *arg, struct arena *a)
{
	const struct check *c = arg;
	Err err = db_check(a, c->url);

	if (err != OK) {
		log_err("the database cannot be served", err);
		if (c->damaged != NULL)
			c->damaged();
	}
	return err;
}

Err
site_open(struct arena *a, const struct config *config,
    void (*damaged)(void), struct site **out)
{
	struct site *site = ARENA_NEW(a, struct site, 1);
	struct check *c = ARENA_NEW(a, struct check, 1);

	TRY(settings_read(a, config, site));
	site->ids = ARENA_NEW(a, struct id_source, 1);
	site->features = features;
	site->nfeatures = nfeatures;
	site->gate = gate;
	site->clock = instant_now;
	accounts_start();
	TRY(site_migrate(a, config));
	*c = (struct check){ site->database, damaged };
	TRY(writer_start(a, &(struct writer_config){
		.url = site->database,
		.threads = 4,
		.attempt_limit = ATTEMPT_AT_MOST,
		.before = check,
		.arg = c,
	}, &site->writer));
	*out = site;
	return OK;
}

void
site_close(struct site *site)
{
	writer_stop(site->writer);
}

/* Whether nothing is to be migrated, and nothing about it to be refused. */
static bool
is_up_to_date(struct arena *a, const char *url)
{
	struct db *db;
	bool done;
	Err err = db_open(a, url, DB_READ, &db);

	if (err != OK)
		return false;
	err = migrate_is_done(db, a, &done);
	db_close(db);
	return err == OK && done;
}

/*
 * On PostgreSQL the role that serves owns nothing, and could not migrate:
 * what is up to date is left alone.
 */
Err
site_migrate(struct arena *a, const struct config *config)
{
	const char *backups = text_fmt(a, "%s/backup",
	    config->value[SET_DATA]);
	const char *url = config->value[SET_DATABASE];
	struct migrate_report report;

	if (is_up_to_date(a, url))
		return OK;
	TRY(db_check(a, url));
	mkdir(backups, 0700);
	return migrate(a, url, backups, instant_now(), &report);
}

struct req
site_request(const struct site *site, struct arena *a, struct db *db)
{
	struct instant now = site->clock();

	return (struct req){
		.arena = a,
		.db = db,
		.now = now,
		.today = instant_day(now),
		.lang = LANG_NL,
		.viewer = { .name = "", .initials = "" },
		.programme = { .slug = "", .name = "", .phone = "",
		    .place = "" },
		.site = site,
		.network = "",
		.device = "",
	};
}

struct writing {
	const struct site *site;
	Err (*run)(struct req *, void *arg);
	void *arg;
};

static Err
writing_run(void *arg, struct db *db, struct arena *attempt)
{
	struct writing *w = arg;
	struct req r = site_request(w->site, attempt, db);

	return w->run(&r, w->arg);
}

Err
site_write(const struct site *site, struct arena *a,
    Err (*run)(struct req *, void *arg), void *arg)
{
	struct writing w = { site, run, arg };

	return writer_do(site->writer, a, writing_run, &w);
}
