/*
 * The tables of a database, as it tells them itself: for back-up, restore
 * and the row hash.  The record of migrations is not among them.
 */
#ifndef DB_TABLES_H
#define DB_TABLES_H

#include "db/db.h"

enum column_kind { COLUMN_INT, COLUMN_TEXT, COLUMN_BLOB };

struct table_column {
	const char *name;
	enum column_kind kind;
	int key;                /* place in the primary key from 1; 0: none */
};

struct table {
	const char *name;
	struct table_column *column;
	size_t ncolumns;
	bool of_programme;      /* its key begins with "programme" */
};

struct tables { struct table *at; size_t n; };

/* In the order in which they were made, so that parents come first. */
MUST_USE Err tables_list(struct db *, struct arena *, struct tables *);

/* "a, b, c" of all columns; "a, b" of the key, in its order. */
const char *table_columns(struct arena *, const struct table *);
const char *table_key(struct arena *, const struct table *, enum db_kind);

/*
 * Every row of TABLE in the order of its key, one call of EACH a row with
 * the values of its columns, whose memory is gone at the next.  On
 * PostgreSQL inside a transaction, programme by programme, as row-level
 * security shows them.
 */
struct table_reader {
	Err (*each)(struct table_reader *, struct arena *row,
	    const struct table *, const struct db_value *);
};
MUST_USE Err table_read(struct db *, struct arena *, const struct table *,
    struct table_reader *);

#endif
