/*
 * sqlgen --migrations DIR IN.sql OUT.h OUT.c
 * sqlgen --check-postgres CONNINFO IN.sql…
 */
#include "sqlgen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		refuse(path, 0, "%s", strerror(errno));
	return f;
}

static void
finish(FILE *f, const char *path)
{
	if (fclose(f) != 0)
		refuse(path, 0, "%s", strerror(errno));
}

/* "build/src/intake/intake_sql.h" is included as "intake/intake_sql.h". */
static const char *
included_as(const char *path)
{
	const char *p = path + strlen(path);

	for (int slashes = 0; p > path; p--)
		if (p[-1] == '/' && ++slashes == 2)
			break;
	return p;
}

static void
generate(struct pool *pool, const char *dir, char *const *file)
{
	struct source *source = source_read(pool, file[0]);
	sqlite3 *db = schema_make(pool, dir);
	FILE *f;

	for (size_t i = 0; i < source->nstatements; i++)
		statement_check(pool, file[0], &source->statement[i], db);
	sqlite3_close(db);
	f = create(file[1]);
	write_header(pool, f, source, included_as(file[1]));
	finish(f, file[1]);
	f = create(file[2]);
	write_code(pool, f, source, included_as(file[1]));
	finish(f, file[2]);
}

static void
check_postgres(struct pool *pool, const char *conninfo, char *const *file,
    size_t n)
{
	struct source **source = pool_take(pool, n * sizeof *source);

	for (size_t i = 0; i < n; i++)
		source[i] = source_read(pool, file[i]);
	printf("%zu statements prepared\n",
	    postgres_check(pool, conninfo, source, n));
}

int
main(int argc, char **argv)
{
	struct pool *pool = pool_make();

	if (argc == 6 && same(argv[1], "--migrations")) {
		generate(pool, argv[2], argv + 3);
	} else if (argc > 3 && same(argv[1], "--check-postgres")) {
		check_postgres(pool, argv[2], argv + 3, (size_t)argc - 3);
	} else {
		fprintf(stderr,
		    "sqlgen --migrations DIR IN.sql OUT.h OUT.c\n"
		    "sqlgen --check-postgres CONNINFO IN.sql...\n");
		return 2;
	}
	pool_free(pool);
	return 0;
}
