/*
 * SMTP: handing a mail to the mail server, by libcurl.
 */
#ifndef POST_SMTP_H
#define POST_SMTP_H

#include "post/post_rules.h"

struct smtp;

struct smtp_config {
	const char *url;        /* "smtp://user:password@host:587" */
	const char *name;       /* what we call ourselves in EHLO */
	const char *from;       /* address of the envelope */
	const char *ca_file;    /* "": the system's */
};

/*
 * Refuses a URL that is not smtp or smtps.  TLS is asked of every server but
 * this machine, where a certificate proves nothing.  Connects only later.
 */
MUST_USE Err smtp_open(struct arena *, const struct smtp_config *,
    struct smtp **out);
void smtp_close(struct smtp *);

/*
 * One attempt, at most a minute.  SAID is one short line for people: the
 * server's answer, which begins with its number, or an N_() of ours that says
 * what kept us from asking it.
 */
enum delivery smtp_send(struct smtp *, struct arena *, const char *to,
    const char *message, const char **said);

#endif
