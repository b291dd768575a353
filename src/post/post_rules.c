/* Post: the rules of delivery.  See post_rules.h. */
#include <string.h>

#include "post/post_rules.h"

/* Sign-in at the relay went wrong: that is ours to mend, not the letter's. */
static bool
code_is_about_us(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

enum delivery
delivery_judge(bool taken, long code)
{
	if (taken)
		return DELIVERY_DONE;
	if (code == 550 || code == 551 || code == 553)
		return DELIVERY_REFUSED;
	if (code >= 500 && code <= 599 && !code_is_about_us(code))
		return DELIVERY_IMPOSSIBLE;
	return DELIVERY_LATER;
}

int64_t
delivery_pause(int tries)
{
	static const int64_t pauses[] = {
		MINUTES(1), MINUTES(5), MINUTES(30),
		HOURS(2), HOURS(6), HOURS(24),
	};

	if (tries < 1 || (size_t)tries > LEN(pauses))
		return 0;
	return pauses[tries - 1];
}

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Words of allowed characters with single dots between them. */
static bool
is_dotted(const char *p, size_t n, const char *others)
{
	bool in_word = false;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '.') {
			if (!in_word)
				return false;
			in_word = false;
			continue;
		}
		if (!is_letter_or_digit(p[i]) &&
		    (p[i] == '\0' || strchr(others, p[i]) == NULL))
			return false;
		in_word = true;
	}
	return in_word;
}

bool
address_is_sendable(const char *address)
{
	const char *at = strrchr(address, '@');
	size_t local, domain;

	if (at == NULL)
		return false;
	local = (size_t)(at - address);
	domain = strlen(at + 1);
	return local <= 64 && domain <= 253 && local + 1 + domain <= 254 &&
	    is_dotted(address, local, "!#$%&'*+-/=?^_`{|}~") &&
	    is_dotted(at + 1, domain, "-");
}

/* How many characters from P on are of the alphabet of tokens. */
static size_t
token_span(const char *p)
{
	size_t n = 0;

	while (is_letter_or_digit(p[n]) || p[n] == '-' || p[n] == '_')
		n++;
	return n;
}

const char *
text_without_tokens(struct arena *a, const char *text)
{
	enum { TOKEN = 40 };    /* ours have 43; no word is as long */
	struct buf b = buf_make(a);

	while (*text != '\0') {
		size_t n = token_span(text);

		if (n >= TOKEN)
			buf_text(&b, "…");
		else
			buf_add(&b, text, n > 0 ? n : 1);
		text += n > 0 ? n : 1;
	}
	return buf_get(&b);
}
