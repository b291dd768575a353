/* The check of a database file before anything is written to it. */
#include "db/driver.h"

static Err
quick_check(struct db *db, struct arena *arena)
{
	const char *said = NULL;
	struct db_cursor c;

	db_run_once(db, arena, "PRAGMA quick_check(1)", NULL, 0, &c);
	while (db_next(&c))
		said = db_text(&c, 0);
	TRY(db_end(&c, NULL));
	if (said == NULL || !text_same(said, "ok"))
		return err_make(arena, ERR_DAMAGED,
		    "the database file is damaged: restore the last back-up");
	return OK;
}

/* By a connection that does not map the file: a short one would kill us. */
Err
db_check(struct arena *arena, const char *url)
{
	struct db *db;
	Err err;

	TRY(db_open(arena, url, DB_OWNER, &db));
	err = db_kind(db) == DB_SQLITE ? quick_check(db, arena) : OK;
	db_close(db);
	return err;
}
