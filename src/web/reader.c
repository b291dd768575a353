#include "web/reader.h"

static Err
begin(struct reader *reader, struct arena *arena)
{
	if (reader->db == NULL)
		TRY(db_open(arena, reader->url, DB_READ, &reader->db));
	return db_begin(reader->db, arena);
}

Err
reader_begin(struct reader *reader, struct arena *arena)
{
	bool was_open = reader->db != NULL;
	Err err = begin(reader, arena);

	if (err == OK)
		return OK;
	reader_close(reader);
	if (!was_open)
		return err;
	/* The server may have been away since the last request. */
	err = begin(reader, arena);
	if (err != OK)
		reader_close(reader);
	return err;
}

void
reader_end(struct reader *reader, bool sound)
{
	if (reader->db == NULL)
		return;
	db_rollback(reader->db);
	if (!sound)
		reader_close(reader);
}

void
reader_close(struct reader *reader)
{
	if (reader->db != NULL)
		db_close(reader->db);
	reader->db = NULL;
}
