#include "web/exchange.h"

#include <string.h>

#include "base/log.h"
#include "web/bounded.h"
#include "web/refusal.h"
#include "web/token.h"

enum { DEVICE_MAX = 200 };

static Err
run_absent(struct req *r)
{
	return reply_absent(r);
}

const struct route route_absent = {
	.method = GET, .path = "", .may = -1, .run = run_absent,
	.help = "An address that nobody has.",
};

/* ---- One attempt ------------------------------------------------------- */

static const char *
device_of(const char *agent, struct arena *arena)
{
	size_t n = agent == NULL ? 0 : strnlen(agent, DEVICE_MAX);

	return n > 0 && text_is_utf8(agent, n)
	    ? text_line(arena, text_copy_n(arena, agent, n)) : "";
}

struct req *
exchange_req(struct exchange *x, struct arena *arena, struct db *db)
{
	struct req *r = &x->req;

	x->reply = (struct reply){ 0 };
	x->private = (struct req_private){ .exchange = x };
	*r = (struct req){
		.arena = arena, .db = db, .now = x->now,
		.today = instant_day(x->now),
		.lang = language_accept(x->asked.languages),
		.reply = &x->reply, .site = x->service->site,
		.route = x->route, .prepared = x->prepared,
		.network = x->network,
		.device = device_of(x->asked.device, arena),
		.private = &x->private,
		.viewer = { .name = "", .initials = "" },
		.programme = { .slug = "", .name = "", .phone = "",
		    .place = "" },
		.holder = { .token = "" },
	};
	x->private.form = form_blank(arena);
	r->form = x->private.form;
	(void)language_parse(cookie_get(r, "lang"), &r->lang);
	return r;
}

static Err
admit_programme(struct req *r)
{
	const char *slug = path_text(r, "programme");
	bool found;

	if (text_is_empty(slug))
		return OK;
	TRY(r->site->gate.enter(r, slug, &found));
	if (!found)
		return reply_absent(r);
	return db_enter(r->db, r->arena, r->programme.id);
}

static Err
admit_holder(struct req *r)
{
	const char *token = path_text(r, "token");
	bool found;

	if (r->route->link == NULL)
		return OK;
	TRY(r->site->gate.open_link(r, r->route->link, token, &found));
	return found || r->reply->status != 0 ? OK : reply_absent(r);
}

static Err
admit_form(struct req *r)
{
	const struct exchange *x = r->private->exchange;
	const struct field *token = fields_find(&x->fields, "_token");

	r->private->form = form_as_sent(r);
	r->form = r->private->form;
	if (r->route->link != NULL)
		return OK;
	if (token == NULL || !token_holds(r, token->value))
		return refusal_reply(r, REFUSAL_FOREIGN);
	return OK;
}

static Err
admit_permission(struct req *r)
{
	if (r->route == &route_absent ||
	    r->site->gate.may(r, r->route->may))
		return OK;
	r->private->denied = r->viewer.person.v != 0;
	r->private->denied_in = r->programme.id;
	return reply_absent(r);
}

Err
exchange_admit(struct req *r, bool *in)
{
	Err (*const steps[])(struct req *) = {
		admit_programme, admit_holder, admit_permission,
	};

	*in = false;
	TRY(r->site->gate.identify(r));
	(void)language_parse(cookie_get(r, "lang"), &r->lang);
	if (r->route->method == POST && r->reply->status == 0)
		TRY(admit_form(r));
	for (size_t i = 0; i < LEN(steps) && r->reply->status == 0; i++)
		TRY(steps[i](r));
	*in = r->reply->status == 0;
	return OK;
}

Err
exchange_close(struct req *r)
{
	if (r->private->doubled) {
		*r->reply = (struct reply){ 0 };
		TRY(refusal_reply(r, REFUSAL_MALFORMED));
	}
	if (r->reply->status == 0)
		return err_make(r->arena, ERR_FAILED,
		    "%s: the handler did not reply", r->route->path);
	if (r->private->flashed)
		cookie_set(r, "flash", "", 0);
	return OK;
}
