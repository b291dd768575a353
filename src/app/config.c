/* Settings.  See config.h. */
#include "app/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *key, *variable, *about;
} table[SETTINGS] = {
	[SET_DATABASE] = { "database", "FJOUWER_DATABASE",
	    "sqlite:PATH or postgres:CONNINFO (DATA/fjouwer.db)" },
	[SET_LISTEN] = { "listen", "FJOUWER_LISTEN",
	    "address and port (127.0.0.1:8080)" },
	[SET_DATA] = { "data", "FJOUWER_DATA",
	    "directory for everything on disk (./data)" },
	[SET_SMTP] = { "smtp", "FJOUWER_SMTP",
	    "smtp://user:password@host:587; without it mails go to DATA/mail" },
	[SET_SMTP_CA] = { "smtp-ca", "FJOUWER_SMTP_CA",
	    "PEM file of who vouches for the mail server (the system's)" },
	[SET_BASE_URL] = { "base-url", "FJOUWER_BASE_URL",
	    "address in links and for passkeys (http://localhost:PORT)" },
	[SET_MAIL_FROM] = { "mail-from", "FJOUWER_MAIL_FROM",
	    "address that mails come from (fjouwer@ the base URL's host)" },
	[SET_METRICS_TOKEN_FILE] = { "metrics-token-file",
	    "FJOUWER_METRICS_TOKEN_FILE",
	    "file with the token that opens /metrics" },
	[SET_PROXIES] = { "proxies", "FJOUWER_PROXIES",
	    "addresses whose X-Forwarded-For is believed, by commas" },
};

static int
key_find(const char *key, size_t len)
{
	for (int i = 0; i < SETTINGS; i++) {
		if (strlen(table[i].key) == len &&
		    strncmp(table[i].key, key, len) == 0)
			return i;
	}
	return -1;
}

/* One line of the file; a value given before holds. */
static Err
parse_line(struct arena *a, const char *line, int number, struct config *c)
{
	const char *equals = strchr(line, '=');
	const char *key;
	int i;

	if (text_is_empty(line) || line[0] == '#')
		return OK;
	if (equals == NULL)
		return err_make(a, ERR_INPUT,
		    "line %d of the settings has no \"=\"", number);
	key = text_trim(a, text_copy_n(a, line, (size_t)(equals - line)));
	i = key_find(key, strlen(key));
	if (i < 0)
		return err_make(a, ERR_INPUT,
		    "line %d of the settings: there is no setting \"%s\"",
		    number, key);
	if (c->value[i] == NULL)
		c->value[i] = text_trim(a, equals + 1);
	return OK;
}

Err
config_parse(struct arena *a, const char *text, struct config *c)
{
	for (int number = 1; *text != '\0'; number++) {
		size_t len = strcspn(text, "\n");

		TRY(parse_line(a, text_trim(a, text_copy_n(a, text, len)),
		    number, c));
		text += len;
		text += *text == '\n';
	}
	return OK;
}

static void
file_close(FILE **f)
{
	if (*f != NULL)
		fclose(*f);
}

static Err
read_file(struct arena *a, const char *path, struct config *c)
{
	CLEANUP(file_close) FILE *f = fopen(path, "re");
	char chunk[4096];
	struct buf text = buf_make(a);
	size_t n;

	if (f == NULL)
		return err_make(a, ERR_FAILED,
		    "the file of settings cannot be opened");
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_add(&text, chunk, n);
	return config_parse(a, buf_get(&text), c);
}

/*
 * "--key=value" or "--key value" at ARGV[I]: the words it takes up, 0 when
 * it is no setting.
 */
static int
take_flag(int argc, char **argv, int i, int *key, const char **value)
{
	const char *name = argv[i] + 2;
	size_t len = strcspn(name, "=");

	if (strncmp(argv[i], "--", 2) != 0)
		return 0;
	*key = len == 6 && strncmp(name, "config", 6) == 0 ? SETTINGS
	    : key_find(name, len);
	if (*key < 0)
		return 0;
	if (name[len] == '=') {
		*value = name + len + 1;
		return 1;
	}
	*value = i + 1 < argc ? argv[i + 1] : NULL;
	return *value != NULL ? 2 : 1;
}

