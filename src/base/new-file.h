/* base/new-file.h: a file that has its name only when it is whole.
 *
 * While it is written it has no name at all, where the file system can do that (O_TMPFILE): a
 * process that is killed, in whatever way, leaves nothing behind. Elsewhere it has one of its own
 * beside the name that it will get.
 *
 * Life: open -> write to `descriptor` -> flush -> name, or discard instead. One file that stands
 * there under the name stays as it is until then. Functions that return FALSE have set errno.
 */
#ifndef SATS_BASE_NEW_FILE_H
#define SATS_BASE_NEW_FILE_H

#include <glib.h>

typedef struct {
    int descriptor;  /* to write to; -1 none */
    char *path;      /* what it will be called */
    char *temporary; /* what it is called now; NULL nothing */
} SatsNewFile;

/* Its rights are those of the file that stands there, whose owner and group it keeps as far as the
 * process may; else what the process' mask leaves of reading and writing. */
gboolean sats_new_file_open(SatsNewFile *file, const char *path);

/* Flushes it to disk. */
gboolean sats_new_file_flush(const SatsNewFile *file);

/* Closes it before it gets its name, for those who write more files than they may have open; it has
 * a name of its own from then on. */
gboolean sats_new_file_close(SatsNewFile *file);

/* Puts it where `path` says, over what stands there, and ends its life. The folder is not flushed.
 * On failure it is still to be discarded. */
gboolean sats_new_file_name(SatsNewFile *file);

/* Removes what was written; nothing after sats_new_file_name(). Keeps errno. */
void sats_new_file_discard(SatsNewFile *file);

#endif
