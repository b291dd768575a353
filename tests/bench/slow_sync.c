/*
 * Preloaded: a disk on which a sync takes SYNC_US microseconds longer, as a
 * consumer's SSD or a volume of a cloud does.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void
wait_longer(void)
{
	const char *us = getenv("SYNC_US");
	struct timespec t = { 0 };

	t.tv_nsec = us == NULL ? 0 : 1000L * atol(us);
	(void)nanosleep(&t, NULL);
}

static int
wait_then_sync(const char *name, int fd)
{
	int (*theirs)(int);
	void *symbol = dlsym(RTLD_NEXT, name);

	memcpy(&theirs, &symbol, sizeof theirs);
	wait_longer();
	return theirs(fd);
}

int
fsync(int fd)
{
	return wait_then_sync("fsync", fd);
}

int
fdatasync(int fd)
{
	return wait_then_sync("fdatasync", fd);
}
