/* Intake: the routes of this folder, and what it holds about people. */
#include "accounts/accounts.h"
#include "intake/application_pages.h"
#include "intake/apply_pages.h"
#include "intake/intake.h"
#include "intake/removal.h"

static const struct route routes[] = {
	{ GET, "/:programme/apply", MAY_EVERYONE, apply_show,
	  "The public form: a question first, then who asks it.",
	  .flags = ROUTE_SIGNED_OUT },
	{ POST, "/:programme/apply", MAY_EVERYONE, apply_send,
	  "Send a question in; it is stored, promised an answer and confirmed "
	  "by mail.", .flags = ROUTE_SIGNED_OUT },
	{ GET, "/:programme/apply/thanks", MAY_EVERYONE, thanks_show,
	  "Says that the question has come in and by when we call.",
	  .flags = ROUTE_SIGNED_OUT },
	{ GET, "/:programme/my-question/:token", MAY_HOLD_LINK, own_show,
	  "What an applicant sees behind the link in the mail: what is "
	  "promised.", .link = "application" },
	{ POST, "/:programme/my-question/:token", MAY_HOLD_LINK, own_withdraw,
	  "The applicant takes the question back.", .link = "application" },
	{ GET, "/:programme/applications", MAY_READ_APPLICATIONS, list_show,
	  "All applications, newest first, with a search by name, venture, "
	  "place and e-mail address." },
	{ GET, "/:programme/applications/new", MAY_ENTER_APPLICATION,
	  entry_show, "The form for writing down a question for a caller." },
	{ POST, "/:programme/applications/new", MAY_ENTER_APPLICATION,
	  entry_send, "Store a question written down for a caller." },
	{ GET, "/:programme/applications/:id", MAY_READ_APPLICATIONS,
	  application_show, "One application: the question, what is promised, "
	  "what happened, and the next step." },
	{ POST, "/:programme/applications/:id/contact",
	  MAY_CHANGE_APPLICATIONS, contact_note,
	  "Note the first contact; keeps that promise and makes the next." },
	{ POST, "/:programme/applications/:id/withdraw",
	  MAY_CHANGE_APPLICATIONS, withdraw_note,
	  "Note that the entrepreneur took the question back, in their own "
	  "word." },
	{ POST, "/:programme/applications/:id/undo",
	  MAY_CHANGE_APPLICATIONS, withdraw_undo,
	  "Undo a withdrawal noted less than ten minutes ago, before its mail "
	  "leaves." },
	{ POST, "/:programme/applications/:id/aside",
	  MAY_CHANGE_APPLICATIONS, aside_note,
	  "Set aside what is no application: spam, a test, a double." },
	{ POST, "/:programme/applications/:id/put-back",
	  MAY_CHANGE_APPLICATIONS, put_back,
	  "Put back what was set aside, with a new promise." },
	{ GET, "/:programme/applications/:id/details",
	  MAY_CHANGE_APPLICATIONS, details_show,
	  "The form that corrects how an entrepreneur is reached." },
	{ POST, "/:programme/applications/:id/details",
	  MAY_CHANGE_APPLICATIONS, details_send,
	  "Correct how an entrepreneur is reached." },
};

static const struct menu menu[] = {
	{ "/:programme/applications", N_("Applications"), 20 },
};

static const struct job jobs[] = {
	{ "intake removal", 3600, aside_remove },
};

#define ANSWER N_("to answer the question")
#define TEAM   N_("to find a team that fits")
#define PROVE  N_("to show who did what")
#define COUNT  N_("to tell who the programme reaches, in numbers")

static const struct person_column person_columns[] = {
	{ "application", "question", ANSWER, "6(1)(b)", "application" },
	{ "application", "not_in_team", TEAM, "6(1)(b)", "application" },
	{ "application", "over_50", COUNT, "6(1)(a)", "application" },
	{ "application", "social_enterprise", COUNT, "6(1)(b)",
	  "application" },
	{ "application", "older_customers", COUNT, "6(1)(b)", "application" },
	{ "application", "name", ANSWER, "6(1)(b)", "application" },
	{ "application", "venture", ANSWER, "6(1)(b)", "application" },
	{ "application", "place", TEAM, "6(1)(b)", "application" },
	{ "application", "email", ANSWER, "6(1)(b)", "application" },
	{ "application", "phone", ANSWER, "6(1)(b)", "application" },
	{ "application", "lang", ANSWER, "6(1)(b)", "application" },
	{ "application", "person", ANSWER, "6(1)(b)", "application" },
	{ "application", "entered_by", PROVE, "6(1)(f)", "application" },
	{ "application", "search", ANSWER, "6(1)(b)", "application" },
	{ "application_step", "actor", PROVE, "6(1)(f)", "application" },
	{ "application_step", "said", ANSWER, "6(1)(b)", "application" },
	{ "promise", "reason", ANSWER, "6(1)(b)", "application" },
};

const struct feature intake_feature = {
	.name = "intake",
	.routes = routes,
	.nroutes = LEN(routes),
	.menu = menu,
	.nmenu = LEN(menu),
	.jobs = jobs,
	.njobs = LEN(jobs),
	.person_columns = person_columns,
	.nperson_columns = LEN(person_columns),
};
