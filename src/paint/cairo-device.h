/* paint/cairo-device.h: pages drawn by cairo: PNG and SVG for looking at, plain PDF.
 *
 * The plain PDF has text that can be selected, but no tags, links or fields; the official one is
 * pdf/'s. Structure (content, artifacts, anchors), links and signature fields draw nothing.
 * Output is the same for the same calls and cairo version. The SatsFonts of the text and the images
 * must outlive the device. Two devices may work in two threads at once.
 *
 * Life: new -> paint the pages on sats_cairo_device() -> finish -> free. Errors stop the drawing
 * and surface in finish.
 */
#ifndef SATS_PAINT_CAIRO_DEVICE_H
#define SATS_PAINT_CAIRO_DEVICE_H

#include "paint/device.h"

/* Takes the file of one page, numbered from 1; the bytes are borrowed. FALSE, with the error set,
 * stops the output. Called at each end_page. */
typedef gboolean (*SatsCairoPageFunc)(void *context, guint page_number, const void *bytes,
                                      gsize size, GError **error);
/* Takes the next bytes of a file (the same as SatsSink's write). */
typedef gboolean (*SatsCairoWriteFunc)(void *context, const void *bytes, gsize size,
                                       GError **error);

typedef struct {
    const char *title;   /* NULL none */
    const char *created; /* ISO 8601 date or date-time; NULL: no date in the file */
} SatsCairoPdfOptions;

typedef struct SatsCairo SatsCairo;

/* `dpi`: pixels an inch, 10–2400. Pages are white; glyphs stand at quarters of a pixel. */
SatsCairo *sats_cairo_png_new(double dpi, SatsCairoPageFunc page, void *context);
SatsCairo *sats_cairo_svg_new(SatsCairoPageFunc page, void *context);
/* `options` may be NULL. */
SatsCairo *sats_cairo_pdf_new(const SatsCairoPdfOptions *options, SatsCairoWriteFunc write,
                              void *context);
void sats_cairo_free(SatsCairo *cairo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsCairo, sats_cairo_free)
SatsDevice *sats_cairo_device(SatsCairo *cairo);

/* Ends the file. FALSE when anything failed on the way: SATS_SYSTEM_ERROR_FONT, _LIMIT (a page of
 * too many pixels), _INTERNAL, SATS_IMAGE_ERROR, or the callback's own error. */
gboolean sats_cairo_finish(SatsCairo *cairo, GError **error);

#endif
