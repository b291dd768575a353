/* Made from visit.html by htmlgen. */
#include "visit_html.h"
#include "web/reply.h"
#line 7 "visit.html"
static const char *
#line 8 "visit.html"
visit_class(const struct visit *v)
#line 9 "visit.html"
{
#line 10 "visit.html"
        return v->nguests > 2 ? "crowd" : "few";
#line 11 "visit.html"
}

Err
html_visit_page(struct req *r, const struct visit *v, int64_t id)
{
#line 12 "visit.html"
	struct html h = page_begin(r, say(r, N_("A visit")));
	struct html *o = &h;

	html_literal(o,
	    "<h1 class=\"", 11);
#line 14 "visit.html"
	HTML_PUT(o, visit_class(v));
	html_literal(o,
	    "\">", 2);
#line 14 "visit.html"
	html_say(o, "Good morning, {name}",
	    1, (const struct html_arg[]){
	    HTML_ARG("name", v->name), });
	html_literal(o,
	    "</h1>\n"
	    "<p> Two words\? </p>\n", 26);
#line 17 "visit.html"
	for (size_t i = 0; i < v->nguests; i++) {
	html_literal(o,
	    "<a href=\"", 9);
#line 18 "visit.html"
	html_url(o, v->href);
	html_literal(o,
	    "\" data-n=\"", 10);
#line 18 "visit.html"
	HTML_PUT(o, i);
	html_literal(o,
	    "\">", 2);
#line 18 "visit.html"
	HTML_PUT(o, v->name);
	html_literal(o,
	    "</a>\n"
	    "<a href=\"/visits/", 22);
#line 19 "visit.html"
	HTML_PUT(o, id);
	html_literal(o,
	    "\">here</a>\n", 11);
#line 20 "visit.html"
	}
	html_literal(o,
	    "<p>", 3);
#line 21 "visit.html"
	html_count(o, "{n} guest comes",
	    "{n} guests come",
	    (int64_t)(v->nguests), 1, (const struct html_arg[]){
	    HTML_ARG("n", v->nguests), });
	html_literal(o,
	    "</p>\n"
	    "<p>", 8);
#line 22 "visit.html"
	html_say(o, "A long sentence "
       "on two lines",
	    0, NULL);
	html_literal(o,
	    " \342\200\223 ", 5);
#line 23 "visit.html"
	html_say(o, v->name,
	    0, NULL);
	html_literal(o,
	    "</p>\n"
	    "<input type=\"checkbox\" name=\"on\"\n", 38);
#line 25 "visit.html"
	if (v->nguests > 0) {
	html_literal(o,
	    "checked\n", 8);
#line 27 "visit.html"
	}
	html_literal(o,
	    ">\n", 2);
#line 29 "visit.html"
	html_visit_note(o);
	return page_end(r, &h);
}

static void
html_visit_door(struct html *o, const char *text)
{
	html_literal(o,
	    "<a href=\"", 9);
#line 33 "visit.html"
	html_url(o, text);
	html_literal(o,
	    "\">", 2);
#line 33 "visit.html"
	html_say(o, "The door",
	    0, NULL);
	html_literal(o,
	    "</a>\n", 5);
}

void
html_visit_note(struct html *o)
{
	html_literal(o,
	    "<textarea>\n", 11);
#line 38 "visit.html"
	HTML_PUT(o, "  kept  ");
	html_literal(o,
	    "\n"
	    "  as it   stands</textarea>\n"
	    "<script src=\"/static/app.js\" defer></script>\n", 74);
#line 41 "visit.html"
	html_visit_door(o, "/door");
}
