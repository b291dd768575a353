#include "web/static.h"

#include <string.h>

#include "base/err.h"

const struct static_file *
static_find(const char *name)
{
	for (size_t i = 0; i < nstatic_files; i++)
		if (strcmp(static_files[i].name, name) == 0)
			return &static_files[i];
	return NULL;
}

const char *
asset(const char *name)
{
	const struct static_file *file = static_find(name);

	ASSERT(file != NULL);
	return file->url;
}
