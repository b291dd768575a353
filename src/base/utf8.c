/* Code points in UTF-8: see utf8.h. */
#include "base/utf8.h"

#include <string.h>

/* Bytes of a sequence, told by its first; 0 for what begins none. */
static size_t
sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

size_t
utf8_decode(const char *p, size_t n, uint32_t *cp)
{
	static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)p;
	size_t len = n == 0 ? 0 : sequence_length(u[0]);
	uint32_t c;

	if (len == 0 || len > n)
		return 0;
	c = u[0] & first_bits[len];
	for (size_t i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*cp = c;
	return len;
}

size_t
utf8_next(const char *s, uint32_t *cp)
{
	size_t n = utf8_decode(s, strnlen(s, 4), cp);

	if (n > 0)
		return n;
	*cp = UTF8_NONE;
	return 1;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const unsigned char mark[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3f));
		cp >>= 6;
	}
	out[0] = (char)(mark[len] | cp);
	return len;
}
