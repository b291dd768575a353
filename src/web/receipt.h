/*
 * Receipts: a form that is sent twice is handled once.  The receipt is
 * written first, in the transaction of the handler; a second sender finds it
 * and gets the answer of the first.
 */
#ifndef WEB_RECEIPT_H
#define WEB_RECEIPT_H

#include "web/request.h"

/* Replies itself when this form was handled before. */
MUST_USE Err receipt_open(struct req *, bool *first);
/* Writes down where the handler sent the browser; nothing for a refusal. */
MUST_USE Err receipt_close(struct req *);

#endif
