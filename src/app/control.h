/*
 * The socket by which a command reaches the running server, and the lock
 * that says that there is one.  Both lie in the data directory.
 */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include "app/command.h"

/* Hold DATA/lock until the process ends; TAKEN is false if another does. */
MUST_USE Err control_lock(struct arena *, const char *data_dir, bool *taken);

/* Answer commands in a thread until control_stop. */
struct control;
MUST_USE Err control_start(struct arena *, const struct site *,
    const struct config *, struct control **out);
void control_stop(struct control *);

/*
 * Run the command in the server that holds the lock; ANSWERED is false when
 * none listens.  OUT and ERR of the call are filled.
 */
int control_ask(struct call *, const char *command, bool *answered);

#endif
