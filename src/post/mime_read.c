/* MIME: reading back a mail that mime_compose wrote.  See mime.h. */
#include <string.h>

#include "post/mime.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "=C3" at P as a byte, or -1. */
static int
hex_byte(const char *p)
{
	int high, low;

	if (p[0] != '=' || (high = hex_digit(p[1])) < 0 ||
	    (low = hex_digit(p[2])) < 0)
		return -1;
	return high * 16 + low;
}

/* Q words hold "_" for a space; body text holds soft line breaks. */
static const char *
decode(struct arena *arena, const char *p, const char *end, bool in_header)
{
	struct buf b = buf_make(arena);

	while (p < end) {
		int byte = end - p >= 3 ? hex_byte(p) : -1;

		if (byte > 0) {
			buf_char(&b, (char)byte);
			p += 3;
		} else if (!in_header && text_begins(p, "=\r\n")) {
			p += 3;
		} else {
			if (*p != '\r')
				buf_char(&b,
				    in_header && *p == '_' ? ' ' : *p);
			p++;
		}
	}
	return buf_get(&b);
}

/* The line of header NAME; a header is folded before its end only. */
static const char *
header_find(const char *message, const char *name)
{
	const char *p = message, *body = strstr(message, "\r\n\r\n");

	while (body != NULL && p < body) {
		if (text_begins(p, name))
			return p + strlen(name);
		p = strstr(p, "\r\n") + 2;
	}
	return NULL;
}

static const char *
read_words(struct arena *arena, const char *p)
{
	static const char begin[] = "=?UTF-8?Q?";
	struct buf b = buf_make(arena);
	const char *end;

	while (text_begins(p, begin) && (end = strstr(p + 10, "?=")) != NULL) {
		buf_text(&b, decode(arena, p + strlen(begin), end, true));
		p = end + 2;
		if (!text_begins(p, "\r\n "))
			break;
		p += 3;
	}
	return buf_get(&b);
}

bool
mime_read(struct arena *arena, const char *message, const char **subject,
    const char **text)
{
	const char *head = header_find(message, "Subject: ");
	const char *part = strstr(message, "\r\nContent-Type: text/plain");
	const char *body = part ? strstr(part, "\r\n\r\n") : NULL;
	const char *end = body ? strstr(body + 4, "\r\n--=_part_") : NULL;

	if (head == NULL || end == NULL)
		return false;
	*subject = read_words(arena, head);
	*text = decode(arena, body + 4, end, false);
	return text_is_utf8(*subject, strlen(*subject)) &&
	    text_is_utf8(*text, strlen(*text));
}
