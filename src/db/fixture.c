/* Databases for tests: see fixture.h. */
#include "db/fixture.h"

#include "db/driver.h"
#include "db/migrate.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static void
remove_dir(struct arena *arena, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	ASSERT(d != NULL);
	while ((entry = readdir(d)) != NULL)
		unlink(text_fmt(arena, "%s/%s", dir, entry->d_name));
	closedir(d);
	rmdir(dir);
}

static const char *
temporary_dir(struct arena *arena)
{
	const char *base = getenv("TMPDIR");
	char *dir = text_copy(arena, text_fmt(arena, "%s/fjouwer.XXXXXX",
	    base == NULL ? "/tmp" : base));

	ASSERT(mkdtemp(dir) != NULL);
	return dir;
}

static const char *
url_of_kind(const struct place *p)
{
	const char *postgres = getenv("FJOUWER_TEST_POSTGRES");

	if (p->kind == DB_SQLITE)
		return text_fmt(p->arena, "sqlite:%s/test.sqlite", p->dir);
	if (postgres == NULL)
		test_fail(__FILE__, __LINE__, "run by tests/postgres-for");
	return text_fmt(p->arena, "postgres:%s", postgres);
}

void
place_run(enum db_kind kind, void (*body)(struct place *))
{
	TEST_ARENA(arena);
	struct place p = { .arena = arena, .kind = kind };

	p.dir = temporary_dir(arena);
	p.url = url_of_kind(&p);
	EXPECT_OK(db_open(arena, p.url, DB_OWNER, &p.db));
	if (kind == DB_POSTGRES)
		EXPECT_OK(db_script(p.db, arena,
		    "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
	body(&p);
	db_close(p.db);
	remove_dir(arena, p.dir);
}

void
place_migrate(struct place *p)
{
	struct migrate_report report;

	EXPECT_OK(migrate(p->arena, p->url, NULL, (struct instant){ 1 },
	    &report));
}

int64_t
place_number(struct place *p, const char *sql)
{
	struct db_cursor c;
	int64_t n = -1;

	db_run_once(p->db, p->arena, sql, NULL, 0, &c);
	while (db_next(&c))
		n = db_int(&c, 0);
	EXPECT_OK(db_end(&c, NULL));
	return n;
}

void
place_do(struct place *p, const char *sql)
{
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_OK(db_script(p->db, p->arena, sql));
	EXPECT_OK(db_commit(p->db, p->arena));
}
