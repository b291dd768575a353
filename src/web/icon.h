/*
 * Icons: line drawings in the colour of the text beside them.  They repeat
 * what the text says, and are hidden from screen readers.
 */
#ifndef WEB_ICON_H
#define WEB_ICON_H

#include "base/html.h"

/* NAME as in src/web/meson.build: "lock". */
void html_icon(struct html *, const char *name);

/* The table made at build time. */
struct icon { const char *name, *inside; };
extern const struct icon icons[];
extern const size_t nicons;

#endif
