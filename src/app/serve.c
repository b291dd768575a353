/* `fjouwer serve`: everything that runs, from the start to the stop. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/control.h"
#include "app/jobs.h"
#include "app/serve.h"
#include "app/site.h"
#include "base/file.h"
#include "base/log.h"
#include "post/post.h"
#include "web/live.h"
#include "web/server.h"

enum { CONNECTIONS = 4000, DRAIN_SECONDS = 10, SYSTEMD_FIRST_FD = 3 };

struct serving {
	struct site *site;
	struct server *server;
	struct post *post;
	struct jobs *jobs;
	struct control *control;
};

/* The socket that systemd opened for us, or -1. */
static int
socket_given(void)
{
	const char *pid = getenv("LISTEN_PID");
	const char *n = getenv("LISTEN_FDS");
	int64_t value;

	if (pid == NULL || n == NULL || !text_to_int(pid, &value) ||
	    value != getpid() || !text_to_int(n, &value) || value < 1)
		return -1;
	return SYSTEMD_FIRST_FD;
}

/* Tell systemd how we are: "READY=1". */
static void
notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	size_t len = path != NULL ? strlen(path) : 0;
	CLEANUP(fd_close) int fd = -1;

	if (len == 0 || len >= sizeof un.sun_path)
		return;
	memcpy(un.sun_path, path, len);
	if (path[0] == '@')     /* one that has no file */
		un.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		    (const struct sockaddr *)&un,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
}

/* No core dump holds a secret, no other process of the user looks in. */
static void
close_the_shutters(void)
{
	struct rlimit none = { 0, 0 };

	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
}

static void
many_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static void
stop_all(struct serving *s)
{
	notify("STOPPING=1");
	if (s->server != NULL)
		server_stop(s->server, DRAIN_SECONDS);
	if (s->site != NULL && s->site->live != NULL)
		live_stop(s->site->live);
	if (s->control != NULL)
		control_stop(s->control);
	if (s->jobs != NULL)
		jobs_stop(s->jobs);
	if (s->post != NULL)
		post_stop(s->post);
	if (s->site != NULL)
		site_close(s->site);
}

static atomic_bool damaged;     /* the file, as was found beside serving */

static void
stop_damaged(void)
{
	atomic_store(&damaged, true);
	kill(getpid(), SIGTERM);
}

static const char *
mail_from(struct arena *a, const struct config *config)
{
	const char *from = config->value[SET_MAIL_FROM];

	if (!text_is_empty(from))
		return from;
	return text_fmt(a, "fjouwer@%s",
	    text_host(a, config->value[SET_BASE_URL]));
}

static Err
start_all(struct arena *a, const struct config *config, struct serving *s)
{
	const char *data_dir = config->value[SET_DATA];
	bool taken = true;

	mkdir(data_dir, 0700);
	if (text_begins(config->value[SET_DATABASE], "sqlite:"))
		TRY(control_lock(a, data_dir, &taken));
	if (!taken)
		return err_make(a, ERR_FAILED, "another server already "
		    "serves this data directory");
	TRY(site_open(a, config, stop_damaged, &s->site));
	TRY(post_start(a, &(struct post_config){ .site = s->site,
		.smtp = config->value[SET_SMTP],
		.from = mail_from(a, config),
		.ca_file = config->value[SET_SMTP_CA] }, &s->post));
	TRY(jobs_start(a, s->site, &s->jobs));
	TRY(control_start(a, s->site, config, &s->control));
	TRY(live_start(a, s->site->database, &s->site->live));
	return server_start(a, &(struct server_config){
		.site = s->site,
		.listen = config->value[SET_LISTEN],
		.socket = socket_given(),
		.connection_limit = CONNECTIONS,
	}, &s->server);
}

static void
wait_for_signal(const sigset_t *set)
{
	int sig;

	while (sigwait(set, &sig) == 0 && sig == SIGHUP)
		continue;
}

int
serve_until_told(struct call *call, Err (*ready)(struct call *,
    const struct site *))
{
	struct serving s = { 0 };
	sigset_t set;
	Err err;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);       /* a limit is told as a full disk */
	close_the_shutters();
	many_files();
	err = start_all(call->arena, call->config, &s);
	if (err == OK && ready != NULL)
		err = ready(call, s.site);
	if (err == OK) {
		LOG(LOG_NOTE, "serving",
		    LOG_INT("port", server_port(s.server)));
		notify("READY=1");
		wait_for_signal(&set);
	}
	stop_all(&s);
	/* Whatever failed first, that was why. */
	if (atomic_load(&damaged))
		err = err_make(call->arena, ERR_DAMAGED,
		    "the database file is damaged: restore the last back-up");
	return err == OK ? EXIT_WORKED : call_failed(call, err);
}

int
serve_command(struct call *call)
{
	if (call->argc > 0)
		return call_wrong(call, "serve");
	return serve_until_told(call, first_address_say);
}
