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

static enum MHD_Result
see(void *seen, enum MHD_ValueKind kind, const char *name, size_t nname,
    const char *value, size_t nvalue)
{
	guard_see(seen, name, nname, value == NULL ? "" : value, nvalue);
	return MHD_YES;
}

int
guard_judge(struct MHD_Connection *c, const char *version,
    const char *target)
{
	struct guard_seen seen = { 0 };

	if (strlen(target) > GUARD_TARGET_MAX)
		return 414;
	(void)MHD_get_connection_values_n(c, MHD_HEADER_KIND, see, &seen);
	return guard_sum(&seen, version);
}
