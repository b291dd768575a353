/* The database in PostgreSQL, through libpq. */
#include "db/driver.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cursors open at one time on a connection. */
enum { OPEN = 8 };

struct pg {
	struct db db;
	PGconn *conn;
	struct prepared_table prepared; /* the handle is not NULL once done */
	PGresult *open[OPEN];           /* so that a jump loses none */
	int64_t changes;
};

static enum err_kind
kind_of(const char *state)
{
	static const struct {
		const char *state;
		enum err_kind kind;
	} kinds[] = {
		{ "23505", ERR_UNIQUE }, { "23P01", ERR_UNIQUE },
		{ "40001", ERR_RETRY }, { "40P01", ERR_RETRY },
		{ "53100", ERR_FULL },
		{ "XX001", ERR_DAMAGED }, { "XX002", ERR_DAMAGED },
	};

	for (size_t i = 0; i < LEN(kinds); i++)
		if (text_same(state, kinds[i].state))
			return kinds[i].kind;
	return ERR_FAILED;
}

static const char *
field(const PGresult *r, int code)
{
	const char *s = PQresultErrorField(r, code);

	return s == NULL ? "" : s;
}

/*
 * Messages of class 22 (data) and the details of class 23 (constraints) hold
 * what was stored, so only names are told of those.
 */
static Err
failure(struct pg *p, struct arena *arena, const PGresult *r,
    const char *what)
{
	const char *state = field(r, PG_DIAG_SQLSTATE);
	const char *text = field(r, PG_DIAG_MESSAGE_PRIMARY);

	if (text_begins(state, "22") || text_begins(state, "23"))
		text = field(r, PG_DIAG_CONSTRAINT_NAME);
	if (PQstatus(p->conn) != CONNECTION_OK)
		text = "the connection is lost";
	return err_make(arena, kind_of(state), "%s: %s (postgres %s)", what,
	    text, state);
}

/* Run SQL that returns nothing; takes no parameters. */
static Err
simple(struct pg *p, struct arena *arena, const char *sql, const char *what)
{
	PGresult *r = PQexec(p->conn, sql);
	ExecStatusType status = PQresultStatus(r);
	Err err = OK;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		err = failure(p, arena, r, what);
	PQclear(r);
	return err;
}

static Err
pg_script(struct db *db, struct arena *arena, const char *sql)
{
	return simple((struct pg *)db, arena, sql, "script");
}

static void
forget_cursors(struct pg *p)
{
	for (size_t i = 0; i < OPEN; i++) {
		PQclear(p->open[i]);
		p->open[i] = NULL;
	}
}

static void
pg_close(struct db *db)
{
	struct pg *p = (struct pg *)db;

	forget_cursors(p);
	prepared_free(&p->prepared);
	PQfinish(p->conn);
	free(p);
}

/* Our C strings are UTF-8 whatever the cluster's default is. */
static Err
configure(struct pg *p, struct arena *arena)
{
	TRY(simple(p, arena, "SET client_min_messages = warning;"
	    "SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC';"
	    "SET standard_conforming_strings = on", "connect"));
	if (p->db.use != DB_READ)
		return OK;
	return simple(p, arena, "SET default_transaction_read_only = on",
	    "connect");
}

static Err
say_not_connected(struct arena *arena)
{
	/* libpq's own text may hold the address and the user. */
	return err_make(arena, ERR_FAILED, "PostgreSQL cannot be reached");
}

/* A server that was restarted is found again, between transactions. */
static Err
reconnect(struct pg *p, struct arena *arena)
{
	forget_cursors(p);
	prepared_free(&p->prepared);
	PQreset(p->conn);
	if (PQstatus(p->conn) != CONNECTION_OK)
		return say_not_connected(arena);
	return configure(p, arena);
}

static Err
pg_begin(struct db *db, struct arena *arena)
{
	struct pg *p = (struct pg *)db;
	const char *sql = db->use == DB_READ
	    ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
	Err err = OK;

	if (PQstatus(p->conn) == CONNECTION_OK) {
		err = simple(p, arena, sql, "begin");
		if (PQstatus(p->conn) == CONNECTION_OK)
			return err;
	}
	TRY(reconnect(p, arena));
	return simple(p, arena, sql, "begin");
}

