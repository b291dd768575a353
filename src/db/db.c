/* The part of db.h that is the same for both databases. */
#include "db/driver.h"

#include <stdlib.h>
#include <string.h>

Err
db_open(struct arena *arena, const char *url, enum db_use use,
    struct db **out)
{
	if (text_begins(url, "sqlite:"))
		return sqlite_open(arena, url + strlen("sqlite:"), use, out);
	if (text_begins(url, "postgres:"))
		return postgres_open(arena, url + strlen("postgres:"), use,
		    out);
	return err_make(arena, ERR_INPUT,
	    "a database is sqlite:PATH or postgres:CONNINFO");
}

void
db_close(struct db *db)
{
	if (db != NULL)
		db->driver->close(db);
}

enum db_kind
db_kind(const struct db *db)
{
	return db->kind;
}

Err
db_begin(struct db *db, struct arena *arena)
{
	return db->driver->begin(db, arena);
}

Err
db_commit(struct db *db, struct arena *arena)
{
	return db->driver->commit(db, arena);
}

void
db_rollback(struct db *db)
{
	db->driver->rollback(db);
}

Err
db_savepoint(struct db *db, struct arena *arena)
{
	return db->driver->savepoint(db, arena);
}

Err
db_release(struct db *db, struct arena *arena)
{
	return db->driver->release(db, arena);
}

void
db_rollback_to_savepoint(struct db *db)
{
	db->driver->rollback_to_savepoint(db);
}

bool
db_in_transaction(const struct db *db)
{
	return db->driver->in_transaction(db);
}

int64_t
db_changes(const struct db *db)
{
	return db->driver->changes(db);
}

Err
db_enter(struct db *db, struct arena *arena, struct programme_id programme)
{
	return db->driver->enter(db, arena, programme);
}

Err
db_script(struct db *db, struct arena *arena, const char *sql)
{
	return db->driver->script(db, arena, sql);
}

struct db_value
db_value_int(int64_t n)
{
	return (struct db_value){ .type = DB_INT, .n = n };
}

struct db_value
db_value_int_or_null(int64_t n)
{
	return n == 0 ? (struct db_value){ .type = DB_NULL }
	    : db_value_int(n);
}

struct db_value
db_value_bool_or_null(int b)
{
	return b < 0 ? (struct db_value){ .type = DB_NULL }
	    : db_value_int(b != 0);
}

struct db_value
db_value_text(const char *s)
{
	return s == NULL ? (struct db_value){ .type = DB_NULL }
	    : (struct db_value){ .type = DB_TEXT, .text = s };
}

struct db_value
db_value_blob(const void *p, size_t len)
{
	return p == NULL ? (struct db_value){ .type = DB_NULL }
	    : (struct db_value){ .type = DB_BLOB, .text = p, .len = len };
}

struct db_value
db_value_day(struct arena *arena, struct day day)
{
	char iso[11];

	ASSERT(day_is_valid(day));
	day_format(day, iso);
	return db_value_text(text_copy(arena, iso));
}

struct db_value
db_value_day_or_null(struct arena *arena, struct day day)
{
	return day.n == DAY_NONE.n ? db_value_text(NULL)
	    : db_value_day(arena, day);
}

static struct db_cursor
cursor_of(struct db *db, struct arena *arena)
{
	return (struct db_cursor){ .db = db, .arena = arena, .row = -1 };
}

void
db_run(struct db *db, struct arena *arena,
    const struct db_statement *statement, const struct db_value *value,
    size_t n, struct db_cursor *c)
{
	*c = cursor_of(db, arena);
	db->driver->run(c, statement, value, n);
}

void
db_run_once(struct db *db, struct arena *arena, const char *sql,
    const struct db_value *value, size_t n, struct db_cursor *c)
{
	*c = cursor_of(db, arena);
	db->driver->run_once(c, sql, value, n);
}

Err
db_exec(struct db *db, struct arena *arena, const char *sql,
    const struct db_value *value, size_t n)
{
	struct db_cursor c;

	db_run_once(db, arena, sql, value, n, &c);
	while (db_next(&c))
		continue;
	return db_end(&c, NULL);
}

bool
db_next(struct db_cursor *c)
{
	return c->err == OK && c->db->driver->next(c);
}

int64_t
db_int(struct db_cursor *c, int column)
{
	return c->db->driver->column_int(c, column);
}

