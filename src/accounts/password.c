/* Which passwords are taken.  See password.h. */
#include "accounts/password.h"

#include <string.h>

#include "base/crypt.h"
#include "base/words.h"

static uint64_t
hash_head(const char *s)
{
	struct hash h = hash_text(s);
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head = head << 8 | h.b[i];
	return head;
}

static bool
is_listed(const char *s)
{
	uint64_t wanted = hash_head(s);
	size_t low = 0, high = nleaked_passwords;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (leaked_passwords[middle] == wanted)
			return true;
		if (leaked_passwords[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool
password_is_leaked(struct arena *a, const char *password)
{
	return is_listed(text_fold(a, password));
}

/* Whether less than five different bytes occur: "aaaaaaaaaaaa". */
static bool
is_simple(const char *password)
{
	bool seen[256] = { false };
	int different = 0;

	for (const char *s = password; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		different += !seen[c];
		seen[c] = true;
	}
	return different < 5;
}

/* Letters and digits alone, folded: "Sjoukje-de.Vries" is "sjoukjedevries". */
static const char *
bare(struct arena *a, const char *s)
{
	struct buf b = buf_make(a);

	for (s = text_fold(a, s); *s != '\0'; s++)
		if (strchr(" .,-_+@'\"", *s) == NULL)
			buf_char(&b, *s);
	return buf_get(&b);
}

/*
 * Whether little is left of the password once the own word is taken out: a
 * name of twelve letters is public, and one with a year behind it is guessed
 * next.  Short words occur by accident.
 */
static bool
is_mostly(struct arena *a, const char *password, const char *word)
{
	const char *own;

	if (text_is_empty(word))
		return false;
	password = bare(a, password);
	own = bare(a, word);
	if (text_length(own) < 4 || strstr(password, own) == NULL)
		return false;
	return text_length(password) < text_length(own) + 6;
}

static bool
is_own_name(struct arena *a, const char *password, const char *name,
    const char *email)
{
	size_t local = email == NULL ? 0 : strcspn(email, "@");

	if (is_mostly(a, password, name) || is_mostly(a, password, email))
		return true;
	return local > 0 &&
	    is_mostly(a, password, text_copy_n(a, email, local));
}

enum password_verdict
password_judge(struct arena *a, const char *password, const char *name,
    const char *email)
{
	size_t n = strlen(password);

	if (n > PASSWORD_BYTES)
		return PASSWORD_LONG;
	if (!text_is_utf8(password, n))
		return PASSWORD_MALFORMED;
	if (text_length(password) < PASSWORD_LENGTH)
		return PASSWORD_SHORT;
	if (is_own_name(a, password, name, email))
		return PASSWORD_OWN_NAME;
	if (is_simple(password))
		return PASSWORD_SIMPLE;
	if (password_is_leaked(a, password))
		return PASSWORD_LEAKED;
	return PASSWORD_GOOD;
}

const char *
password_verdict_text(enum password_verdict v)
{
	switch (v) {
	case PASSWORD_GOOD:
		break;
	case PASSWORD_SHORT:
		return N_("Make the password at least 12 characters long. "
		    "A few words in a row are easy to remember.");
	case PASSWORD_LONG:
		return N_("Make the password shorter: at most 1024 bytes.");
	case PASSWORD_MALFORMED:
		return N_("Type the password again: something went wrong.");
	case PASSWORD_LEAKED:
		return N_("Choose another password: this one was stolen "
		    "elsewhere, and is tried by burglars.");
	case PASSWORD_OWN_NAME:
		return N_("Choose a password without your name or e-mail "
		    "address.");
	case PASSWORD_SIMPLE:
		return N_("Choose a password with more different "
		    "characters.");
	}
	return NULL;
}
