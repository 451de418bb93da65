/* paint/cairo-glyph.h: glyphs of raster pages, drawn once and kept.
 *
 * cairo 1.16 moves every glyph it shows to a whole pixel, which spoils the spacing at screen
 * resolutions and the comparison with the official PDF; filling outlines is exact but 25 times
 * slower. So each glyph is filled once for each of 4 × 4 places within a pixel, kept as coverage,
 * and blended from there: at most an eighth of a pixel from where it belongs.
 *
 * Life: new -> draw … -> free.
 */
#ifndef SATS_PAINT_CAIRO_GLYPH_H
#define SATS_PAINT_CAIRO_GLYPH_H

#include <cairo.h>
#include <glib.h>

typedef struct SatsCairoGlyphs SatsCairoGlyphs;
SatsCairoGlyphs *sats_cairo_glyphs_new(const cairo_font_options_t *options);
void sats_cairo_glyphs_free(SatsCairoGlyphs *cache);

/* Draws glyphs, placed in user space, on `surface` (RGB24), which `cr` draws on, unclipped. Text
 * that is turned, skewed or very large is filled as outlines. */
void sats_cairo_glyphs_draw(SatsCairoGlyphs *cache, cairo_t *cr, cairo_surface_t *surface,
                            cairo_font_face_t *face, double size, guint32 rgb,
                            const cairo_glyph_t *glyphs, guint n_glyphs);

#endif
