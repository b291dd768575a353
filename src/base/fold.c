/*
 * Folding for search, and initials: see text.h.  The tables follow from the
 * decompositions of Unicode; letters that have none there, like o with a
 * stroke, are what a Dutch reader would type for them.
 */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* A letter a code point; "." stays as it is, "+" becomes two letters. */
static const char latin[] =             /* from 00C0 */
	"aaaaaa+ceeeeiiiidnooooo.ouuuuy++"
	"aaaaaa+ceeeeiiiidnooooo.ouuuuy+y"
	"aaaaaaccccccccddddeeeeeeeeeegggg"
	"gggghhhhiiiiiiiiii++jjkkqllllll."
	".llnnnnnnnnnoooooo++rrrrrrssssss"
	"ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	"b................ff....i..l....."
	"oo.............uu....zz........."
	"....+++++++++aaiioouuuuuuuuuu.aa"
	"aa++..ggkkoooo..j+++gg..nnaa++.."
	"aaaaeeeeiiiioooorrrruuuusstt..hh"
	"......aaeeooooooooyy......acclt."
	"...b..eejj..rryy";

static const char latin_additional[] =  /* from 1E00 */
	"aabbbbbbccddddddddddeeeeeeeeeeff"
	"gghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrr"
	"ssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwy.s..+."
	"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooo"
	"oooouuuuuuuuuuuuuuyyyyyyyy......";

static const struct {
	uint32_t cp;
	const char *letters;
} two_letters[] = {
	{ 0x00c6, "ae" }, { 0x00de, "th" }, { 0x00df, "ss" },
	{ 0x00e6, "ae" }, { 0x00fe, "th" }, { 0x0132, "ij" },
	{ 0x0133, "ij" }, { 0x0152, "oe" }, { 0x0153, "oe" },
	{ 0x01c4, "dz" }, { 0x01c5, "dz" }, { 0x01c6, "dz" },
	{ 0x01c7, "lj" }, { 0x01c8, "lj" }, { 0x01c9, "lj" },
	{ 0x01ca, "nj" }, { 0x01cb, "nj" }, { 0x01cc, "nj" },
	{ 0x01e2, "ae" }, { 0x01e3, "ae" }, { 0x01f1, "dz" },
	{ 0x01f2, "dz" }, { 0x01f3, "dz" }, { 0x01fc, "ae" },
	{ 0x01fd, "ae" }, { 0x1e9e, "ss" },
};

static char
folded_letter(uint32_t cp)
{
	if (cp >= 0xc0 && cp - 0xc0 < sizeof latin - 1)
		return latin[cp - 0xc0];
	if (cp >= 0x1e00 && cp - 0x1e00 < sizeof latin_additional - 1)
		return latin_additional[cp - 0x1e00];
	return '.';
}

static void
add_two_letters(struct buf *b, uint32_t cp)
{
	size_t i = 0;

	while (two_letters[i].cp != cp)
		i++;
	buf_text(b, two_letters[i].letters);
}

/* Accents that follow their letter: what is left of a decomposed text. */
static bool
is_combining(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36f;
}

const char *
text_fold(struct arena *arena, const char *s)
{
	struct buf b = buf_make(arena);
	uint32_t cp;
	size_t n;

	for (; *s != '\0'; s += n) {
		char letter;

		n = utf8_next(s, &cp);
		letter = folded_letter(cp);
		if (cp >= 'A' && cp <= 'Z')
			buf_char(&b, (char)(cp | 0x20));
		else if (letter == '+')
			add_two_letters(&b, cp);
		else if (letter != '.')
			buf_char(&b, letter);
		else if (!is_combining(cp))
			buf_add(&b, s, n);
	}
	return buf_get(&b);
}

/* Upper case of what names in Western Europe begin with. */
static uint32_t
upper(uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') ||
	    (cp >= 0xe0 && cp <= 0xfe && cp != 0xf7))
		return cp - 0x20;
	if ((cp >= 0x100 && cp <= 0x137) || (cp >= 0x14a && cp <= 0x177))
		return cp & ~1u;
	if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17e))
		return cp - !(cp & 1);
	return cp;
}

static bool
begins_name(uint32_t cp)
{
	return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
	    (cp >= 0xc0 && cp < UTF8_NONE && cp != 0xd7 && cp != 0xf7 &&
	    !is_combining(cp) && (cp < 0x2000 || cp > 0x206f));
}

const char *
text_initials(struct arena *arena, const char *name)
{
	uint32_t first = 0, last = 0, cp;
	bool inside = false;
	char out[8];
	size_t n = 0;

	for (; *name != '\0'; name += utf8_next(name, &cp)) {
		utf8_next(name, &cp);
		if (cp == ' ')
			inside = false;
		if (inside || !begins_name(cp))
			continue;
		inside = true;
		if (first == 0)
			first = cp;
		else
			last = cp;
	}
	if (first != 0)
		n = utf8_encode(upper(first), out);
	if (last != 0)
		n += utf8_encode(upper(last), out + n);
	return text_copy_n(arena, out, n);
}
