/*
 * sql FILE: run what stands on standard input against an SQLite file, and
 * print rows with tabs between the columns.  It is linked with the program's
 * own SQLite, because a live file must never be opened with another build.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static char *
read_all(FILE *f)
{
	size_t len = 0, room = 1 << 16, n;
	char *text = malloc(room);

	while (text != NULL &&
	    (n = fread(text + len, 1, room - len - 1, f)) > 0) {
		len += n;
		if (room - len < 2)
			text = realloc(text, room *= 2);
	}
	if (text != NULL)
		text[len] = '\0';
	return text;
}

static int
print_row(void *unused, int n, char **value, char **name)
{
	for (int i = 0; i < n; i++)
		printf("%s%s", i > 0 ? "\t" : "",
		    value[i] != NULL ? value[i] : "");
	putchar('\n');
	return 0;
}

int
main(int argc, char **argv)
{
	char *text = read_all(stdin);
	sqlite3 *db = NULL;
	int status = 1;

	if (argc == 2 && text != NULL &&
	    sqlite3_open(argv[1], &db) == SQLITE_OK) {
		sqlite3_busy_timeout(db, 10000);
		status = sqlite3_exec(db, text, print_row, NULL, NULL)
		    != SQLITE_OK;
	}
	if (status != 0)
		fprintf(stderr, "sql: %s\n", db != NULL ? sqlite3_errmsg(db)
		    : "usage: sql FILE <statements");
	sqlite3_close(db);
	free(text);
	return status;
}
