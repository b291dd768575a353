/* Reading the tables of a database without knowing them: see tables.h. */
#include "db/driver.h"
#include "db/tables.h"

enum { FETCH = 500 };           /* rows at a time from PostgreSQL */

static Err
list_names(struct db *db, struct arena *arena, struct tables *out)
{
	static const struct db_statement statement = {
		"tables_list",
		"SELECT name FROM sqlite_schema WHERE type = 'table'"
		" AND name NOT LIKE 'sqlite_%' AND name <> 'migration'"
		" ORDER BY rowid",
		"SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'"
		" AND c.relnamespace = current_schema()::regnamespace"
		" AND c.relname <> 'migration' ORDER BY c.oid",
	};
	struct tables got = { NULL, 0 };
	struct db_cursor c;

	db_run(db, arena, &statement, NULL, 0, &c);
	while (db_next(&c)) {
		got.at = db_grow(arena, got.at, got.n, sizeof *got.at);
		got.at[got.n++] = (struct table){ .name = db_text(&c, 0) };
	}
	TRY(db_end(&c, NULL));
	*out = got;
	return OK;
}

static enum column_kind
kind_of(const char *declared)
{
	if (text_same(declared, "INTEGER") || text_same(declared, "bigint"))
		return COLUMN_INT;
	if (text_same(declared, "BLOB") || text_same(declared, "bytea"))
		return COLUMN_BLOB;
	return COLUMN_TEXT;
}

static Err
list_columns(struct db *db, struct arena *arena, struct table *table)
{
	static const struct db_statement statement = {
		"table_columns",
		"SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid",
		"SELECT a.attname, format_type(a.atttypid, a.atttypmod),"
		" COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)"
		" FROM pg_attribute a LEFT JOIN pg_index i"
		" ON i.indrelid = a.attrelid AND i.indisprimary"
		" WHERE a.attrelid = $1::regclass AND a.attnum > 0"
		" AND NOT a.attisdropped ORDER BY a.attnum",
	};
	const struct db_value name = db_value_text(table->name);
	struct db_cursor c;

	db_run(db, arena, &statement, &name, 1, &c);
	while (db_next(&c)) {
		struct table_column k = {
			db_text(&c, 0), kind_of(db_text(&c, 1)),
			(int)db_int(&c, 2),
		};

		table->column = db_grow(arena, table->column,
		    table->ncolumns, sizeof k);
		table->column[table->ncolumns++] = k;
		table->of_programme |= k.key == 1
		    && text_same(k.name, "programme");
	}
	return db_end(&c, NULL);
}

Err
tables_list(struct db *db, struct arena *arena, struct tables *out)
{
	struct tables got;

	TRY(list_names(db, arena, &got));
	for (size_t i = 0; i < got.n; i++)
		TRY(list_columns(db, arena, &got.at[i]));
	*out = got;
	return OK;
}

const char *
table_columns(struct arena *arena, const struct table *t)
{
	struct buf b = buf_make(arena);

	for (size_t i = 0; i < t->ncolumns; i++)
		buf_fmt(&b, "%s%s", i == 0 ? "" : ", ", t->column[i].name);
	return buf_get(&b);
}

/* Text is ordered by its bytes, whatever the cluster's collation. */
const char *
table_key(struct arena *arena, const struct table *t, enum db_kind kind)
{
	struct buf b = buf_make(arena);
	size_t i = 0;

	for (int key = 1; i < t->ncolumns; key++) {
		for (i = 0; i < t->ncolumns; i++)
			if (t->column[i].key == key)
				break;
		if (i == t->ncolumns)
			break;
		buf_fmt(&b, "%s%s%s", key == 1 ? "" : ", ", t->column[i].name,
		    kind == DB_POSTGRES && t->column[i].kind == COLUMN_TEXT
		    ? " COLLATE \"C\"" : "");
	}
	return buf_get(&b);
}

