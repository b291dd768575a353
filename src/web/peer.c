#include "web/peer.h"

#include <stdatomic.h>
#include <string.h>

/*
 * Counted by a keyed hash, so that nobody can choose a place to share.  Two
 * that share one by chance are let in a little less.
 */
enum { PLACES = 1 << 14 };

struct peers {
	const struct site *site;
	int limit;
	_Atomic int here[PLACES];
};

struct peer_name
peer_name(const struct sockaddr *a)
{
	static const char mapped[] = "::ffff:";
	struct peer_name name = { "" };
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (a->sa_family == AF_INET) {
		memcpy(&four, a, sizeof four);
		(void)inet_ntop(AF_INET, &four.sin_addr, name.text,
		    sizeof name.text);
	} else if (a->sa_family == AF_INET6) {
		memcpy(&six, a, sizeof six);
		(void)inet_ntop(AF_INET6, &six.sin6_addr, name.text,
		    sizeof name.text);
	}
	if (text_begins(name.text, mapped) && strchr(name.text, '.') != NULL)
		memmove(name.text, name.text + sizeof mapped - 1,
		    strlen(name.text) - (sizeof mapped - 1) + 1);
	return name;
}

struct peer_name
peer_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return info == NULL || info->client_addr == NULL
	    ? (struct peer_name){ "" } : peer_name(info->client_addr);
}

/* A proxy on this machine may not have been named. */
static bool
is_proxy(const struct peers *p, const char *name)
{
	if (text_same(name, "127.0.0.1") || text_same(name, "::1"))
		return true;
	for (size_t i = 0; i < p->site->nproxies; i++)
		if (text_same(p->site->proxies[i], name))
			return true;
	return false;
}

/* Of IPv6 the first half: who has one address has all that begin so. */
static size_t
place_of(const struct peers *p, const struct peer_name *name)
{
	unsigned char six[16];
	struct hash h;
	size_t place;

	h = inet_pton(AF_INET6, name->text, six) == 1
	    ? hash_keyed(&p->site->key, six, sizeof six / 2)
	    : hash_keyed(&p->site->key, name->text, strlen(name->text));
	memcpy(&place, h.b, sizeof place);
	return place % PLACES;
}

struct peers *
peers_make(struct arena *arena, const struct site *site, int limit)
{
	struct peers *p = ARENA_NEW(arena, struct peers, 1);

	p->site = site;
	p->limit = limit;
	return p;
}

enum MHD_Result
peers_admit(void *arg, const struct sockaddr *address, socklen_t len)
{
	struct peers *p = arg;
	struct peer_name name = peer_name(address);

	return is_proxy(p, name.text) ||
	    atomic_load(&p->here[place_of(p, &name)]) < p->limit ? MHD_YES
	    : MHD_NO;
}

void
peers_note(struct peers *p, struct MHD_Connection *c, int change)
{
	struct peer_name name = peer_of(c);

	atomic_fetch_add(&p->here[place_of(p, &name)], change);
}
