/*
 * htmlgen TEMPLATE HEADER CODE
 *
 * Turns a template (x.html) into typed C functions (x_html.h, x_html.c) that
 * write it with every value escaped.  CONTRIBUTING.md shows the language.  A
 * template that could let a value become markup, script or style is refused
 * with file and line.
 */
#include "htmlgen/gen.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One of the streams that are joined into the two files. */
struct stream { char *p; size_t n; FILE *f; };

static _Noreturn void
fail(const char *file)
{
	fprintf(stderr, "%s: %s\n", file, strerror(errno));
	exit(1);
}

void
gen_refuse(const struct gen *g, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", g->file, g->line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void
gen_mark_line(const struct gen *g)
{
	fprintf(g->code, "#line %d \"%s\"\n", g->line, g->file);
}

static FILE *
stream_open(struct stream *s)
{
	s->f = open_memstream(&s->p, &s->n);
	if (s->f == NULL)
		fail("memory");
	return s->f;
}

static void
stream_close(struct stream *s)
{
	if (fclose(s->f) != 0)
		fail("memory");
}

static char *
read_file(const char *file)
{
	FILE *f = fopen(file, "r");
	struct stream s;
	int c;

	if (f == NULL)
		fail(file);
	stream_open(&s);
	while ((c = getc(f)) != EOF)
		putc(c, s.f);
	if (ferror(f))
		fail(file);
	fclose(f);
	stream_close(&s);
	return s.p;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* "today_html.h" is guarded by TODAY_HTML_H. */
static void
write_guard(FILE *f, const char *file)
{
	for (const char *s = base_name(file); *s != '\0'; s++)
		putc(isalnum((unsigned char)*s) ?
		    toupper((unsigned char)*s) : '_', f);
	putc('\n', f);
}

static void
write_header(const struct gen *g, const char *file, struct stream from[3])
{
	FILE *f = fopen(file, "w");

	if (f == NULL)
		fail(file);
	fprintf(f, "/* Made from %s by htmlgen. */\n#ifndef ",
	    base_name(g->file));
	write_guard(f, file);
	fputs("#define ", f);
	write_guard(f, file);
	fputs("\n#include \"base/html.h\"\n", f);
	fputs(from[0].p, f);
	fputs("\nstruct req;\n\n", f);
	fputs(from[1].p, f);
	fprintf(f, "\n%s\n#endif\n", from[2].p);
	if (fclose(f) != 0)
		fail(file);
}

static void
write_code(const struct gen *g, const char *file, const char *header,
    const char *code)
{
	FILE *f = fopen(file, "w");

	if (f == NULL)
		fail(file);
	fprintf(f, "/* Made from %s by htmlgen. */\n#include \"%s\"\n",
	    base_name(g->file), base_name(header));
	if (g->has_pages)
		fputs("#include \"web/reply.h\"\n", f);
	fputs(code, f);
	if (fclose(f) != 0)
		fail(file);
}

int
main(int argc, char **argv)
{
	struct stream header[3], code;
	struct gen g = { 0 };
	char *text;

	if (argc != 4) {
		fputs("usage: htmlgen TEMPLATE HEADER CODE\n", stderr);
		return 2;
	}
	g.file = argv[1];
	g.include = stream_open(&header[0]);
	g.types = stream_open(&header[1]);
	g.declare = stream_open(&header[2]);
	g.code = stream_open(&code);
	text = read_file(argv[1]);
	template_read(&g, text);
	for (int i = 0; i < 3; i++)
		stream_close(&header[i]);
	stream_close(&code);
	write_header(&g, argv[2], header);
	write_code(&g, argv[3], argv[2], code.p);
	for (int i = 0; i < 3; i++)
		free(header[i].p);
	free(code.p);
	free(text);
	return 0;
}
