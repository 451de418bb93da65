/* batch/durable.h: files that are whole or not there, whatever happens meanwhile. */
#ifndef SATS_BATCH_DURABLE_H
#define SATS_BATCH_DURABLE_H

#include <glib.h>

/* Temporary files are called ".plansats-batch<suffix>.<process>-<n>.tmp" and lie in the batch's
 * folder. */
char *sats_durable_temporary(const char *folder, const char *suffix, guint number);
/* Removes those that dead runs left: of this suffix, or (`all`) of every one. */
void sats_durable_clean(const char *folder, const char *suffix, gboolean all);

/* Writes beside, flushes, renames, flushes the folder. 0 or errno; the old file stands then. */
int sats_durable_write(const char *path, const char *temporary, const char *bytes, gsize size);
/* Flushes a folder's entries. 0 or errno. */
int sats_durable_sync_folder(const char *folder);
/* Waits until a file that was written is on disk. 0 or errno. */
int sats_durable_sync_file(const char *path);

/* SHA-256 of an ordinary file of that size (-1: any), as hexadecimal digits; NULL when it is not
 * one. */
char *sats_durable_sha256(const char *path, gint64 size);

/* Holds an open file for this process and those it forks. `path` is made when it is not there, and
 * followed when another process removes it meanwhile. Tries for `patience_ms`. The descriptor, or
 * -1 with errno (EWOULDBLOCK: someone else holds it). File systems that know no locks are passed
 * over. */
int sats_durable_lock(const char *path, gboolean shared, guint patience_ms);

#endif
