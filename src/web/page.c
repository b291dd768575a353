/*
 * The page around what a handler writes: who looks, what they may visit, and
 * what has to be said to them.
 */
#include <ctype.h>
#include <string.h>

#include "web/flash.h"
#include "web/layout_html.h"
#include "web/reply.h"
#include "web/site.h"

static const char in_programme[] = "/:programme";
static const char live_path[] = "/:programme/live";

/* The GET route whose pattern is PATH, of whatever feature. */
static const struct route *
route_at(const struct site *site, const char *path)
{
	for (size_t i = 0; i < site->nfeatures; i++) {
		const struct feature *f = site->features[i];

		for (size_t j = 0; j < f->nroutes; j++)
			if (f->routes[j].method == GET &&
			    text_same(f->routes[j].path, path))
				return &f->routes[j];
	}
	return NULL;
}

/* Whether the page at PATH, a route's pattern, opens for this viewer. */
static bool
path_opens(const struct req *r, const char *path)
{
	const struct route *route = route_at(r->site, path);

	if (text_begins(path, in_programme) && r->programme.id.v == 0)
		return false;
	return route != NULL && r->site->gate.may(r, route->may);
}

/* Its address here. */
static const char *
path_here(const struct req *r, const char *path)
{
	if (!text_begins(path, in_programme))
		return path;
	return path_of(r, "%s", path + sizeof in_programme - 1);
}

/* Whether the page is the menu's own, or one below it. */
static bool
menu_is_here(const struct req *r, const struct menu *m)
{
	size_t n = strlen(m->path);

	return r->route != NULL && text_begins(r->route->path, m->path) &&
	    (r->route->path[n] == '\0' || r->route->path[n] == '/');
}

static struct layout_entry
layout_entry_of(const struct req *r, const struct menu *m)
{
	return (struct layout_entry){
		.href = path_here(r, m->path), .label = m->label,
		.order = m->order, .is_here = menu_is_here(r, m),
	};
}

/* Into the place that its order gives it. */
static void
layout_add_entry(struct layout_entry *entry, size_t n, struct layout_entry e)
{
	for (; n > 0 && entry[n - 1].order > e.order; n--)
		entry[n] = entry[n - 1];
	entry[n] = e;
}

/* Outside a programme, on one's own account: the way back to one's work. */
static void
layout_add_way_back(struct layout *l, struct layout_entry *entry,
    const struct req *r)
{
	if (r->programme.id.v == 0 && r->viewer.person.v != 0)
		layout_add_entry(entry, l->nentries++,
		    (struct layout_entry){ "/", N_("Today"), 0, false });
}

static void
layout_add_menu(struct layout *l, const struct req *r)
{
	struct layout_entry *entry;
	size_t room = 0;

	for (size_t i = 0; i < r->site->nfeatures; i++)
		room += r->site->features[i]->nmenu;
	entry = ARENA_NEW(r->arena, struct layout_entry, room + 1);
	layout_add_way_back(l, entry, r);
	for (size_t i = 0; i < r->site->nfeatures; i++) {
		const struct feature *f = r->site->features[i];

		for (size_t j = 0; j < f->nmenu; j++) {
			const struct menu *m = &f->menu[j];

			if (path_opens(r, m->path))
				layout_add_entry(entry, l->nentries++,
				    layout_entry_of(r, m));
		}
	}
	l->entry = entry;
}

/* "058 - 234 56 78" as a telephone dials it. */
static const char *
phone_dialled(struct arena *a, const char *phone)
{
	struct buf b = buf_make(a);

	for (const char *s = phone; *s != '\0'; s++)
		if (isdigit((unsigned char)*s) || (*s == '+' && b.len == 0))
			buf_char(&b, *s);
	return buf_get(&b);
}

static void
layout_add_programme(struct layout *l, const struct req *r)
{
	const struct setting *p = &r->programme;

	l->home = "/";
	if (p->id.v == 0)
		return;
	l->home = path_of(r, "%s", "");
	l->place = p->place;
	if (!text_is_empty(p->phone)) {
		l->phone = p->phone;
		l->tel = phone_dialled(r->arena, p->phone);
	}
}

static struct layout
layout_of(const struct req *r, const char *title)
{
	struct layout l = { .title = title };

	l.refused = r->form != NULL && r->form->nerrors > 0;
	l.flash = flash_text(r);
	l.read_only = r->site->writer != NULL &&
	    writer_is_read_only(r->site->writer);
	if (r->viewer.person.v != 0) {
		l.name = r->viewer.name;
		l.initials = r->viewer.initials;
	}
	if (path_opens(r, live_path))
		l.live = path_here(r, live_path);
	layout_add_programme(&l, r);
	layout_add_menu(&l, r);
	return l;
}

struct html
page_begin(struct req *r, const char *title)
{
	struct html h = html_make(r->arena, r->lang, r->today);
	struct layout l = layout_of(r, title);

	html_layout_begin(&h, &l);
	return h;
}

Err
page_end(struct req *r, struct html *h)
{
	struct layout l = { 0 };

	layout_add_programme(&l, r);
	html_layout_end(h, &l);
	r->reply->status = r->form == NULL || form_ok(r) ? 200 : 422;
	r->reply->type = "text/html; charset=utf-8";
	r->reply->body = buf_get(&h->buf);
	r->reply->len = h->buf.len;
	return OK;
}
