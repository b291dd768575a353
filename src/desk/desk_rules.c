/* What a start page says.  See desk_rules.h. */
#include "desk/desk_rules.h"

#include <string.h>

#include "base/words.h"

const char *
greeting(struct instant now)
{
	int hour = instant_wall(now).hour;

	if (hour >= 5 && hour < 12)
		return N_("Good morning, {name}");
	if (hour >= 12 && hour < 18)
		return N_("Good afternoon, {name}");
	return N_("Good evening, {name}");
}

const char *
first_name(struct arena *a, const char *name)
{
	return text_copy_n(a, name, strcspn(name, " "));
}

/*
 * a b c d: a cobalt quarter, round at top left, top right, bottom left,
 * bottom right; A B C D the same in pale; 1 2 3 4 in yellow; s a boat,
 * w waves; a point is an empty tile.
 */
static const char wall[WALL_SIZE][WALL_SIZE + 1] = {
	".ab.sAb",
	"acd4bA.",
	"cA.c4ab",
	"w.ab.c4",
	".ac4...",
	"ab..wab",
	"c4.s.c4",
};

struct tile
wall_tile(int row, int column)
{
	static const char *const quarter[] = {
		"M57 57H4A53 53 0 0 1 57 4Z",
		"M3 57V4A53 53 0 0 1 56 57Z",
		"M57 3V56A53 53 0 0 1 4 3Z",
		"M3 3H56A53 53 0 0 1 3 56Z",
	};
	char c = wall[row][column];

	if (c >= 'a' && c <= 'd')
		return (struct tile){ "w-b", quarter[c - 'a'] };
	if (c >= 'A' && c <= 'D')
		return (struct tile){ "w-s", quarter[c - 'A'] };
	if (c >= '1' && c <= '4')
		return (struct tile){ "w-y", quarter[c - '1'] };
	if (c == 's')
		return (struct tile){ "w-l", "M12 42h36l-5 7H17zM31 42V10M31 "
		    "12c12 6 14 17 12 26H31M27 16 15 38h12z" };
	if (c == 'w')
		return (struct tile){ "w-l",
		    "M8 24q11-10 22 0t22 0M8 38q11-10 22 0t22 0" };
	return (struct tile){ NULL, NULL };
}
