/*
 * Text: UTF-8, ended by NUL, owned by an arena.  The empty text is "", never
 * NULL; NULL is used for "nothing was said" where a feature says so.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/err.h"

/* Text that grows at its end.  Its bytes move while it grows. */
struct buf {
	struct arena *arena;
	char *p;                /* ended by NUL once something is added */
	size_t len, cap;
};

struct buf buf_make(struct arena *);
/* Room for N bytes, so that they do not move while they come in. */
void buf_reserve(struct buf *, size_t n);
void buf_add(struct buf *, const char *p, size_t n);
void buf_text(struct buf *, const char *s);
void buf_char(struct buf *, char c);
void buf_int(struct buf *, int64_t);
void buf_fmt(struct buf *, const char *fmt, ...) PRINTF(2, 3);
void buf_vfmt(struct buf *, const char *fmt, va_list);
/* The text so far, "" if nothing was added. */
const char *buf_get(const struct buf *);

/* S as a JSON string, quotes included. */
void buf_json(struct buf *, const char *s);

char *text_copy(struct arena *, const char *s);
char *text_copy_n(struct arena *, const char *p, size_t n);
const char *text_fmt(struct arena *, const char *fmt, ...) PRINTF(2, 3);

bool text_same(const char *, const char *);
bool text_begins(const char *s, const char *prefix);
bool text_is_empty(const char *);       /* NULL and "" both are */

/* Whether the N bytes are well-formed UTF-8 (RFC 3629) without NUL. */
bool text_is_utf8(const char *p, size_t n);

/* Number of code points in well-formed UTF-8. */
size_t text_length(const char *s);

/* Without white space at both ends; CR LF and lone CR become LF. */
const char *text_trim(struct arena *, const char *s);

/* One line: as text_trim, every run of white space and controls a space. */
const char *text_line(struct arena *, const char *s);

/*
 * S for searching and comparing: lower case, without diacritics, of Latin
 * script; other scripts as they are.  "Câfé ÏT" and "cafe it" fold alike.
 */
const char *text_fold(struct arena *, const char *s);

/* "Sjoukje de Vries" gives "SV"; at most two letters, upper case. */
const char *text_initials(struct arena *, const char *name);

/* "example.nl" of "https://example.nl:8443/x", and of "example.nl". */
const char *text_host(struct arena *, const char *url);

/* Whole decimal number of at most 18 digits, sign allowed, nothing after. */
bool text_to_int(const char *s, int64_t *out);

#endif
