/*
 * Words: the sentences of the interface in the language of one reader.  The
 * source is English; catalogues are GNU .mo files, built from po/ and kept
 * inside the program.  What Frisian lacks is said in Dutch, what Dutch lacks
 * in English.
 *
 * xgettext finds the first argument after the language in words_say and
 * words_count, and what stands in N_().
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/err.h"

enum language { LANG_NL, LANG_FY, LANG_EN };
enum { LANGUAGE_LEAST = LANG_NL, LANGUAGE_MOST = LANG_EN };
enum { LANGUAGES = 3 };

#define N_(s) s

const char *language_code(enum language);       /* "nl", "fy", "en" */
const char *language_name(enum language);       /* in that language */
bool language_parse(const char *code, enum language *out);

/*
 * The best language of an Accept-Language header; English for a reader who
 * names none of ours, Dutch for one who names nothing.
 */
enum language language_accept(const char *header);

const char *words_say(enum language, const char *msgid);
const char *words_count(enum language, const char *one, const char *many,
    int64_t n);

/*
 * One catalogue; DATA is a whole .mo file.  mo_find is for a sound one only,
 * gives NULL when it holds no such id, and a plural after the NUL of its
 * singular; LEN counts both.
 */
struct mo { const unsigned char *data; size_t len; };
bool mo_is_sound(struct mo);
const char *mo_find(struct mo, const char *msgid, size_t *len);

#endif
