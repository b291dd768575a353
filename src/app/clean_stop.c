/* The mark of a clean stop.  See clean_stop.h. */
#include "app/clean_stop.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char sqlite[] = "sqlite:";

static void
file_close(FILE **f)
{
	if (*f != NULL)
		fclose(*f);
}

static const char *
mark_path(struct arena *a, const char *data_dir)
{
	return text_fmt(a, "%s/clean", data_dir);
}

/* "SIZE SECONDS.NANOSECONDS"; "none" for a file that is not there. */
static const char *
file_as_it_is(struct arena *a, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return "none";
	return text_fmt(a, "%lld %lld.%09ld", (long long)st.st_size,
	    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static const char *
database_as_it_is(struct arena *a, const char *url)
{
	const char *path = url + sizeof sqlite - 1;

	return text_fmt(a, "%s, log %s\n", file_as_it_is(a, path),
	    file_as_it_is(a, text_fmt(a, "%s-wal", path)));
}

bool
clean_stop_holds(struct arena *a, const char *data_dir, const char *url)
{
	CLEANUP(file_close) FILE *f = NULL;
	char mark[256] = "";

	if (!text_begins(url, sqlite))
		return false;
	f = fopen(mark_path(a, data_dir), "re");
	return f != NULL && fgets(mark, sizeof mark, f) != NULL &&
	    text_same(mark, database_as_it_is(a, url));
}

void
clean_stop_forget(struct arena *a, const char *data_dir)
{
	unlink(mark_path(a, data_dir));
}

void
clean_stop_note(struct arena *a, const char *data_dir, const char *url)
{
	CLEANUP(file_close) FILE *f = NULL;

	if (!text_begins(url, sqlite))
		return;
	f = fopen(mark_path(a, data_dir), "we");
	if (f != NULL)
		fputs(database_as_it_is(a, url), f);
}
