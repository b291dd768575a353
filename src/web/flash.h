/*
 * A sentence shown once, on the page that a POST sends the browser to.  It
 * travels in a signed cookie, so that nobody else can put words there.
 */
#ifndef WEB_FLASH_H
#define WEB_FLASH_H

#include "web/request.h"

/* The sentence for this page, translated, or NULL; asked for, it is gone. */
const char *flash_text(const struct req *);

#endif
