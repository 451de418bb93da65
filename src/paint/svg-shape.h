/* paint/svg-shape.h: where the walk over an SVG tree leaves its shapes.
 *
 * Life: init -> { set steps to an element's geometry, emit } … -> finish -> clear. The shapes are
 * kept in points from the picture's top left, in the canvas's arena.
 */
#ifndef SATS_PAINT_SVG_SHAPE_H
#define SATS_PAINT_SVG_SHAPE_H

#include "paint/image.h"
#include "paint/svg-path.h"
#include "paint/svg-style.h"
#include "paint/svg.h"

typedef struct {
    SatsArena *arena; /* of the result */
    GArray *shapes;
    GArray *steps;              /* SatsSvgStep, of the element at hand, in its own coordinates */
    double width_pt, height_pt; /* of the picture; set before the first emit */
    guint n_steps;              /* of all shapes, for the limit */
} SatsSvgCanvas;

void sats_svg_canvas_init(SatsSvgCanvas *canvas, SatsArena *arena);
void sats_svg_canvas_clear(SatsSvgCanvas *canvas);

/* Keeps canvas->steps, drawn in `style` under `matrix`, if they show at all. FALSE with
 * SATS_IMAGE_ERROR when the device could not draw them faithfully. */
gboolean sats_svg_canvas_emit(SatsSvgCanvas *canvas, const SatsSvgStyle *style,
                              const SatsSvgMatrix *matrix, GError **error);
SatsSvg *sats_svg_canvas_finish(SatsSvgCanvas *canvas);

#endif
