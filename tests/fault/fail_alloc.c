/*
 * Loaded before the C library: one allocation of the process fails, the n-th
 * from now.  A test writes n into the file that FAIL_ALLOC names, as a 64-bit
 * number; it counts down, and at 0 nothing (more) fails.  The second number
 * in the file counts what has failed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static struct orders { _Atomic int64_t left, failed; } *orders;

__attribute__((constructor)) static void
find_orders(void)
{
	const char *path = getenv("FAIL_ALLOC");
	int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
	void *p;

	if (fd < 0)
		return;
	p = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED,
	    fd, 0);
	close(fd);
	if (p != MAP_FAILED)
		orders = p;
}

static int
is_to_fail(void)
{
	if (orders == NULL || atomic_load(&orders->left) <= 0 ||
	    atomic_fetch_sub(&orders->left, 1) != 1)
		return 0;
	atomic_fetch_add(&orders->failed, 1);
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return is_to_fail() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t count, size_t n)
{
	return is_to_fail() ? NULL : __libc_calloc(count, n);
}

void *
realloc(void *p, size_t n)
{
	return is_to_fail() ? NULL : __libc_realloc(p, n);
}

int
posix_memalign(void **out, size_t align, size_t n)
{
	void *p = is_to_fail() ? NULL : __libc_memalign(align, n);

	if (p == NULL)
		return ENOMEM;
	*out = p;
	return 0;
}
