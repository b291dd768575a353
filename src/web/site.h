/*
 * What all requests of one process share, made by app/ at start.
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "db/writer.h"
#include "web/route.h"

struct live;

struct site {
	const char *database;           /* URL */
	const char *base_url;           /* "https://mentor.example", no slash */
	const char *data_dir;
	struct key key;                 /* of the installation */
	struct id_source *ids;
	struct writer *writer;
	struct live *live;
	const struct feature *const *features;
	size_t nfeatures;
	struct gate gate;
	struct instant (*clock)(void);
	const char *metrics_token;      /* "" closes /metrics */
	const char *const *proxies;     /* whose X-Forwarded-For we believe */
	size_t nproxies;
	const char *version;
	size_t upload_limit;            /* bytes */
};

#endif
