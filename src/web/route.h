/*
 * Routes and features: what a folder offers to the program.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

enum route_flags {
	ROUTE_UPLOAD = 1,       /* a POST that takes a file: form_file */
	ROUTE_READ_LOGGED = 2,  /* a GET that commits an audit row first */
	ROUTE_SLOW = 4,         /* a GET for the worker pool */
	ROUTE_LIVE = 8,         /* answers with server-sent events */
	ROUTE_SIGNED_OUT = 16,  /* sign-in and the like: no form token yet */
	ROUTE_FRESH = 32,       /* who signed in long ago does so again first */
};

/*
 * A path is literal segments and ":names": "/:programme/applications/:id".
 * A literal wins over a name.  ":programme" is a slug, looked up before the
 * handler; ":token" is that of a one-task link of the kind named in LINK.
 */
struct route {
	enum method method;
	const char *path;
	int may;                /* accounts/may.h; zero denies everybody */
	Err (*run)(struct req *);
	const char *help;       /* one sentence, for `routes` and the docs */
	const char *link;       /* kind of one-task link opening it, or NULL */
	unsigned flags;
	/*
	 * Slow work of a POST (password hash, parsing an upload), run on the
	 * worker pool with a read-only connection, before RUN.  Leaves its
	 * result in r->prepared.  It may reply itself; then RUN is left out.
	 */
	Err (*prepare)(struct req *);
};

/* An entry of the main menu; shown to whom the route at PATH allows. */
struct menu {
	const char *path;
	const char *label;      /* N_() */
	int order;              /* lowest first */
};

/* Work without a request: called every EVERY seconds on the jobs thread. */
struct work {
	struct arena *arena;
	struct db *db;          /* read-only */
	struct instant now;
	const struct site *site;
};
struct job {
	const char *name;
	int every;              /* seconds */
	Err (*run)(struct work *);
};

/* A column that holds something about a person, for privacy/. */
struct person_column {
	const char *table, *column;
	const char *purpose;    /* N_() */
	const char *basis;      /* "6(1)(b)" and the like */
	const char *retention;  /* class: "application", "account", … */
};

/* The one variable that a folder exports to app/feature_list. */
struct feature {
	const char *name;
	const struct route *routes;
	size_t nroutes;
	const struct menu *menu;
	size_t nmenu;
	const struct job *jobs;
	size_t njobs;
	const struct person_column *person_columns;
	size_t nperson_columns;
};

/*
 * What the router asks of the ranks above it; accounts/ and programme/ fill
 * one, app/ ties them together.  Each may reply itself, and is then the last
 * that is asked; identify may set r->lang to what the person likes to read.
 */
struct gate {
	/* Who asks: from the cookie.  Leaves a viewer of 0 for nobody. */
	Err (*identify)(struct req *);
	/* The programme with this slug, and the viewer's roles in it. */
	Err (*enter)(struct req *, const char *slug, bool *found);
	/* The link with this token, if it is of KIND and still good. */
	Err (*open_link)(struct req *, const char *kind, const char *token,
	    bool *found);
	bool (*may)(const struct req *, int may);
	/* An audit row, in the transaction of R. */
	Err (*audit)(struct req *, const char *what, int64_t object);
	/* The same for somebody we know who was denied OBJECT; 0: nothing. */
	Err (*denied)(struct req *, int64_t object);
	const char *(*may_name)(int may);
};

#endif
