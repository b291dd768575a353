/*
 * The pass over the headers: one length or chunked, one host, names and
 * values of the characters that RFC 9110 allows.
 */
#include <string.h>
#include <strings.h>

#include "web/guard.h"

static bool
is_token(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] <= ' ' || p[i] > '~' ||
		    strchr("()<>@,;:\\\"/[]?={}", p[i]) != NULL)
			return false;
	return n > 0;
}

/* No control but a tab: a line that was folded leaves CR or LF here. */
static bool
is_value(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < ' ' ? p[i] != '\t'
		    : p[i] == 0x7f)
			return false;
	return true;
}

static bool
is_length(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return n > 0 && n <= 18;
}

static bool
is_host(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] <= ' ' || p[i] > '~' ||
		    strchr(",/\\@?#\"<>", p[i]) != NULL)
			return false;
	return n > 0 && n <= 255;
}

static bool
is_name(const char *p, size_t n, const char *name)
{
	return n == strlen(name) && strncasecmp(p, name, n) == 0;
}

void
guard_see(struct guard_seen *g, const char *name, size_t nname,
    const char *value, size_t nvalue)
{
	bool sound = is_token(name, nname) && is_value(value, nvalue);

	if (is_name(name, nname, "Content-Length")) {
		g->lengths++;
		sound = sound && is_length(value, nvalue);
	} else if (is_name(name, nname, "Transfer-Encoding")) {
		g->encodings++;
		sound = sound && is_name(value, nvalue, "chunked");
	} else if (is_name(name, nname, "Host")) {
		g->hosts++;
		sound = sound && is_host(value, nvalue);
	}
	g->bytes += nname + nvalue + 4;
	if (!sound)
		g->status = 400;
	else if (g->bytes > GUARD_HEADERS_MAX && g->status == 0)
		g->status = 431;
}

int
guard_sum(const struct guard_seen *g, const char *version)
{
	if (g->status != 0)
		return g->status;
	if (g->lengths + g->encodings > 1 || g->hosts > 1)
		return 400;
	if (strcmp(version, "HTTP/1.1") == 0)
		return g->hosts == 1 ? 0 : 400;
	/* Chunks came with 1.1; a 1.0 proxy before us would not see them. */
	if (strcmp(version, "HTTP/1.0") == 0)
		return g->encodings == 0 ? 0 : 400;
	return 505;
}

/*
 * libmicrohttpd 0.9.75 joins folded lines and ends a value at a NUL before
 * anybody sees them.  It leaves the lines where they were read, though, with
 * NUL for the colon and the line's end; so what was tampered with does not
 * lie where it should: the value right after the name, two NULs after the
 * value, and then the next name.
 */
struct layout {
	struct guard_seen seen;
	const char *next;               /* where the next name must be */
	bool is_known;                  /* whether this version is that one */
};

static bool
lies_well(const struct layout *l, const char *name, size_t nname,
    const char *value, size_t nvalue)
{
	const char *p = name + nname + 1;

	if (l->next != NULL && name != l->next)
		return false;
	while (*p == ' ' || *p == '\t')
		p++;
	return p == value && value[nvalue] == '\0' &&
	    value[nvalue + 1] == '\0';
}

static enum MHD_Result
see(void *arg, enum MHD_ValueKind kind, const char *name, size_t nname,
    const char *value, size_t nvalue)
{
	struct layout *l = arg;

	guard_see(&l->seen, name, nname, value == NULL ? "" : value, nvalue);
	if (!l->is_known || l->seen.status != 0)
		return MHD_YES;
	if (value == NULL || !lies_well(l, name, nname, value, nvalue))
		l->seen.status = 400;
	else
		l->next = value + nvalue + 2;
	return MHD_YES;
}

int
guard_judge(struct MHD_Connection *c, const char *version,
    const char *target)
{
	struct layout l = { .is_known =
	    strcmp(MHD_get_version(), "0.9.75") == 0 };

	if (strlen(target) > GUARD_TARGET_MAX)
		return 414;
	(void)MHD_get_connection_values_n(c, MHD_HEADER_KIND, see, &l);
	/* After the last line comes an empty one. */
	if (l.seen.status == 0 && l.next != NULL &&
	    (l.next[0] != '\0' || l.next[1] != '\0'))
		l.seen.status = 400;
	return guard_sum(&l.seen, version);
}
