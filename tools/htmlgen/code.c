/*
 * C between the text of a template.  What is known of the HTML state must
 * hold whichever way the program goes, so C may stand only in text and
 * between attributes, and a block must end where it began.
 */
#include "htmlgen/gen.h"

#include <ctype.h>
#include <string.h>

static bool
begins_with_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	return strncmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]) &&
	    s[n] != '_';
}

/* Past the string or character constant at S. */
static const char *
skip_quoted(const char *s)
{
	char quote = *s++;

	while (*s != '\0' && *s != quote)
		s += s[0] == '\\' && s[1] != '\0' ? 2 : 1;
	return *s == '\0' ? s : s + 1;
}

static void
block_opens(struct gen *g)
{
	if (g->nopen == MAX_NESTING)
		gen_refuse(g, "blocks nested deeper than %d", MAX_NESTING);
	g->open[g->nopen++] = g->markup.place;
}

static void
block_closes(struct gen *g)
{
	enum place began;

	if (g->nopen == 0)
		gen_refuse(g, "a } without its {");
	began = g->open[--g->nopen];
	if (began != g->markup.place)
		gen_refuse(g, "this block begins %s and ends %s",
		    place_name(began), place_name(g->markup.place));
}

/* Follow the braces of LINE; how many parentheses it leaves open. */
static int
follow_brackets(struct gen *g, const char *s)
{
	int parentheses = 0;

	while (*s != '\0') {
		if (*s == '"' || *s == '\'') {
			s = skip_quoted(s);
			continue;
		}
		if (s[0] == '/' && (s[1] == '/' || s[1] == '*'))
			break;
		if (*s == '{')
			block_opens(g);
		if (*s == '}')
			block_closes(g);
		parentheses += (*s == '(') - (*s == ')');
		s++;
	}
	return parentheses;
}

/* Text after "if (x)" without a brace would be several statements. */
static void
check_brace(const struct gen *g, const char *line, int parentheses)
{
	static const char *const words[] = {
		"if", "else", "for", "while", "do", "switch",
	};
	size_t n = strlen(line);

	while (*line == '}' || *line == ' ')
		line++, n--;
	if (n == 0 || parentheses != 0 || strchr("{;", line[n - 1]) != NULL)
		return;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (begins_with_word(line, words[i]))
			gen_refuse(g, "%s without {", words[i]);
}

void
code_write(struct gen *g, const char *line)
{
	bool goes_on = g->parentheses > 0;
	enum place p;

	if (g->markup.place == PLACE_AFTER_NAME)
		g->markup.place = PLACE_TAG;    /* "checked", and no value */
	p = g->markup.place;
	if (p != PLACE_TEXT && p != PLACE_TAG)
		gen_refuse(g, "C %s", place_name(p));
	literal_flush(g);
	g->parentheses += follow_brackets(g, line);
	check_brace(g, line, g->parentheses);
	/* A #line between the arguments of a macro is not C. */
	if (!goes_on)
		gen_mark_line(g);
	fprintf(g->code, "\t%s\n", line);
}
