/* Objects for the matrix.  See matrix_objects.h. */
#include "app/matrix_objects.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "accounts/accounts.h"

/* Ids of what each programme has: ten times its number, and one. */
enum { IN_FRYSLAN = 11, IN_ELDERS = 21 };

/* A thing of each kind, and a letter that was sent. */
static const char things[] =
    "INSERT INTO application (programme, id, state, question, not_in_team,"
    " name, venture, place, email, phone, lang, channel, received_at, search)"
    " SELECT id, id * 10 + 1, 1, 'q', '', 'n', '', 'p', '', '06', 0, 1, 1,"
    " 'n' FROM programme;"
    "INSERT INTO quiet_span (programme, id, first_day, last_day, label)"
    " SELECT id, id * 10 + 1, '2027-08-02', '2027-08-06', 'Bouwvak'"
    " FROM programme;"
    "INSERT INTO topic (programme, id, position, name_nl, name_fy, name_en)"
    " SELECT id, id * 10 + 1, 1, 'Inkoop', '', '' FROM programme;"
    "INSERT INTO outbox (programme, id, kind, object, recipient, lang,"
    " subject, body_text, body_html, created_at, not_before, state, sent_at)"
    " SELECT id, id * 10 + 1, 'invitation', 1, 'a@example.nl', 0, '', '', '',"
    " 1, 1, 2, 1 FROM programme";

static void
letter_file_make(struct house *h, int id)
{
	const char *dir = text_fmt(h->arena, "%s/mail", h->site.data_dir);
	FILE *f;

	mkdir(dir, 0700);
	f = fopen(text_fmt(h->arena, "%s/%d.eml", dir, id), "we");
	EXPECT(f != NULL);
	fputs("Subject: =?UTF-8?Q?s?=\r\n\r\n--=_part_\r\n"
	    "Content-Type: text/plain\r\n\r\ntext\r\n--=_part_--\r\n", f);
	fclose(f);
}

static struct person_id
member_in_state(struct house *h, const char *email, int state)
{
	struct person_id id = house_person(h, email, ROLE_BIT(ROLE_MENTOR));

	place_do(h->place, text_fmt(h->arena, "UPDATE membership "
	    "SET state = %d WHERE person = %" PRId64, state, id.v));
	return id;
}

void
objects_make(struct objects *o, struct house *h)
{
	*o = (struct objects){ .house = h,
	    .active = member_in_state(h, "active@example.nl",
	        MEMBERSHIP_ACTIVE),
	    .invited = member_in_state(h, "invited@example.nl",
	        MEMBERSHIP_INVITED),
	    .suspended = member_in_state(h, "suspended@example.nl",
	        MEMBERSHIP_SUSPENDED),
	    .stranger = house_person(h, "stranger@example.nl",
	        ROLE_BIT(ROLE_MENTOR)) };
	place_do(h->place, text_fmt(h->arena, "UPDATE membership "
	    "SET programme = %" PRId64 " WHERE person = %" PRId64,
	    h->elders.v, o->stranger.v));
	place_do(h->place, things);
	letter_file_make(h, IN_FRYSLAN);
	letter_file_make(h, IN_ELDERS);
	objects_give(o, o->active);
	objects_give(o, o->stranger);
}

/* The first passkey and the browser have the person's number and one. */
static const char belongings[] =
    "INSERT INTO credential (id, person, kind, handle, secret, confirmed,"
    " created_at) SELECT p.id + n.n, p.id, 3,"
    " CAST(p.id + n.n AS BLOB), X'00', 1, 1 FROM person AS p,"
    " (SELECT 1 AS n UNION SELECT 2) AS n WHERE p.id = %" PRId64 ";"
    "INSERT INTO login (id, token, person, factors, device, network,"
    " created_at, proven_at, seen_at, idle_until, ends_at)"
    " SELECT id + 1, CAST(id AS BLOB), id, 1, '', '', 1, 1, 1, 1, 1"
    " FROM person WHERE id = %" PRId64;

void
objects_give(struct objects *o, struct person_id person)
{
	place_do(o->house->place, text_fmt(o->house->arena, belongings,
	    person.v, person.v));
}

/* ---- What stands in a path ----------------------------------------------- */

bool
is_object(const char *name)
{
	static const char *const names[] = {
		":id", ":person", ":topic", ":letter", ":token",
	};

	for (size_t i = 0; i < LEN(names); i++)
		if (text_begins(name, names[i]))
			return true;
	return false;
}

/* The rest of the path from its object on, or NULL. */
static const char *
object_part(const struct route *route)
{
	const char *at = strchr(route->path, ':');

	while (at != NULL && !is_object(at))
		at = strchr(at + 1, ':');
	return at;
}

bool
route_has_object(const struct route *route)
{
	return object_part(route) != NULL;
}

static struct person_id
person_asked(const struct objects *o, const struct route *route,
    enum whose whose, struct person_id asker)
{
	if (whose != HERE)
		return whose == OWN ? asker : o->stranger;
	if (strstr(route->path, "/resend") != NULL)
		return o->invited;
	return strstr(route->path, "/reactivate") != NULL ? o->suspended :
	    o->active;
}

static int64_t
object_id(const struct objects *o, const struct route *route,
    enum whose whose, struct person_id asker)
{
	struct person_id p = person_asked(o, route, whose, asker);

	if (text_begins(route->path, "/account/"))
		return p.v == 0 ? 0 : p.v + 1;
	if (text_begins(object_part(route), ":person"))
		return p.v;
	return whose == OWN ? 0 : whose == HERE ? IN_FRYSLAN : IN_ELDERS;
}

struct making {
	struct objects *objects;
	struct programme_id programme;
	const char *kind;
	const char *token;
};

static Err
make_token(void *arg, struct db *db, struct arena *a)
{
	struct making *k = arg;
	struct house *h = k->objects->house;
	struct person_id p = k->objects->invited;
	struct req r = { .arena = a, .db = db, .now = h->now,
	    .site = &h->site, .programme.id = k->programme };
	bool of_person = !text_same(k->kind, "application");

	TRY(link_make(&r, &(struct link_wish){ k->kind, p,
	    of_person ? p.v : IN_FRYSLAN, HOURS(1) }, &k->token));
	k->token = text_copy(h->arena, k->token);
	return OK;
}

static const char *
token_name(struct objects *o, const struct route *route, enum whose whose)
{
	struct house *h = o->house;
	struct making k = { .objects = o, .kind = route->link };

	if (text_begins(route->path, "/:programme/"))
		k.programme = h->fryslan;
	if (whose == HERE)
		k.kind = text_same(route->link, "application") ?
		    "invitation" : "application";
	if (whose == ELSEWHERE)
		k.programme = h->elders;
	EXPECT_OK(writer_do(h->site.writer, h->arena, make_token, &k));
	return k.token;
}

const char *
object_name(struct objects *o, const struct route *route, enum whose whose,
    struct person_id asker)
{
	int64_t id;

	if (text_begins(object_part(route), ":token"))
		return token_name(o, route, whose);
	id = object_id(o, route, whose, asker);
	return id == 0 ? "" : text_fmt(o->house->arena, "%" PRId64, id);
}

const char *
word_name(const char *name)
{
	if (text_begins(name, ":way"))
		return "up";
	if (text_begins(name, ":answer"))
		return "yes";
	EXPECT_WHY(text_begins(name, ":box"), name);
	return "sent";
}
