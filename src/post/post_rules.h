/*
 * Post: the rules of delivery, pure.
 */
#ifndef POST_POST_RULES_H
#define POST_POST_RULES_H

#include "base/date.h"
#include "base/text.h"

enum delivery {
	DELIVERY_DONE,          /* the next server has it */
	DELIVERY_LATER,         /* try again after a pause */
	DELIVERY_REFUSED,       /* nobody lives there: mail it no more */
	DELIVERY_IMPOSSIBLE,    /* this letter will not pass, others may */
};

/*
 * What an attempt came to.  TAKEN: the server confirmed the letter; CODE: the
 * last SMTP reply, 0 when the server was not reached.
 */
enum delivery delivery_judge(bool taken, long code);

/* Microseconds to wait after attempt number TRIES failed; 0 gives up. */
int64_t delivery_pause(int tries);

/*
 * Whether mail can be sent to ADDRESS: one address of plain ASCII that needs
 * no quoting, so that it is safe in an envelope and in a header.
 */
bool address_is_sendable(const char *address);

/* TEXT with "…" for the tokens of its links, so that none can be used. */
const char *text_without_tokens(struct arena *, const char *text);

#endif
