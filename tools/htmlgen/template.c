/*
 * The lines of a template.  A line that begins with % is C or tells htmlgen
 * something; every other one is HTML with {{ holes }}.
 */
#include "htmlgen/gen.h"

#include <ctype.h>
#include <string.h>

/* Reading goes from here; LINE of struct gen is kept along. */
struct reader {
	struct gen *gen;
	const char *p;
};

/* A line that begins with %, and those that it goes on in. */
struct command { char text[1024]; size_t len; int lines; };

static const char *
skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static bool
is_command(const char *line)
{
	return *skip_blanks(line) == '%';
}

/* "word" followed by a blank or the end: what comes after it, else NULL. */
static const char *
after_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(s, word, n) != 0)
		return NULL;
	if (s[n] != '\0' && s[n] != ' ' && s[n] != '\t')
		return NULL;
	return skip_blanks(s + n);
}

/* The rest of a line, appended to C; blanks at its end are left out. */
static void
take_line(struct reader *r, struct command *c)
{
	size_t n = strcspn(r->p, "\n");
	const char *from = r->p;

	r->p += n;
	if (*r->p == '\n')
		r->p++;
	c->lines++;
	while (n > 0 && isspace((unsigned char)from[n - 1]))
		n--;
	if (c->len + n + 1 >= sizeof c->text)
		gen_refuse(r->gen, "a line of more than %zu characters",
		    sizeof c->text);
	memcpy(c->text + c->len, from, n);
	c->len += n;
	c->text[c->len] = '\0';
}

static int
open_parentheses(const char *s)
{
	int open = 0;

	for (; *s != '\0'; s++)
		open += (*s == '(') - (*s == ')');
	return open;
}

/* A signature may go on in lines that begin with %, until it is closed. */
static void
take_signature(struct reader *r, struct command *c)
{
	while (open_parentheses(c->text) > 0 || c->text[c->len - 1] == '\\') {
		if (c->text[c->len - 1] == '\\')
			c->len--;
		if (!is_command(r->p))
			gen_refuse(r->gen, "a signature without its end");
		r->p = skip_blanks(skip_blanks(r->p) + 1);
		c->text[c->len++] = ' ';
		take_line(r, c);
	}
}

/* name(arguments) rest */
struct signature {
	const char *name, *args, *rest;
	int nname, nargs;
};

static struct signature
signature_parse(const struct gen *g, const char *s)
{
	struct signature sig = { .name = s };
	size_t n = strcspn(s, "(");
	int open = 0;

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			gen_refuse(g, "expected name(arguments)");
	if (n == 0 || s[n] != '(')
		gen_refuse(g, "expected name(arguments)");
	sig.nname = (int)n;
	sig.args = s + n + 1;
	for (s += n; *s != '\0'; s++) {
		open += (*s == '(') - (*s == ')');
		if (open == 0)
			break;
	}
	sig.nargs = (int)(s - sig.args);
	if (strncmp(sig.args, "void", (size_t)sig.nargs) == 0)
		sig.nargs = 0;
	sig.rest = skip_blanks(s + (*s == ')'));
	return sig;
}

static void
body_begins(struct gen *g, enum body body)
{
	if (g->body != BODY_NONE)
		gen_refuse(g, "the one from line %d has no %% end",
		    g->body_line);
	g->body = body;
	g->body_line = g->line;
	g->markup = (struct markup){ .place = PLACE_TEXT };
	g->literal = (struct literal){ .line_begins = true };
	g->nopen = 0;
}

/* A part that is STATIC is for this template alone: not in the header. */
static void
part_begins(struct gen *g, const char *text, bool is_static)
{
	struct signature s = signature_parse(g, text);
	const char *comma = s.nargs > 0 ? ", " : "";

	if (*s.rest != '\0')
		gen_refuse(g, "nothing may follow the arguments of a part");
	body_begins(g, BODY_PART);
	if (!is_static)
		fprintf(g->declare,
		    "void html_%.*s(struct html *o%s%.*s);\n",
		    s.nname, s.name, comma, s.nargs, s.args);
	fprintf(g->code, "\n%svoid\nhtml_%.*s(struct html *o%s%.*s)\n{\n",
	    is_static ? "static " : "", s.nname, s.name, comma, s.nargs,
	    s.args);
}

