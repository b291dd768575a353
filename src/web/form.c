#include "web/form.h"

#include <string.h>

#include "web/exchange.h"
#include "web/token.h"

static struct form_field *
form_find(const struct form *f, const char *name)
{
	for (struct form_field *at = f->first; at != NULL; at = at->next)
		if (text_same(at->name, name))
			return at;
	return NULL;
}

static struct form_field *
form_add(struct form *f, const char *name, const char *value)
{
	struct form_field *field = ARENA_NEW(f->arena, struct form_field, 1);

	*field = (struct form_field){ .name = name, .value = value };
	*f->end = field;
	f->end = &field->next;
	f->nfields++;
	return field;
}

struct form *
form_blank(struct arena *arena)
{
	struct form *f = ARENA_NEW(arena, struct form, 1);

	*f = (struct form){ .arena = arena, .end = &f->first, .token = "",
	    .once = "" };
	return f;
}

struct form *
form_make(struct req *r)
{
	struct form *f = form_blank(r->arena);

	f->token = token_make(r);
	f->once = crypt_token(r->arena);
	return f;
}

struct form *
form_as_sent(struct req *r)
{
	const struct fields *sent = &r->private->exchange->fields;
	struct form *f = form_make(r);

	for (size_t i = 0; i < sent->n; i++)
		form_add(f, sent->at[i].name,
		    sent->at[i].secret ? "" : sent->at[i].value);
	return f;
}

void
form_fill(struct form *f, const char *field, const char *value)
{
	struct form_field *at = form_find(f, field);

	if (at == NULL)
		form_add(f, field, value);
	else
		at->value = value;
}

void
form_fill_int(struct form *f, const char *field, int64_t value)
{
	form_fill(f, field, text_fmt(f->arena, "%" PRId64, value));
}

void
form_fill_also(struct form *f, const char *field, const char *value)
{
	form_add(f, field, value);
}

const char *
form_value(const struct form *f, const char *field)
{
	const struct form_field *at = form_find(f, field);

	return at == NULL || at->value == NULL ? "" : at->value;
}

const char *
form_error(const struct form *f, const char *field)
{
	for (const struct form_field *at = f->first; at != NULL;
	    at = at->next)
		if (at->error != NULL && text_same(at->name, field))
			return at->error;
	return NULL;
}

bool
form_has(const struct form *f, const char *field, const char *value)
{
	for (const struct form_field *at = f->first; at != NULL;
	    at = at->next)
		if (text_same(at->name, field) && at->value != NULL &&
		    text_same(at->value, value))
			return true;
	return false;
}

/* The field as it was sent, "" when it was not; once at most. */
static const char *
form_raw(struct req *r, const char *field)
{
	const struct fields *sent = &r->private->exchange->fields;
	const struct field *f = fields_find(sent, field);

	if (f == NULL)
		return "";
	if (fields_count(sent, field) > 1)
		r->private->doubled = true;
	return f->value;
}

static void
form_keep(struct req *r, const char *field, const char *value)
{
	form_fill(r->private->form, field, value);
}

static const char *
form_limited(struct req *r, const char *field, size_t max, const char *value,
    const char *why)
{
	form_keep(r, field, value);
	if (why != NULL && text_is_empty(value))
		form_refuse(r, field, why);
	else if (text_length(value) > max)
		form_refuse(r, field, N_("This is too long. Make it "
		    "shorter."));
	return value;
}

const char *
form_line(struct req *r, const char *field, size_t max, const char *why)
{
	return form_limited(r, field, max,
	    text_line(r->arena, form_raw(r, field)), why);
}

const char *
form_lines(struct req *r, const char *field, size_t max, const char *why)
{
	return form_limited(r, field, max,
	    text_trim(r->arena, form_raw(r, field)), why);
}

bool
form_check(struct req *r, const char *field)
{
	const char *value = form_raw(r, field);

	form_keep(r, field, value);
	return !text_is_empty(value);
}

int64_t
form_version(struct req *r)
{
	int64_t version;

	return text_to_int(form_raw(r, "_version"), &version) ? version : 0;
}

void
form_set_version(struct req *r, int64_t version)
{
	form_fill_int(r->private->form, "_version", version);
}

const char *
form_secret(struct req *r, const char *field, const char *why)
{
	struct field *sent =
	    fields_find(&r->private->exchange->fields, field);
	const char *value = form_raw(r, field);

	form_keep(r, field, "");
	if (sent != NULL)
		sent->secret = true;
	if (text_is_empty(value) && why != NULL)
		form_refuse(r, field, why);
	else if (strlen(value) > 1024)
		form_refuse(r, field, N_("This is too long. Make it "
		    "shorter."));
	return value;
}

static int
choice_find(const char *const *options, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (text_same(options[i], value))
			return (int)i;
	return -1;
}

static const char not_an_option[] = N_("Choose one of these answers.");

int
form_choice(struct req *r, const char *field, const char *const *options,
    size_t n, const char *why)
{
	const char *value = form_raw(r, field);
	int chosen = choice_find(options, n, value);

	form_keep(r, field, value);
	if (chosen >= 0)
		return chosen;
	if (!text_is_empty(value))
		form_refuse(r, field, not_an_option);
	else if (why != NULL)
		form_refuse(r, field, why);
	return -1;
}

unsigned
form_many(struct req *r, const char *field, const char *const *options,
    size_t n)
{
	const struct fields *sent = &r->private->exchange->fields;
	unsigned chosen = 0;

	for (size_t i = 0; i < sent->n; i++) {
		int option;

		if (!text_same(sent->at[i].name, field))
			continue;
		option = choice_find(options, n, sent->at[i].value);
		if (option < 0 || option > 31)
			form_refuse(r, field, not_an_option);
		else
			chosen |= 1u << option;
	}
	return chosen;
}

void
form_show_both(struct req *r, const char *field, const char *typed,
    const char *now)
{
	if (text_same(typed, now))
		return;
	form_refuse(r, field, text_fmt(r->arena, "%s %s",
	    say(r, N_("Somebody changed this meanwhile. It now says:")),
	    text_is_empty(now) ? say(r, N_("nothing")) : now));
}

void
form_refuse(struct req *r, const char *field, const char *why)
{
	struct form *f = r->private->form;
	struct form_field *at = form_find(f, field);

	if (at == NULL)
		at = form_add(f, field, "");
	if (at->error == NULL) {
		at->error = why;
		f->nerrors++;
	}
}

bool
form_ok(const struct req *r)
{
	return r->form->nerrors == 0;
}
