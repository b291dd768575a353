/*
 * A form with a file, as browsers write it (RFC 7578): parts between lines
 * with a boundary, each with its headers.  What they never write (text before
 * the first part, encoded parts, a second file) is refused.
 */
#include <string.h>
#include <strings.h>

#include "web/decode.h"

enum {
	BOUNDARY_MAX = 70, LINE_MAX_BYTES = 1024, HEADERS_MAX = 8,
	FILENAME_MAX_BYTES = 255,
};

/* What is left to be read. */
struct rest {
	const char *p;
	size_t n;
};

struct part {
	const char *name, *filename;    /* NULL when not said */
	const char *bytes;
	size_t len;
};

static void
move(struct rest *r, size_t n)
{
	r->p += n;
	r->n -= n;
}

static bool
skip(struct rest *r, const char *text)
{
	size_t n = strlen(text);

	if (r->n < n || memcmp(r->p, text, n) != 0)
		return false;
	move(r, n);
	return true;
}

static bool
skip_word(struct rest *r, const char *word)
{
	size_t n = strlen(word);

	if (r->n < n || strncasecmp(r->p, word, n) != 0)
		return false;
	move(r, n);
	return true;
}

static void
skip_spaces(struct rest *r)
{
	while (r->n > 0 && (*r->p == ' ' || *r->p == '\t'))
		move(r, 1);
}

/* ---- The boundary ------------------------------------------------------ */

static bool
is_boundary(const char *p, size_t n)
{
	static const char marks[] = "'()+_,-./:=?";

	for (size_t i = 0; i < n; i++)
		if (!((p[i] >= '0' && p[i] <= '9') ||
		    (p[i] >= 'A' && p[i] <= 'Z') ||
		    (p[i] >= 'a' && p[i] <= 'z') ||
		    (p[i] != '\0' && strchr(marks, p[i]) != NULL)))
			return false;
	return n > 0 && n <= BOUNDARY_MAX;
}

const char *
multipart_boundary(struct arena *arena, const char *type)
{
	struct rest r = { type == NULL ? "" : type,
	    type == NULL ? 0 : strlen(type) };

	if (!skip_word(&r, "multipart/form-data"))
		return NULL;
	skip_spaces(&r);
	if (!skip(&r, ";"))
		return NULL;
	skip_spaces(&r);
	if (!skip_word(&r, "boundary="))
		return NULL;
	if (r.n > 2 && r.p[0] == '"' && r.p[r.n - 1] == '"') {
		move(&r, 1);
		r.n--;
	}
	return is_boundary(r.p, r.n) ? text_copy_n(arena, r.p, r.n) : NULL;
}

/* ---- The headers of a part --------------------------------------------- */

/* Browsers escape these three in a name, and nothing else. */
static const char *
name_text(struct arena *arena, const char *p, size_t n)
{
	static const struct { const char *escaped; char c; } all[] = {
		{ "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' },
	};
	struct rest r = { p, n };
	struct buf b = buf_make(arena);

	if (!text_is_utf8(p, n))
		return NULL;
	while (r.n > 0) {
		size_t i = 0;

		while (i < LEN(all) && !skip(&r, all[i].escaped))
			i++;
		buf_char(&b, i < LEN(all) ? all[i].c : *r.p);
		if (i == LEN(all))
			move(&r, 1);
	}
	return buf_get(&b);
}

/* name="…" or filename="…"; each once. */
static bool
take_parameter(struct arena *arena, struct rest *r, struct part *part)
{
	const char **to = skip(r, "name=\"") ? &part->name
	    : skip(r, "filename=\"") ? &part->filename : NULL;
	const char *end = to == NULL || r->n == 0 ? NULL
	    : memchr(r->p, '"', r->n);

	if (end == NULL || *to != NULL)
		return false;
	*to = name_text(arena, r->p, (size_t)(end - r->p));
	move(r, (size_t)(end - r->p) + 1);
	return *to != NULL;
}

static bool
take_disposition(struct arena *arena, struct rest r, struct part *part)
{
	skip_spaces(&r);
	if (part->name != NULL || !skip_word(&r, "form-data"))
		return false;
	while (r.n > 0) {
		if (!skip(&r, ";"))
			return false;
		skip_spaces(&r);
		if (!take_parameter(arena, &r, part))
			return false;
	}
	return part->name != NULL;
}

static bool
take_line(struct rest *r, struct rest *line)
{
	size_t most = r->n < LINE_MAX_BYTES ? r->n : LINE_MAX_BYTES;
	const char *end = most == 0 ? NULL : memmem(r->p, most, "\r\n", 2);

	if (end == NULL)
		return false;
	*line = (struct rest){ r->p, (size_t)(end - r->p) };
	move(r, line->n + 2);
	return true;
}

/* Up to and with the empty line. */
static bool
take_headers(struct arena *arena, struct rest *r, struct part *part)
{
	struct rest line;

	for (int i = 0; i <= HEADERS_MAX; i++) {
		if (!take_line(r, &line))
			return false;
		if (line.n == 0)
			return part->name != NULL;
		if (skip_word(&line, "Content-Transfer-Encoding:"))
			return false;
		if (skip_word(&line, "Content-Disposition:") &&
		    !take_disposition(arena, line, part))
			return false;
	}
	return false;
}

/* ---- The parts --------------------------------------------------------- */

static bool
take_part(struct arena *arena, struct rest *r, const char *limit,
    struct part *part)
{
	const char *end;

	if (!take_headers(arena, r, part))
		return false;
	end = r->n == 0 ? NULL : memmem(r->p, r->n, limit, strlen(limit));
	if (end == NULL)
		return false;
	part->bytes = r->p;
	part->len = (size_t)(end - r->p);
	move(r, part->len + strlen(limit));
	return true;
}

/* The last part of a path: some programs send where the file lay. */
static const char *
base_name(struct arena *arena, const char *path)
{
	const char *name = path;

	for (; *path != '\0'; path++)
		if (*path == '/' || *path == '\\')
			name = path + 1;
	return strlen(name) > FILENAME_MAX_BYTES ? ""
	    : text_line(arena, name);
}

static bool
keep_file(struct arena *arena, const struct part *part, struct upload *file)
{
	/* A field in which no file was chosen. */
	if (text_is_empty(part->filename) && part->len == 0)
		return true;
	if (file->field != NULL)
		return false;
	*file = (struct upload){ part->name,
	    base_name(arena, part->filename), part->bytes, part->len };
	return true;
}

static bool
keep_part(struct arena *arena, const struct part *part, struct multipart *m)
{
	if (part->filename != NULL)
		return keep_file(arena, part, &m->file);
	if (m->fields.n == FIELDS_MAX ||
	    !text_is_utf8(part->bytes, part->len))
		return false;
	m->fields.at[m->fields.n++] = (struct field){ .name = part->name,
	    .value = text_copy_n(arena, part->bytes, part->len) };
	return true;
}

bool
multipart_parse(struct arena *arena, const char *p, size_t n,
    const char *boundary, struct multipart *out)
{
	const char *limit = text_fmt(arena, "\r\n--%s", boundary);
	struct multipart m = { .fields.at = ARENA_NEW(arena, struct field,
	    FIELDS_MAX) };
	struct rest r = { p, n };

	if (!skip(&r, limit + 2))
		return false;
	while (!skip(&r, "--")) {
		struct part part = { 0 };

		if (!skip(&r, "\r\n") ||
		    !take_part(arena, &r, limit, &part) ||
		    !keep_part(arena, &part, &m))
			return false;
	}
	(void)skip(&r, "\r\n");
	if (r.n > 0)
		return false;
	*out = m;
	return true;
}
