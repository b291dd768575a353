/*
 * Counts for /metrics, kept with atomics by all threads.
 */
#ifndef WEB_METER_H
#define WEB_METER_H

#include <stdatomic.h>

#include "base/text.h"

enum { METER_BUCKETS = 9 };

struct meter {
	_Atomic int64_t by_class[6];            /* 2 counts 200 to 299 */
	_Atomic int64_t within[METER_BUCKETS];  /* not summed up */
	_Atomic int64_t total_us;
	_Atomic int64_t cut;            /* connections past a deadline */
	_Atomic int64_t live;           /* live pages now open */
	_Atomic int64_t running;        /* requests now */
};

void meter_count(struct meter *, int status, int64_t us);
/* In the text format of Prometheus. */
void meter_print(struct meter *, struct buf *);

#endif
