#include "web/reply.h"

#include <string.h>

#include "web/exchange.h"
#include "web/flash.h"
#include "web/refusal.h"

enum { FLASH_SECONDS = 60 };

static const char *
target_of(struct req *r, const char *fmt, va_list args)
{
	struct buf b = buf_make(r->arena);

	buf_vfmt(&b, fmt, args);
	return buf_get(&b);
}

Err
see_other(struct req *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	r->reply->location = target_of(r, fmt, args);
	va_end(args);
	r->reply->status = 303;
	return OK;
}

static struct hash
flash_seal(const struct req *r, const char *msgid)
{
	const char *sealed = text_fmt(r->arena, "flash %s", msgid);

	return hash_keyed(&r->site->key, sealed, strlen(sealed));
}

Err
see_other_saying(struct req *r, const char *flash, const char *fmt, ...)
{
	struct hash seal = flash_seal(r, flash);
	va_list args;

	va_start(args, fmt);
	r->reply->location = target_of(r, fmt, args);
	va_end(args);
	r->reply->status = 303;
	cookie_set(r, "flash", text_fmt(r->arena, "%s.%s",
	    base64url(r->arena, flash, strlen(flash)),
	    base64url(r->arena, seal.b, sizeof seal.b)), FLASH_SECONDS);
	return OK;
}

/* The text sealed in VALUE, or NULL when the seal is not ours. */
static const char *
flash_open(const struct req *r, const char *value)
{
	const char *dot = strchr(value, '.');
	unsigned char *text, *seal;
	size_t ntext, nseal;
	struct hash ours, theirs;
	const char *msgid;

	if (dot == NULL ||
	    !base64url_parse(r->arena, text_copy_n(r->arena, value,
	    (size_t)(dot - value)), &text, &ntext) ||
	    !base64url_parse(r->arena, dot + 1, &seal, &nseal) ||
	    nseal != sizeof theirs.b)
		return NULL;
	msgid = text_copy_n(r->arena, (const char *)text, ntext);
	ours = flash_seal(r, msgid);
	memcpy(theirs.b, seal, sizeof theirs.b);
	return hash_same(&ours, &theirs) ? msgid : NULL;
}

const char *
flash_text(const struct req *r)
{
	const char *value = cookie_get(r, "flash");
	const char *msgid;

	if (text_is_empty(value))
		return NULL;
	r->private->flashed = true;
	msgid = flash_open(r, value);
	return msgid == NULL ? NULL : say(r, msgid);
}

Err
reply_text(struct req *r, const char *type, const char *body)
{
	r->reply->status = 200;
	r->reply->type = type;
	r->reply->body = body;
	r->reply->len = strlen(body);
	return OK;
}

/* Quotes and controls in a file name would end the header's quotes. */
static const char *
filename_clean(struct arena *arena, const char *name)
{
	char *clean = text_copy(arena, name);

	for (char *c = clean; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c > '~' ||
		    strchr("\"\\/%;", *c) != NULL)
			*c = '-';
	return clean;
}

Err
reply_file(struct req *r, const char *type, const char *name,
    const void *body, size_t len)
{
	r->reply->status = 200;
	r->reply->type = type;
	r->reply->filename = filename_clean(r->arena, name);
	r->reply->body = body;
	r->reply->len = len;
	return OK;
}

Err
reply_too_often(struct req *r, int retry_after_seconds)
{
	TRY(refusal_reply(r, REFUSAL_TOO_OFTEN));
	r->reply->retry_after = retry_after_seconds;
	return OK;
}

/*
 * What is denied must not differ from what is absent, so nothing of the
 * place that was asked for reaches the page.
 */
Err
reply_absent(struct req *r)
{
	r->programme = (struct setting){ .slug = "", .name = "",
	    .phone = "", .place = "" };
	r->viewer.roles = 0;
	r->holder = (struct holder){ .token = "" };
	r->route = &route_absent;
	return refusal_reply(r, REFUSAL_ABSENT);
}

void
reply_keep(struct req *r)
{
	r->reply->keep = true;
}

/* Values are ours (tokens, codes), never what somebody typed. */
static bool
is_cookie_value(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~' || strchr("\",;\\", *s) != NULL)
			return false;
	return true;
}

void
cookie_set(struct req *r, const char *name, const char *value,
    int max_age_seconds)
{
	struct reply *reply = r->reply;

	ASSERT(is_cookie_value(value));
	ASSERT(reply->ncookies < LEN(reply->cookies));
	reply->cookies[reply->ncookies++] = text_fmt(r->arena,
	    "__Host-%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; "
	    "SameSite=Lax", name, value, max_age_seconds);
}
