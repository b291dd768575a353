/*
 * The other ends of connections: what they are called, and how many each
 * has.  Whoever has too many is not let in; our own proxies, behind which
 * everybody comes, may have all there are.
 */
#ifndef WEB_PEER_H
#define WEB_PEER_H

#include <arpa/inet.h>
#include <microhttpd.h>

#include "web/site.h"

struct peer_name { char text[INET6_ADDRSTRLEN]; };

/* An IPv4 client of a socket for both is called by its IPv4 address. */
struct peer_name peer_name(const struct sockaddr *);
/* Of a connection; "" when it is not known. */
struct peer_name peer_of(struct MHD_Connection *);

struct peers;
struct peers *peers_make(struct arena *, const struct site *, int limit);

/* For the accept policy of libmicrohttpd, with the peers as its argument. */
enum MHD_Result peers_admit(void *peers, const struct sockaddr *, socklen_t);
/* One more, or one less. */
void peers_note(struct peers *, struct MHD_Connection *, int change);

#endif
