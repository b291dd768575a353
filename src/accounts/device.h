/* What a browser calls itself, for people to know theirs again.  Pure. */
#ifndef ACCOUNTS_DEVICE_H
#define ACCOUNTS_DEVICE_H

/* Names that are the same in each language; NULL for one we do not know. */
struct device_name { const char *browser, *system; };

struct device_name device_name(const char *user_agent);

#endif
