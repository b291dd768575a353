/*
 * The control socket.  See control.h.  One JSON line each way:
 * {"argv":["signin-link","3"]} and {"exit":0,"out":"…","err":"…"}.
 */
#include "app/control.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

enum { LINE_AT_MOST = 1 << 20, WORDS_AT_MOST = 64 };

struct control {
	const struct site *site;
	const struct config *config;
	int fd;
	pthread_t thread;
	atomic_bool stopping;
	struct sockaddr_un address;
};

Err
control_lock(struct arena *a, const char *data_dir, bool *taken)
{
	const char *path = text_fmt(a, "%s/lock", data_dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_make(a, ERR_FAILED,
		    "the data directory cannot be written: %s",
		    strerror(errno));
	*taken = flock(fd, LOCK_EX | LOCK_NB) == 0;
	if (!*taken)
		close(fd);
	return OK;
}

static bool
address_make(const char *data_dir, struct sockaddr_un *out)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int n = snprintf(un.sun_path, sizeof un.sun_path, "%s/control",
	    data_dir);

	if (n < 0 || (size_t)n >= sizeof un.sun_path)
		return false;
	*out = un;
	return true;
}

/* One line, without its end; NULL when none comes. */
static const char *
read_line(struct arena *a, int fd)
{
	struct buf line = buf_make(a);
	char chunk[4096];

	while (line.len < LINE_AT_MOST) {
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n <= 0)
			return NULL;
		buf_add(&line, chunk, (size_t)n);
		if (memchr(chunk, '\n', (size_t)n) != NULL)
			return buf_get(&line);
	}
	return NULL;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = send(fd, p, n, MSG_NOSIGNAL);

		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static void
json_drop(json_t **j)
{
	json_decref(*j);
}

/* The words of the question, copied; 0 when it is none. */
static int
parse_question(struct arena *a, const char *line, char **words)
{
	CLEANUP(json_drop) json_t *root = json_loads(line, 0, NULL);
	json_t *argv = json_object_get(root, "argv");
	size_t n = json_array_size(argv);

	if (n > WORDS_AT_MOST)
		return 0;
	for (size_t i = 0; i < n; i++) {
		const char *word = json_string_value(json_array_get(argv, i));

		if (word == NULL)
			return 0;
		words[i] = text_copy(a, word);
	}
	return (int)n;
}

static void
answer(struct control *c, struct arena *a, int fd)
{
	char *words[WORDS_AT_MOST + 1] = { NULL };
	const char *line = read_line(a, fd);
	int n = line != NULL ? parse_question(a, line, words) : 0;
	const struct command *command = n > 0 ? command_find(words[0]) : NULL;
	struct call call = { a, c->config, c->site, n - 1, words + 1,
		buf_make(a), buf_make(a) };
	struct buf reply = buf_make(a);
	int status = EXIT_CALLED_WRONGLY;

	if (command != NULL && command->kind == COMMAND_WRITES)
		status = command->run(&call);
	buf_fmt(&reply, "{\"exit\":%d,\"out\":", status);
	buf_json(&reply, buf_get(&call.out));
	buf_text(&reply, ",\"err\":");
	buf_json(&reply, buf_get(&call.err));
	buf_text(&reply, "}\n");
	write_all(fd, reply.p, reply.len);
}

static void *
control_main(void *arg)
{
	struct control *c = arg;

	while (!atomic_load(&c->stopping)) {
		CLEANUP(fd_close) int fd = accept4(c->fd, NULL, NULL,
		    SOCK_CLOEXEC);
		struct timeval patience = { .tv_sec = 5 };
		struct arena *a;

		if (fd < 0)
			continue;
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		    sizeof patience);
		a = arena_make(64 << 20);
		if (a == NULL)
			continue;
		answer(c, a, fd);
		arena_free(a);
	}
	return NULL;
}

Err
control_start(struct arena *a, const struct site *site,
    const struct config *config, struct control **out)
{
	struct control *c = ARENA_NEW(a, struct control, 1);

	c->site = site;
	c->config = config;
	if (!address_make(site->data_dir, &c->address))
		return err_make(a, ERR_INPUT,
		    "the path of the data directory is too long");
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unlink(c->address.sun_path);
	if (c->fd < 0 || fchmod(c->fd, 0600) != 0 ||
	    bind(c->fd, (const struct sockaddr *)&c->address,
	    sizeof c->address) != 0 ||
	    chmod(c->address.sun_path, 0600) != 0 || listen(c->fd, 8) != 0)
		return err_make(a, ERR_FAILED,
		    "the control socket cannot be made: %s", strerror(errno));
	if (pthread_create(&c->thread, NULL, control_main, c) != 0)
		return err_make(a, ERR_FAILED, "no thread can be started");
	*out = c;
	return OK;
}

void
control_stop(struct control *c)
{
	atomic_store(&c->stopping, true);
	shutdown(c->fd, SHUT_RDWR);
	pthread_join(c->thread, NULL);
	close(c->fd);
	unlink(c->address.sun_path);
}

static int
parse_answer(struct call *call, const char *line)
{
	CLEANUP(json_drop) json_t *root = json_loads(line, 0, NULL);
	const char *out = json_string_value(json_object_get(root, "out"));
	const char *err = json_string_value(json_object_get(root, "err"));

	if (out == NULL || err == NULL) {
		buf_text(&call->err, "The server gave no answer.\n");
		return EXIT_COULD_NOT;
	}
	buf_text(&call->out, out);
	buf_text(&call->err, err);
	return (int)json_integer_value(json_object_get(root, "exit"));
}

int
control_ask(struct call *call, const char *command, bool *answered)
{
	CLEANUP(fd_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC,
	    0);
	struct sockaddr_un un;
	struct buf line = buf_make(call->arena);
	const char *reply;

	*answered = false;
	if (fd < 0 || !address_make(call->config->value[SET_DATA], &un) ||
	    connect(fd, (const struct sockaddr *)&un, sizeof un) != 0)
		return EXIT_COULD_NOT;
	buf_text(&line, "{\"argv\":[");
	buf_json(&line, command);
	for (int i = 0; i < call->argc; i++) {
		buf_char(&line, ',');
		buf_json(&line, call->argv[i]);
	}
	buf_text(&line, "]}\n");
	*answered = true;
	reply = write_all(fd, line.p, line.len) ? read_line(call->arena, fd)
	    : NULL;
	return parse_answer(call, reply != NULL ? reply : "");
}
