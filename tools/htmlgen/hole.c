/*
 * {{ … }}: a value, or with {{_ … }} a sentence to be translated, with named
 * values for its {names}.
 */
#include "htmlgen/gen.h"

#include <ctype.h>
#include <string.h>

#define MAX_PARTS 16

/* A stretch of the template. */
struct span { const char *p; size_t n; };

static struct span
span_trim(struct span s)
{
	while (s.n > 0 && isspace((unsigned char)s.p[0]))
		s.p++, s.n--;
	while (s.n > 0 && isspace((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The length of the C string or character constant that S begins with. */
static size_t
quoted_length(struct span s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == s.p[0])
			return i + 1;
	}
	return s.n;
}

/* The first stretch up to a comma outside of brackets and quotes. */
static struct span
next_part(struct span *rest)
{
	struct span part = { rest->p, 0 };
	int depth = 0;

	while (part.n < rest->n) {
		char c = rest->p[part.n];

		if (c == '"' || c == '\'') {
			part.n += quoted_length((struct span){
			    rest->p + part.n, rest->n - part.n });
			continue;
		}
		if (c == ',' && depth == 0)
			break;
		depth += strchr("([{", c) != NULL;
		depth -= strchr(")]}", c) != NULL;
		part.n++;
	}
	size_t used = part.n < rest->n ? part.n + 1 : part.n;
	rest->p += used;
	rest->n -= used;
	return span_trim(part);
}

static size_t
split(const struct gen *g, struct span s, struct span part[MAX_PARTS])
{
	size_t n = 0;

	s = span_trim(s);
	while (s.n > 0) {
		if (n == MAX_PARTS)
			gen_refuse(g, "more than %d values in a sentence",
			    MAX_PARTS);
		part[n++] = next_part(&s);
		if (part[n - 1].n == 0)
			gen_refuse(g, "nothing between two commas");
	}
	if (n == 0)
		gen_refuse(g, "an empty {{_ }}");
	return n;
}

struct named { struct span name, value; };

static struct named
named_value(const struct gen *g, struct span part)
{
	const char *eq = memchr(part.p, '=', part.n);
	struct named v;

	if (eq == NULL || eq[1] == '=')
		gen_refuse(g, "a value of a sentence is written name = value");
	v.name = span_trim((struct span){ part.p, (size_t)(eq - part.p) });
	v.value = span_trim((struct span){ eq + 1,
	    part.n - (size_t)(eq + 1 - part.p) });
	for (size_t i = 0; i < v.name.n; i++)
		if (!isalnum((unsigned char)v.name.p[i]) && v.name.p[i] != '_')
			gen_refuse(g, "%.*s is not the name of a value",
			    (int)v.name.n, v.name.p);
	if (v.name.n == 0 || v.value.n == 0)
		gen_refuse(g, "a value of a sentence is written name = value");
	return v;
}

static bool
sentence_uses(struct span text, struct span name)
{
	for (size_t i = 0; i + name.n + 2 <= text.n; i++)
		if (text.p[i] == '{' && text.p[i + name.n + 1] == '}' &&
		    memcmp(text.p + i + 1, name.p, name.n) == 0)
			return true;
	return false;
}

/* Every value must be asked for by a sentence that stands in the template. */
static void
check_use(const struct gen *g, struct span text, struct span name)
{
	if (text.p[0] == '"' && !sentence_uses(text, name))
		gen_refuse(g, "the sentence has no {%.*s}", (int)name.n,
		    name.p);
}

static void
write_values(struct gen *g, struct span text, const struct span *part,
    size_t n)
{
	if (n == 0) {
		fputs("0, NULL);\n", g->code);
		return;
	}
	fprintf(g->code, "%zu, (const struct html_arg[]){", n);
	for (size_t i = 0; i < n; i++) {
		struct named v = named_value(g, part[i]);

		check_use(g, text, v.name);
		fprintf(g->code, "\n\t    HTML_ARG(\"%.*s\", %.*s),",
		    (int)v.name.n, v.name.p, (int)v.value.n, v.value.p);
	}
	fputs(" });\n", g->code);
}

/* "one", "many", n = count, …: the first value decides between the two. */
static void
write_count(struct gen *g, const struct span *part, size_t n)
{
	struct named count;
	size_t first = 2;

	if (n < 3)
		gen_refuse(g, "two sentences need a number to choose by");
	count = named_value(g, part[2]);
	if (!sentence_uses(part[1], count.name))
		first = 3;
	fprintf(g->code, "\thtml_count(o, %.*s,\n\t    %.*s,\n"
	    "\t    (int64_t)(%.*s), ", (int)part[0].n, part[0].p,
	    (int)part[1].n, part[1].p, (int)count.value.n, count.value.p);
	write_values(g, part[1], part + first, n - first);
}

static void
write_sentence(struct gen *g, struct span s)
{
	struct span part[MAX_PARTS];
	size_t n = split(g, s, part);

	if (n > 1 && part[0].p[0] == '"' && part[1].p[0] == '"') {
		write_count(g, part, n);
		return;
	}
	fprintf(g->code, "\thtml_say(o, %.*s,\n\t    ", (int)part[0].n,
	    part[0].p);
	write_values(g, part[0], part + 1, n - 1);
}

void
hole_write(struct gen *g, const char *text, size_t n)
{
	struct span s = span_trim((struct span){ text, n });
	enum hole hole;
	const char *why = markup_hole(&g->markup, &hole);

	if (why != NULL)
		gen_refuse(g, "%s", why);
	if (s.n == 0)
		gen_refuse(g, "an empty {{ }}");
	literal_flush(g);
	g->literal.line_begins = false;
	gen_mark_line(g);
	if (s.p[0] == '_' && s.n > 1 && isspace((unsigned char)s.p[1])) {
		if (hole == HOLE_URL)
			gen_refuse(g, "a translated sentence as an address");
		write_sentence(g, (struct span){ s.p + 1, s.n - 1 });
	} else if (hole == HOLE_URL) {
		fprintf(g->code, "\thtml_url(o, %.*s);\n", (int)s.n, s.p);
	} else {
		fprintf(g->code, "\tHTML_PUT(o, %.*s);\n", (int)s.n, s.p);
	}
}