/* "scheme://user:password@host" */
static bool
has_user_password(const char *value)
{
	const char *user = strstr(value, "://");
	size_t colon = user == NULL ? 0 : strcspn(user += 3, ":/?");

	return user != NULL && user[colon] == ':' &&
	    user[colon + strcspn(user + colon, "@/?")] == '@';
}

/* "host=db password=…", "postgresql://host/db?password=…" */
static bool
has_password_word(const char *value)
{
	static const char word[] = "password";
	const char *p = value;

	while ((p = strstr(p, word)) != NULL) {
		p += sizeof word - 1;
		if (p[strspn(p, " ")] == '=')
			return true;
	}
	return false;
}

static bool
holds_password(int key, const char *value)
{
	if (key == SET_DATABASE && text_begins(value, "sqlite:"))
		return false;
	return (key == SET_SMTP || key == SET_DATABASE) &&
	    (has_user_password(value) || has_password_word(value));
}

static Err
read_flags(struct arena *a, int *argc, char **argv, struct config *c,
    const char **file)
{
	int kept = 0;

	for (int i = 0; i < *argc; ) {
		const char *value = NULL;
		int key = -1;
		int words = take_flag(*argc, argv, i, &key, &value);

		if (words == 0) {
			argv[kept++] = argv[i++];
			continue;
		}
		if (value == NULL)
			return err_make(a, ERR_INPUT, "%s needs a value",
			    argv[i]);
		/* Every user of the machine can read a command line. */
		if (holds_password(key, value))
			return err_make(a, ERR_INPUT, "a password does not "
			    "belong on the command line; write %.*s into the "
			    "file of --config", (int)strcspn(argv[i] + 2, "="),
			    argv[i] + 2);
		if (key == SETTINGS)
			*file = value;
		else
			c->value[key] = value;
		i += words;
	}
	*argc = kept;
	return OK;
}

static void
fill_in(struct arena *a, struct config *c)
{
	const char **v = c->value;
	const char *port;

	if (v[SET_DATA] == NULL)
		v[SET_DATA] = "data";
	if (v[SET_DATABASE] == NULL)
		v[SET_DATABASE] = text_fmt(a, "sqlite:%s/fjouwer.db",
		    v[SET_DATA]);
	if (v[SET_LISTEN] == NULL)
		v[SET_LISTEN] = "127.0.0.1:8080";
	port = strrchr(v[SET_LISTEN], ':');
	if (v[SET_BASE_URL] == NULL)
		v[SET_BASE_URL] = text_fmt(a, "http://localhost%s",
		    port != NULL ? port : "");
	for (int i = 0; i < SETTINGS; i++) {
		if (v[i] == NULL)
			v[i] = "";
	}
}

Err
config_read(struct arena *a, int *argc, char **argv, struct config *out)
{
	struct config c = { 0 };
	const char *file = NULL;

	TRY(read_flags(a, argc, argv, &c, &file));
	for (int i = 0; i < SETTINGS; i++) {
		if (c.value[i] == NULL)
			c.value[i] = getenv(table[i].variable);
	}
	if (file == NULL)
		file = getenv("FJOUWER_CONFIG");
	if (file != NULL)
		TRY(read_file(a, file, &c));
	fill_in(a, &c);
	*out = c;
	return OK;
}

void
config_describe(struct buf *b)
{
	for (int i = 0; i < SETTINGS; i++)
		buf_fmt(b, "  --%-20s %s\n  %22s %s\n", table[i].key,
		    table[i].about, "", table[i].variable);
	buf_fmt(b, "  --%-20s %s\n", "config", "a file with these settings");
}
