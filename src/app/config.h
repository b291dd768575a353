/*
 * Settings: from flags, else the environment, else one file, else what
 * suits a first try (SQLite in ./data at 127.0.0.1:8080).
 *
 * The file holds lines "key = value"; "#" begins a comment.  Keys are the
 * flags without dashes: database, listen, data, smtp, smtp-ca, base-url,
 * mail-from, metrics-token-file, proxies.  Unknown keys are refused with
 * their line.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "base/text.h"

enum setting_key {
	SET_DATABASE,           /* sqlite:PATH or postgres:CONNINFO */
	SET_LISTEN,             /* 127.0.0.1:8080 */
	SET_DATA,               /* directory for everything on disk */
	SET_SMTP,               /* smtp://user:password@host:587 */
	SET_SMTP_CA,            /* file of who vouches for that server */
	SET_BASE_URL,           /* https://mentor.example */
	SET_MAIL_FROM,          /* address that mails come from */
	SET_METRICS_TOKEN_FILE, /* file with the token of /metrics */
	SET_PROXIES,            /* addresses that may forward, by commas */
	SETTINGS,
};

struct config {
	const char *value[SETTINGS];
};

/*
 * Take the flags of settings out of ARGV (argc is lowered), read the
 * environment and the file.  The error is a sentence for the operator.
 */
MUST_USE Err config_read(struct arena *, int *argc, char **argv,
    struct config *);

/* One line a setting, for --help: flag, variable, what it is. */
void config_describe(struct buf *);

/* The text of a file of settings; exposed for tests and the fuzzer. */
MUST_USE Err config_parse(struct arena *, const char *text, struct config *);

#endif
