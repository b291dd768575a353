/*
 * Mail files: without a mail server a letter becomes DATA/mail/ID.eml, which
 * only the program's own user can read.
 */
#ifndef POST_MAIL_FILE_H
#define POST_MAIL_FILE_H

#include "base/date.h"
#include "base/text.h"

/* Whole and on disk, or not there at all. */
MUST_USE Err mail_file_write(struct arena *, const char *data_dir, int64_t id,
    const char *message);

bool mail_file_exists(struct arena *, const char *data_dir, int64_t id);

/* NULL when there is none; at most 1 MB is read. */
const char *mail_file_read(struct arena *, const char *data_dir, int64_t id);

/* Removes the letters written before; how many. */
int64_t mail_file_forget(struct arena *, const char *data_dir,
    struct instant before);

#endif
