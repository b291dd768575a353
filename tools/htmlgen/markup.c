/* The state of HTML, one character at a time.  See markup.h. */
#include "htmlgen/markup.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define LEN(a) (sizeof (a) / sizeof (a)[0])

static const char raw_refused[] =
    "content in script or style; the policy forbids it";

static bool
is_one_of(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

static bool
is_url_attribute(const char *name)
{
	static const char *const urls[] = {
		"href", "src", "action", "formaction", "poster", "cite",
		"data", "ping", "manifest", "background", "xlink:href",
		"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete",
		"data-hx-get", "data-hx-post", "data-hx-put",
		"data-hx-patch", "data-hx-delete",
	};

	return is_one_of(name, urls, LEN(urls));
}

/* Attributes that are programs, styles or pages of their own. */
static const char *
attribute_refused(const char *name)
{
	if (strncmp(name, "on", 2) == 0)
		return "an on… attribute is a script; put it in app.js";
	if (strcmp(name, "style") == 0)
		return "a style attribute; put it in app.css";
	if (strncmp(name, "data-", 5) == 0)
		name += 5;
	if (strncmp(name, "hx-on", 5) == 0 || strcmp(name, "hx-vals") == 0 ||
	    strcmp(name, "hx-vars") == 0 || strcmp(name, "hx-live") == 0)
		return "an hx- attribute that is evaluated as a script";
	if (strcmp(name, "srcdoc") == 0)
		return "srcdoc is a page inside an attribute";
	return NULL;
}

static bool
append(char *word, size_t size, char c)
{
	size_t n = strlen(word);

	if (n + 1 >= size)
		return false;
	word[n] = (char)tolower((unsigned char)c);
	word[n + 1] = '\0';
	return true;
}

static const char *
tag_ends(struct markup *m)
{
	const char *tag = m->tag;

	m->in_raw = strcmp(tag, "script") == 0 || strcmp(tag, "style") == 0;
	m->place = m->in_raw ? PLACE_RAW : PLACE_TEXT;
	if (m->in_raw)
		return NULL;
	if (strcmp(tag, "pre") == 0 || strcmp(tag, "textarea") == 0)
		m->keeps_space = true;
	else if (strcmp(tag, "/pre") == 0 || strcmp(tag, "/textarea") == 0)
		m->keeps_space = false;
	return NULL;
}

static const char *
step_text(struct markup *m, char c)
{
	if (c != '<')
		return NULL;
	m->place = PLACE_TAG_NAME;
	m->tag[0] = '\0';
	return NULL;
}

static const char *
step_tag_name(struct markup *m, char c)
{
	bool first = m->tag[0] == '\0';
	bool bare = first || strcmp(m->tag, "/") == 0;

	if (first && m->in_raw && c != '/')
		return raw_refused;
	if (first && c == '!') {
		m->place = PLACE_DECLARATION;
		m->dashes = 0;
		return NULL;
	}
	if (isalnum((unsigned char)c) || (first && c == '/') ||
	    (!bare && c == '-'))
		return append(m->tag, sizeof m->tag, c) ?
		    NULL : "the name of this tag is too long";
	if (bare)
		return "a < that begins no tag; write &lt;";
	m->place = PLACE_TAG;
	return markup_step(m, c);
}

static const char *
step_tag(struct markup *m, char c)
{
	if (c == '>')
		return tag_ends(m);
	if (isspace((unsigned char)c) || c == '/')
		return NULL;
	if (!isalpha((unsigned char)c))
		return "an attribute begins with a letter";
	m->place = PLACE_NAME;
	m->name[0] = '\0';
	return markup_step(m, c);
}

static const char *
step_name(struct markup *m, char c)
{
	if (c == '=') {
		m->place = PLACE_EQUALS;
		return attribute_refused(m->name);
	}
	if (isspace((unsigned char)c)) {
		m->place = PLACE_AFTER_NAME;
		return NULL;
	}
	if (c == '>' || c == '/') {
		m->place = PLACE_TAG;
		return markup_step(m, c);
	}
	if (c == '"' || c == '\'' || c == '<')
		return "a quote or < in the name of an attribute";
	return append(m->name, sizeof m->name, c) ?
	    NULL : "the name of this attribute is too long";
}

static const char *
step_after_name(struct markup *m, char c)
{
	if (c == '=') {
		m->place = PLACE_EQUALS;
		return attribute_refused(m->name);
	}
	if (isspace((unsigned char)c))
		return NULL;
	m->place = PLACE_TAG;
	return markup_step(m, c);
}

static const char *
step_equals(struct markup *m, char c)
{
	m->value[0] = '\0';
	m->nvalue = 0;
	m->has_hole = false;
	if (isspace((unsigned char)c))
		return NULL;
	if (c == '>')
		return "an attribute without its value";
	m->place = c == '"' ? PLACE_DOUBLE : c == '\'' ? PLACE_SINGLE :
	    PLACE_BARE;
	return m->place == PLACE_BARE ? markup_step(m, c) : NULL;
}

static const char *
step_value(struct markup *m, char c)
{
	bool ends = m->place == PLACE_DOUBLE ? c == '"' : c == '\'';

	if (m->place == PLACE_BARE)
		ends = isspace((unsigned char)c) || c == '>';
	if (ends) {
		bool bare = m->place == PLACE_BARE;

		m->place = PLACE_TAG;
		return bare ? markup_step(m, c) : NULL;
	}
	m->nvalue++;
	(void)append(m->value, sizeof m->value, c);
	if (is_url_attribute(m->name) &&
	    strncmp(m->value, "javascript:", 11) == 0)
		return "an address that is a script";
	return NULL;
}

static const char *
step_comment(struct markup *m, char c)
{
	if (c == '>' && m->dashes >= 2)
		m->place = PLACE_TEXT;
	m->dashes = c == '-' ? m->dashes + 1 : 0;
	return NULL;
}

static const char *
step_declaration(struct markup *m, char c)
{
	if (c == '-' && ++m->dashes == 2) {
		m->place = PLACE_COMMENT;
		m->dashes = 0;
	} else if (c == '>') {
		m->place = PLACE_TEXT;
	}
	return NULL;
}

static const char *
step_raw(struct markup *m, char c)
{
	if (isspace((unsigned char)c))
		return NULL;
	if (c != '<')
		return raw_refused;
	m->place = PLACE_TAG_NAME;
	m->tag[0] = '\0';
	return NULL;
}

const char *
markup_step(struct markup *m, char c)
{
	switch (m->place) {
	case PLACE_TEXT:        return step_text(m, c);
	case PLACE_TAG_NAME:    return step_tag_name(m, c);
	case PLACE_TAG:         return step_tag(m, c);
	case PLACE_NAME:        return step_name(m, c);
	case PLACE_AFTER_NAME:  return step_after_name(m, c);
	case PLACE_EQUALS:      return step_equals(m, c);
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
	case PLACE_BARE:        return step_value(m, c);
	case PLACE_COMMENT:     return step_comment(m, c);
	case PLACE_DECLARATION: return step_declaration(m, c);
	case PLACE_RAW:         return step_raw(m, c);
	}
	return NULL;
}

/* Whether the literal start of an address settles where it leads. */
static bool
address_is_settled(const char *value)
{
	static const char *const schemes[] = {
		"https:", "http:", "mailto:", "tel:",
	};

	for (size_t i = 0; i < LEN(schemes); i++)
		if (strncmp(value, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return strpbrk(value, "/?#") != NULL;
}

/* Elements whose attributes redirect, embed or animate an address. */
static bool
is_powerful(const char *tag)
{
	static const char *const tags[] = {
		"base", "meta", "object", "embed", "iframe", "animate",
		"set",
	};

	return is_one_of(tag, tags, LEN(tags));
}

static const char *
hole_in_value(struct markup *m, enum hole *out)
{
	bool starts = m->nvalue == 0 && !m->has_hole;

	if (is_powerful(m->tag))
		return "interpolation in an element that redirects or embeds";
	m->has_hole = true;
	*out = HOLE_TEXT;
	if (!is_url_attribute(m->name))
		return NULL;
	if (starts)
		*out = HOLE_URL;
	else if (!address_is_settled(m->value))
		return "interpolation after an open start of an address";
	return NULL;
}

const char *
markup_hole(struct markup *m, enum hole *out)
{
	*out = HOLE_TEXT;
	switch (m->place) {
	case PLACE_TEXT:
		return NULL;
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
		return hole_in_value(m, out);
	case PLACE_TAG_NAME:
		return "interpolation in the name of a tag";
	case PLACE_TAG:
		return "interpolation between attributes";
	case PLACE_NAME:
	case PLACE_AFTER_NAME:
		return "interpolation in the name of an attribute";
	case PLACE_EQUALS:
	case PLACE_BARE:
		return "interpolation in a value without quotes";
	case PLACE_COMMENT:
		return "interpolation in a comment";
	case PLACE_DECLARATION:
		return "interpolation in a declaration";
	case PLACE_RAW:
		return "interpolation in script or style";
	}
	return NULL;
}

bool
markup_folds_space(const struct markup *m)
{
	return m->place == PLACE_TAG || m->place == PLACE_AFTER_NAME ||
	    m->place == PLACE_NAME || m->place == PLACE_TAG_NAME ||
	    (m->place == PLACE_TEXT && !m->keeps_space);
}

const char *
place_name(enum place p)
{
	switch (p) {
	case PLACE_TEXT:        return "in text";
	case PLACE_TAG_NAME:    return "in the name of a tag";
	case PLACE_TAG:         return "between attributes";
	case PLACE_NAME:
	case PLACE_AFTER_NAME:  return "at the name of an attribute";
	case PLACE_EQUALS:
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
	case PLACE_BARE:        return "in the value of an attribute";
	case PLACE_COMMENT:     return "in a comment";
	case PLACE_DECLARATION: return "in a declaration";
	case PLACE_RAW:         return "in script or style";
	}
	return "";
}
