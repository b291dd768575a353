/* The letters of intake/.  See letters.h. */
#include "intake/letters.h"

#include "accounts/accounts.h"
#include "post/post.h"

/* A year: longer than the way from question to team ever takes. */
#define LINK_LASTS DAYS(365)

static const char withdrawn[] = N_("application withdrawn");

static const char *
in_sentence(struct req *r, enum language lang, const char *translated,
    struct shown when)
{
	struct html_arg arg = html_arg_shown("day", when);

	return words_fill(r->arena, lang, r->today, translated, 1, &arg);
}

/* The page on which an applicant sees what comes next, without an account. */
static Err
own_page(struct req *r, const struct application *a, const char **url)
{
	const char *token;

	TRY(link_make(r, &(struct link_wish){
		.kind = "application",
		.object = a->id.v,
		.lasts = LINK_LASTS,
	}, &token));
	*url = url_of(r, path_of(r, "/my-question/%s", token));
	return OK;
}

/*
 * Anybody may type anybody's address into the public form.  However often
 * that is done, whoever lives there gets one letter a day from us.
 */
static const struct limit by_address = { "application mail", 1, DAYS(1) };

static Err
may_write_to(struct req *r, const struct application *a, bool *may)
{
	const char *address = text_fold(r->arena, a->email);
	int wait = 0;

	*may = !text_is_empty(address);
	if (!*may || a->channel != CHANNEL_FORM)
		return OK;
	TRY(limit_reached(r, &by_address, address, &wait));
	*may = wait == 0;
	return *may ? limit_count(r, &by_address, address) : OK;
}

Err
letter_received(struct req *r, const struct application *a,
    const struct promise *p)
{
	enum language lang = a->lang;
	const char *url;
	bool may;

	TRY(may_write_to(r, a, &may));
	if (!may)
		return OK;
	TRY(own_page(r, a, &url));
	return letter_send(r, &(struct letter){
		.kind = N_("application received"),
		.object = a->id.v,
		.to = a->email,
		.lang = lang,
		.subject = words_say(lang, "We have received your question"),
		.paragraphs = {
			words_say(lang, "Thank you for telling us your "
			    "question. It is read by the programme manager "
			    "and the office, and by nobody else yet."),
			in_sentence(r, lang, words_say(lang, "We will call or "
			    "write to you by {day} at the latest."),
			    shown_day(p->due_day)),
			words_say(lang, "With this button you see what "
			    "happens next. You do not need an account."),
		},
		.nparagraphs = 3,
		.button = words_say(lang, "See what happens next"),
		.href = url,
	});
}

Err
letter_withdrawn(struct req *r, const struct application *a, int64_t wait_us)
{
	enum language lang = a->lang;

	if (text_is_empty(a->email))
		return OK;
	return letter_send(r, &(struct letter){
		.kind = withdrawn,
		.object = a->id.v,
		.to = a->email,
		.lang = lang,
		.subject = words_say(lang, "You took your question back"),
		.paragraphs = {
			words_say(lang, "As you asked, we do nothing more "
			    "with your question."),
			words_say(lang, "Was this a mistake, or do you have "
			    "another question? You are always welcome."),
		},
		.nparagraphs = 2,
		.button = words_say(lang, "Tell us your question"),
		.href = url_of(r, path_of(r, "/apply")),
		.wait_us = wait_us,
	});
}

Err
letter_withdrawn_undo(struct req *r, const struct application *a,
    bool *undone)
{
	*undone = true;
	if (text_is_empty(a->email))
		return OK;
	return letter_undo(r, withdrawn, a->id.v, undone);
}
