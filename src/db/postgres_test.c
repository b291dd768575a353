/* What holds for PostgreSQL only: row-level security, roles, reconnecting. */
#include "db/fixture.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void
enter(struct place *p, struct db *db, int64_t programme)
{
	EXPECT_OK(db_enter(db, p->arena, (struct programme_id){ programme }));
}

/* Two programmes with one suppressed address each; one of 0. */
static void
fill(struct place *p)
{
	place_migrate(p);
	place_do(p, "INSERT INTO programme (id, slug, name, stage, created_at)"
	    " VALUES (1, 'a', 'A', 0, 0), (2, 'b', 'B', 0, 0)");
	for (int64_t id = 0; id <= 2; id++) {
		EXPECT_OK(db_begin(p->db, p->arena));
		enter(p, p->db, id);
		EXPECT_OK(db_script(p->db, p->arena, text_fmt(p->arena,
		    "INSERT INTO suppression (programme, address, why, at)"
		    " VALUES (%" PRId64 ", '\\x00', '550', 0)", id)));
		EXPECT_OK(db_commit(p->db, p->arena));
	}
}

static int64_t
visible(struct place *p)
{
	return place_number(p, "SELECT COUNT(*) FROM suppression");
}

TEST_ON_POSTGRES(without_a_programme_no_row_is_shown)
{
	fill(p);
	EXPECT_INT(visible(p), 0);
}

TEST_ON_POSTGRES(a_programme_shows_its_own_rows)
{
	fill(p);
	for (int64_t id = 0; id <= 2; id++) {
		EXPECT_OK(db_begin(p->db, p->arena));
		enter(p, p->db, id);
		EXPECT_INT(visible(p), 1);
		EXPECT_INT(place_number(p,
		    "SELECT programme FROM suppression"), id);
		db_rollback(p->db);
	}
}

TEST_ON_POSTGRES(a_programme_is_forgotten_at_the_end_of_a_transaction)
{
	fill(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	enter(p, p->db, 1);
	EXPECT_OK(db_commit(p->db, p->arena));
	EXPECT_INT(visible(p), 0);
}

TEST_ON_POSTGRES(a_row_of_another_programme_cannot_be_written)
{
	fill(p);
	EXPECT_OK(db_begin(p->db, p->arena));
	enter(p, p->db, 1);
	EXPECT(db_script(p->db, p->arena, "INSERT INTO suppression"
	    " VALUES (2, '\\x01', '550', 0)") != OK);
	db_rollback(p->db);
}

TEST_ON_POSTGRES(the_app_works_with_rows_and_owns_nothing)
{
	struct place app = *p;
	char *url, *user;

	fill(p);
	place_do(p, "GRANT USAGE ON SCHEMA public TO fjouwer_app");
	place_migrate(p);
	url = text_copy(p->arena, p->url);
	user = strstr(url, "user=fjouwer_owner");
	EXPECT(user != NULL);
	memcpy(user, "user=fjouwer_app  ", strlen("user=fjouwer_owner"));
	EXPECT_OK(db_open(p->arena, url, DB_WRITE, &app.db));
	EXPECT_OK(db_begin(app.db, p->arena));
	enter(p, app.db, 2);
	EXPECT_INT(visible(&app), 1);
	EXPECT(db_script(app.db, p->arena, "ALTER TABLE suppression"
	    " DISABLE ROW LEVEL SECURITY") != OK);
	db_rollback(app.db);
	db_close(app.db);
}

TEST_ON_POSTGRES(a_connection_that_was_cut_is_made_again)
{
	struct place other = *p;
	Err err;

	EXPECT_OK(db_open(p->arena, p->url, DB_WRITE, &other.db));
	EXPECT_OK(db_begin(p->db, p->arena));
	(void)place_number(&other, "SELECT COUNT(pg_terminate_backend(pid))"
	    " FROM pg_stat_activity WHERE datname = 'fjouwer'"
	    " AND pid <> pg_backend_pid()");
	err = db_script(p->db, p->arena, "SELECT 1");
	EXPECT(err != OK && err->kind == ERR_FAILED);
	db_rollback(p->db);
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT_INT(place_number(p, "SELECT 1"), 1);
	EXPECT_OK(db_commit(p->db, p->arena));
	db_close(other.db);
}

/* It takes connections, and says nothing. */
static int
silent_server(in_port_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	EXPECT(bind(fd, (struct sockaddr *)&a, sizeof a) == 0);
	EXPECT(listen(fd, 8) == 0);
	EXPECT(getsockname(fd, (struct sockaddr *)&a, &n) == 0);
	*port = ntohs(a.sin_port);
	return fd;
}

TEST(a_server_that_does_not_answer_is_given_up)
{
	TEST_ARENA(arena);
	in_port_t port;
	int fd = silent_server(&port);
	time_t began = time(NULL);
	struct db *db;

	EXPECT(db_open(arena, text_fmt(arena, "postgres:host=127.0.0.1 "
	    "port=%d dbname=fjouwer", port), DB_READ, &db) != OK);
	EXPECT(time(NULL) - began < 10);
	close(fd);
}

TEST_ON_POSTGRES(a_failed_transaction_does_not_commit)
{
	EXPECT_OK(db_begin(p->db, p->arena));
	EXPECT(db_script(p->db, p->arena, "SELECT wrong") != OK);
	EXPECT(db_commit(p->db, p->arena) != OK);
	db_rollback(p->db);
}