/* COMMIT of a transaction that failed is answered with ROLLBACK. */
static Err
pg_commit(struct db *db, struct arena *arena)
{
	struct pg *p = (struct pg *)db;
	PGresult *r = PQexec(p->conn, "COMMIT");
	Err err = OK;

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		err = failure(p, arena, r, "commit");
	else if (!text_same(PQcmdStatus(r), "COMMIT"))
		err = err_make(arena, ERR_FAILED,
		    "commit: the transaction had failed before");
	PQclear(r);
	return err;
}

static bool
pg_in_transaction(const struct db *db)
{
	const struct pg *p = (const struct pg *)db;
	PGTransactionStatusType t = PQtransactionStatus(p->conn);

	return t == PQTRANS_INTRANS || t == PQTRANS_INERROR;
}

static void
pg_rollback(struct db *db)
{
	struct pg *p = (struct pg *)db;

	forget_cursors(p);
	if (pg_in_transaction(db))
		PQclear(PQexec(p->conn, "ROLLBACK"));
}

static Err
pg_savepoint(struct db *db, struct arena *arena)
{
	return simple((struct pg *)db, arena, "SAVEPOINT part", "savepoint");
}

static Err
pg_release(struct db *db, struct arena *arena)
{
	return simple((struct pg *)db, arena, "RELEASE part", "release");
}

static void
pg_rollback_to_savepoint(struct db *db)
{
	struct pg *p = (struct pg *)db;

	forget_cursors(p);
	PQclear(PQexec(p->conn, "ROLLBACK TO part; RELEASE part"));
}

/* Prepare on first use, under the number of its place. */
static Err
prepare(struct pg *p, struct arena *arena,
    const struct db_statement *statement)
{
	struct prepared *at = prepared_find(&p->prepared, statement);
	PGresult *r;
	Err err = OK;

	if (at->handle != NULL)
		return OK;
	r = PQprepare(p->conn, statement->name, statement->postgres, 0, NULL);
	if (PQresultStatus(r) == PGRES_COMMAND_OK)
		at->handle = p;
	else
		err = failure(p, arena, r, statement->name);
	PQclear(r);
	return err;
}

/* Parameters as libpq takes them: numbers as text, blobs as they are. */
struct params {
	const char **value;
	int *len, *format;
};

static struct params
params_of(struct arena *arena, const struct db_value *value, size_t n)
{
	struct params p = {
		ARENA_NEW(arena, const char *, n + 1),
		ARENA_NEW(arena, int, n + 1),
		ARENA_NEW(arena, int, n + 1),
	};

	for (size_t i = 0; i < n; i++) {
		if (value[i].type == DB_INT)
			p.value[i] = text_fmt(arena, "%" PRId64, value[i].n);
		else if (value[i].type != DB_NULL)
			p.value[i] = value[i].text;
		p.len[i] = (int)value[i].len;
		p.format[i] = value[i].type == DB_BLOB;
	}
	return p;
}

/* Keep the result where a rollback finds it. */
static void
keep(struct db_cursor *c, PGresult *r, const char *what)
{
	struct pg *p = (struct pg *)c->db;
	ExecStatusType status = PQresultStatus(r);
	size_t i = 0;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		c->err = failure(p, c->arena, r, what);
		PQclear(r);
		return;
	}
	while (i < OPEN && p->open[i] != NULL)
		i++;
	ASSERT(i < OPEN);
	p->open[i] = r;
	c->handle = r;
}

static void
pg_run(struct db_cursor *c, const struct db_statement *statement,
    const struct db_value *value, size_t n)
{
	struct pg *p = (struct pg *)c->db;
	struct params in = params_of(c->arena, value, n);

	c->err = prepare(p, c->arena, statement);
	if (c->err == OK)
		keep(c, PQexecPrepared(p->conn, statement->name, (int)n,
		    in.value, in.len, in.format, 0), statement->name);
}

static void
pg_run_once(struct db_cursor *c, const char *sql,
    const struct db_value *value, size_t n)
{
	struct pg *p = (struct pg *)c->db;
	struct params in = params_of(c->arena, value, n);

	keep(c, PQexecParams(p->conn, sql, (int)n, NULL, in.value, in.len,
	    in.format, 0), "statement");
}

static bool
pg_next(struct db_cursor *c)
{
	return ++c->row < PQntuples(c->handle);
}

static int64_t
pg_changes(const struct db *db)
{
	return ((const struct pg *)db)->changes;
}

