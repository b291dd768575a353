/* SMTP against a server of ours that answers as a table says. */
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/test.h"
#include "post/smtp.h"

/* What the server says to RCPT and to the end of DATA; "" hangs up. */
struct script {
	const char *to_rcpt, *to_data;
};

struct server {
	struct script script;
	int socket;
	int port;
	pthread_t thread;
	char heard[8192];       /* all that came in */
};

static void
hear(struct server *s, const char *line)
{
	strncat(s->heard, line, sizeof s->heard - strlen(s->heard) - 1);
}

static void
skip_data(struct server *s, FILE *in)
{
	char line[1024];

	while (fgets(line, sizeof line, in) != NULL) {
		hear(s, line);
		if (text_same(line, ".\r\n"))
			return;
	}
}

/* The answer to one command; NULL hangs up. */
static const char *
answer(struct server *s, FILE *in, FILE *out, const char *line)
{
	if (text_begins(line, "EHLO"))
		return "250 AUTH PLAIN";
	if (text_begins(line, "AUTH"))
		return "550 5.7.1 not you";
	if (text_begins(line, "RCPT"))
		return s->script.to_rcpt;
	if (!text_begins(line, "DATA"))
		return text_begins(line, "QUIT") ? NULL : "250 ok";
	fputs("354 go on\r\n", out);
	fflush(out);
	skip_data(s, in);
	return s->script.to_data;
}

static void
serve(struct server *s, FILE *in, FILE *out)
{
	char line[1024];

	fputs("220 here\r\n", out);
	fflush(out);
	while (fgets(line, sizeof line, in) != NULL) {
		const char *said;

		hear(s, line);
		said = answer(s, in, out, line);
		if (text_is_empty(said))
			return;
		fprintf(out, "%s\r\n", said);
		fflush(out);
	}
}

static void *
serve_one(void *arg)
{
	struct server *s = arg;
	int fd = accept(s->socket, NULL, NULL);
	FILE *in, *out;

	if (fd < 0)
		return NULL;
	in = fdopen(fd, "r");
	out = fdopen(dup(fd), "w");
	serve(s, in, out);
	fclose(in);
	fclose(out);
	return NULL;
}

static void
server_open(struct server *s, struct script script)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t n = sizeof a;

	memset(s, 0, sizeof *s);
	s->script = script;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->socket = socket(AF_INET, SOCK_STREAM, 0);
	EXPECT(bind(s->socket, (struct sockaddr *)&a, sizeof a) == 0);
	EXPECT(listen(s->socket, 1) == 0);
	EXPECT(getsockname(s->socket, (struct sockaddr *)&a, &n) == 0);
	s->port = ntohs(a.sin_port);
	EXPECT(pthread_create(&s->thread, NULL, serve_one, s) == 0);
}

static void
server_close(struct server *s)
{
	shutdown(s->socket, SHUT_RDWR);
	close(s->socket);
	pthread_join(s->thread, NULL);
}

static struct smtp *
client(struct arena *arena, const char *host, int port)
{
	struct smtp_config c = {
		.url = text_fmt(arena, "smtp://%s:%d", host, port),
		.name = "mentor.example", .from = "fjouwer@mentor.example",
		.ca_file = "",
	};
	struct smtp *smtp = NULL;

	EXPECT_OK(smtp_open(arena, &c, &smtp));
	return smtp;
}

static const char message[] = "Subject: x\r\n\r\n.hidden dot\r\n";

static enum delivery
send_once(struct arena *arena, struct server *s, const char **said)
{
	struct smtp *smtp = client(arena, "127.0.0.1", s->port);
	enum delivery d = smtp_send(smtp, arena, "anna@example.org", message,
	    said);

	smtp_close(smtp);
	return d;
}

