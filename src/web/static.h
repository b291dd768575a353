/*
 * The static files, inside the program: style, script, font, icon.  Their
 * addresses hold the hash of their bytes, so that browsers keep them for
 * ever and never have an old one.  Made at build time by embed-static.
 */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include <stddef.h>

struct static_file {
	const char *name;               /* "app.css" */
	const char *url;                /* "/static/app.css?v=" and the hash */
	const char *hash;               /* hex; also the ETag */
	const char *type;
	const unsigned char *bytes;
	size_t len;
	const unsigned char *gzip;      /* NULL when it does not help */
	size_t gzip_len;
};

extern const struct static_file static_files[];
extern const size_t nstatic_files;

/* NULL for a name that is none of ours. */
const struct static_file *static_find(const char *name);

/* The address of one of our files; it must be there. */
const char *asset(const char *name);

#endif
