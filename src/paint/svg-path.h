/* paint/svg-path.h: SVG's geometry: path data, basic shapes and transforms become steps.
 *
 * Steps are in the user's coordinates, double precision; a GArray of SatsSvgStep collects them.
 * Numbers beyond ±1e9, infinities and paths of more than 1,000,000 steps are refused.
 */
#ifndef SATS_PAINT_SVG_PATH_H
#define SATS_PAINT_SVG_PATH_H

#include <glib.h>

typedef struct {
    guint8 op;         /* SatsPathOp */
    double x[3], y[3]; /* MOVE/LINE use [0]; CURVE two controls and the end */
} SatsSvgStep;

/* x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0 */
typedef struct {
    double xx, yx, xy, yy, x0, y0;
} SatsSvgMatrix;

/* Reads one number after optional spaces and one comma and moves *at behind it; FALSE, with *at and
 * *out untouched, when there is none. */
gboolean sats_svg_scan_number(const char **at, double *out);

/* The attribute d. FALSE when it is malformed; `steps` then hold what came before. */
gboolean sats_svg_path_parse(const char *data, GArray *steps);
/* The attribute points; `close` for polygons. */
gboolean sats_svg_points_parse(const char *points, gboolean close, GArray *steps);
void sats_svg_add_line(GArray *steps, double x1, double y1, double x2, double y2);
/* rx and ry 0: square corners; they are cut to half the sides. */
void sats_svg_add_rect(GArray *steps, double x, double y, double width, double height, double rx,
                       double ry);
void sats_svg_add_ellipse(GArray *steps, double cx, double cy, double rx, double ry);

/* The attribute transform. FALSE when it is malformed; *out untouched then. */
gboolean sats_svg_transform_parse(const char *text, SatsSvgMatrix *out);
/* First `inner`, then `outer`. */
SatsSvgMatrix sats_svg_matrix_multiply(const SatsSvgMatrix *inner, const SatsSvgMatrix *outer);
void sats_svg_matrix_apply(const SatsSvgMatrix *matrix, double *x, double *y);

#endif
