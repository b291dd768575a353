/*
 * Denials in the audit trail.  Somebody who keeps asking for what is not
 * theirs must not fill it: what goes beyond the first of an hour is counted,
 * and written as one row when that hour is over.
 */
#include <inttypes.h>
#include <stdio.h>

#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit.h"
#include "accounts/denied.h"
#include "web/site.h"

enum { DENIALS_WRITTEN = 20 };  /* an hour, by one person in a programme */

/* Readable, unlike other subjects: the row at the end needs both. */
#define SUBJECT "denied %" PRId64 " %" PRId64

static Err
write_rest(struct req *r, struct person_id person, int count)
{
	if (count <= DENIALS_WRITTEN)
		return OK;
	return audit_add_as(r, person, N_("denied more often, so many times"),
	    count - DENIALS_WRITTEN);
}

Err
audit_denied(struct req *r, int64_t object)
{
	struct person_id person = r->viewer.person;
	const char *subject = text_fmt(r->arena, SUBJECT, r->programme.id.v,
	    person.v);
	struct sql_limit_load_row row = { 0 };
	bool found;

	TRY(sql_limit_load(r->db, r->arena, subject, &row, &found));
	TRY(sql_limit_count(r->db, r->arena, subject, r->now,
	    instant_plus(r->now, HOURS(1))));
	if (found && row.until.us <= r->now.us) {
		TRY(write_rest(r, person, row.count));
		row.count = 0;
	}
	if (row.count >= DENIALS_WRITTEN)
		return OK;
	return audit_add(r, N_("denied"), object);
}

static Err
end_one(struct req *r, const struct sql_limit_ended_row *row)
{
	struct person_id person;
	int64_t dropped;

	if (sscanf(row->subject, SUBJECT, &r->programme.id.v, &person.v) != 2)
		return OK;
	TRY(sql_limit_drop(r->db, r->arena, row->subject, r->now, &dropped));
	return dropped == 1 ? write_rest(r, person, row->count) : OK;
}

Err
denials_end(struct req *r)
{
	struct sql_limit_ended ended;

	TRY(sql_limit_ended(r->db, r->arena, r->now, &ended));
	for (size_t i = 0; i < ended.n; i++)
		TRY(end_one(r, &ended.row[i]));
	return OK;
}
