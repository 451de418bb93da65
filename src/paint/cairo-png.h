/* paint/cairo-png.h: a raster page as a PNG file. */
#ifndef SATS_PAINT_CAIRO_PNG_H
#define SATS_PAINT_CAIRO_PNG_H

#include <cairo.h>
#include <glib.h>

/* Appends the file of an RGB24 surface to `out`, with its resolution, so that programs show it at
 * the page's size. Some five times faster than cairo's own; smaller for text, larger for
 * photographs. FALSE with SATS_SYSTEM_ERROR_INTERNAL on failure. */
gboolean sats_cairo_png_write(cairo_surface_t *surface, double dpi, GByteArray *out,
                              GError **error);

#endif
