/*
 * Fields with a form of their own: addresses, numbers, days.
 */
#include "web/form.h"

#include <stdio.h>
#include <string.h>

#include "web/exchange.h"

enum { EMAIL_MAX = 254, PHONE_MAX = 40, NUMBER_MAX = 40 };

static bool
is_atom_char(char c)
{
	return (unsigned char)c >= 0x80 || (c > ' ' && c < 0x7f &&
	    strchr("()<>[]:;@\\,\"", c) == NULL);
}

static bool
is_host(const char *s)
{
	size_t label = 0, labels = 1;

	for (; *s != '\0'; s++) {
		if (*s == '.') {
			if (label == 0)
				return false;
			label = 0;
			labels++;
		} else if (!is_atom_char(*s)) {
			return false;
		} else {
			label++;
		}
	}
	return label > 0 && labels > 1;
}

/* One @, something before it, a host with a dot after it. */
static bool
is_email(const char *s)
{
	const char *at = strchr(s, '@');

	if (at == NULL || at == s)
		return false;
	for (const char *c = s; c < at; c++)
		if (!is_atom_char(*c))
			return false;
	return is_host(at + 1);
}

const char *
form_email(struct req *r, const char *field, const char *why)
{
	const char *value = form_line(r, field, EMAIL_MAX, why);

	if (!text_is_empty(value) && !is_email(value))
		form_refuse(r, field, N_("This is not an e-mail address. "
		    "It looks like name@example.nl."));
	return value;
}

static size_t
count_digits(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += *s >= '0' && *s <= '9';
	return n;
}

/*
 * Written as people write them: 058-123 45 67, (058) 1234567, +31 58 ….
 * A zero in brackets after a country code is not dialled.
 */
static bool
is_phone(const char *s)
{
	size_t digits = count_digits(s);

	if (s[strspn(s, "+0123456789 -.()/")] != '\0' ||
	    strrchr(s, '+') > s)
		return false;
	if (*s == '+' || text_begins(s, "00"))
		return digits >= 8 && digits <= 15;
	return *s != '\0' && digits == 10;
}

const char *
form_phone(struct req *r, const char *field, const char *why)
{
	const char *value = form_line(r, field, PHONE_MAX, why);

	if (!text_is_empty(value) && !is_phone(value))
		form_refuse(r, field, N_("This is not a telephone number. "
		    "A Dutch number has 10 digits."));
	return value;
}

int64_t
form_int(struct req *r, const char *field, int64_t min, int64_t max,
    const char *why)
{
	const char *value = form_line(r, field, NUMBER_MAX, why);
	int64_t n;

	if (text_is_empty(value))
		return 0;
	if (!text_to_int(value, &n)) {
		form_refuse(r, field, N_("Write a whole number here."));
		return 0;
	}
	if (n < min)
		form_refuse(r, field, N_("This number is too small."));
	if (n > max)
		form_refuse(r, field, N_("This number is too large."));
	return n;
}

/* "25-11-2026" and "25/11/2026", as people type them without a picker. */
static bool
day_parse_dutch(const char *s, struct day *out)
{
	int day, month, year, used = 0;

	if (strspn(s, "0123456789-/.") != strlen(s) || strlen(s) > 10)
		return false;
	if (sscanf(s, "%2d%*1[-/.]%2d%*1[-/.]%4d%n", &day, &month, &year,
	    &used) != 3 || s[used] != '\0')
		return false;
	return year >= 1000 && day_make(year, month, day, out);
}

struct day
form_day(struct req *r, const char *field, const char *why)
{
	const char *value = form_line(r, field, NUMBER_MAX, why);
	struct day day;

	if (text_is_empty(value))
		return DAY_NONE;
	if (day_parse(value, &day) || day_parse_dutch(value, &day))
		return day;
	form_refuse(r, field, N_("This is not a date. Write it as "
	    "25-11-2026."));
	return DAY_NONE;
}

const struct upload *
form_file(struct req *r, const char *field, const char *why)
{
	const struct upload *file = &r->private->exchange->upload;

	if (file->field != NULL && text_same(file->field, field))
		return file;
	if (why != NULL)
		form_refuse(r, field, why);
	return NULL;
}
