/* Commands on the database as a whole: migrate, backup, restore, audit. */
#include <sys/stat.h>

#include "accounts/accounts.h"
#include "app/control.h"
#include "app/site.h"
#include "db/backup.h"
#include "programme/programme.h"

int
migrate_command(struct call *call)
{
	const struct config *config = call->config;
	struct migrate_report report;
	const char *backups = text_fmt(call->arena, "%s/backup",
	    config->value[SET_DATA]);
	Err err;

	if (call->argc > 0)
		return call_wrong(call, "migrate");
	mkdir(config->value[SET_DATA], 0700);
	mkdir(backups, 0700);
	err = migrate(call->arena, config->value[SET_DATABASE], backups,
	    instant_now(), &report);
	if (err != OK)
		return call_failed(call, err);
	buf_fmt(&call->out, "%d -> %d\n", report.from, report.to);
	if (report.backup != NULL)
		buf_fmt(&call->err, "A back-up was made first: %s\n",
		    report.backup);
	return EXIT_WORKED;
}

static const char *
backup_name(struct call *call)
{
	const char *dir = text_fmt(call->arena, "%s/backup",
	    call->config->value[SET_DATA]);
	struct wall w = instant_wall(instant_now());
	char day[11];

	mkdir(dir, 0700);
	day_format(w.day, day);
	return text_fmt(call->arena, "%s/fjouwer-%s-%02d%02d%02d.db", dir,
	    day, w.hour, w.minute, w.second);
}

int
backup_command(struct call *call)
{
	struct backup_report report;
	const char *file = call->argc > 0 ? call->argv[0] : NULL;
	Err err;

	if (call->argc > 1)
		return call_wrong(call, "backup [FILE]");
	if (file == NULL)
		file = backup_name(call);
	err = backup_make(call->arena, call->config->value[SET_DATABASE],
	    file, &report);
	if (err != OK)
		return call_failed(call, err);
	buf_fmt(&call->out, "%s\n", report.file);
	buf_fmt(&call->err, "%" PRId64 " rows, restored once as proof; "
	    "row hash %s\n", report.rows, report.row_hash);
	return EXIT_WORKED;
}

int
restore_command(struct call *call)
{
	const char *data_dir = call->config->value[SET_DATA];
	bool over = call_flag(call, "--over");
	bool free_to_write = false;
	struct backup_report report;
	Err err;

	if (call->argc != 1)
		return call_wrong(call, "restore FILE [--over]");
	mkdir(data_dir, 0700);
	err = control_lock(call->arena, data_dir, &free_to_write);
	if (err == OK && !free_to_write)
		err = err_make(call->arena, ERR_FAILED,
		    "a server is running; stop it first");
	if (err == OK)
		err = backup_restore(call->arena, call->argv[0],
		    call->config->value[SET_DATABASE], over, &report);
	if (err != OK)
		return call_failed(call, err);
	buf_fmt(&call->out, "%s\n", report.row_hash);
	buf_fmt(&call->err, "%" PRId64 " rows restored.\n", report.rows);
	return EXIT_WORKED;
}

/* One chain; says what it found, and whether it is whole. */
static Err
verify_one(struct call *call, struct db *db, struct programme_id id,
    const char *name, bool *whole)
{
	struct audit_verdict v;

	TRY(db_begin(db, call->arena));
	TRY(db_enter(db, call->arena, id));
	TRY(audit_verify(db, call->arena, id, &v));
	db_rollback(db);
	if (v.broken == 0) {
		buf_fmt(&call->out, "%s: %" PRId64 " rows, whole\n", name,
		    v.rows);
		return OK;
	}
	*whole = false;
	buf_fmt(&call->out, "%s: row %" PRId64 " is not what it was: %s\n",
	    name, v.broken, v.why);
	return OK;
}

static Err
verify_all(struct call *call, bool *whole)
{
	struct programme_list all;
	struct db *db;

	TRY(db_open(call->arena, call->config->value[SET_DATABASE], DB_READ,
	    &db));
	TRY(programme_all(db, call->arena, &all));
	TRY(verify_one(call, db, (struct programme_id){ 0 }, "installation",
	    whole));
	for (size_t i = 0; i < all.n; i++)
		TRY(verify_one(call, db, all.row[i].id, all.row[i].slug,
		    whole));
	db_close(db);
	return OK;
}

int
audit_command(struct call *call)
{
	bool whole = true;
	Err err;

	if (call->argc != 1 || !text_same(call->argv[0], "verify"))
		return call_wrong(call, "audit verify");
	err = verify_all(call, &whole);
	if (err != OK)
		return call_failed(call, err);
	return whole ? EXIT_WORKED : EXIT_COULD_NOT;
}
