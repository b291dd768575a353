/*
 * Back-up and restore.  A back-up is made while the server runs, and counts
 * only when it was restored into a second file and the hash of all rows of
 * all tables was the same.  Until then it has another name (FILE.new), so that
 * one that was killed is not taken for a back-up.
 */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/db.h"

struct backup_report {
	const char *file;
	int64_t rows;
	const char *row_hash;           /* hex */
};

/* SQLite by VACUUM INTO; PostgreSQL as an SQLite file of all its tables. */
MUST_USE Err backup_make(struct arena *, const char *url, const char *file,
    struct backup_report *);

/* Into an empty database, or over the present one when OVER. */
MUST_USE Err backup_restore(struct arena *, const char *file,
    const char *url, bool over, struct backup_report *);

/* The hash over all rows of all tables, in the order of their keys. */
MUST_USE Err backup_row_hash(struct arena *, struct db *, int64_t *rows,
    const char **hex);

#endif
