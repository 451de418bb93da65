/* paint/jpeg.h: is a JPEG whole?
 *
 * A JPEG's bytes go into the PDF as they are, and what is wrong with them would first be seen by
 * its reader. So every file is decoded once, at an eighth of its size: that reads each bit of it,
 * and computes next to nothing.
 */
#ifndef SATS_PAINT_JPEG_H
#define SATS_PAINT_JPEG_H

#include <glib.h>

/* A progressive picture may come in so many scans, each of which costs as much as the picture. */
#define SATS_JPEG_MAX_SCANS 64

/* FALSE with SATS_IMAGE_ERROR_BROKEN when it cannot be decoded to its end, _UNSUPPORTED when
 * readers of PDF would take its colours for others, _LIMIT for too many scans. */
gboolean sats_jpeg_check(const guint8 *bytes, gsize size, GError **error);

#endif
