/* paint/cairo-font.h: the fonts of a cairo device, made from the same bytes that were shaped with.
 *
 * Each device has a FreeType library of its own, so that devices in different threads share
 * nothing. cairo keeps font faces in a cache of its own after the device has gone: the library
 * lives until the last of them is dropped. Nothing reads the font's bytes after the device has
 * gone.
 */
#ifndef SATS_PAINT_CAIRO_FONT_H
#define SATS_PAINT_CAIRO_FONT_H

#include "text/font.h"

#include <cairo.h>

typedef struct SatsCairoFonts SatsCairoFonts;
SatsCairoFonts *sats_cairo_fonts_new(void);
void sats_cairo_fonts_free(SatsCairoFonts *fonts);
/* Borrowed; NULL with SATS_SYSTEM_ERROR_FONT when FreeType cannot open it. */
cairo_font_face_t *sats_cairo_fonts_face(SatsCairoFonts *fonts, const SatsFace *face,
                                         GError **error);

#endif
