/*
 * The form on which a question is told: by the entrepreneur on the public
 * page, or by the office for somebody on the telephone.
 */
#ifndef INTAKE_APPLY_FORM_H
#define INTAKE_APPLY_FORM_H

#include "intake/application.h"
#include "programme/programme.h"

/*
 * A signed time stamp stands in the public form, so that who sends it in
 * looked at it first, without a third party or a puzzle.
 */
enum stamp {
	STAMP_GOOD,
	STAMP_TOO_FAST,         /* faster than anybody can type */
	STAMP_OLD,              /* a page left open for more than a day */
	STAMP_FORGED,
};

const char *stamp_make(struct req *);
enum stamp stamp_judge(struct req *, const char *stamp);
/* The sentence for people; NULL for a good one. */
const char *stamp_text(enum stamp);

/* Reads every field; refuses what is wrong. */
void apply_form_read(struct req *, const struct topics *, bool by_office,
    struct application_wish *);

/* The contact details alone, as on the page that corrects them. */
void details_form_read(struct req *, bool by_office, struct application *);

#endif
