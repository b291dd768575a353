/*
 * What a browser sends, taken apart: paths, queries, forms, cookies and
 * addresses.  Pure.  Whatever comes out is sound UTF-8 without NUL.
 */
#ifndef WEB_DECODE_H
#define WEB_DECODE_H

#include "base/text.h"

enum { FIELDS_MAX = 200, SEGMENTS_MAX = 12 };

/* One name with its value, of a form or a query. */
struct field {
	const char *name;
	const char *value;
	bool secret;            /* never shown again */
};
struct fields {
	struct field *at;
	size_t n;
};

/*
 * "a=b&c=d+e%20f".  False for a broken % sequence, text that is not sound,
 * and more than FIELDS_MAX fields.
 */
bool fields_parse(struct arena *, const char *p, size_t n,
    struct fields *out);
/* The first with this name, or NULL. */
struct field *fields_find(const struct fields *, const char *name);
/* How many have this name. */
size_t fields_count(const struct fields *, const char *name);

/* A file that came with a form, as the browser says. */
struct upload {
	const char *field;              /* NULL: no file was chosen */
	const char *name;               /* without folders; to be shown only */
	const char *bytes;              /* where they lay in the body */
	size_t len;
};
struct multipart {
	struct fields fields;
	struct upload file;
};

/* That of "multipart/form-data; boundary=…"; NULL for any other TYPE. */
const char *multipart_boundary(struct arena *, const char *type);
/* A form with at most one file; false for what no browser sends. */
bool multipart_parse(struct arena *, const char *p, size_t n,
    const char *boundary, struct multipart *out);

/* The parts between the slashes, decoded. */
struct segment {
	const char *text;
	size_t len;
};
struct segments {
	struct segment at[SEGMENTS_MAX];
	size_t n;
};

/*
 * "/fryslan/today" gives two, "/fryslan/today/" the same, "/" none.  False
 * for an empty segment, a backslash (browsers read it as a slash), a control
 * character, text that is not sound, and more than SEGMENTS_MAX segments.
 */
bool path_split(struct arena *, const char *path, struct segments *out);

/* The value of a cookie in a Cookie header (may be NULL); "" when absent. */
const char *cookie_find(struct arena *, const char *header,
    const char *name);

/*
 * The network that limits count by: an IPv4 address as it is, of IPv6 the
 * first 64 bits, "2001:db8:1:2::/64"; "" for anything else.
 */
const char *network_of(struct arena *, const char *address);

#endif
