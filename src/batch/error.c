/* batch/error.c: failures of a batch as a whole. */
#include "batch/error.h"

#include <stdarg.h>

#include "base/error.h"

GQuark sats_batch_error_quark(void) {
    static gsize domain = 0;
    if (g_once_init_enter(&domain))
        g_once_init_leave(&domain, sats_error_domain("sats-batch-error"));
    return (GQuark)domain;
}

static gboolean swedish_spoken;

void sats_batch_speak_swedish(gboolean swedish) {
    swedish_spoken = swedish;
}

const char *sats_batch_say(const char *english, const char *swedish) {
    return swedish_spoken ? swedish : english;
}

gboolean sats_batch_fail(GError **error, SatsBatchError code, const char *english,
                         const char *swedish, ...) {
    va_list arguments;
    va_start(arguments, swedish);
    g_autofree char *message = g_strdup_vprintf(swedish_spoken ? swedish : english, arguments);
    va_end(arguments);
    g_set_error_literal(error, SATS_BATCH_ERROR, (gint)code, message);
    return FALSE;
}

gboolean sats_batch_fail_errno(GError **error, const char *path, int number) {
    return sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "%s: %s", "%s: %s", path,
                           g_strerror(number));
}
