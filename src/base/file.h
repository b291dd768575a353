/* Descriptors that close themselves, and files that a crash leaves whole. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"

/* For CLEANUP; a negative one is none. */
void fd_close(int *fd);

/*
 * Give DRAFT, written and closed, the name PATH in the same directory: first
 * it is on the disk, then under that name, then the name is on the disk too.
 * False, and errno, when that failed; PATH is then what it was, or DRAFT.
 */
MUST_USE bool file_publish(struct arena *, const char *draft,
    const char *path);

#endif
