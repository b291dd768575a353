#include "web/own_pages.h"

#include <string.h>

#include "web/live_private.h"
#include "web/static.h"

static const char plain[] = "text/plain; charset=utf-8";

static Err
show_health(struct req *r)
{
	return reply_text(r, plain, "ok\n");
}

static Err
write_nothing(void *arg, struct db *db, struct arena *arena)
{
	return OK;
}

/* Reading works, and the writer gets round to a job. */
static Err
try_all(struct req *r)
{
	struct reader *reader = r->private->reader;

	TRY(reader_begin(reader, r->arena));
	reader_end(reader, true);
	if (r->site->writer == NULL)
		return OK;
	return writer_do(r->site->writer, r->arena, write_nothing, NULL);
}

static Err
show_readiness(struct req *r)
{
	if (try_all(r) == OK)
		return reply_text(r, plain, "ready\n");
	TRY(reply_text(r, plain, "not ready\n"));
	r->reply->status = 503;
	r->reply->retry_after = 5;
	return OK;
}

static bool
has_metrics_token(struct req *r)
{
	const char *wanted = text_fmt(r->arena, "Bearer %s",
	    r->site->metrics_token);
	const char *got = r->private->exchange->asked.authorization;
	struct hash a = hash_text(wanted);
	struct hash b = hash_text(got == NULL ? "" : got);

	return !text_is_empty(r->site->metrics_token) && hash_same(&a, &b);
}

static void
print_writer(const struct site *site, struct buf *b)
{
	struct writer_counts n = writer_counts(site->writer);

	buf_fmt(b, "# HELP fjouwer_writes_total Jobs of the writer.\n"
	    "# TYPE fjouwer_writes_total counter\n"
	    "fjouwer_writes_total %" PRId64 "\n", n.jobs);
	buf_fmt(b, "# HELP fjouwer_commits_total Commits of the writer.\n"
	    "# TYPE fjouwer_commits_total counter\n"
	    "fjouwer_commits_total %" PRId64 "\n", n.batches);
	buf_fmt(b, "# HELP fjouwer_write_failures_total Failed jobs.\n"
	    "# TYPE fjouwer_write_failures_total counter\n"
	    "fjouwer_write_failures_total %" PRId64 "\n", n.failures);
	buf_fmt(b, "# HELP fjouwer_read_only Whether the disk is full.\n"
	    "# TYPE fjouwer_read_only gauge\n"
	    "fjouwer_read_only %d\n", writer_is_read_only(site->writer));
}

static Err
show_metrics(struct req *r)
{
	struct meter *meter = r->private->exchange->service->meter;
	struct buf b = buf_make(r->arena);

	if (!has_metrics_token(r))
		return reply_absent(r);
	if (r->site->live != NULL)
		atomic_store(&meter->live,
		    (int64_t)live_count(r->site->live));
	meter_print(meter, &b);
	if (r->site->writer != NULL)
		print_writer(r->site, &b);
	return reply_text(r, "text/plain; version=0.0.4; charset=utf-8",
	    buf_get(&b));
}

static bool
takes_gzip(const struct asked *a)
{
	return a->accept_encoding != NULL &&
	    strstr(a->accept_encoding, "gzip") != NULL &&
	    strstr(a->accept_encoding, "gzip;q=0") == NULL;
}

static void
give_bytes(struct req *r, const struct static_file *file, bool gzip)
{
	r->reply->body = (const char *)(gzip ? file->gzip : file->bytes);
	r->reply->len = gzip ? file->gzip_len : file->len;
	r->reply->encoding = gzip ? "gzip" : NULL;
}

static Err
show_static(struct req *r)
{
	const struct asked *a = &r->private->exchange->asked;
	const struct static_file *file = static_find(path_text(r, "name"));
	bool gzip;

	if (file == NULL)
		return reply_absent(r);
	gzip = file->gzip != NULL && takes_gzip(a);
	r->reply->type = file->type;
	r->reply->etag = text_fmt(r->arena, "\"%s%s\"", file->hash,
	    gzip ? "-gz" : "");
	/* An address without the hash, or with an old one, may change. */
	r->reply->cache = text_same(query_text(r, "v"), file->hash)
	    ? "public, max-age=31536000, immutable" : "no-cache";
	r->reply->status = 304;
	if (a->if_none_match != NULL &&
	    strstr(a->if_none_match, r->reply->etag) != NULL)
		return OK;
	r->reply->status = 200;
	give_bytes(r, file, gzip);
	return OK;
}

static const struct route own_routes[] = {
	{ .path = "/healthz", .may = MAY_OWN, .run = show_health,
	  .help = "Whether the server runs." },
	{ .path = "/readyz", .may = MAY_OWN, .run = show_readiness,
	  .flags = ROUTE_SLOW,
	  .help = "Whether the database can be read and written." },
	{ .path = "/metrics", .may = MAY_OWN, .run = show_metrics,
	  .help = "Counts for Prometheus, with a token." },
	{ .path = "/static/:name", .may = MAY_OWN, .run = show_static,
	  .help = "Style, script, font and icon." },
};

Err
own_pages_add(struct arena *arena, struct router *router)
{
	for (size_t i = 0; i < LEN(own_routes); i++)
		TRY(router_add(arena, router, &own_routes[i]));
	return OK;
}
