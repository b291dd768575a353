/* The same statements, prepared on PostgreSQL. */
#include "sqlgen.h"

#include <libpq-fe.h>

enum { MOST_TWINS = 5 };        /* two dialects are a debt */

/* Whether a column of PostgreSQL's TYPE can be read as C. */
static bool
type_fits(Oid type, const struct type *c)
{
	static const struct { Oid oid; const char *declared; } types[] = {
		{ 20, "INTEGER" }, { 21, "INTEGER" }, { 23, "INTEGER" },
		{ 1700, "INTEGER" },
		{ 25, "TEXT" }, { 1043, "TEXT" }, { 705, "TEXT" },
		{ 17, "BLOB" },
	};

	for (size_t i = 0; i < LEN(types); i++)
		if (types[i].oid == type
		    && same(types[i].declared, type_declared(c)))
			return true;
	return false;
}

static void
check_columns(const char *file, const struct statement *s, const PGresult *r)
{
	if ((size_t)PQnfields(r) != s->row.n)
		refuse(file, s->line, "%s gives %d columns on PostgreSQL",
		    s->name, PQnfields(r));
	for (int i = 0; i < PQnfields(r); i++) {
		const struct column *c = &s->row.at[i];

		if (!same(PQfname(r, i), c->name))
			refuse(file, c->line, "column %d is %s on "
			    "PostgreSQL, not %s", i + 1, PQfname(r, i),
			    c->name);
		if (!type_fits(PQftype(r, i), &c->type))
			refuse(file, c->line, "%s has another type on "
			    "PostgreSQL (%u)", c->name, PQftype(r, i));
	}
}

static void
check(struct pool *pool, PGconn *db, const char *file,
    const struct statement *s)
{
	PGresult *r = PQprepare(db, s->name, sql_for_postgres(pool, s), 0,
	    NULL);

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		refuse(file, s->token[0].line, "%s on PostgreSQL: %s",
		    s->name, PQresultErrorMessage(r));
	PQclear(r);
	r = PQdescribePrepared(db, s->name);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		refuse(file, s->line, "%s", PQresultErrorMessage(r));
	check_columns(file, s, r);
	PQclear(r);
}

size_t
postgres_check(struct pool *pool, const char *conninfo,
    struct source *const *source, size_t n)
{
	PGconn *db = PQconnectdb(conninfo);
	size_t twins = 0, checked = 0;

	if (PQstatus(db) != CONNECTION_OK)
		refuse("postgres", 0, "%s", PQerrorMessage(db));
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < source[i]->nstatements; k++) {
			const struct statement *s = &source[i]->statement[k];

			twins += s->only == ONLY_POSTGRES;
			if (s->only == ONLY_SQLITE)
				continue;
			check(pool, db, source[i]->file, s);
			checked++;
		}
	}
	PQfinish(db);
	if (twins > MOST_TWINS)
		refuse("postgres", 0, "%zu twins; %d are the most", twins,
		    MOST_TWINS);
	return checked;
}
