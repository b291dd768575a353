/* What the person at the shell reads when the site starts. */
#include "accounts/accounts.h"
#include "app/serve.h"
#include "app/site.h"
#include "programme/programme.h"

#include <stdio.h>

struct first {
	struct arena *arena;
	const char *url;        /* NULL when the site has a programme */
};

static Err
first_run(struct req *r, void *arg)
{
	struct first *first = arg;
	struct programme_list all;
	const char *token;

	TRY(programme_all(r->db, r->arena, &all));
	if (all.n > 0)
		return OK;
	TRY(link_make(r, &(struct link_wish){ .kind = "begin",
		.lasts = DAYS(1) }, &token));
	first->url = text_fmt(first->arena, "%s/begin/%s",
	    r->site->base_url, token);
	return OK;
}

Err
first_address_say(struct call *call, const struct site *site)
{
	struct first first = { call->arena, NULL };

	TRY(site_write(site, call->arena, first_run, &first));
	fprintf(stderr, "Fjouwer is at %s\n", site->base_url);
	if (first.url != NULL)
		fprintf(stderr, "It is empty. Make the first programme and "
		    "its manager here, within a day:\n%s\n", first.url);
	return OK;
}
