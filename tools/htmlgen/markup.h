/*
 * Where a character of a template stands in the HTML that it is part of, as
 * far as is needed to know whether a value may be put there, and how it must
 * be escaped.
 */
#ifndef HTMLGEN_MARKUP_H
#define HTMLGEN_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

enum place {
	PLACE_TEXT,
	PLACE_TAG_NAME,         /* after "<" */
	PLACE_TAG,              /* between attributes */
	PLACE_NAME,             /* of an attribute */
	PLACE_AFTER_NAME,
	PLACE_EQUALS,           /* after "=" */
	PLACE_DOUBLE,           /* "value" */
	PLACE_SINGLE,           /* 'value' */
	PLACE_BARE,             /* value without quotes */
	PLACE_COMMENT,
	PLACE_DECLARATION,      /* <!doctype html> */
	PLACE_RAW,              /* in script or style */
};

struct markup {
	enum place place;
	char tag[32];           /* lower case, with "/" when it closes */
	char name[48];          /* of the attribute, lower case */
	char value[64];         /* literal start of the value */
	size_t nvalue;          /* literal characters of the value so far */
	bool has_hole;          /* the value has an interpolation already */
	bool keeps_space;       /* in pre or textarea */
	bool in_raw;            /* in script or style */
	int dashes;             /* "-" just seen in a comment */
};

/* How a value is to be written. */
enum hole {
	HOLE_TEXT,
	HOLE_URL,               /* the start of an address */
};

/* Go over one character.  NULL, or why the template is refused. */
const char *markup_step(struct markup *, char c);

/* Put a value here.  NULL, or why that is refused. */
const char *markup_hole(struct markup *, enum hole *out);

/* Whether runs of white space may be shortened here. */
bool markup_folds_space(const struct markup *);

/* "in an attribute's value", for messages. */
const char *place_name(enum place);

#endif
