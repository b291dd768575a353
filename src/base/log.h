/*
 * The log: one line of JSON an event, on standard error.  Keys are fixed
 * words of the program; values hold ids and counts, never a secret, a name,
 * an address or a text that somebody typed.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_NOTE, LOG_WARN, LOG_FAIL };

struct log_field {
	const char *key;
	const char *text;       /* or, when NULL, the number */
	int64_t n;
};
#define LOG_TEXT(k, v) { (k), (v), 0 }
#define LOG_INT(k, v)  { (k), NULL, (v) }

/* {"at":"…Z","level":"note","event":"…",…}; the line is written whole. */
void log_event(enum log_level, const char *event, size_t nfields,
    const struct log_field *);
#define LOG(level, event, ...)                                           \
	log_event((level), (event),                                      \
	    LEN(((const struct log_field[]){ __VA_ARGS__ })),            \
	    (const struct log_field[]){ __VA_ARGS__ })

/* An Err, as it was said. */
void log_err(const char *event, Err);

#endif
