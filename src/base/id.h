/*
 * Ids are types of one number each, so that a person cannot be passed where
 * a programme is asked.  Zero is no id.  They are drawn before the insert, in
 * whatever process, are unique without asking anybody, stay below 2^53 (so
 * that JSON and spreadsheets keep them), and rise with time, which indexes
 * like.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdatomic.h>

#include "base/date.h"

#define ID_MOST ((INT64_C(1) << 53) - 1)

struct programme_id { int64_t v; };
struct person_id { int64_t v; };

/* One a process; shared by its threads. */
struct id_source {
	_Atomic int64_t last;
};

/*
 * The next id: milliseconds since 2025 above 13 random bits, and always more
 * than the one before from the same source.
 */
int64_t id_draw(struct id_source *, struct instant now);

#endif
