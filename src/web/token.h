/*
 * Form tokens: proof that a form was made by us for this browser.  Signed in
 * they are made with the login's key, signed out with a nonce in a cookie;
 * a form fetched before signing in still counts after it.
 */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H

#include "web/request.h"

/* For a form on this page; gives the browser a nonce when it needs one. */
const char *token_make(struct req *);
bool token_holds(struct req *, const char *token);

/* Who may send a form twice: the login, or the browser's nonce; "" if none. */
const char *token_owner(struct req *);

/* Whether the browser itself says that the form came from our pages. */
bool token_origin_is_ours(const char *base_url, const char *origin,
    const char *fetch_site);

#endif
