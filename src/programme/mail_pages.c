/* Programme: what its mail is doing.  The outbox itself is post/'s. */
#include "accounts/accounts.h"
#include "post/post.h"
#include "programme/mail_html.h"
#include "programme/settings.h"

static enum letter_box
box_of_path(struct req *r)
{
	const char *name = path_text(r, "box");

	return text_same(name, "sent") ? BOX_SENT :
	    text_same(name, "failed") ? BOX_FAILED : BOX_WAITING;
}

Err
mail_show(struct req *r)
{
	struct mail_view v = {
		.box = box_of_path(r),
		.number = query_int(r, "page", 0),
		.may_read = accounts_may(r, MAY_READ_MAIL),
		.form = form_make(r),
	};

	if (v.number < 0 || v.number > INT32_MAX)
		return reply_absent(r);
	TRY(letter_list(r, v.box, v.number, &v.page));
	return html_mail_page(r, &v);
}

/* It is read by whoever could have been mailed a sign-in: that is told. */
Err
mail_read_one(struct req *r)
{
	struct letter_reading letter;
	int64_t id = path_id(r, "letter");
	bool found;

	TRY(letter_read(r, id, &found, &letter));
	if (!found)
		return reply_absent(r);
	TRY(audit_add(r, N_("mail read"), id));
	return html_letter_page(r, &letter);
}

Err
mail_undo(struct req *r)
{
	int64_t id = path_id(r, "letter");
	bool exists, undone;

	TRY(letter_exists(r, id, &exists));
	if (!exists)
		return reply_absent(r);
	TRY(letter_undo_one(r, id, &undone));
	if (!undone)
		return reply_conflict(r, say(r, N_("Too late to undo")),
		    say(r, N_("This mail is already on its way.")));
	TRY(audit_add(r, N_("mail undone"), id));
	return see_other_saying(r, N_("The mail is taken back."), "%s",
	    path_of(r, "/mail"));
}

Err
mail_try_again(struct req *r)
{
	int64_t id = path_id(r, "letter");
	bool exists, again;

	TRY(letter_exists(r, id, &exists));
	if (!exists)
		return reply_absent(r);
	TRY(letter_try_again(r, id, &again));
	if (!again)
		return reply_conflict(r, say(r, N_("This mail stays here")),
		    say(r, N_("It cannot be sent again. "
		    "Is the address right?")));
	TRY(audit_add(r, N_("mail tried again"), id));
	return see_other_saying(r, N_("The mail leaves once more."), "%s",
	    path_of(r, "/mail"));
}

Err
mail_drop(struct req *r)
{
	int64_t id = path_id(r, "letter");
	bool exists, dropped;

	TRY(letter_exists(r, id, &exists));
	if (!exists)
		return reply_absent(r);
	TRY(letter_drop(r, id, &dropped));
	if (!dropped)
		return reply_conflict(r, N_("This was done already"),
		    N_("Somebody else was just before you. Look at the page "
		    "again to see how it stands."));
	TRY(audit_add(r, N_("mail dealt with"), id));
	return see_other_saying(r, N_("The mail is off the list."), "%s",
	    path_of(r, "/mail/failed"));
}
