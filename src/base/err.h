/*
 * Errors: what may go wrong, and how it is said.
 *
 * Three things are told apart.  A bug is an ASSERT, and ends the program.
 * The world failing (disk, network, database) is an Err: a pointer that is
 * NULL on success and otherwise lives in the arena of the work at hand.  The
 * domain saying no is neither: it is an enum of the feature, with a sentence
 * for people.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>

#define LEN(a)     (sizeof (a) / sizeof (a)[0])
#define MUST_USE   __attribute__((warn_unused_result))
#define CLEANUP(f) __attribute__((cleanup(f)))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

struct arena;

enum err_kind {
	ERR_FAILED,     /* the world failed; trying again may or may not help */
	ERR_RETRY,      /* lost a race: run the whole transaction again */
	ERR_UNIQUE,     /* a row with this key is there already */
	ERR_FULL,       /* no room to write: reading still works */
	ERR_DAMAGED,    /* the database file is not what it should be */
	ERR_INPUT,      /* what was read is not of the form it must have */
};

struct err {
	enum err_kind kind;
	const char *text;       /* for the log, never for a page */
};

typedef const struct err *Err;
#define OK ((Err)0)

/* Return early when CALL fails; the error is passed on as it is. */
#define TRY(call)                                                        \
	do {                                                             \
		Err err_ = (call);                                       \
		if (err_ != OK)                                          \
			return err_;                                     \
	} while (0)

/* A new error.  Its text must hold no secret, name or case text. */
MUST_USE Err err_make(struct arena *, enum err_kind, const char *fmt, ...)
    PRINTF(3, 4);

/* CAUSE with a line of context before it, "context: cause". */
MUST_USE Err err_say(struct arena *, Err cause, const char *fmt, ...)
    PRINTF(3, 4);

/* A condition that only a bug can break: says where, and aborts. */
#define ASSERT(cond)                                                     \
	((cond) ? (void)0 : err_assert_failed(__FILE__, __LINE__, #cond))
_Noreturn void err_assert_failed(const char *file, int line,
    const char *cond);

#endif
