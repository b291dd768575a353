#include "web/answer.h"

#include <stdio.h>

const struct header answer_headers[] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; "
	  "style-src 'self'; font-src 'self'; img-src 'self'; "
	  "manifest-src 'self'; connect-src 'self'; form-action 'self'; "
	  "base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), microphone=(), geolocation=(), "
	  "payment=(), usb=(), publickey-credentials-get=(self), "
	  "publickey-credentials-create=(self)" },
};
const size_t nanswer_headers = LEN(answer_headers);

/* Two years. */
const struct header answer_https_header = {
	"Strict-Transport-Security", "max-age=63072000"
};

static void
add(struct MHD_Response *m, const char *name, const char *value)
{
	if (value != NULL)
		(void)MHD_add_response_header(m, name, value);
}

static void
add_filename(struct MHD_Response *m, const char *filename)
{
	char value[300];

	if (filename == NULL)
		return;
	(void)snprintf(value, sizeof value, "attachment; filename=\"%.200s\"",
	    filename);
	add(m, "Content-Disposition", value);
}

static void
add_retry_after(struct MHD_Response *m, int seconds)
{
	char value[16];

	if (seconds <= 0)
		return;
	(void)snprintf(value, sizeof value, "%d", seconds);
	add(m, "Retry-After", value);
}

void
answer_headers_add(struct MHD_Response *m, const struct reply *reply,
    bool https)
{
	for (size_t i = 0; i < LEN(answer_headers); i++)
		add(m, answer_headers[i].name, answer_headers[i].value);
	add(m, answer_https_header.name,
	    https ? answer_https_header.value : NULL);
	add(m, "Cache-Control", reply->cache == NULL ? "no-store"
	    : reply->cache);
	add(m, "Content-Type", reply->type);
	add(m, "Location", reply->location);
	add(m, "Allow", reply->allow);
	add(m, "ETag", reply->etag);
	add(m, "Vary", reply->etag == NULL ? NULL : "Accept-Encoding");
	add(m, "Content-Encoding", reply->encoding);
	/* Proxies like to hold events back until there are many. */
	add(m, "X-Accel-Buffering", reply->live ? "no" : NULL);
	add_filename(m, reply->filename);
	add_retry_after(m, reply->retry_after);
	for (size_t i = 0; i < reply->ncookies; i++)
		add(m, "Set-Cookie", reply->cookies[i]);
}

struct MHD_Response *
answer_make(const struct reply *reply, bool https)
{
	struct MHD_Response *m = MHD_create_response_from_buffer(reply->len,
	    (void *)(uintptr_t)reply->body, MHD_RESPMEM_PERSISTENT);

	if (m != NULL)
		answer_headers_add(m, reply, https);
	return m;
}
