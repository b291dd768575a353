/* Between the two halves of passkey.h: what the browser says, and what the
 * authenticator signs. */
#ifndef ACCOUNTS_PASSKEY_PARTS_H
#define ACCOUNTS_PASSKEY_PARTS_H

#include "accounts/passkey.h"

/* TYPE is "webauthn.create" or "webauthn.get". */
enum passkey_verdict passkey_client_judge(struct arena *,
    const struct passkey_place *, const struct passkey_answer *,
    const char *type);

#endif
