/* Every folder of the program, and how they are tied together. */
#include "app/feature_list.h"

#include "accounts/accounts.h"
#include "desk/desk.h"
#include "intake/intake.h"
#include "post/post.h"
#include "programme/programme.h"
#include "web/server.h"

const struct feature *const features[] = {
	&web_feature,
	&accounts_feature,
	&post_feature,
	&programme_feature,
	&intake_feature,
	&desk_feature,
};
const size_t nfeatures = LEN(features);

/* The programme first: the viewer's roles are those in it. */
static Err
enter(struct req *r, const char *slug, bool *found)
{
	TRY(programme_enter(r, slug, found));
	return *found ? accounts_roles(r) : OK;
}

const struct gate gate = {
	.identify = accounts_identify,
	.enter = enter,
	.open_link = accounts_open_link,
	.may = accounts_may,
	.audit = audit_add,
	.denied = audit_denied,
	.may_name = accounts_may_name,
};
