/* Programme: reading settings, and making a programme. */
#include "programme/programme_sql.h"
#include "programme/settings.h"

/*
 * From here on the database shows rows of this programme only, so this comes
 * before anything about it is read.
 */
Err
programme_enter(struct req *r, const char *slug, bool *found)
{
	*found = false;
	if (!programme_slug_is_sound(slug))
		return OK;
	TRY(sql_programme_enter(r->db, r->arena, slug, &r->programme, found));
	return *found ? db_enter(r->db, r->arena, r->programme.id) : OK;
}

Err
programme_load(struct req *r, struct programme_settings *out)
{
	return sql_programme_load(r->db, r->arena, r->programme.id, out);
}

Err
programme_quiet(struct req *r, struct quiet_spans *out)
{
	struct sql_quiet_spans spans;

	TRY(sql_quiet_spans(r->db, r->arena, r->programme.id, &spans));
	*out = (struct quiet_spans){ spans.row, spans.n };
	return OK;
}

Err
programme_working_days(struct req *r, struct day from, int n,
    struct day *out)
{
	struct quiet_spans quiet;

	TRY(programme_quiet(r, &quiet));
	*out = day_plus_working(from, n, quiet.row, quiet.n);
	return OK;
}

Err
programme_topics(struct req *r, struct topics *out)
{
	struct sql_topics_offered lines;

	TRY(sql_topics_offered(r->db, r->arena, r->programme.id, &lines));
	out->row = ARENA_NEW(r->arena, struct topic, lines.n);
	out->n = lines.n;
	for (size_t i = 0; i < lines.n; i++) {
		const struct topic_line *t = &lines.row[i];

		out->row[i] = (struct topic){ t->id, topic_name(r->lang,
		    t->name_nl, t->name_fy, t->name_en) };
	}
	return OK;
}

Err
programme_find(struct db *db, struct arena *arena, const char *slug,
    struct programme_settings *out, bool *found)
{
	return sql_programme_find(db, arena, slug, out, found);
}

Err
programme_all(struct db *db, struct arena *arena, struct programme_list *out)
{
	struct sql_programme_all all;

	TRY(sql_programme_all(db, arena, &all));
	*out = (struct programme_list){ all.row, all.n };
	return OK;
}

static const struct topic_line usual_topics[] = {
	{ .name_nl = "Groeien", .name_fy = "Groeie", .name_en = "Growing" },
	{ .name_nl = "Geld en financiering",
	  .name_fy = "Jild en finansiering",
	  .name_en = "Money and funding" },
	{ .name_nl = "Personeel", .name_fy = "Personiel",
	  .name_en = "Staff" },
	{ .name_nl = "Huisvesting", .name_fy = "Húsfêsting",
	  .name_en = "Premises" },
	{ .name_nl = "Verkoop en marketing",
	  .name_fy = "Ferkeap en marketing",
	  .name_en = "Sales and marketing" },
	{ .name_nl = "Export", .name_fy = "Eksport", .name_en = "Export" },
	{ .name_nl = "Opvolging", .name_fy = "Opfolging",
	  .name_en = "Succession" },
	{ .name_nl = "Starten na mijn 50e",
	  .name_fy = "Begjinne nei myn 50e",
	  .name_en = "Starting after 50" },
	{ .name_nl = "Iets anders", .name_fy = "Wat oars",
	  .name_en = "Something else" },
};

static Err
insert_topics(struct db *db, struct arena *arena, struct id_source *ids,
    struct instant now, struct programme_id id)
{
	for (size_t i = 0; i < LEN(usual_topics); i++) {
		struct sql_topic_insert_in row = {
			.programme = id, .id = { id_draw(ids, now) },
			.name_nl = usual_topics[i].name_nl,
			.name_fy = usual_topics[i].name_fy,
			.name_en = usual_topics[i].name_en,
		};

		TRY(sql_topic_insert(db, arena, &row));
	}
	return OK;
}

static int
or_else(int n, int otherwise)
{
	return n > 0 ? n : otherwise;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void
take_defaults(struct programme_settings *w)
{
	w->place = or_empty(w->place);
	w->phone = or_empty(w->phone);
	w->email = or_empty(w->email);
	w->contact_days = or_else(w->contact_days, 3);
	w->decision_days = or_else(w->decision_days, 15);
	w->team_size = or_else(w->team_size, 3);
	w->network_daily = or_else(w->network_daily, 20);
	w->version = 1;
}

Err
programme_make(struct db *db, struct arena *arena, struct id_source *ids,
    struct instant now, struct programme_settings *w)
{
	if (!programme_slug_is_sound(w->slug))
		return err_make(arena, ERR_INPUT, "a programme's word in "
		    "addresses is of a-z, 0-9 and -");
	take_defaults(w);
	w->id = (struct programme_id){ id_draw(ids, now) };
	TRY(sql_programme_insert(db, arena, &(struct sql_programme_insert_in){
		.id = w->id, .slug = w->slug, .name = w->name,
		.place = w->place, .phone = w->phone, .email = w->email,
		.stage = w->stage, .lang = w->lang,
		.contact_days = w->contact_days,
		.decision_days = w->decision_days,
		.team_size = w->team_size,
		.network_daily = w->network_daily, .created_at = now,
	}));
	TRY(db_enter(db, arena, w->id));
	return insert_topics(db, arena, ids, now, w->id);
}
