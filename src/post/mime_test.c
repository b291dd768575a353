/* Mails as bytes: the whole of one, and what may not get into any. */
#include <stdlib.h>
#include <string.h>

#include "base/test.h"
#include "post/mime.h"

static const struct mail plain = {
	.from_name = "Groepsmentoring Fryslân",
	.from = "fjouwer@mentor.example",
	.reply_to = "office@mentor.example",
	.to = "anna@example.org",
	.message_id = "7.3@mentor.example",
	.date = { INT64_C(1795446600) * 1000000 },
	.lang = LANG_FY,
	.subject = "Wy hawwe dyn fraach ûntfongen",
	.text = "Goeie,\n\nTrailing space \n.\nFrysl\xc3\xa2n = 4\n",
	.html = "<p>Goeie,</p>\n",
};

TEST(a_mail_is_written_as_the_standard_says)
{
	static const char golden[] =
	    "From: =?UTF-8?Q?Groepsmentoring_Frysl=C3=A2n?=\r\n"
	    " <fjouwer@mentor.example>\r\n"
	    "To: <anna@example.org>\r\n"
	    "Reply-To: <office@mentor.example>\r\n"
	    "Subject: =?UTF-8?Q?Wy_hawwe_dyn_fraach_=C3=BBntfongen?=\r\n"
	    "Date: Mon, 23 Nov 2026 15:10:00 +0000\r\n"
	    "Message-ID: <7.3@mentor.example>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "Content-Language: fy\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_part_\"\r\n"
	    "\r\n"
	    "--=_part_\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Goeie,\r\n\r\nTrailing space=20\r\n.\r\n"
	    "Frysl=C3=A2n =3D 4\r\n\r\n"
	    "--=_part_\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "<p>Goeie,</p>\r\n\r\n"
	    "--=_part_--\r\n";
	struct arena *arena = arena_make(1 << 20);

	EXPECT_TEXT(mime_compose(arena, &plain), golden);
	arena_free(arena);
}

TEST(an_invitation_is_an_alternative_of_its_own)
{
	struct arena *arena = arena_make(1 << 20);
	struct mail m = plain;
	const char *message;

	m.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
	message = mime_compose(arena, &m);
	EXPECT(strstr(message, "Content-Type: text/calendar; charset=utf-8; "
	    "method=REQUEST\r\n") != NULL);
	EXPECT(strstr(message, "\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n")
	    != NULL);
	arena_free(arena);
}

/* Every header of MESSAGE begins with a word of ours, or goes on. */
static bool
headers_are_ours(const char *message)
{
	static const char *const ours[] = {
		"From: ", "To: ", "Reply-To: ", "Subject: ", "Date: ",
		"Message-ID: ", "Auto-Submitted: ", "Content-Language: ",
		"MIME-Version: ", "Content-Type: ", " ",
	};

	while (!text_begins(message, "\r\n")) {
		bool known = false;

		for (size_t i = 0; i < LEN(ours); i++)
			known = known || text_begins(message, ours[i]);
		if (!known || strcspn(message, "\r") > 78)
			return false;
		message = strstr(message, "\r\n") + 2;
	}
	return true;
}

TEST(no_text_becomes_a_header)
{
	static const char *const texts[] = {
		"Hi\r\nBcc: victim@example.org",
		"Hi\nX-Evil: 1\n\nbody",
		"?= <evil@example.org>",
		"=?UTF-8?Q?=0D=0ABcc:?=",
		"\r\n\r\n<script>", "\xe2\x80\xa8line separator", "",
		"a very long subject that goes on and on until it has to be "
		"folded more than once because a line may hold 78 characters "
		"and no more than that, whatever somebody typed into it",
		"ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
	};
	struct arena *arena = arena_make(1 << 20);

	EXPECT(!headers_are_ours("Bcc: x\r\n\r\n"));
	for (size_t i = 0; i < LEN(texts); i++) {
		struct mail m = plain;

		m.subject = texts[i];
		m.from_name = texts[i];
		EXPECT_WHY(headers_are_ours(mime_compose(arena, &m)),
		    texts[i]);
	}
	arena_free(arena);
}

static bool
body_lines_are_short(const char *message)
{
	while (*message != '\0') {
		size_t n = strcspn(message, "\r\n");

		if (n > 78 || (message[n] != '\0' &&
		    !text_begins(message + n, "\r\n")))
			return false;
		message += message[n] == '\0' ? n : n + 2;
	}
	return true;
}

TEST(a_mail_is_read_back_as_it_was_written)
{
	static const char *const texts[] = {
		"", " ", "one line", "ends\n", "\n\nbegins\n\n",
		"Fryslân, ûndernimmer, €, 四", "= =3D =\n=20",
		"tab\t\nspace \n", "--=_part_\n--=_part_--",
		"a line without any break that is much longer than the "
		"seventy-six characters that quoted-printable allows on one "
		"line, with a ü in it",
		".\n..\nFrom here",
	};
	struct arena *arena = arena_make(1 << 20);

	for (size_t i = 0; i < LEN(texts); i++) {
		struct mail m = plain;
		const char *message, *subject, *text;

		m.subject = text_line(arena, texts[i]);
		m.text = texts[i];
		message = mime_compose(arena, &m);
		EXPECT_WHY(body_lines_are_short(message), texts[i]);
		EXPECT(mime_read(arena, message, &subject, &text));
		EXPECT_TEXT(subject, m.subject);
		EXPECT_TEXT(text, m.text);
	}
	arena_free(arena);
}

TEST(what_is_no_mail_of_ours_is_not_read)
{
	static const char *const messages[] = {
		"", "Subject: hi\r\n\r\nbody", "\r\n\r\n",
		"Subject: =?UTF-8?Q?a", "Content-Type: text/plain\r\n\r\n",
		("Subject: =?UTF-8?Q?=FF?=\r\n"
		 "\r\nContent-Type: text/plain\r\n\r\nx\r\n--=_part_"),
	};
	struct arena *arena = arena_make(1 << 20);
	const char *subject, *text;

	for (size_t i = 0; i < LEN(messages); i++)
		EXPECT_WHY(!mime_read(arena, messages[i], &subject, &text),
		    messages[i]);
	arena_free(arena);
}
