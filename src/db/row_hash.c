/*
 * One hash over all rows of all tables: the same for the same rows, whether
 * SQLite or PostgreSQL holds them.  Each row is hashed together with the
 * hash before it, so the order counts.
 */
#include "db/backup.h"
#include "db/tables.h"

#include <string.h>

struct hashing {
	struct table_reader reader;     /* first: cast back from it */
	struct hash hash;
	int64_t rows;
};

/* Kind and length before each value, so that no two rows look alike. */
static void
add_value(struct buf *b, const struct db_value *v)
{
	size_t len = v->type == DB_TEXT ? strlen(v->text) : v->len;

	if (v->type == DB_NULL) {
		buf_text(b, "-;");
	} else if (v->type == DB_INT) {
		buf_fmt(b, "i%" PRId64 ";", v->n);
	} else {
		buf_fmt(b, "%c%zu:", v->type == DB_TEXT ? 't' : 'b', len);
		buf_add(b, v->text, len);
	}
}

static Err
hash_row(struct table_reader *reader, struct arena *row,
    const struct table *t, const struct db_value *value)
{
	struct hashing *h = (struct hashing *)reader;
	struct buf b = buf_make(row);

	buf_add(&b, (const char *)h->hash.b, sizeof h->hash.b);
	buf_fmt(&b, "%s:", t->name);
	for (size_t i = 0; i < t->ncolumns; i++)
		add_value(&b, &value[i]);
	h->hash = hash_of(b.p, b.len);
	h->rows++;
	return OK;
}

Err
backup_row_hash(struct arena *arena, struct db *db, int64_t *rows,
    const char **hex)
{
	struct hashing h = { .reader = { hash_row } };
	struct tables tables;

	TRY(tables_list(db, arena, &tables));
	for (size_t i = 0; i < tables.n; i++)
		TRY(table_read(db, arena, &tables.at[i], &h.reader));
	*rows = h.rows;
	*hex = hash_hex(arena, &h.hash);
	return OK;
}
