/* What a start page says; pure. */
#ifndef DESK_DESK_RULES_H
#define DESK_DESK_RULES_H

#include "base/date.h"
#include "base/text.h"

/* "Good morning, {name}", by the clock in Amsterdam; untranslated. */
const char *greeting(struct instant now);

/* "Sjoukje" of "Sjoukje de Vries"; the whole name when it is one word. */
const char *first_name(struct arena *, const char *name);

/*
 * The wall of tiles on the landing page: WALL_SIZE rows of as many cells.
 * A quarter disc has its round side at a corner; four make a whole: three
 * mentors and one entrepreneur.
 */
enum { WALL_SIZE = 7, WALL_CELL = 60 };
struct tile {
	const char *class;              /* NULL: an empty tile */
	const char *path;
};
struct tile wall_tile(int row, int column);

#endif
