/* pdf/made-from.h: what a PDF of ours was made from, and whether it is still as it was written.
 *
 * The hash of what went into a plan stands in the PDF's metadata. Behind all objects a comment has
 * a CRC-32 of the file, of every byte before the comment and of the lines after it, so that damage
 * is seen by reading the bytes once, without knowing PDF.
 */
#ifndef SATS_PDF_MADE_FROM_H
#define SATS_PDF_MADE_FROM_H

#include <glib.h>

/* Begins the comment; eight hexadecimal digits and a line end follow, then the file's last lines.
 */
#define SATS_PDF_CHECK "%crc32 "

/* The libraries that decide on the bytes of a PDF, and their versions: HarfBuzz's as it runs,
 * libdeflate's as we were built with it, for it does not tell the other. Caller frees. */
char *sats_pdf_libraries(void);

/* Reads the file from where the descriptor stands to its end. TRUE: it is a PDF with that hash in
 * its metadata, undamaged, and nothing stands behind it but what a signing service adds: an update
 * with cross-references of its own. Into that it is not looked. */
gboolean sats_pdf_is_made_from(int descriptor, const char *input_hash);

#endif
