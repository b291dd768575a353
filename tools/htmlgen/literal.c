/*
 * Text of the template on its way to a C string.  Indentation, blanks at the
 * end of a line and empty lines are dropped, and other runs of blanks are one,
 * outside of pre, textarea and values: pages are sent as small as they are.
 */
#include "htmlgen/gen.h"

#include <ctype.h>
#include <string.h>

static void
write_char(FILE *f, unsigned char c)
{
	if (c == '"' || c == '\\')
		fprintf(f, "\\%c", c);
	else if (c == '?')      /* no trigraphs */
		fputs("\\?", f);
	else if (c < ' ' || c > '~')
		fprintf(f, "\\%03o", c);
	else
		fputc(c, f);
}

void
literal_flush(struct gen *g)
{
	struct literal *l = &g->literal;

	if (l->len == 0)
		return;
	fputs("\thtml_literal(o,\n\t    \"", g->code);
	for (size_t i = 0; i < l->len; i++) {
		if (l->p[i] != '\n')
			write_char(g->code, (unsigned char)l->p[i]);
		else if (i + 1 < l->len)
			fputs("\\n\"\n\t    \"", g->code);
		else
			fputs("\\n", g->code);
	}
	fprintf(g->code, "\", %zu);\n", l->len);
	l->len = 0;
}

static void
put(struct gen *g, char c)
{
	if (g->literal.len == sizeof g->literal.p)
		literal_flush(g);
	g->literal.p[g->literal.len++] = c;
}

static void
fold_space(struct gen *g, char c)
{
	struct literal *l = &g->literal;
	bool after_blank = l->len > 0 && l->p[l->len - 1] == ' ';

	if (l->line_begins)
		return;
	if (c != '\n') {
		if (!after_blank)
			put(g, ' ');
		return;
	}
	if (after_blank)
		l->len--;
	put(g, '\n');
	l->line_begins = true;
}

void
literal_add(struct gen *g, char c)
{
	bool blank = c == ' ' || c == '\t' || c == '\n';
	bool folds = blank && markup_folds_space(&g->markup);
	const char *why = markup_step(&g->markup, c);

	if (why != NULL)
		gen_refuse(g, "%s", why);
	if (folds) {
		fold_space(g, c);
		return;
	}
	put(g, c);
	g->literal.line_begins = false;
}
