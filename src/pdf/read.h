/* pdf/read.h: gives back what a PDF made by plansats carries: its sources.
 *
 * Reads just as much of PDF as our own writer writes and a signing service adds to it:
 * cross-reference streams and tables, incremental updates, object streams, Flate with and without
 * predictors. Any input is safe: what is malformed gives an error, what is too large a limit error.
 */
#ifndef SATS_PDF_READ_H
#define SATS_PDF_READ_H

#include "base/arena.h"
#include "base/report.h"

typedef struct {
    const char *name; /* as embedded, with '/' between folders; never absolute, never ".." */
    const char *relationship; /* "Source", "Data", "Supplement" … or "" */
    const guint8 *bytes;
    gsize size;
} SatsEmbeddedFile;

/* All embedded files, in the order of their names. FALSE with SATS_SYSTEM_ERROR_IO when it is no
 * PDF or a broken one, SATS_SYSTEM_ERROR_LIMIT when it would take too much. The result is in the
 * arena. */
gboolean sats_pdf_read_embedded(const guint8 *bytes, gsize size, SatsArena *arena,
                                SatsEmbeddedFile **out_files, guint *out_n, GError **error);

#endif
