/* Programme: the pages of topics. */
#include "accounts/accounts.h"
#include "programme/programme_sql.h"
#include "programme/settings.h"
#include "programme/settings_html.h"

enum { NAME_MAX_CHARACTERS = 40 };

static Err
show(struct req *r, const struct form *f)
{
	struct topics_view v = { .form = f };
	struct sql_topics_all all;

	TRY(sql_topics_all(r->db, r->arena, r->programme.id, &all));
	v.topic = all.row;
	v.ntopics = all.n;
	for (size_t i = 0; i < all.n; i++)
		v.noffered += !all.row[i].retired;
	v.may_change = accounts_may(r, MAY_SETTLE_PROGRAMME);
	return html_topics_page(r, &v);
}

Err
topics_show(struct req *r)
{
	return show(r, form_make(r));
}

static Err
saved(struct req *r, const char *flash)
{
	return see_other_saying(r, flash, "%s",
	    path_of(r, "/settings/topics"));
}

static struct topic_line
read(struct req *r)
{
	return (struct topic_line){
		.name_nl = form_line(r, "name_nl", NAME_MAX_CHARACTERS,
		    N_("Fill in the name in Dutch.")),
		.name_fy = form_line(r, "name_fy", NAME_MAX_CHARACTERS, NULL),
		.name_en = form_line(r, "name_en", NAME_MAX_CHARACTERS, NULL),
	};
}

/* More would not fit on a form that people still read. */
static Err
is_full(struct req *r, bool *full)
{
	struct sql_topics_offered offered;

	TRY(sql_topics_offered(r->db, r->arena, r->programme.id, &offered));
	*full = offered.n >= TOPICS_OFFERED_AT_MOST;
	return OK;
}

static const char full_sentence[] = N_("The form holds 30 topics at most. "
    "Offer another one no more first.");

Err
topics_add(struct req *r)
{
	struct topic_line t = read(r);
	struct sql_topic_insert_in row = {
		.programme = r->programme.id, .id = { new_id(r) },
		.name_nl = t.name_nl, .name_fy = t.name_fy,
		.name_en = t.name_en,
	};
	bool full;

	TRY(is_full(r, &full));
	if (full)
		form_refuse(r, "name_nl", full_sentence);
	if (!form_ok(r))
		return show(r, r->form);
	TRY(sql_topic_insert(r->db, r->arena, &row));
	TRY(audit_add(r, N_("topic added"), row.id.v));
	return saved(r, N_("The topic is added."));
}

static struct topic_id
topic_of_path(struct req *r)
{
	return (struct topic_id){ path_id(r, "topic") };
}

Err
topic_show(struct req *r)
{
	struct form *f = form_make(r);
	struct topic_line t;
	bool found;

	TRY(sql_topic_load(r->db, r->arena, r->programme.id, topic_of_path(r),
	    &t, &found));
	if (!found)
		return reply_absent(r);
	form_fill(f, "name_nl", t.name_nl);
	form_fill(f, "name_fy", t.name_fy);
	form_fill(f, "name_en", t.name_en);
	form_fill_int(f, "_version", t.version);
	return html_topic_page(r, f, t.id.v);
}

/* Somebody was faster: both names show, and saving again is a choice. */
static void
show_differences(struct req *r, const struct topic_line *typed,
    const struct topic_line *now)
{
	form_show_both(r, "name_nl", typed->name_nl, now->name_nl);
	form_show_both(r, "name_fy", typed->name_fy, now->name_fy);
	form_show_both(r, "name_en", typed->name_en, now->name_en);
	form_set_version(r, now->version);
}

static Err
store_name(struct req *r, const struct topic_line *t,
    const struct topic_line *was)
{
	int64_t changed;

	TRY(sql_topic_rename(r->db, r->arena, &(struct sql_topic_rename_in){
		.programme = r->programme.id, .id = was->id,
		.version = was->version, .name_nl = t->name_nl,
		.name_fy = t->name_fy, .name_en = t->name_en,
	}, &changed));
	if (changed == 0)
		return err_make(r->arena, ERR_RETRY, "a topic changed");
	return audit_add(r, N_("topic renamed"), was->id.v);
}

Err
topic_rename(struct req *r)
{
	struct topic_id id = topic_of_path(r);
	struct topic_line t, was;
	bool found;

	TRY(sql_topic_load(r->db, r->arena, r->programme.id, id, &was,
	    &found));
	if (!found)
		return reply_absent(r);
	t = read(r);
	if (form_version(r) != was.version)
		show_differences(r, &t, &was);
	if (!form_ok(r))
		return html_topic_page(r, r->form, id.v);
	TRY(store_name(r, &t, &was));
	return saved(r, N_("The name is saved."));
}

/* Positions become 1, 2, 3 …, with the topics at I and J changed about. */
static Err
swap(struct req *r, const struct sql_topics_offered *t, size_t i, size_t j)
{
	for (size_t k = 0; k < t->n; k++) {
		size_t from = k == i ? j : k == j ? i : k;
		int position = (int)k + 1;

		if (t->row[from].position != position)
			TRY(sql_topic_place(r->db, r->arena, r->programme.id,
			    t->row[from].id, position));
	}
	return OK;
}

Err
topic_move(struct req *r)
{
	struct topic_id id = topic_of_path(r);
	bool up = text_same(path_text(r, "way"), "up");
	struct sql_topics_offered t;
	size_t i = 0;

	TRY(sql_topics_offered(r->db, r->arena, r->programme.id, &t));
	while (i < t.n && t.row[i].id.v != id.v)
		i++;
	if (i == t.n || (!up && !text_same(path_text(r, "way"), "down")))
		return reply_absent(r);
	if (up ? i > 0 : i + 1 < t.n) {
		TRY(swap(r, &t, i, up ? i - 1 : i + 1));
		TRY(audit_add(r, N_("topic moved"), id.v));
	}
	return see_other(r, "%s", path_of(r, "/settings/topics"));
}

Err
topic_retire(struct req *r)
{
	struct topic_id id = topic_of_path(r);
	bool retire = text_same(path_text(r, "answer"), "yes"), full;
	int64_t n;

	TRY(is_full(r, &full));
	if (!retire && full)
		return reply_conflict(r, say(r, N_("The form is full")),
		    say(r, full_sentence));
	TRY(sql_topic_retire(r->db, r->arena, r->programme.id, id, retire,
	    &n));
	if (n == 0)
		return reply_absent(r);
	TRY(audit_add(r, retire ? N_("topic retired") : N_("topic offered"),
	    id.v));
	return saved(r, retire ? N_("The topic is no longer on the form.") :
	    N_("The topic is on the form again."));
}
