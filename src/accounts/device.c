/* Names of browsers and systems.  See device.h. */
#include "accounts/device.h"

#include <string.h>

#include "base/err.h"

struct sign { const char *part, *name; };

/* The first match wins: each also gives the names of those it descends from. */
static const struct sign browsers[] = {
	{ "Edg", "Edge" },              /* Edg/, EdgA/, EdgiOS/ */
	{ "OPR/", "Opera" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" },
	{ "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },
};

static const struct sign systems[] = {
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Android", "Android" },
	{ "Windows", "Windows" },
	{ "CrOS", "ChromeOS" },
	{ "Macintosh", "Mac" },
	{ "Linux", "Linux" },
};

static const char *
find(const struct sign *signs, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(text, signs[i].part) != NULL)
			return signs[i].name;
	return NULL;
}

struct device_name
device_name(const char *agent)
{
	return (struct device_name){ find(browsers, LEN(browsers), agent),
	    find(systems, LEN(systems), agent) };
}
