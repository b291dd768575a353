/*
 * Forms: reading fields, refusing them, and giving everything back.
 *
 * A handler reads each field with the call that says what it must be.  A
 * field that is not so is refused with a sentence, and reading goes on, so
 * that one answer names all that is wrong.  When form_ok is false the
 * handler replies with the page again: widgets show what was typed and why
 * not, the status is 422, and the transaction is rolled back.
 *
 * Before a handler runs, the router has refused what no browser sends: text
 * that is not UTF-8, NUL, more than 200 fields, one field twice (unless read
 * with form_many), a missing form token.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/decode.h"
#include "web/request.h"

struct form_field {
	const char *name;
	const char *value;
	const char *error;      /* untranslated sentence, or NULL */
	struct form_field *next;
};

struct form {
	struct arena *arena;
	struct form_field *first, **end;
	size_t nfields;
	size_t nerrors;
	const char *token;      /* CSRF token to put in the next form */
	const char *once;       /* idempotency token to put in the next form */
};

/* An empty form for a GET, to be filled with what is stored. */
struct form *form_make(struct req *);
void form_fill(struct form *, const char *field, const char *value);
void form_fill_int(struct form *, const char *field, int64_t);
/* One more value, for a field of which several can be chosen. */
void form_fill_also(struct form *, const char *field, const char *value);

/* For widgets: "" and NULL when there is none. */
const char *form_value(const struct form *, const char *field);
const char *form_error(const struct form *, const char *field);
bool form_has(const struct form *, const char *field, const char *value);

/*
 * Reading.  WHY is the sentence for an empty field; NULL when it may stay
 * empty.  Limits are in characters and have a sentence of their own.
 */
const char *form_line(struct req *, const char *field, size_t max,
    const char *why);
const char *form_lines(struct req *, const char *field, size_t max,
    const char *why);
const char *form_email(struct req *, const char *field, const char *why);
/* Kept as typed; 10 digits in the Netherlands, 8 to 15 with a +. */
const char *form_phone(struct req *, const char *field, const char *why);
int64_t form_int(struct req *, const char *field, int64_t min, int64_t max,
    const char *why);
struct day form_day(struct req *, const char *field, const char *why);
bool form_check(struct req *, const char *field);
/* One of N options, by its value; the index, or -1 when not answered. */
int form_choice(struct req *, const char *field, const char *const *options,
    size_t n, const char *why);
/* Several of them: bit I for option I. */
unsigned form_many(struct req *, const char *field,
    const char *const *options, size_t n);
/* The record's version as the page had it. */
int64_t form_version(struct req *);
/* The version that the page will have when it is shown again. */
void form_set_version(struct req *, int64_t);
/* A secret: not trimmed, 1 to 1024 bytes, never shown again. */
const char *form_secret(struct req *, const char *field, const char *why);

/*
 * The file that was chosen, on a route with ROUTE_UPLOAD; NULL for none.  It
 * lives until the request is over, and cannot be given back with the form.
 */
const struct upload *form_file(struct req *, const char *field,
    const char *why);

void form_refuse(struct req *, const char *field, const char *why);
/*
 * Where a record has a newer version than the page had: when they differ,
 * refuses FIELD with what it now says, beside what was typed.
 */
void form_show_both(struct req *, const char *field, const char *typed,
    const char *now);
bool form_ok(const struct req *);

#endif
