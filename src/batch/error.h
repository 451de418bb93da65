/* batch/error.h: why a batch as a whole cannot be done, in the user's language. */
#ifndef SATS_BATCH_ERROR_H
#define SATS_BATCH_ERROR_H

#include <glib.h>

#define SATS_BATCH_ERROR (sats_batch_error_quark())
typedef enum {
    SATS_BATCH_ERROR_USAGE,    /* plans or options that cannot be together */
    SATS_BATCH_ERROR_DOCUMENT, /* --merge: what is there does not fit together */
    SATS_BATCH_ERROR_SYSTEM,   /* disk, processes, memory */
    SATS_BATCH_ERROR_BUSY,     /* another batch has the folder */
} SatsBatchError;
GQuark sats_batch_error_quark(void);

/* The language of messages is one for the process, as its locale is; set before anything else. */
void sats_batch_speak_swedish(gboolean swedish);
const char *sats_batch_say(const char *english, const char *swedish)
    __attribute__((format_arg(1), format_arg(2)));

/* Both formats take the same arguments in the same order. Always FALSE. */
gboolean sats_batch_fail(GError **error, SatsBatchError code, const char *english,
                         const char *swedish, ...) G_GNUC_PRINTF(3, 5) G_GNUC_PRINTF(4, 5);
/* "PATH: what errno says" as SYSTEM. Always FALSE. */
gboolean sats_batch_fail_errno(GError **error, const char *path, int number);

#endif
