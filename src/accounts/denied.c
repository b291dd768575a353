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

/* When the hour of SUBJECT is over, and was not summed up by another. */
static Err
end_hour(struct req *r, const char *subject, struct person_id person)
{
	int count = 0;
	bool ended;

	TRY(sql_limit_end(r->db, r->arena, subject, r->now, &count, &ended));
	if (!ended || count <= DENIALS_WRITTEN)
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
	struct sql_limit_find_row row = { 0 };
	bool found;

	TRY(end_hour(r, subject, person));
	TRY(sql_limit_count(r->db, r->arena, subject, r->now,
	    instant_plus(r->now, HOURS(1))));
	TRY(sql_limit_find(r->db, r->arena, subject, r->now, &row, &found));
	if (row.count > DENIALS_WRITTEN)
		return OK;
	return audit_add(r, N_("denied"), object);
}

Err
denials_end(struct req *r)
{
	struct sql_limit_ended ended;
	struct person_id person;

	TRY(sql_limit_ended(r->db, r->arena, r->now, &ended));
	for (size_t i = 0; i < ended.n; i++) {
		const char *subject = ended.row[i].subject;

		if (sscanf(subject, SUBJECT, &r->programme.id.v,
		    &person.v) == 2)
			TRY(end_hour(r, subject, person));
	}
	return OK;
}
