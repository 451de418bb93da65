/* paint/svg.h: the SVG that logos and drawn figures use, as paths.
 *
 * Read once into a flat list of filled and stroked paths, in points from the picture's top left;
 * then painted as often as it is shown. Drawn: svg (nested too), g, a, use, symbol, path, rect,
 * circle, ellipse, line, polyline, polygon; transform, viewBox, preserveAspectRatio (not slice);
 * fill, stroke and their kin from attributes, style="" and <style>; opacity as if on white paper.
 * Whatever else would show (text, gradients, images, filters, masks, clip paths, square caps …) is
 * an error that names the element and its line: nothing is left out silently. So is a shape that
 * reaches outside the picture, which a viewer would clip. Miter limit: the device's, not 4.
 *
 * Limits: 8 MB, 64 elements deep, 50,000 elements (also after use), 4,000,000 path steps.
 */
#ifndef SATS_PAINT_SVG_H
#define SATS_PAINT_SVG_H

#include "base/arena.h"
#include "document/image.h"
#include "paint/device.h"

typedef struct SatsSvg SatsSvg;

/* Reads a picture into the arena. The natural size is width and height, else that of the viewBox,
 * at 96 px an inch. NULL with SATS_IMAGE_ERROR on failure; the sizes are untouched then. */
const SatsSvg *sats_svg_read(const guint8 *bytes, gsize size, SatsArena *arena,
                             double *out_width_pt, double *out_height_pt, GError **error);

/* Draws image->vector into `rect` with device->path, and push_transform for strokes that are
 * scaled unevenly. The caller has opened content or an artifact. */
void sats_svg_paint(const SatsImage *image, SatsDevice *device, const SatsRect *rect);

#endif