TEST(what_the_server_says_decides)
{
	const struct {
		struct script script;
		enum delivery delivery;
		const char *said;
		const char *why;
	} cases[] = {
		{ { "250 ok", "250 queued" }, DELIVERY_DONE, "", "taken" },
		{ { "550 5.1.1 nobody", "" }, DELIVERY_REFUSED,
		  "550 5.1.1 nobody", "no such address" },
		{ { "451 later", "" }, DELIVERY_LATER, "451 later", "grey" },
		{ { "250 ok", "452 full" }, DELIVERY_LATER, "452 full",
		  "refused after the text" },
		{ { "250 ok", "554 spam" }, DELIVERY_IMPOSSIBLE, "554 spam",
		  "refused for good" },
		{ { "250 ok", "" }, DELIVERY_LATER, NULL,
		  "hung up before it confirmed" },
		{ { "", "" }, DELIVERY_LATER, NULL, "hung up early" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		TEST_ARENA(arena);
		struct server s;
		const char *said = NULL;

		server_open(&s, cases[i].script);
		EXPECT_INT_WHY(send_once(arena, &s, &said),
		    cases[i].delivery, cases[i].why);
		server_close(&s);
		if (cases[i].said != NULL)
			EXPECT_TEXT_WHY(said, cases[i].said, cases[i].why);
		EXPECT(said != NULL);
	}
}

TEST(a_mail_arrives_as_it_was_composed)
{
	TEST_ARENA(arena);
	struct server s;
	const char *said;

	server_open(&s, (struct script){ "250 ok", "250 queued" });
	EXPECT_INT(send_once(arena, &s, &said), DELIVERY_DONE);
	server_close(&s);
	EXPECT(strstr(s.heard, "EHLO mentor.example\r\n") != NULL);
	EXPECT(strstr(s.heard, "MAIL FROM:<fjouwer@mentor.example>") != NULL);
	EXPECT(strstr(s.heard, "RCPT TO:<anna@example.org>") != NULL);
	EXPECT(strstr(s.heard, "\r\n..hidden dot\r\n.\r\n") != NULL);
}

TEST(nothing_is_told_to_another_machine_without_tls)
{
	TEST_ARENA(arena);
	struct server s;
	struct smtp *smtp;
	const char *said;

	/* 0.0.0.0 leads here, but does not say so. */
	server_open(&s, (struct script){ "250 ok", "250 queued" });
	smtp = client(arena, "0.0.0.0", s.port);
	EXPECT_INT(smtp_send(smtp, arena, "anna@example.org", message,
	    &said), DELIVERY_LATER);
	smtp_close(smtp);
	server_close(&s);
	EXPECT(strstr(s.heard, "EHLO") != NULL);
	EXPECT(strstr(s.heard, "MAIL") == NULL);
	EXPECT(strstr(s.heard, "anna") == NULL);
}

/* As a refusal of the letter, 550 would mean that nobody lives there. */
TEST(a_server_that_refuses_us_does_not_refuse_the_letter)
{
	TEST_ARENA(arena);
	struct server s;
	struct smtp *smtp;
	const char *said;

	server_open(&s, (struct script){ "250 ok", "250 queued" });
	smtp = client(arena, "fjouwer:secret@127.0.0.1", s.port);
	EXPECT_INT(smtp_send(smtp, arena, "anna@example.org", message,
	    &said), DELIVERY_LATER);
	smtp_close(smtp);
	server_close(&s);
	EXPECT_TEXT(said, "The mail server does not take our name and "
	    "password.");
}

TEST(a_server_that_is_away_is_tried_later)
{
	TEST_ARENA(arena);
	struct server s;
	struct smtp *smtp;
	const char *said;

	server_open(&s, (struct script){ "", "" });
	server_close(&s);
	smtp = client(arena, "127.0.0.1", s.port);
	EXPECT_INT(smtp_send(smtp, arena, "anna@example.org", message,
	    &said), DELIVERY_LATER);
	EXPECT_TEXT(said, "The mail server cannot be reached.");
	smtp_close(smtp);
}

TEST(only_mail_servers_are_accepted)
{
	static const char *const urls[] = {
		"http://example.org", "file:///etc/passwd", "mail", "",
		"smtp://", "smtp://user:secret@:25",
	};

	for (size_t i = 0; i < LEN(urls); i++) {
		TEST_ARENA(arena);
		struct smtp_config c = { urls[i], "x", "a@b", "" };
		struct smtp *smtp;
		Err err = smtp_open(arena, &c, &smtp);

		EXPECT_WHY(err != OK, urls[i]);
		EXPECT(strstr(err->text, "secret") == NULL);
	}
}
