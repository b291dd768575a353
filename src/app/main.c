/* The program: finds the command, reads the settings, runs it. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command.h"
#include "app/control.h"
#include "app/site.h"
#include "base/crypt.h"

static void
help(struct buf *b)
{
	buf_text(b, "fjouwer: the system a group-mentoring programme runs "
	    "on.\n\n");
	for (size_t i = 0; i < ncommands; i++)
		buf_fmt(b, "  %-13s %s\n", commands[i].name,
		    commands[i].about);
	buf_text(b, "\n`fjouwer COMMAND --help` tells more of each. "
	    "Settings, by flag, variable or file:\n\n");
	config_describe(b);
}

/* A command that writes, when no server runs: as the server would. */
static int
run_with_lock(struct call *call, const struct command *command)
{
	struct site *site;
	bool taken;
	int status;
	Err err;

	mkdir(call->config->value[SET_DATA], 0700);
	err = control_lock(call->arena, call->config->value[SET_DATA],
	    &taken);
	if (err == OK && !taken)
		err = err_make(call->arena, ERR_FAILED, "another process "
		    "holds the data directory and does not answer");
	if (err == OK)
		err = site_open(call->arena, call->config, NULL, &site);
	if (err != OK)
		return call_failed(call, err);
	call->site = site;
	status = command->run(call);
	site_close(site);
	return status;
}

static int
run(struct call *call, const struct command *command)
{
	bool answered;
	int status;

	if (call_flag(call, "--help")) {
		command_help(command, &call->out);
		return EXIT_WORKED;
	}
	if (command->kind == COMMAND_ALONE)
		return command->run(call);
	status = control_ask(call, command->name, &answered);
	return answered ? status : run_with_lock(call, command);
}

/* "fjouwer --help", "fjouwer --version" and "fjouwer" alone. */
static int
run_bare(struct call *call, const char *word)
{
	if (word != NULL && text_same(word, "--version")) {
		buf_text(&call->out, FJOUWER_VERSION "\n");
		return EXIT_WORKED;
	}
	if (word != NULL && (text_same(word, "--help") ||
	    text_same(word, "help"))) {
		help(&call->out);
		return EXIT_WORKED;
	}
	if (word != NULL)
		buf_fmt(&call->err, "There is no command \"%s\".\n\n", word);
	help(&call->err);
	return EXIT_CALLED_WRONGLY;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_make((size_t)512 << 20);
	struct config config;
	struct call call;
	const struct command *command;
	const char *word;
	int status = EXIT_CALLED_WRONGLY;
	Err err;

	ASSERT(a != NULL);
	umask(077);     /* what we make is the owner's alone */
	argc--;
	argv++;
	call = (struct call){ .arena = a, .config = &config,
		.out = buf_make(a), .err = buf_make(a) };
	err = crypt_start(a);
	if (err == OK)
		err = config_read(a, &argc, argv, &config);
	word = argc > 0 ? argv[0] : NULL;
	command = word != NULL ? command_find(word) : NULL;
	call.argc = argc > 0 ? argc - 1 : 0;
	call.argv = argv + (argc > 0);
	if (err != OK)
		buf_fmt(&call.err, "fjouwer: %s\n", err->text);
	else
		status = command != NULL ? run(&call, command)
		    : run_bare(&call, word);
	fputs(buf_get(&call.out), stdout);
	fputs(buf_get(&call.err), stderr);
	arena_free(a);
	return status;
}
