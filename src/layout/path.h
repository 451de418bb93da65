/* layout/path.h: free shapes in boxes. */
#ifndef SATS_LAYOUT_PATH_H
#define SATS_LAYOUT_PATH_H

#include "layout/galley.h"

/* Adds a path with absolute coordinates of the box; `look` gives colours and widths. `artifact` -1:
 * content of `owner`. The steps are copied. */
void sats_path_item(SatsBoxBuilder *builder, const SatsNode *owner, guint order, int artifact,
                    const SatsPathStep *steps, guint n_steps, const SatsPathItem *look);

/* Writes a circle as 6 steps; returns their number. */
guint sats_path_circle(SatsPathStep *steps, float x, float y, float radius);

/* Writes a closed polygon of `n` points, x and y by turns, as n + 1 steps; returns their number. */
guint sats_path_polygon(SatsPathStep *steps, const float *points, guint n);

#endif