static struct db_value
value_of(struct db_cursor *c, const struct table_column *k, int i)
{
	size_t len;
	const void *p;

	if (db_is_null(c, i))
		return db_value_text(NULL);
	switch (k->kind) {
	case COLUMN_INT:  return db_value_int(db_int(c, i));
	case COLUMN_TEXT: return db_value_text(db_text(c, i));
	case COLUMN_BLOB: break;
	}
	p = db_blob(c, i, &len);
	return db_value_blob(p, len);
}

/* The rows of one cursor; how many there were. */
static Err
read_cursor(struct db_cursor *c, const struct table *t,
    struct table_reader *reader, size_t *n)
{
	struct db_value *value = ARENA_NEW(c->arena, struct db_value,
	    t->ncolumns);
	struct arena *row = arena_make(arena_room(c->arena));
	struct arena *outer = c->arena;
	Err err = OK;

	ASSERT(row != NULL);
	c->arena = row;
	for (*n = 0; err == OK && db_next(c); ++*n) {
		for (size_t i = 0; i < t->ncolumns; i++)
			value[i] = value_of(c, &t->column[i], (int)i);
		err = reader->each(reader, row, t, value);
		if (err == OK)
			arena_empty(row);
	}
	if (err == OK)
		err = c->err;
	if (err != OK)
		c->err = err_make(outer, err->kind, "%s", err->text);
	c->arena = outer;
	arena_free(row);
	return db_end(c, NULL);
}

static Err
read_sqlite(struct db *db, struct arena *arena, const struct table *t,
    struct table_reader *reader)
{
	struct db_cursor c;
	size_t n;

	db_run_once(db, arena, text_fmt(arena, "SELECT %s FROM %s ORDER BY %s",
	    table_columns(arena, t), t->name, table_key(arena, t, DB_SQLITE)),
	    NULL, 0, &c);
	return read_cursor(&c, t, reader, &n);
}

/* Through a cursor of the server, so that no table must fit in memory. */
static Err
read_visible(struct db *db, struct arena *arena, const struct table *t,
    struct table_reader *reader)
{
	struct db_cursor c;
	size_t n;

	TRY(db_exec(db, arena, text_fmt(arena,
	    "DECLARE reading CURSOR FOR SELECT %s FROM %s ORDER BY %s",
	    table_columns(arena, t), t->name,
	    table_key(arena, t, DB_POSTGRES)), NULL, 0));
	do {
		db_run_once(db, arena, text_fmt(arena,
		    "FETCH %d FROM reading", FETCH), NULL, 0, &c);
		TRY(read_cursor(&c, t, reader, &n));
	} while (n == FETCH);
	return db_exec(db, arena, "CLOSE reading", NULL, 0);
}

/* 0, the installation, and every programme in the order of the ids. */
static Err
list_programmes(struct db *db, struct arena *arena, int64_t **id, size_t *n)
{
	static const struct db_statement statement = {
		"list_programmes", NULL,
		"SELECT 0 AS id UNION SELECT id FROM programme ORDER BY id",
	};
	struct db_cursor c;

	*id = NULL;
	*n = 0;
	db_run(db, arena, &statement, NULL, 0, &c);
	while (db_next(&c)) {
		*id = db_grow(arena, *id, *n, sizeof **id);
		(*id)[(*n)++] = db_int(&c, 0);
	}
	return db_end(&c, NULL);
}

Err
table_read(struct db *db, struct arena *arena, const struct table *t,
    struct table_reader *reader)
{
	int64_t *id;
	size_t n;

	if (db_kind(db) == DB_SQLITE)
		return read_sqlite(db, arena, t, reader);
	if (!t->of_programme)
		return read_visible(db, arena, t, reader);
	TRY(list_programmes(db, arena, &id, &n));
	for (size_t i = 0; i < n; i++) {
		struct programme_id p = { id[i] };

		TRY(db_enter(db, arena, p));
		TRY(read_visible(db, arena, t, reader));
	}
	return OK;
}
