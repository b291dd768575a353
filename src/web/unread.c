/*
 * What cannot be read as a request never reaches us: libmicrohttpd refuses
 * it, with headers of its own.  It has no option for others, but it queues
 * its refusals with its own public function, for which the dynamic linker
 * takes that of the program: this one, which adds what is missing and hands
 * on to theirs.  hostile_test tells when a version no longer asks us.
 */
#include <dlfcn.h>
#include <string.h>

#include "base/err.h"
#include "web/answer.h"
#include "web/visit.h"

typedef enum MHD_Result queue_function(struct MHD_Connection *,
    unsigned int status, struct MHD_Response *);

static queue_function *
theirs(void)
{
	void *symbol = dlsym(RTLD_NEXT, "MHD_queue_response");
	queue_function *queue;

	ASSERT(symbol != NULL);
	memcpy(&queue, &symbol, sizeof queue);
	return queue;
}

/* The hall is the context that visit_connection gave each socket. */
static bool
is_https(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	const struct hall *hall = info == NULL ? NULL : info->socket_context;

	return hall != NULL && hall->https;
}

enum MHD_Result
MHD_queue_response(struct MHD_Connection *connection, unsigned int status,
    struct MHD_Response *m)
{
	static const struct reply refusal = {
		.type = "text/html; charset=utf-8",
	};

	if (MHD_get_response_header(m, answer_headers[0].name) == NULL)
		answer_headers_add(m, &refusal, is_https(connection));
	return theirs()(connection, status, m);
}
