/* Roles, and what each may do.  See may.h. */
#include "accounts/may.h"

#include "base/words.h"

static const struct may_rule rules[] = {
#define X(permission, name, grant, roles) { name, grant, roles },
	MAY_TABLE(X)
#undef X
};

const struct may_rule *
may_rule(int may)
{
	if (may < 0 || may >= MAY_COUNT)
		may = MAY_NOTHING;
	return &rules[may];
}

bool
may_judge(const struct may_rule *rule, const struct caller *who)
{
	bool whole = who->signed_in && !who->unfinished;

	switch (rule->grant) {
	case GRANT_NOBODY:        return false;
	case GRANT_EVERYONE:      return true;
	case GRANT_SIGNED_IN:     return who->signed_in;
	case GRANT_ACCOUNT:       return whole;
	case GRANT_LINK:          return who->holds_link;
	case GRANT_ADMINISTRATOR: return whole && who->administrator;
	case GRANT_ROLE:          return whole && (who->roles & rule->roles);
	}
	return false;
}

unsigned
roles_active(const struct membership *m, size_t n)
{
	unsigned roles = 0;

	for (size_t i = 0; i < n; i++) {
		bool known = m[i].role > ROLE_NONE && m[i].role <= ROLES;

		if (known && m[i].state == MEMBERSHIP_ACTIVE)
			roles |= ROLE_BIT(m[i].role);
	}
	return roles;
}

bool
roles_are_privileged(unsigned roles)
{
	return roles & (MAY_OFFICE_WORK | ROLE_BIT(ROLE_LEAD_MENTOR) |
	    ROLE_BIT(ROLE_CONFIDENTIAL));
}

const char *const role_words[ROLES] = {
	[ROLE_MANAGER - 1] = "manager",
	[ROLE_OFFICE - 1] = "office",
	[ROLE_LEAD_MENTOR - 1] = "lead-mentor",
	[ROLE_MENTOR - 1] = "mentor",
	[ROLE_MENTEE - 1] = "mentee",
	[ROLE_CONFIDENTIAL - 1] = "confidential",
	[ROLE_VIEWER - 1] = "viewer",
	[ROLE_DESIGNER - 1] = "designer",
};

const char *
role_name(enum role role)
{
	switch (role) {
	case ROLE_NONE:         break;
	case ROLE_MANAGER:      return N_("Programme manager");
	case ROLE_OFFICE:       return N_("Office");
	case ROLE_LEAD_MENTOR:  return N_("Lead mentor");
	case ROLE_MENTOR:       return N_("Mentor");
	case ROLE_MENTEE:       return N_("Entrepreneur");
	case ROLE_CONFIDENTIAL: return N_("Confidential person");
	case ROLE_VIEWER:       return N_("Board or funder");
	case ROLE_DESIGNER:     return N_("Designer");
	}
	return "";
}

const char *
membership_state_name(enum membership_state state)
{
	switch (state) {
	case MEMBERSHIP_INVITED:   return N_("invited");
	case MEMBERSHIP_ACTIVE:    return N_("active");
	case MEMBERSHIP_SUSPENDED: return N_("suspended");
	case MEMBERSHIP_ENDED:     return N_("ended");
	}
	return "";
}
