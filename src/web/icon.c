#include "web/icon.h"

#include <string.h>

static const char *
icon_inside(const char *name)
{
	for (size_t i = 0; i < nicons; i++)
		if (text_same(icons[i].name, name))
			return icons[i].inside;
	return NULL;
}

void
html_icon(struct html *o, const char *name)
{
	static const char opens[] =
	    "<svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">";
	const char *inside = icon_inside(name);

	ASSERT(inside != NULL);
	html_literal(o, opens, sizeof opens - 1);
	html_literal(o, inside, strlen(inside));
	html_literal(o, "</svg>", 6);
}
