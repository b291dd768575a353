/*
 * htmlgen turns a template into C.  This is what its parts share: where we
 * are in the template, and what has been made of it so far.  Nothing is
 * written to disk until the whole template was accepted.
 */
#ifndef HTMLGEN_GEN_H
#define HTMLGEN_GEN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "htmlgen/markup.h"

#define MAX_NESTING 64

enum body { BODY_NONE, BODY_PART, BODY_PAGE };

/* Text of the template that waits to be written as one C string. */
struct literal {
	char p[2000];           /* ISO C promises strings of 4095 */
	size_t len;
	bool line_begins;       /* blanks that follow are indentation */
};

struct gen {
	const char *file;       /* for messages and #line */
	int line;
	int parentheses;        /* that the C so far leaves open */
	FILE *include, *types, *declare;        /* of the header */
	FILE *code;
	enum body body;
	bool has_pages;
	int body_line;          /* where the page or part began */
	struct markup markup;
	struct literal literal;
	enum place open[MAX_NESTING];   /* where each { of C began */
	size_t nopen;
};

/* Say FILE:LINE: what is wrong with the template, and give up. */
_Noreturn void gen_refuse(const struct gen *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Let the compiler speak of the template in what follows. */
void gen_mark_line(const struct gen *);

/* One character of the template's text. */
void literal_add(struct gen *, char c);
/* Write what waits; before any C. */
void literal_flush(struct gen *);

/* The N characters between {{ and }}. */
void hole_write(struct gen *, const char *text, size_t n);

/* A line of C inside a body, without its %. */
void code_write(struct gen *, const char *line);

/* The whole template. */
void template_read(struct gen *, const char *text);

#endif
