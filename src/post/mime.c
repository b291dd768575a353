/* MIME: writing a mail.  See mime.h. */
#include <string.h>

#include "post/mime.h"

enum {
	LINE_MAX_QP = 75,       /* room for a soft break stays: 76 in all */
	WORD_MAX = 63,          /* of 75, without "=?UTF-8?Q?" and "?=" */
};

static void
put_hex(struct buf *b, char c)
{
	buf_fmt(b, "=%02X", (unsigned)(unsigned char)c);
}

static bool
is_line_end(const char *p)
{
	return *p == '\0' || *p == '\n' || (p[0] == '\r' && p[1] == '\n');
}

/* White space before a line's end is lost on the way, so it is encoded. */
static bool
qp_is_literal(const char *p)
{
	if (*p == ' ' || *p == '\t')
		return !is_line_end(p + 1);
	return *p > ' ' && *p < 127 && *p != '=';
}

static void
put_quoted_printable(struct buf *b, const char *s)
{
	size_t column = 0;

	for (; *s != '\0'; s++) {
		size_t width = qp_is_literal(s) ? 1 : 3;

		if (*s == '\r' && s[1] == '\n')
			continue;
		if (*s == '\n') {
			buf_text(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + width > LINE_MAX_QP) {
			buf_text(b, "=\r\n");
			column = 0;
		}
		if (width == 1)
			buf_char(b, *s);
		else
			put_hex(b, *s);
		column += width;
	}
	buf_text(b, "\r\n");
}

static bool
word_is_literal(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '!';
}

static size_t
character_bytes(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static size_t
word_width(const char *s, size_t n)
{
	return n == 1 && (word_is_literal(*s) || *s == ' ') ? 1 : 3 * n;
}

static void
put_word_character(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == ' ')
			buf_char(b, '_');
		else if (word_is_literal(s[i]))
			buf_char(b, s[i]);
		else
			put_hex(b, s[i]);
	}
}

/*
 * Text in a header is always written as encoded words: what somebody typed
 * can then neither end the line nor be taken for an address.
 */
static void
put_words(struct buf *b, const char *header, const char *s)
{
	size_t width = strlen(header);

	buf_fmt(b, "%s=?UTF-8?Q?", header);
	while (*s != '\0') {
		size_t n = character_bytes(s);

		if (width + word_width(s, n) > WORD_MAX) {
			buf_text(b, "?=\r\n =?UTF-8?Q?");
			width = 0;
		}
		put_word_character(b, s, n);
		width += word_width(s, n);
		s += n;
	}
	buf_text(b, "?=");
}

static void
put_address(struct buf *b, const char *header, const char *address)
{
	ASSERT(strpbrk(address, "\r\n<>, ") == NULL);
	buf_fmt(b, "%s: <%s>\r\n", header, address);
}

static void
put_from(struct buf *b, const struct mail *m)
{
	ASSERT(strpbrk(m->from, "\r\n<>, ") == NULL);
	if (m->from_name[0] == '\0') {
		put_address(b, "From", m->from);
		return;
	}
	put_words(b, "From: ", m->from_name);
	buf_fmt(b, "\r\n <%s>\r\n", m->from);
}

/* "Mon, 23 Nov 2026 15:10:00 +0000" */
static void
put_date(struct buf *b, struct instant at)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t second = at.us / SECONDS(1);
	struct date d = day_date((struct day){ (int32_t)(second / 86400) });
	int clock = (int)(second % 86400);

	buf_fmt(b, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
	    days + 3 * (d.weekday - 1), d.mday, months + 3 * (d.month - 1),
	    d.year, clock / 3600, clock / 60 % 60, clock % 60);
}

static void
put_headers(struct buf *b, const struct mail *m, const char *boundary)
{
	put_from(b, m);
	put_address(b, "To", m->to);
	if (m->reply_to[0] != '\0')
		put_address(b, "Reply-To", m->reply_to);
	put_words(b, "Subject: ", m->subject);
	buf_text(b, "\r\n");
	put_date(b, m->date);
	buf_fmt(b, "Message-ID: <%s>\r\n", m->message_id);
	buf_text(b, "Auto-Submitted: auto-generated\r\n");
	buf_fmt(b, "Content-Language: %s\r\n", language_code(m->lang));
	buf_text(b, "MIME-Version: 1.0\r\n");
	buf_fmt(b, "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"%s\"\r\n\r\n", boundary);
}

static void
put_part(struct buf *b, const char *boundary, const char *type,
    const char *body)
{
	buf_fmt(b, "--%s\r\n", boundary);
	buf_fmt(b, "Content-Type: %s\r\n", type);
	buf_text(b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	put_quoted_printable(b, body);
}

const char *
mime_compose(struct arena *arena, const struct mail *m)
{
	/* "=_" cannot stand in quoted-printable, so never in a part. */
	const char *boundary = "=_part_";
	struct buf b = buf_make(arena);

	put_headers(&b, m, boundary);
	put_part(&b, boundary, "text/plain; charset=utf-8", m->text);
	put_part(&b, boundary, "text/html; charset=utf-8", m->html);
	if (m->calendar != NULL)
		put_part(&b, boundary,
		    "text/calendar; charset=utf-8; method=REQUEST",
		    m->calendar);
	buf_fmt(&b, "--%s--\r\n", boundary);
	return buf_get(&b);
}
