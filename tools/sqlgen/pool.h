/* Memory, text and complaints: what all of sqlgen uses. */
#ifndef SQLGEN_POOL_H
#define SQLGEN_POOL_H

#include <stdbool.h>
#include <stddef.h>

#define LEN(a) (sizeof (a) / sizeof (a)[0])
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

struct pool;

struct pool *pool_make(void);
void pool_free(struct pool *);
void *pool_take(struct pool *, size_t n);       /* zeroed */
/* ITEMS with room for one more after N of SIZE bytes each. */
void *pool_grow(struct pool *, void *items, size_t n, size_t size);
char *pool_text(struct pool *, const char *p, size_t n);
char *pool_fmt(struct pool *, const char *fmt, ...) PRINTF(2, 3);
char *pool_read_file(struct pool *, const char *path);

_Noreturn void refuse(const char *file, int line, const char *fmt, ...)
    PRINTF(3, 4);
bool same(const char *, const char *);
bool same_word(const char *, const char *);     /* whatever the case */

#endif
