/* Memory, text and complaints of sqlgen. */
#include "sqlgen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct piece {
	struct piece *next;
	_Alignas(max_align_t) char bytes[];
};

struct pool { struct piece *first; };

static void *
must(void *p)
{
	if (p == NULL) {
		fprintf(stderr, "sqlgen: out of memory\n");
		exit(1);
	}
	return p;
}

struct pool *
pool_make(void)
{
	return must(calloc(1, sizeof (struct pool)));
}

void
pool_free(struct pool *pool)
{
	while (pool->first != NULL) {
		struct piece *next = pool->first->next;

		free(pool->first);
		pool->first = next;
	}
	free(pool);
}

void *
pool_take(struct pool *pool, size_t n)
{
	struct piece *piece = must(calloc(1, sizeof *piece + n));

	piece->next = pool->first;
	pool->first = piece;
	return piece->bytes;
}

/* Doubles at every power of two, so that no capacity need be kept. */
void *
pool_grow(struct pool *pool, void *items, size_t n, size_t size)
{
	void *more;

	if (n != 0 && (n & (n - 1)) != 0)
		return items;
	more = pool_take(pool, (n == 0 ? 1 : 2 * n) * size);
	if (n != 0)
		memcpy(more, items, n * size);
	return more;
}

char *
pool_text(struct pool *pool, const char *p, size_t n)
{
	char *s = pool_take(pool, n + 1);

	memcpy(s, p, n);
	return s;
}

char *
pool_fmt(struct pool *pool, const char *fmt, ...)
{
	va_list ap, again;
	char *s;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = pool_take(pool, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

char *
pool_read_file(struct pool *pool, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t n = 0;
	int c;

	if (f == NULL) {
		fprintf(stderr, "sqlgen: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	while ((c = getc(f)) != EOF) {
		text = pool_grow(pool, text, n, 1);
		text[n++] = (char)c;
	}
	fclose(f);
	return pool_text(pool, n == 0 ? "" : text, n);
}

void
refuse(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

bool
same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool
same_word(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}
