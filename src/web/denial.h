/*
 * A denial to somebody we know is written in the audit trail, in a
 * transaction of its own: that of the request is taken back.
 */
#ifndef WEB_DENIAL_H
#define WEB_DENIAL_H

#include "web/exchange.h"

/* Returns at once; the row follows. */
void denial_audit(struct exchange *);

#endif
