/* Denials in the audit trail; see also audit_denied in accounts.h. */
#ifndef ACCOUNTS_DENIED_H
#define ACCOUNTS_DENIED_H

#include "accounts/accounts.h"

/* Write how often it was beyond those written, for hours that are over. */
MUST_USE Err denials_end(struct req *);

#endif
