#include "web/meter.h"

static const struct {
	int64_t us;
	const char *seconds;
} buckets[METER_BUCKETS] = {
	{ 100, "0.0001" }, { 300, "0.0003" }, { 1000, "0.001" },
	{ 3000, "0.003" }, { 10000, "0.01" }, { 30000, "0.03" },
	{ 100000, "0.1" }, { 1000000, "1" }, { INT64_MAX, "+Inf" },
};

void
meter_count(struct meter *m, int status, int64_t us)
{
	size_t i = 0;

	while (us > buckets[i].us)
		i++;
	atomic_fetch_add(&m->within[i], 1);
	atomic_fetch_add(&m->total_us, us);
	if (status >= 100 && status < 600)
		atomic_fetch_add(&m->by_class[status / 100], 1);
}

static void
print_classes(struct meter *m, struct buf *b)
{
	buf_text(b, "# HELP fjouwer_requests_total Requests answered.\n"
	    "# TYPE fjouwer_requests_total counter\n");
	for (int i = 2; i < 6; i++)
		buf_fmt(b, "fjouwer_requests_total{class=\"%dxx\"} %" PRId64
		    "\n", i, atomic_load(&m->by_class[i]));
}

static void
print_durations(struct meter *m, struct buf *b)
{
	int64_t sum = 0, us = atomic_load(&m->total_us);

	buf_text(b, "# HELP fjouwer_request_seconds Time to the reply.\n"
	    "# TYPE fjouwer_request_seconds histogram\n");
	for (size_t i = 0; i < METER_BUCKETS; i++) {
		sum += atomic_load(&m->within[i]);
		buf_fmt(b, "fjouwer_request_seconds_bucket{le=\"%s\"} %"
		    PRId64 "\n", buckets[i].seconds, sum);
	}
	buf_fmt(b, "fjouwer_request_seconds_sum %" PRId64 ".%06" PRId64 "\n"
	    "fjouwer_request_seconds_count %" PRId64 "\n",
	    us / 1000000, us % 1000000, sum);
}

static void
print_gauge(struct buf *b, const char *name, const char *help, int64_t n)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s gauge\n%s %" PRId64 "\n",
	    name, help, name, name, n);
}

void
meter_print(struct meter *m, struct buf *b)
{
	print_classes(m, b);
	print_durations(m, b);
	print_gauge(b, "fjouwer_requests_running",
	    "Requests not answered yet.", atomic_load(&m->running));
	print_gauge(b, "fjouwer_live_pages", "Live pages open now.",
	    atomic_load(&m->live));
	buf_fmt(b, "# HELP fjouwer_connections_cut_total "
	    "Connections past a deadline.\n"
	    "# TYPE fjouwer_connections_cut_total counter\n"
	    "fjouwer_connections_cut_total %" PRId64 "\n",
	    atomic_load(&m->cut));
}