const char *
db_text(struct db_cursor *c, int column)
{
	return c->db->driver->column_text(c, column);
}

const void *
db_blob(struct db_cursor *c, int column, size_t *len)
{
	return c->db->driver->column_blob(c, column, len);
}

bool
db_is_null(struct db_cursor *c, int column)
{
	return c->db->driver->is_null(c, column);
}

int
db_bool_or_none(struct db_cursor *c, int column)
{
	return db_is_null(c, column) ? -1 : db_int(c, column) != 0;
}

/* What is stored is not what the program stores: somebody else wrote. */
static void
say_damaged(struct db_cursor *c, int column, const char *wanted)
{
	if (c->err == OK)
		c->err = err_make(c->arena, ERR_DAMAGED,
		    "column %d holds no %s", column + 1, wanted);
}

int64_t
db_int_in(struct db_cursor *c, int column, int64_t least, int64_t most)
{
	int64_t n = db_int(c, column);

	if (n >= least && n <= most)
		return n;
	say_damaged(c, column, "number that is stored there");
	return least;
}

int64_t
db_int_or_none_in(struct db_cursor *c, int column, int64_t least,
    int64_t most)
{
	return db_is_null(c, column) ? 0 : db_int_in(c, column, least, most);
}

static void
must_be_there(struct db_cursor *c, int column)
{
	if (db_is_null(c, column))
		say_damaged(c, column, "value");
}

const char *
db_text_there(struct db_cursor *c, int column)
{
	must_be_there(c, column);
	return db_text(c, column);
}

const void *
db_blob_there(struct db_cursor *c, int column, size_t *len)
{
	must_be_there(c, column);
	return db_blob(c, column, len);
}

bool
db_day_there(struct db_cursor *c, int column, struct day *out)
{
	must_be_there(c, column);
	return db_day(c, column, out);
}

bool
db_day(struct db_cursor *c, int column, struct day *out)
{
	const char *iso = db_text(c, column);

	*out = DAY_NONE;
	if (iso == NULL)
		return false;
	if (day_parse(iso, out))
		return true;
	say_damaged(c, column, "day");
	return false;
}

bool
db_hash(struct db_cursor *c, int column, struct hash *out)
{
	size_t len;
	const void *p = db_blob(c, column, &len);

	if (p == NULL || len != sizeof out->b) {
		say_damaged(c, column, "hash");
		return false;
	}
	memcpy(out->b, p, len);
	return true;
}

Err
db_end(struct db_cursor *c, int64_t *changed)
{
	int64_t n = 0;

	c->db->driver->end(c, &n);
	if (c->err == OK && changed != NULL)
		*changed = n;
	return c->err;
}

/* Room doubles at powers of two from 8 on, so N alone tells the room. */
void *
db_grow(struct arena *arena, void *rows, size_t n, size_t size)
{
	void *more;

	if (n != 0 && (n < 8 || (n & (n - 1)) != 0))
		return rows;
	more = arena_take_many(arena, size, n == 0 ? 8 : 2 * n);
	if (n != 0)
		memcpy(more, rows, n * size);
	return more;
}

/* Where STATEMENT stands in a table of CAP places, or would. */
static struct prepared *
place(struct prepared *at, size_t cap, const struct db_statement *statement)
{
	size_t i = (size_t)((uintptr_t)statement >> 4) * 2654435761u;

	for (;; i++) {
		struct prepared *p = &at[i & (cap - 1)];

		if (p->statement == NULL || p->statement == statement)
			return p;
	}
}

static void
widen(struct prepared_table *t)
{
	size_t cap = t->cap == 0 ? 64 : 2 * t->cap;
	struct prepared *at = calloc(cap, sizeof *at);

	ASSERT(at != NULL);
	for (size_t i = 0; i < t->cap; i++)
		if (t->at[i].statement != NULL)
			*place(at, cap, t->at[i].statement) = t->at[i];
	free(t->at);
	t->at = at;
	t->cap = cap;
}

struct prepared *
prepared_find(struct prepared_table *t, const struct db_statement *statement)
{
	struct prepared *p;

	if (2 * (t->n + 1) > t->cap)
		widen(t);
	p = place(t->at, t->cap, statement);
	if (p->statement == NULL) {
		p->statement = statement;
		t->n++;
	}
	return p;
}

void
prepared_free(struct prepared_table *t)
{
	free(t->at);
	*t = (struct prepared_table){ NULL, 0, 0 };
}
