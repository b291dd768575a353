#include "web/sample.h"

enum { MAY_SAMPLE = 1, MAY_OTHER = 2 };

static Err
run_nothing(struct req *r)
{
	return reply_absent(r);
}

static const struct route routes[] = {
	{ .method = GET, .path = "/:programme/sample", .may = MAY_SAMPLE,
	  .run = run_nothing, .help = "Every widget." },
	{ .method = GET, .path = "/:programme/sample/:id", .may = MAY_SAMPLE,
	  .run = run_nothing, .help = "One of them." },
	{ .method = GET, .path = "/:programme/live", .may = MAY_SAMPLE,
	  .run = run_nothing, .help = "What changes." },
	{ .method = GET, .path = "/first", .may = MAY_SAMPLE,
	  .run = run_nothing, .help = "A page outside programmes." },
	{ .method = GET, .path = "/:programme/other", .may = MAY_OTHER,
	  .run = run_nothing, .help = "Opens for nobody." },
};

static const struct menu menu[] = {
	{ "/:programme/sample", "Sample", 20 },
	{ "/:programme/other", "Other", 30 },
	{ "/:programme/gone", "Gone", 40 },
	{ "/first", "First", 10 },
};

static const struct feature feature = {
	.name = "sample", .routes = routes, .nroutes = LEN(routes),
	.menu = menu, .nmenu = LEN(menu),
};
static const struct feature *const features[] = { &feature };

static bool
sample_may(const struct req *r, int may)
{
	return may == MAY_SAMPLE;
}

const struct site sample_site = {
	.features = features, .nfeatures = LEN(features),
	.gate = { .may = sample_may },
};

struct req *
sample_req(struct exchange *x, struct arena *arena, enum language lang)
{
	static const struct service service = { .site = &sample_site };
	struct req *r;

	*x = (struct exchange){ .service = &service, .arena = arena,
	    .route = &routes[0] };
	r = exchange_req(x, arena, NULL);
	r->lang = lang;
	r->viewer.person.v = 1;
	r->viewer.name = "Sjoukje de Vries";
	r->viewer.initials = "SV";
	r->programme = (struct setting){ .id = { 1 }, .slug = "fryslan",
	    .name = "EMS", .phone = "058 - 234 56 78", .place = "Fryslân" };
	return r;
}

static void
refuse_all(struct form *f)
{
	for (struct form_field *at = f->first; at != NULL; at = at->next)
		at->error = "Write down what it is about.";
	f->nerrors = f->nfields;
}

struct form *
sample_form(struct req *r, bool refused)
{
	struct form *f = form_blank(r->arena);

	f->token = "TOKEN";
	f->once = "ONCE";
	form_fill(f, "question", "\nHow do I find \"customers\" & <more>?");
	form_fill(f, "name", "Douwe Zijlstra");
	form_fill(f, "email", "douwe@deterp.example");
	form_fill(f, "phone", "06 12 34 56 78");
	form_fill(f, "password", "never shown again");
	form_fill(f, "language", "fy");
	form_fill(f, "outcome", "talk");
	form_fill(f, "agreed", "yes");
	if (refused)
		refuse_all(f);
	form_fill_int(f, "_version", 7);
	r->form = f;
	return f;
}
