/* Programme: the page of quiet weeks. */
#include "accounts/accounts.h"
#include "programme/programme_sql.h"
#include "programme/settings.h"
#include "programme/settings_html.h"

enum { KEPT_IN_SIGHT_DAYS = 366 };

static Err
show(struct req *r, const struct form *f)
{
	struct quiet_view v = { .form = f };
	struct sql_quiet_weeks weeks;

	TRY(sql_quiet_weeks(r->db, r->arena, r->programme.id,
	    day_plus(r->today, -KEPT_IN_SIGHT_DAYS), &weeks));
	v.week = weeks.row;
	v.nweeks = weeks.n;
	v.may_change = accounts_may(r, MAY_SETTLE_PROGRAMME);
	return html_quiet_page(r, &v);
}

Err
quiet_show(struct req *r)
{
	return show(r, form_make(r));
}

static Err
saved(struct req *r, const char *flash)
{
	return see_other_saying(r, flash, "%s", path_of(r, "/settings/quiet"));
}

Err
quiet_add(struct req *r)
{
	int64_t id = new_id(r);
	const char *label = form_line(r, "label", 60,
	    N_("Give these days a name."));
	struct day first = form_day(r, "first", N_("Choose the first day."));
	struct day last = form_day(r, "last", N_("Choose the last day."));
	const char *why;

	if (form_ok(r)) {
		why = quiet_refusal((struct span){ first, last }, r->today);
		if (why != NULL)
			form_refuse(r, "last", why);
	}
	if (!form_ok(r))
		return show(r, r->form);
	TRY(sql_quiet_insert(r->db, r->arena, r->programme.id, id, first,
	    last, label));
	TRY(audit_add(r, N_("quiet days added"), id));
	return saved(r, N_("The quiet days are added."));
}

Err
quiet_drop(struct req *r)
{
	int64_t id = path_id(r, "id"), n;

	TRY(sql_quiet_delete(r->db, r->arena, r->programme.id, id, &n));
	if (n == 0)
		return reply_absent(r);
	TRY(audit_add(r, N_("quiet days removed"), id));
	return saved(r, N_("The quiet days are removed."));
}
