/* What holds for SQLite only: its version, its settings, damage. */
#include "db/driver.h"
#include "db/fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

TEST(an_sqlite_that_loses_commits_is_refused)
{
	static const struct {
		const char *why;
		int version;
		bool sound;
	} cases[] = {
		{ "Debian 12's",            3040001, false },
		{ "the last with the bug",  3051002, false },
		{ "the first without",      3051003, true },
		{ "ours",                   3053002, true },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		EXPECT_WHY(sqlite_is_sound(cases[i].version)
		    == cases[i].sound, cases[i].why);
}

TEST_ON_SQLITE(each_connection_is_set_as_its_use_asks)
{
	static const struct {
		const char *why;
		enum db_use use;
		const char *sql;
		int64_t value;
	} cases[] = {
		{ "a commit is on the disk", DB_WRITE,
		    "PRAGMA synchronous", 2 },
		{ "no row without its parent", DB_WRITE,
		    "PRAGMA foreign_keys", 1 },
		{ "what is deleted is gone", DB_WRITE,
		    "PRAGMA secure_delete", 1 },
		{ "a schema runs nothing", DB_WRITE,
		    "PRAGMA trusted_schema", 0 },
		{ "the writer does not map", DB_WRITE,
		    "PRAGMA mmap_size", 0 },
		{ "readers do", DB_READ, "PRAGMA mmap_size", 268435456 },
		{ "readers never checkpoint", DB_READ,
		    "PRAGMA wal_autocheckpoint", 0 },
		{ "readers only read", DB_READ, "PRAGMA query_only", 1 },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct place q = *p;

		EXPECT_OK(db_open(p->arena, p->url, cases[i].use, &q.db));
		EXPECT_INT_WHY(place_number(&q, cases[i].sql),
		    cases[i].value, cases[i].why);
		db_close(q.db);
	}
}

/* Fill a table, and put the file down without a WAL. */
static void
make_file(struct place *p)
{
	place_do(p, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT) STRICT;"
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 500)"
	    "INSERT INTO t SELECT i, hex(randomblob(200)) FROM n");
	db_close(p->db);
	p->db = NULL;
}

TEST_ON_SQLITE(a_sound_file_passes_the_check)
{
	make_file(p);
	EXPECT_OK(db_check(p->arena, p->url));
}

TEST_ON_SQLITE(a_damaged_file_is_refused)
{
	static const struct { const char *why; off_t at, cut; } cases[] = {
		{ "no header",         0, 0 },
		{ "pages overwritten", 5 * 4096, 0 },
		{ "the end is gone",   -1, 20 * 4096 },
	};

	make_file(p);
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *file = p->url + 7;
		int fd = open(file, O_RDWR);
		static const char zeros[3 * 4096];
		static char kept[1 << 20];
		ssize_t n = pread(fd, kept, sizeof kept, 0);
		Err err;

		EXPECT(n > 0);
		if (cases[i].cut != 0)
			EXPECT(ftruncate(fd, cases[i].cut) == 0);
		else
			EXPECT(pwrite(fd, zeros, sizeof zeros, cases[i].at)
			    > 0);
		err = db_check(p->arena, p->url);
		EXPECT_WHY(err != OK && err->kind == ERR_DAMAGED,
		    cases[i].why);
		EXPECT(pwrite(fd, kept, (size_t)n, 0) == n);
		close(fd);
	}
	EXPECT_OK(db_check(p->arena, p->url));
}
