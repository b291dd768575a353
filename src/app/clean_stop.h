/*
 * Whether the database is as a clean stop left it.  Then the whole file need
 * not be read at the start, which takes a second for every million rows.
 *
 * DATA/clean tells the size and the time of last change of the file and its
 * log.  It is gone while somebody writes, so that after a crash, a restore or
 * a hand in the file the check is made.
 */
#ifndef APP_CLEAN_STOP_H
#define APP_CLEAN_STOP_H

#include "base/text.h"

/* Never true but for SQLite. */
bool clean_stop_holds(struct arena *, const char *data_dir, const char *url);
void clean_stop_forget(struct arena *, const char *data_dir);
/* After the last write; without room for it the next start takes longer. */
void clean_stop_note(struct arena *, const char *data_dir, const char *url);

#endif
