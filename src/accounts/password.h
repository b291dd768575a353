/*
 * Which passwords are taken.  Pure, but for the table of leaked ones, which
 * tools/leaked makes at build time.
 */
#ifndef ACCOUNTS_PASSWORD_H
#define ACCOUNTS_PASSWORD_H

#include <stdint.h>

#include "base/text.h"

enum { PASSWORD_LENGTH = 12, PASSWORD_BYTES = 1024 };

enum password_verdict {
	PASSWORD_GOOD,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_MALFORMED,     /* not UTF-8 */
	PASSWORD_LEAKED,
	PASSWORD_OWN_NAME,
	PASSWORD_SIMPLE,        /* few different characters */
};

/* NAME and EMAIL are the person's own; NULL when there is none. */
enum password_verdict password_judge(struct arena *, const char *password,
    const char *name, const char *email);
/* The sentence beside the field, untranslated; NULL for a good one. */
const char *password_verdict_text(enum password_verdict);

/* First 8 bytes of the hash of each leaked one, folded; sorted. */
extern const uint64_t leaked_passwords[];
extern const size_t nleaked_passwords;

bool password_is_leaked(struct arena *, const char *password);

#endif
