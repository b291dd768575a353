/* QR codes, for a phone to read from the screen. */
#ifndef ACCOUNTS_QR_H
#define ACCOUNTS_QR_H

#include "base/text.h"

/*
 * TEXT as the path of an SVG whose side is SIDE, a margin of four included;
 * NULL when it is too long for one.
 */
const char *qr_path(struct arena *, const char *text, int *side);

#endif
