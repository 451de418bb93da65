/* base/file.h: the one way in which files are read.
 *
 * What a document names may be anything: a pipe that nobody writes to, a device without end, a
 * folder, a link that leads elsewhere. Files are therefore opened without waiting, must be ordinary
 * files, and are measured before they are read. What the user names on the command line may be a
 * pipe as well (`<(…)`). Messages are one line, of the form "NAME: what is wrong".
 */
#ifndef SATS_BASE_FILE_H
#define SATS_BASE_FILE_H

#include <glib.h>

/* Opens an ordinary file of at most `max_bytes` bytes for reading, without waiting and for this
 * process only. The descriptor, which the caller closes, or -1 with SATS_SYSTEM_ERROR_IO, _ABSENT,
 * _KIND (it is no ordinary file) or _LIMIT. */
int sats_file_open(const char *path, gsize max_bytes, GError **error);

/* The bytes of an ordinary file, and a NUL behind them; caller frees with g_free(). NULL with an
 * error as above, and with SATS_SYSTEM_ERROR_IO when the file changed while it was read. */
char *sats_file_read(const char *path, gsize max_bytes, gsize *out_length, GError **error);

/* The same for a file that the user names: waits for pipes and reads them to their end. */
char *sats_file_read_stream(const char *path, gsize max_bytes, gsize *out_length, GError **error);

/* The same as sats_file_read for `path`, which lies in `folder` or below it;
 * SATS_SYSTEM_ERROR_OUTSIDE when links lead it out of there. The folder itself may be reached
 * through links. */
char *sats_file_read_below(const char *folder, const char *path, gsize max_bytes, gsize *out_length,
                           GError **error);

#endif
