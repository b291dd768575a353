/* The letters that intake/ sends; without names and without the question. */
#ifndef INTAKE_LETTERS_H
#define INTAKE_LETTERS_H

#include "intake/application.h"

/* We have your question, and this is what happens by when. */
MUST_USE Err letter_received(struct req *, const struct application *,
    const struct promise *);

/*
 * You took your question back; this is how to come again.  It waits so long,
 * for the office to undo what it noted by mistake.
 */
MUST_USE Err letter_withdrawn(struct req *, const struct application *,
    int64_t wait_us);

/* Take that letter back; UNDONE is false when it is on its way. */
MUST_USE Err letter_withdrawn_undo(struct req *, const struct application *,
    bool *undone);

#endif
