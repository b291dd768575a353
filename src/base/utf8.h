/*
 * Code points in UTF-8, by RFC 3629: no surrogates, nothing above 10FFFF, and
 * only the shortest form.  Private to base/.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the code point that begins P; 0 when it is not well-formed. */
size_t utf8_decode(const char *p, size_t n, uint32_t *cp);

/* What a byte is that belongs to no code point. */
enum { UTF8_NONE = 0x110000 };

/* The same in a text ended by NUL; an ill-formed byte is one UTF8_NONE. */
size_t utf8_next(const char *s, uint32_t *cp);

size_t utf8_encode(uint32_t cp, char out[4]);

#endif
