/* The page on which a manager reads the audit trail. */
#include "accounts/accounts.h"
#include "accounts/accounts_sql.h"
#include "accounts/audit_html.h"
#include "accounts/pages.h"

enum { LINES = 50 };

Err
audit_show(struct req *r)
{
	int64_t before = query_int(r, "before", INT64_MAX);
	struct sql_audit_page page;
	struct audit_view v = { 0 };
	struct audit_line *l;

	/* One more than is shown tells whether there are older ones. */
	TRY(sql_audit_page(r->db, r->arena, r->programme.id, before,
	    LINES + 1, &page));
	v.n = page.n > LINES ? LINES : page.n;
	l = ARENA_NEW(r->arena, struct audit_line, v.n);
	for (size_t i = 0; i < v.n; i++)
		l[i] = (struct audit_line){ page.row[i].number,
		    page.row[i].at, page.row[i].what, page.row[i].name,
		    page.row[i].object };
	v.line = l;
	if (page.n > LINES)
		v.older = path_of(r, "/audit?before=%" PRId64,
		    l[LINES - 1].number);
	return html_audit_page(r, &v);
}
