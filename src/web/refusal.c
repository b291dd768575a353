#include "web/refusal.h"

#include "web/refusal_html.h"
#include "web/token.h"

/* How much of a form is given back. */
enum keeps {
	KEEPS_NOTHING,
	KEEPS_WRITING,          /* what was written, to copy it from here */
	KEEPS_FORM,             /* all, to be sent again as it was */
};

static const struct {
	int status;
	const char *title, *sentence;
	enum keeps keeps;
} refusals[] = {
	[REFUSAL_ABSENT] = { 404, N_("This page is not there"),
	    N_("Perhaps the address was copied in part, or the page has "
	    "moved. You may also have to sign in first.") },
	[REFUSAL_MALFORMED] = { 400, N_("We cannot read this"),
	    N_("What your browser sent is not right. Go back, and try it "
	    "again.") },
	[REFUSAL_METHOD] = { 405, N_("This page does not do that"),
	    N_("Go back, and use the buttons on the page.") },
	[REFUSAL_TOO_LARGE] = { 413, N_("This is too much at once"),
	    N_("Make your text shorter, and send it again.") },
	[REFUSAL_FILE_TOO_LARGE] = { 413, N_("This file is too large"),
	    N_("Choose a smaller file, or divide it over several. Then send "
	    "it again.") },
	[REFUSAL_TYPE] = { 415, N_("We cannot read this"),
	    N_("What your browser sent is not a form. Go back, and try it "
	    "again.") },
	[REFUSAL_FOREIGN] = { 403, N_("This form is no longer valid"),
	    N_("The form is too old, you were signed out meanwhile, or it "
	    "did not come from this site. Nothing was changed. Open the "
	    "page again, and send it once more."), KEEPS_WRITING },
	[REFUSAL_REPEATED] = { 409, N_("You have sent this already"),
	    N_("The first time it went well. Nothing was done twice.") },
	[REFUSAL_TOO_OFTEN] = { 429, N_("Too many times"),
	    N_("This was tried too many times. Wait a while, and try it "
	    "again.") },
	[REFUSAL_BUSY] = { 503, N_("It is very busy"),
	    N_("Nothing was saved yet. Wait a minute, and send it "
	    "again."), KEEPS_FORM },
	[REFUSAL_FULL] = { 503, N_("Nothing can be saved now"),
	    N_("There is no room left on our side. Wait a while, and send "
	    "it again."), KEEPS_FORM },
	[REFUSAL_FAILED] = { 500, N_("Something went wrong on our side"),
	    N_("It is not your fault. Try it again later, or call us and "
	    "name the number below."), KEEPS_FORM },
};

/*
 * Whether the form may be given back.  Passwords are read where there is
 * slow work, and a handler that did not run has not said which field is one.
 * A file would be lost on the way.
 */
static bool
may_keep(const struct exchange *x)
{
	return x->fields.n > 0 && x->route->prepare == NULL &&
	    (x->route->flags & ROUTE_UPLOAD) == 0;
}

Err
refusal_reply(struct req *r, enum refusal why)
{
	const struct exchange *x = r->private->exchange;
	struct refusal_view v = {
		.title = refusals[why].title,
		.sentence = refusals[why].sentence,
		.number = why == REFUSAL_FAILED ? x->number : 0,
	};

	if (refusals[why].keeps != KEEPS_NOTHING && may_keep(x))
		v.kept = &x->fields;
	if (refusals[why].keeps == KEEPS_FORM && v.kept != NULL) {
		v.action = x->asked.target;
		v.token = token_make(r);
	}
	r->private->form = form_blank(r->arena);
	r->form = r->private->form;
	TRY(html_refusal_page(r, &v));
	r->reply->status = refusals[why].status;
	if (r->reply->status == 503)
		r->reply->retry_after = 60;
	return OK;
}

Err
reply_conflict(struct req *r, const char *title, const char *sentence)
{
	const struct exchange *x = r->private->exchange;
	struct refusal_view v = { .title = title, .sentence = sentence,
	    .kept = may_keep(x) ? &x->fields : NULL };

	TRY(html_refusal_page(r, &v));
	r->reply->status = 409;
	return OK;
}

Err
reply_gone(struct req *r, const char *title, const char *sentence)
{
	TRY(reply_conflict(r, title, sentence));
	r->reply->status = 410;
	return OK;
}
