/* Files.  See file.h. */
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

void
fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static bool
sync_path(const char *path)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

static const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "." : text_copy_n(arena, path,
	    (size_t)(slash - path) + 1);
}

bool
file_publish(struct arena *arena, const char *draft, const char *path)
{
	return sync_path(draft) && rename(draft, path) == 0 &&
	    sync_path(directory_of(arena, path));
}
