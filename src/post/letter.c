/* Post: writing letters into the outbox, and taking them back. */
#include "base/crypt.h"
#include "post/letter_html.h"
#include "post/mail_file.h"
#include "post/mime.h"
#include "post/post_rules.h"
#include "post/post_sql.h"
#include "web/site.h"

/* Two spellings of one address are one address; only its hash is kept. */
static struct hash
address_hash(struct req *r, const char *address)
{
	return hash_text(text_fold(r->arena, address));
}

/* Outside programmes nobody has entered one: these rows are number 0's. */
static Err
enter(struct req *r)
{
	return r->programme.id.v != 0 ? OK :
	    db_enter(r->db, r->arena, r->programme.id);
}

static const char *
letter_text(struct req *r, const struct letter_view *v)
{
	const struct letter *l = v->letter;
	struct buf b = buf_make(r->arena);

	buf_fmt(&b, "%s\n\n", words_say(l->lang, "Hello,"));
	for (size_t i = 0; i < l->nparagraphs; i++)
		buf_fmt(&b, "%s\n\n", l->paragraphs[i]);
	if (l->button != NULL)
		buf_fmt(&b, "%s:\n%s\n\n", l->button, l->href);
	if (v->programme != NULL)
		buf_fmt(&b, "%s\n", v->programme);
	if (v->programme != NULL && !text_is_empty(v->phone)) {
		struct html_arg phone = HTML_ARG("phone", v->phone);

		buf_fmt(&b, "%s\n", words_fill(r->arena, l->lang, r->today,
		    words_say(l->lang, "Rather call? {phone}"), 1, &phone));
	}
	return buf_get(&b);
}

static const char *
letter_html(struct req *r, const struct letter_view *v)
{
	struct html h = html_make(r->arena, v->letter->lang, r->today);

	html_letter_mail(&h, v);
	return buf_get(&h.buf);
}

/* Why a letter to this address cannot leave; NULL when it can. */
static Err
address_obstacle(struct req *r, const char *to, const char **why)
{
	int64_t n;

	*why = NULL;
	if (!address_is_sendable(to)) {
		*why = N_("Mail cannot be sent to this address. "
		    "Is it written well?");
		return OK;
	}
	TRY(sql_suppression_count(r->db, r->arena, r->programme.id,
	    address_hash(r, to), &n));
	if (n > 0)
		*why = N_("This address has refused our mail before.");
	return OK;
}

Err
letter_send(struct req *r, const struct letter *l)
{
	struct letter_view v = { l, r->programme.name, r->programme.phone };
	struct sql_outbox_put_in row = {
		.programme = r->programme.id, .id = new_id(r),
		.kind = l->kind, .object = l->object, .recipient = l->to,
		.lang = l->lang, .calendar = l->calendar,
		.created_at = r->now,
		.not_before = instant_plus(r->now, l->wait_us),
	};
	const char *obstacle;

	ASSERT(l->nparagraphs <= LETTER_PARAGRAPHS);
	TRY(enter(r));
	TRY(address_obstacle(r, l->to, &obstacle));
	row.state = obstacle == NULL ? LETTER_WAITING : LETTER_FAILED;
	row.failure = obstacle == NULL ? "" : obstacle;
	row.subject = text_line(r->arena, l->subject);
	row.body_text = letter_text(r, &v);
	row.body_html = letter_html(r, &v);
	return sql_outbox_put(r->db, r->arena, &row);
}

Err
letter_undo(struct req *r, const char *kind, int64_t object, bool *undone)
{
	int64_t n;

	TRY(enter(r));
	TRY(sql_outbox_undo(r->db, r->arena, r->programme.id, kind, object,
	    &n));
	*undone = n > 0;
	return OK;
}

Err
letter_exists(struct req *r, int64_t id, bool *exists)
{
	int64_t n;

	TRY(sql_outbox_has(r->db, r->arena, r->programme.id, id, &n));
	*exists = n > 0;
	return OK;
}

Err
letter_undo_one(struct req *r, int64_t id, bool *undone)
{
	int64_t n;

	TRY(sql_outbox_undo_one(r->db, r->arena, r->programme.id, id, &n));
	*undone = n > 0;
	return OK;
}

/* Somebody has looked at the address: give it another chance too. */
Err
letter_try_again(struct req *r, int64_t id, bool *found)
{
	const char *recipient;
	bool there;
	int64_t n;

	*found = false;
	TRY(sql_outbox_recipient(r->db, r->arena, r->programme.id, id,
	    LETTER_FAILED, &recipient, &there));
	if (!there || !address_is_sendable(recipient))
		return OK;
	TRY(sql_suppression_drop(r->db, r->arena, r->programme.id,
	    address_hash(r, recipient)));
	TRY(sql_outbox_try_again(r->db, r->arena, r->programme.id, id, r->now,
	    &n));
	*found = n > 0;
	return OK;
}

Err
letter_drop(struct req *r, int64_t id, bool *dropped)
{
	int64_t n;

	TRY(sql_outbox_drop(r->db, r->arena, r->programme.id, id, &n));
	*dropped = n > 0;
	return OK;
}

static void
page_take(struct letter_page *page, struct letter_line *line, size_t n)
{
	page->line = line;
	page->more = n > LETTERS_A_PAGE;
	page->n = page->more ? LETTERS_A_PAGE : n;
}

static Err
list_waiting(struct req *r, int64_t skip, struct letter_page *out)
{
	struct sql_outbox_list_waiting rows;

	TRY(sql_outbox_list_waiting(r->db, r->arena, r->programme.id, r->now,
	    LETTERS_A_PAGE + 1, skip, &rows));
	page_take(out, rows.row, rows.n);
	return OK;
}

static Err
list_sent(struct req *r, int64_t skip, struct letter_page *out)
{
	struct sql_outbox_list_sent rows;

	TRY(sql_outbox_list_sent(r->db, r->arena, r->programme.id,
	    LETTERS_A_PAGE + 1, skip, &rows));
	page_take(out, rows.row, rows.n);
	for (size_t i = 0; i < out->n; i++)
		out->line[i].can_read = mail_file_exists(r->arena,
		    r->site->data_dir, out->line[i].id);
	return OK;
}

static Err
list_failed(struct req *r, int64_t skip, struct letter_page *out)
{
	struct sql_outbox_list_failed rows;

	TRY(sql_outbox_list_failed(r->db, r->arena, r->programme.id,
	    LETTERS_A_PAGE + 1, skip, &rows));
	page_take(out, rows.row, rows.n);
	return OK;
}

Err
letter_list(struct req *r, enum letter_box box, int64_t page,
    struct letter_page *out)
{
	int64_t skip = page * LETTERS_A_PAGE;

	switch (box) {
	case BOX_WAITING: return list_waiting(r, skip, out);
	case BOX_SENT:    return list_sent(r, skip, out);
	case BOX_FAILED:  return list_failed(r, skip, out);
	}
	ASSERT(box <= BOX_FAILED);
	return OK;
}

/* The outbox knows whose letter it is; the file alone does not. */
Err
letter_read(struct req *r, int64_t id, bool *found,
    struct letter_reading *out)
{
	const char *message;

	TRY(sql_outbox_recipient(r->db, r->arena, r->programme.id, id,
	    LETTER_SENT, &out->recipient, found));
	if (!*found)
		return OK;
	message = mail_file_read(r->arena, r->site->data_dir, id);
	*found = message != NULL &&
	    mime_read(r->arena, message, &out->subject, &out->text);
	if (*found)
		out->text = text_without_tokens(r->arena, out->text);
	return OK;
}
