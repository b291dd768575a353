/* Desk: the routes of this folder. */
#include "accounts/accounts.h"
#include "desk/begin_pages.h"
#include "desk/desk.h"
#include "desk/desk_pages.h"
#include "web/live.h"

static const struct route routes[] = {
	{ GET, "/", MAY_EVERYONE, front_show,
	  "Leads to the start page of who is signed in, else to the landing "
	  "page.", .flags = ROUTE_SIGNED_OUT },
	{ GET, "/:programme", MAY_EVERYONE, landing_show,
	  "The landing page: what the programme is, and one button.",
	  .flags = ROUTE_SIGNED_OUT },
	{ GET, "/:programme/today", MAY_SEE_TODAY, today_show,
	  "What needs you now, the most urgent first." },
	{ GET, "/:programme/live", MAY_SEE_LIVE, reply_live,
	  "Server-sent events: says which topic changed, without content.",
	  .flags = ROUTE_LIVE },
	{ GET, "/begin/:token", MAY_HOLD_LINK, begin_show,
	  "The first page of an empty installation: make the programme and "
	  "its first manager.", .link = "begin" },
	{ POST, "/begin/:token", MAY_HOLD_LINK, begin_send,
	  "Make the first programme and its first manager.",
	  .link = "begin" },
};

static const struct menu menu[] = {
	{ "/:programme/today", N_("Today"), 10 },
};

const struct feature desk_feature = {
	.name = "desk",
	.routes = routes,
	.nroutes = LEN(routes),
	.menu = menu,
	.nmenu = LEN(menu),
};
