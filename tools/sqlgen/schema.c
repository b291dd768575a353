/* The schema: migrations applied to a database in memory, and questions. */
#include "sqlgen.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int
is_sql(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 4 && same(entry->d_name + n - 4, ".sql");
}

sqlite3 *
schema_make(struct pool *pool, const char *dir)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, is_sql, alphasort);
	sqlite3 *db;

	if (n < 0)
		refuse(dir, 0, "cannot be read");
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		refuse(dir, 0, "SQLite does not open");
	for (int i = 0; i < n; i++) {
		const char *path = pool_fmt(pool, "%s/%s", dir,
		    entry[i]->d_name);

		free(entry[i]);
		if (sqlite3_exec(db, pool_read_file(pool, path), NULL, NULL,
		    NULL) != SQLITE_OK)
			refuse(path, 1, "%s", sqlite3_errmsg(db));
	}
	free(entry);
	return db;
}

/* Whether SQL, about TABLE and COLUMN, finds a row. */
static bool
finds(sqlite3 *db, const char *sql, const char *table, const char *column)
{
	sqlite3_stmt *s;
	bool found;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		refuse("schema", 0, "%s", sqlite3_errmsg(db));
	sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, column, -1, SQLITE_STATIC);
	found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return found;
}

bool
schema_is_of_programme(sqlite3 *db, const char *table)
{
	return finds(db, "SELECT 1 FROM pragma_table_info(?1)"
	    " WHERE pk = 1 AND name = ?2", table, "programme");
}

bool
schema_has_column(sqlite3 *db, const char *table, const char *column)
{
	return finds(db, "SELECT 1 FROM pragma_table_info(?1)"
	    " WHERE name = ?2", table, column);
}

bool
schema_has_table(sqlite3 *db, const char *table)
{
	return finds(db, "SELECT 1 FROM sqlite_schema"
	    " WHERE type = ?2 AND name = ?1", table, "table");
}
