/*
 * The audit trail: each row's hash is over the row and the hash before it,
 * so that a changed, dropped or moved row breaks the chain from there on.
 */
#include "accounts/audit.h"

#include <string.h>

#include "accounts/accounts_sql.h"
#include "web/site.h"

struct hash
audit_hash(struct arena *a, const struct hash *before,
    const struct audit_row *row)
{
	struct buf b = buf_make(a);

	buf_add(&b, (const char *)before->b, sizeof before->b);
	/* The words end with a NUL, so that no two rows read alike. */
	buf_fmt(&b, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
	    " %" PRId64 " ", row->programme.v, row->number, row->at.us,
	    row->actor, row->object);
	buf_add(&b, row->what, strlen(row->what) + 1);
	buf_add(&b, row->network, strlen(row->network) + 1);
	return hash_of(b.p, b.len);
}

/* Keyed, or the few billion addresses could be tried out. */
static const char *
network_hash(struct req *r)
{
	struct hash h;

	if (text_is_empty(r->network))
		return "";
	h = hash_keyed(&r->site->key, r->network, strlen(r->network));
	return text_fmt(r->arena, "%.16s", hash_hex(r->arena, &h));
}

static Err
alias_of(struct req *r, struct person_id person, int64_t *alias)
{
	uint64_t random;
	bool found;

	*alias = 0;
	if (person.v == 0)
		return OK;
	TRY(sql_alias_find(r->db, r->arena, r->programme.id, person, alias,
	    &found));
	if (found)
		return OK;
	/* Below 2^53, like ids; 0 is the program itself. */
	crypt_random(&random, sizeof random);
	*alias = (int64_t)(random >> 11) | 1;
	return sql_alias_insert(r->db, r->arena, r->programme.id, person,
	    *alias);
}

Err
audit_add_as(struct req *r, struct person_id actor, const char *what,
    int64_t object)
{
	struct sql_audit_step_row head = { 0 };
	struct audit_row row = { r->programme.id, 1, r->now, 0, object, what,
	    network_hash(r) };
	struct hash hash;
	bool found;

	/* Pages outside of programmes have a trail too, that of programme 0. */
	TRY(db_enter(r->db, r->arena, row.programme));
	TRY(alias_of(r, actor, &row.actor));
	TRY(sql_audit_step(r->db, r->arena, row.programme, &head, &found));
	if (found)
		row.number = head.number;
	hash = audit_hash(r->arena, &head.hash, &row);
	TRY(sql_audit_insert(r->db, r->arena, &(struct sql_audit_insert_in){
	    row.programme, row.number, row.at, row.actor, row.what,
	    row.object, row.network, hash }));
	return found ?
	    sql_audit_end(r->db, r->arena, row.programme, hash) :
	    sql_audit_begin(r->db, r->arena, row.programme, hash);
}

Err
audit_add(struct req *r, const char *what, int64_t object)
{
	return audit_add_as(r, r->viewer.person, what, object);
}

/* ---- Verifying --------------------------------------------------------- */

enum { BATCH = 500 };

struct walk {
	struct programme_id programme;
	struct hash hash;
	struct audit_verdict verdict;
};

static void
walk_row(struct walk *w, struct arena *a, const struct sql_audit_after_row *s)
{
	struct audit_row row = { w->programme, s->number, s->at, s->actor,
	    s->object, s->what, s->network };
	struct hash right = audit_hash(a, &w->hash, &row);
	int64_t due = w->verdict.rows + 1;

	if (s->number != due) {
		w->verdict.broken = due;
		w->verdict.why = "the row is missing";
	} else if (!hash_same(&right, &s->hash)) {
		w->verdict.broken = due;
		w->verdict.why = "the row or one before it was changed";
	} else {
		w->verdict.rows = due;
		w->hash = s->hash;
	}
}

/* A batch of rows; MORE until the last, or the first broken one. */
static Err
walk_batch(struct walk *w, struct db *db, struct arena *a, bool *more)
{
	struct sql_audit_after rows;

	TRY(sql_audit_after(db, a, w->programme, w->verdict.rows, BATCH,
	    &rows));
	for (size_t i = 0; i < rows.n && w->verdict.broken == 0; i++)
		walk_row(w, a, &rows.row[i]);
	*more = rows.n == BATCH && w->verdict.broken == 0;
	return OK;
}

/* The last rows may be gone: then the head knows of more. */
static void
walk_end(struct walk *w, const struct sql_audit_head_row *head)
{
	if (w->verdict.broken != 0)
		return;
	if (head->number != w->verdict.rows) {
		w->verdict.broken = w->verdict.rows + 1;
		w->verdict.why = "the end of the trail is missing";
	} else if (head->number > 0 && !hash_same(&head->hash, &w->hash)) {
		w->verdict.broken = w->verdict.rows;
		w->verdict.why = "the head does not fit the last row";
	}
}

Err
audit_verify(struct db *db, struct arena *a, struct programme_id programme,
    struct audit_verdict *out)
{
	struct walk w = { .programme = programme, .verdict = { 0, 0, "" } };
	struct sql_audit_head_row head = { 0 };
	struct arena *batch = arena_make(4 << 20);
	bool found, more = true;
	Err err;

	if (batch == NULL)
		return err_make(a, ERR_FAILED, "audit verify: no memory");
	err = db_enter(db, a, programme);
	/* A trail may be longer than memory is wide. */
	while (more && err == OK) {
		err = walk_batch(&w, db, batch, &more);
		if (err != OK)
			err = err_say(a, err, "audit verify");
		arena_empty(batch);
	}
	arena_free(batch);
	TRY(err);
	TRY(sql_audit_head(db, a, programme, &head, &found));
	walk_end(&w, &head);
	*out = w.verdict;
	return OK;
}
