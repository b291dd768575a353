/* A file inside the program, as tools/embed writes it. */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name;               /* without its folder */
	const unsigned char *data;      /* a NUL follows, not counted */
	size_t len;
};

#endif
