/* The jobs of all features, each run when its time has come. */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "web/site.h"

struct jobs;
MUST_USE Err jobs_start(struct arena *, const struct site *,
    struct jobs **out);
/* Ends after the job at hand. */
void jobs_stop(struct jobs *);

#endif
