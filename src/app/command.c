/* The table of commands, and what they share.  See command.h. */
#include "app/command.h"

#include <string.h>

const struct command commands[] = {
	{ "serve", "", "Serve the site until it is told to stop.",
	  COMMAND_ALONE, serve_command },
	{ "demo", "[--serve]", "Fill an empty database with a believable "
	  "programme, and serve it if asked.", COMMAND_ALONE, demo_command },
	{ "user", "add NAME EMAIL [--programme SLUG --role ROLE] "
	  "[--administrator] [--lang nl|fy|en]",
	  "Add a person who may sign in, and print their number.",
	  COMMAND_WRITES, user_command },
	{ "signin-link", "USER", "Print a one-time address with which a "
	  "person (e-mail or number) signs in.", COMMAND_WRITES,
	  signin_link_command },
	{ "migrate", "", "Bring the database up to date, with a back-up "
	  "first.", COMMAND_ALONE, migrate_command },
	{ "backup", "[FILE]", "Make a back-up while the server runs, and "
	  "prove it by restoring it.", COMMAND_ALONE, backup_command },
	{ "restore", "FILE [--over]", "Put a back-up in the place of the "
	  "database; the server must not run.", COMMAND_ALONE,
	  restore_command },
	{ "audit", "verify", "Check that nobody changed the audit "
	  "trail.", COMMAND_ALONE, audit_command },
	{ "doctor", "[--json]", "Look whether everything is as it should be, "
	  "and say how to mend it.", COMMAND_ALONE, doctor_command },
	{ "routes", "[--json]", "Print each address with its permission.",
	  COMMAND_ALONE, routes_command },
};
const size_t ncommands = LEN(commands);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < ncommands; i++) {
		if (text_same(commands[i].name, name))
			return &commands[i];
	}
	return NULL;
}

void
command_help(const struct command *c, struct buf *b)
{
	buf_fmt(b, "usage: fjouwer %s %s\n\n%s\n\n", c->name, c->usage,
	    c->about);
	config_describe(b);
	buf_text(b, "\nExit: 0 when it worked, 1 when it could not, 2 when "
	    "called wrongly.\n");
}

int
call_failed(struct call *call, Err err)
{
	buf_fmt(&call->err, "fjouwer: %s\n", err->text);
	return EXIT_COULD_NOT;
}

int
call_wrong(struct call *call, const char *usage)
{
	buf_fmt(&call->err, "usage: fjouwer %s\n", usage);
	return EXIT_CALLED_WRONGLY;
}

/* Take N words out of the call at I. */
static void
call_take(struct call *call, int i, int n)
{
	for (int k = i; k + n < call->argc; k++)
		call->argv[k] = call->argv[k + n];
	call->argc -= n;
}

bool
call_flag(struct call *call, const char *flag)
{
	for (int i = 0; i < call->argc; i++) {
		if (text_same(call->argv[i], flag)) {
			call_take(call, i, 1);
			return true;
		}
	}
	return false;
}

const char *
call_option(struct call *call, const char *flag)
{
	for (int i = 0; i + 1 < call->argc; i++) {
		const char *value = call->argv[i + 1];

		if (text_same(call->argv[i], flag)) {
			call_take(call, i, 2);
			return value;
		}
	}
	return NULL;
}
