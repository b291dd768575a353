/* Commands on people: `user` and `signin-link`. */
#include "accounts/accounts.h"
#include "app/site.h"
#include "app/command.h"
#include "programme/programme.h"

#define USER_USAGE "user add NAME EMAIL [--programme SLUG --role ROLE] "   \
	"[--administrator] [--lang nl|fy|en]; roles: manager office "       \
	"lead-mentor mentor mentee confidential viewer designer"

struct adding {
	struct call *call;
	struct account_wish wish;
	const char *slug;
	struct person_id id;
	const char *refused;            /* a sentence, when it could not be */
};

static enum role
role_parse(const char *word)
{
	for (int i = 0; i < ROLES; i++) {
		if (text_same(role_words[i], word))
			return (enum role)(i + 1);
	}
	return ROLE_NONE;
}

static Err
adding_run(struct req *r, void *arg)
{
	struct adding *adding = arg;
	struct work w = { r->arena, r->db, r->now, r->site };
	struct programme_settings programme;
	bool found = true;

	if (adding->slug != NULL) {
		TRY(programme_find(r->db, r->arena, adding->slug, &programme,
		    &found));
		adding->wish.programme = programme.id;
	}
	if (!found) {
		adding->refused = "There is no programme with that slug.";
		return OK;
	}
	return account_add(&w, &adding->wish, &adding->id);
}

static int
user_add(struct call *call, struct adding *adding, const char *role)
{
	enum language lang = LANG_NL;
	const char *code = call_option(call, "--lang");
	Err err;

	if (call->argc != 2 || (role != NULL) != (adding->slug != NULL) ||
	    (role != NULL && role_parse(role) == ROLE_NONE) ||
	    (code != NULL && !language_parse(code, &lang)))
		return call_wrong(call, USER_USAGE);
	adding->wish.name = call->argv[0];
	adding->wish.email = call->argv[1];
	adding->wish.lang = lang;
	if (role != NULL)
		adding->wish.roles = ROLE_BIT(role_parse(role));
	err = site_write(call->site, call->arena, adding_run, adding);
	if (err != OK)
		return call_failed(call, err);
	if (adding->refused != NULL) {
		buf_fmt(&call->err, "fjouwer: %s\n", adding->refused);
		return EXIT_COULD_NOT;
	}
	buf_fmt(&call->out, "%" PRId64 "\n", adding->id.v);
	return EXIT_WORKED;
}

int
user_command(struct call *call)
{
	struct adding adding = { .call = call };
	const char *role = call_option(call, "--role");

	adding.slug = call_option(call, "--programme");
	adding.wish.administrator = call_flag(call, "--administrator");
	if (call->argc < 1 || !text_same(call->argv[0], "add"))
		return call_wrong(call, USER_USAGE);
	call->argc--;
	call->argv++;
	return user_add(call, &adding, role);
}

struct linking {
	const char *user;
	struct arena *arena;
	bool found;
	const char *url;
};

static Err
linking_run(struct req *r, void *arg)
{
	struct linking *linking = arg;
	struct work w = { r->arena, r->db, r->now, r->site };
	const char *url = "";

	TRY(account_signin_link(&w, linking->user, &linking->found, &url));
	linking->url = text_copy(linking->arena, url);
	return OK;
}

int
signin_link_command(struct call *call)
{
	struct linking linking = { .arena = call->arena };
	Err err;

	if (call->argc != 1)
		return call_wrong(call, "signin-link USER");
	linking.user = call->argv[0];
	err = site_write(call->site, call->arena, linking_run, &linking);
	if (err != OK)
		return call_failed(call, err);
	if (!linking.found) {
		buf_text(&call->err, "fjouwer: there is no such user.\n");
		return EXIT_COULD_NOT;
	}
	buf_fmt(&call->out, "%s\n", linking.url);
	return EXIT_WORKED;
}
