/*
 * sample-pages DIRECTORY
 *
 * Writes the sample page, whole and refused, in three languages, and the
 * static files it asks for, for browsers to look at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "web/sample.h"
#include "web/sample_html.h"
#include "web/static.h"

static void
write_file(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static Err
write_page(struct arena *arena, const char *directory, enum language lang,
    bool refused)
{
	struct exchange *x = ARENA_NEW(arena, struct exchange, 1);
	struct req *r = sample_req(x, arena, lang);

	TRY(html_sample_page(r, sample_form(r, refused)));
	write_file(text_fmt(arena, "%s/%s-%s.html", directory,
	    refused ? "refused" : "whole", language_code(lang)),
	    r->reply->body, r->reply->len);
	return OK;
}

static void
write_static(struct arena *arena, const char *directory)
{
	const char *below = text_fmt(arena, "%s/static", directory);

	(void)mkdir(below, 0777);
	for (size_t i = 0; i < nstatic_files; i++)
		write_file(text_fmt(arena, "%s/%s", below,
		    static_files[i].name), static_files[i].bytes,
		    static_files[i].len);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_make(8 << 20);
	Err err = OK;

	if (argc != 2 || arena == NULL) {
		fputs("usage: sample-pages DIRECTORY\n", stderr);
		return 2;
	}
	(void)mkdir(argv[1], 0777);
	for (enum language i = LANG_NL; i <= LANG_EN && err == OK; i++) {
		err = write_page(arena, argv[1], i, false);
		if (err == OK)
			err = write_page(arena, argv[1], i, true);
	}
	write_static(arena, argv[1]);
	arena_free(arena);
	return err == OK ? 0 : 1;
}
