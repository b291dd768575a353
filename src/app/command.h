/*
 * The commands of the program.  A command writes data to OUT and sentences
 * for people to ERR, and gives 0 when it worked, 1 when it could not, 2 when
 * it was called wrongly.
 *
 * A command that writes runs inside the server when one is running (asked
 * through a socket in the data directory that only its owner can open), and
 * else by itself, holding the lock that a server would hold.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/config.h"
#include "web/site.h"

enum { EXIT_WORKED = 0, EXIT_COULD_NOT = 1, EXIT_CALLED_WRONGLY = 2 };

struct call {
	struct arena *arena;
	const struct config *config;
	const struct site *site;        /* of a command that writes */
	int argc;                       /* after the command's name */
	char **argv;
	struct buf out, err;
};

enum command_kind {
	COMMAND_ALONE,          /* needs neither database nor server */
	COMMAND_WRITES,         /* in the server, or with the lock held */
};

struct command {
	const char *name;
	const char *usage;      /* what follows the name */
	const char *about;      /* one sentence */
	enum command_kind kind;
	int (*run)(struct call *);
};

extern const struct command commands[];
extern const size_t ncommands;

const struct command *command_find(const char *name);

/* "fjouwer NAME USAGE", what it does, and the settings. */
void command_help(const struct command *, struct buf *);

/* Say ERR for the operator and give 1. */
int call_failed(struct call *, Err);
/* Say how it is called and give 2. */
int call_wrong(struct call *, const char *usage);
/* Whether FLAG is among the words; it is taken out. */
bool call_flag(struct call *, const char *flag);
/* The word after FLAG, both taken out; NULL when absent. */
const char *call_option(struct call *, const char *flag);

int serve_command(struct call *);
int demo_command(struct call *);
int migrate_command(struct call *);
int doctor_command(struct call *);
int backup_command(struct call *);
int restore_command(struct call *);
int routes_command(struct call *);
int user_command(struct call *);
int signin_link_command(struct call *);
int audit_command(struct call *);

#endif
