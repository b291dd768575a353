/* One byte of UTF-8 text as it stands in a JSON string.  Private to base/. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

enum { JSON_CHAR = 6 };

/* Writes C to OUT, escaped where JSON asks it; gives how many bytes. */
static inline size_t
json_char(char c, char out[JSON_CHAR])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char u = (unsigned char)c;

	if (u >= 0x20 && c != '"' && c != '\\') {
		out[0] = c;
		return 1;
	}
	out[0] = '\\';
	out[1] = c;
	if (u >= 0x20)
		return 2;
	out[1] = 'u';
	out[2] = out[3] = '0';
	out[4] = hex[u >> 4];
	out[5] = hex[u & 15];
	return JSON_CHAR;
}

#endif
