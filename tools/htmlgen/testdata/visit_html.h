/* Made from visit.html by htmlgen. */
#ifndef VISIT_HTML_H
#define VISIT_HTML_H

#include "base/html.h"
#include "intake/intake.h"

struct req;

struct visit {
        const char *name, *href;
        size_t nguests;
};

MUST_USE Err html_visit_page(struct req *r, const struct visit *v, int64_t id);
void html_visit_note(struct html *o);

#endif