static void
page_begins(struct gen *g, const char *text)
{
	struct signature s = signature_parse(g, text);
	const char *comma = s.nargs > 0 ? ", " : "";

	if (*s.rest == '\0')
		gen_refuse(g, "a page has a title after its arguments");
	body_begins(g, BODY_PAGE);
	g->has_pages = true;
	fprintf(g->declare, "MUST_USE Err html_%.*s(struct req *r%s%.*s);\n",
	    s.nname, s.name, comma, s.nargs, s.args);
	fprintf(g->code, "\nErr\nhtml_%.*s(struct req *r%s%.*s)\n{\n",
	    s.nname, s.name, comma, s.nargs, s.args);
	gen_mark_line(g);
	fprintf(g->code, "\tstruct html h = page_begin(r, say(r, %s));\n"
	    "\tstruct html *o = &h;\n\n", s.rest);
}

static void
body_ends(struct gen *g)
{
	if (g->body == BODY_NONE)
		gen_refuse(g, "%% end without a page or part");
	if (g->nopen > 0)
		gen_refuse(g, "a { without its }");
	if (g->markup.place != PLACE_TEXT)
		gen_refuse(g, "it ends %s", place_name(g->markup.place));
	literal_flush(g);
	if (g->body == BODY_PAGE)
		fputs("\treturn page_end(r, &h);\n", g->code);
	fputs("}\n", g->code);
	g->body = BODY_NONE;
}

/* "%% …": a line of the header. */
static void
header_line(struct gen *g, const char *text)
{
	if (g->body != BODY_NONE)
		gen_refuse(g, "a header line inside a page or part");
	fprintf(g->types, "%s\n", *text == ' ' ? text + 1 : text);
}

/* C outside of pages and parts: a helper for those in this file. */
static void
file_line(struct gen *g, const char *text)
{
	gen_mark_line(g);
	fprintf(g->code, "%s\n", text);
}

static const char *
after_static_part(const char *s)
{
	const char *rest = after_word(s, "static");

	return rest == NULL ? NULL : after_word(rest, "part");
}

static void
run_command(struct gen *g, const char *text)
{
	const char *s = skip_blanks(text), *rest;

	if (*text == '#')
		return;
	if (*text == '%')
		header_line(g, text + 1);
	else if ((rest = after_word(s, "page")) != NULL)
		page_begins(g, rest);
	else if ((rest = after_word(s, "part")) != NULL)
		part_begins(g, rest, false);
	else if ((rest = after_static_part(s)) != NULL)
		part_begins(g, rest, true);
	else if ((rest = after_word(s, "include")) != NULL)
		fprintf(g->include, "#include %s\n", rest);
	else if (after_word(s, "end") != NULL)
		body_ends(g);
	else if (g->body != BODY_NONE)
		code_write(g, s);
	else
		file_line(g, *text == ' ' ? text + 1 : text);
}

static void
read_command(struct reader *r)
{
	struct command c = { .len = 0 };
	const char *s;

	r->p = skip_blanks(r->p) + 1;
	take_line(r, &c);
	s = skip_blanks(c.text);
	if (after_word(s, "page") != NULL || after_word(s, "part") != NULL ||
	    after_static_part(s) != NULL)
		take_signature(r, &c);
	run_command(r->gen, c.text);
	r->gen->line += c.lines;
}

/* The }} that closes a hole, outside of strings; NULL when there is none. */
static const char *
hole_end(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\'') {
			char quote = *s++;

			while (*s != '\0' && *s != quote)
				s += s[0] == '\\' && s[1] != '\0' ? 2 : 1;
			if (*s == '\0')
				return NULL;
		} else if (s[0] == '}' && s[1] == '}') {
			return s;
		}
	}
	return NULL;
}

static void
read_hole(struct reader *r)
{
	const char *from = r->p + 2, *end = hole_end(from);

	if (end == NULL)
		gen_refuse(r->gen, "{{ without }}");
	hole_write(r->gen, from, (size_t)(end - from));
	for (; r->p < end; r->p++)
		r->gen->line += *r->p == '\n';
	r->p = end + 2;
}

static void
read_text_line(struct reader *r)
{
	struct gen *g = r->gen;

	if (g->body == BODY_NONE && *skip_blanks(r->p) != '\n')
		gen_refuse(g, "text outside of a page or part");
	while (*r->p != '\0' && *r->p != '\n') {
		if (r->p[0] == '{' && r->p[1] == '{')
			read_hole(r);
		else
			literal_add(g, *r->p++);
	}
	if (*r->p == '\0')
		return;
	r->p++;
	if (g->body != BODY_NONE)
		literal_add(g, '\n');
	g->line++;
}

void
template_read(struct gen *g, const char *text)
{
	struct reader r = { g, text };

	g->line = 1;
	while (*r.p != '\0') {
		if (is_command(r.p))
			read_command(&r);
		else
			read_text_line(&r);
	}
	if (g->body != BODY_NONE) {
		g->line = g->body_line;
		gen_refuse(g, "no %% end");
	}
}