static void
pg_end(struct db_cursor *c, int64_t *changed)
{
	struct pg *p = (struct pg *)c->db;

	if (c->handle == NULL)
		return;
	*changed = strtoll(PQcmdTuples(c->handle), NULL, 10);
	if (!text_begins(PQcmdStatus(c->handle), "SELECT"))
		p->changes += *changed;
	for (size_t i = 0; i < OPEN; i++)
		if (p->open[i] == c->handle)
			p->open[i] = NULL;
	PQclear(c->handle);
	c->handle = NULL;
}

static bool
pg_is_null(struct db_cursor *c, int column)
{
	return PQgetisnull(c->handle, c->row, column) == 1;
}

static int64_t
pg_int(struct db_cursor *c, int column)
{
	return strtoll(PQgetvalue(c->handle, c->row, column), NULL, 10);
}

static const char *
pg_text(struct db_cursor *c, int column)
{
	if (pg_is_null(c, column))
		return NULL;
	return text_copy_n(c->arena, PQgetvalue(c->handle, c->row, column),
	    (size_t)PQgetlength(c->handle, c->row, column));
}

static int
hex_digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* bytea comes as \x and two digits a byte. */
static const void *
pg_blob(struct db_cursor *c, int column, size_t *len)
{
	const char *hex = PQgetvalue(c->handle, c->row, column) + 2;
	char *p;

	*len = 0;
	if (pg_is_null(c, column))
		return NULL;
	*len = (size_t)PQgetlength(c->handle, c->row, column) / 2 - 1;
	p = arena_take(c->arena, *len + 1);
	for (size_t i = 0; i < *len; i++)
		p[i] = (char)(hex_digit(hex[2 * i]) << 4
		    | hex_digit(hex[2 * i + 1]));
	return p;
}

/* To the end of the transaction, so that a pooled connection forgets it. */
static Err
pg_enter(struct db *db, struct arena *arena, struct programme_id programme)
{
	static const struct db_statement enter = {
		"db_enter", NULL,
		"SELECT set_config('fjouwer.programme', $1, true)",
	};
	const struct db_value value = db_value_text(
	    text_fmt(arena, "%" PRId64, programme.v));
	struct db_cursor c;

	db_run(db, arena, &enter, &value, 1, &c);
	return db_end(&c, NULL);
}

static const struct driver pg_driver = {
	.close = pg_close,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.savepoint = pg_savepoint,
	.release = pg_release,
	.rollback_to_savepoint = pg_rollback_to_savepoint,
	.in_transaction = pg_in_transaction,
	.changes = pg_changes,
	.enter = pg_enter,
	.script = pg_script,
	.run = pg_run,
	.run_once = pg_run_once,
	.next = pg_next,
	.column_int = pg_int,
	.column_text = pg_text,
	.column_blob = pg_blob,
	.is_null = pg_is_null,
	.end = pg_end,
};

static void
ignore_notice(void *arg, const char *text)
{
}

/*
 * Event threads wait for the answer, and a stop waits for them.  A server
 * that vanished without a word is noticed by what was sent and not confirmed,
 * or, when idle, by what the kernel sends.
 */
struct pg_conn *
postgres_connect(const char *conninfo, const char *name)
{
	static const char *const keys[] = {
		"application_name", "connect_timeout", "tcp_user_timeout",
		"keepalives_idle", "keepalives_interval", "keepalives_count",
		"dbname", NULL,
	};
	const char *const values[] = {
		name, "4", "10000", "20", "5", "3", conninfo, NULL,
	};
	PGconn *conn = PQconnectdbParams(keys, values, 1);

	PQsetNoticeProcessor(conn, ignore_notice, NULL);
	return conn;
}

Err
postgres_open(struct arena *arena, const char *conninfo, enum db_use use,
    struct db **out)
{
	struct pg *p = calloc(1, sizeof *p);
	Err err;

	if (p == NULL)
		return err_make(arena, ERR_FAILED, "no memory to open with");
	p->db = (struct db){ &pg_driver, DB_POSTGRES, use };
	p->conn = postgres_connect(conninfo, "fjouwer");
	err = PQstatus(p->conn) == CONNECTION_OK ? configure(p, arena)
	    : say_not_connected(arena);
	if (err != OK) {
		pg_close(&p->db);
		return err;
	}
	*out = &p->db;
	return OK;
}
