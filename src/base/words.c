/* Words: see words.h.  Reading a catalogue is in mo.c. */
#include "base/words.h"

#include <string.h>
#include <strings.h>

#include "base/catalogues.h"

/* In the order of enum language. */
static const struct {
	const char code[4];
	const char *name;
} languages[LANGUAGES] = {
	{ "nl", "Nederlands" },
	{ "fy", "Frysk" },
	{ "en", "English" },
};

const char *
language_code(enum language lang)
{
	return languages[lang].code;
}

const char *
language_name(enum language lang)
{
	return languages[lang].name;
}

static bool
find_language(const char *code, size_t n, enum language *out)
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		if (n == 2 && strncasecmp(code, languages[i].code, n) == 0) {
			*out = (enum language)i;
			return true;
		}
	}
	return false;
}

bool
language_parse(const char *code, enum language *out)
{
	return find_language(code, strlen(code), out);
}

/*
 * The weight after ";q=" in thousandths; 1000 when none is given, and 0, which
 * is "not this one", for what is no weight.
 */
static int
weight(const char *p, size_t n)
{
	const char *q = memchr(p, ';', n);
	int value = 0, unit = 1000;

	if (q == NULL)
		return 1000;
	q += 1 + strspn(q + 1, " \t");
	if (strncasecmp(q, "q=", 2) != 0)
		return 0;
	for (q += 2; q < p + n && unit > 0; q++) {
		if (*q == '.')
			continue;
		if (*q < '0' || *q > '9')
			break;
		value += (*q - '0') * unit;
		unit /= 10;
	}
	return value > 1000 ? 1000 : value;
}

enum language
language_accept(const char *header)
{
	enum language best = LANG_EN, lang;
	const char *p = header == NULL ? "" : header;
	int best_weight = 0;

	if (p[strspn(p, " \t,")] == '\0')
		return LANG_NL;
	while (*(p += strspn(p, " \t,")) != '\0') {
		size_t n = strcspn(p, ","), tag = strcspn(p, "-;, \t");
		int w = weight(p, n);

		if (find_language(p, tag, &lang) && w > best_weight) {
			best = lang;
			best_weight = w;
		}
		p += n;
	}
	return best;
}

/*
 * The translation of ID for LANG, or for the language that is read in its
 * place; NULL leaves the source.
 */
static const char *
find(enum language lang, const char *id, size_t *len)
{
	const char *found = NULL;

	if (*id == '\0')        /* the id of the catalogue's header */
		return NULL;
	if (lang == LANG_FY)
		found = mo_find((struct mo){ catalogues[LANG_FY].data,
		    catalogues[LANG_FY].len }, id, len);
	if (found == NULL && lang != LANG_EN)
		found = mo_find((struct mo){ catalogues[LANG_NL].data,
		    catalogues[LANG_NL].len }, id, len);
	return found;
}

const char *
words_say(enum language lang, const char *msgid)
{
	size_t len;
	const char *found = find(lang, msgid, &len);

	return found == NULL ? msgid : found;
}

/* All three languages have one form for 1 and one for everything else. */
const char *
words_count(enum language lang, const char *one, const char *many, int64_t n)
{
	size_t len, singular;
	const char *found = find(lang, one, &len);

	if (found == NULL)
		return n == 1 ? one : many;
	singular = strlen(found);
	return n == 1 || singular >= len ? found : found + singular + 1;
}
