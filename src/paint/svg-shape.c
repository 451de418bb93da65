/* Turns styled SVG shapes into device paths, and paints them. */
#include "paint/svg-shape.h"

#include "base/error.h"

#include <math.h>

#define MAX_STEPS   4000000u
#define MAX_PT      1e6  /* coordinates and stroke widths */
#define MIN_DASH_PT 0.01 /* a finer pattern is solid to the eye, and slow to draw */
#define MIN_SCALE   1e-6 /* below it nothing is left to see */

typedef struct {
    const SatsPathStep *steps;
    guint n_steps;
    SatsPathStyle style;
    gboolean in_own_space; /* steps and style are to be drawn under `matrix` */
    SatsSvgMatrix matrix;
} Shape;

struct SatsSvg {
    double width_pt, height_pt;
    const Shape *shapes;
    guint n_shapes;
};

/* ---- collecting ---- */

static gint32 resolve_paint(const SatsSvgPaint *paint, const SatsSvgStyle *style, double opacity) {
    double alpha = paint->alpha * opacity * style->opacity;
    if (paint->kind == SATS_SVG_NO_PAINT || alpha <= 0)
        return -1;
    guint32 rgb = paint->kind == SATS_SVG_CURRENT_COLOUR ? style->colour : paint->rgb;
    guint32 blended = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double part = (rgb >> shift) & 0xFF;
        blended = blended << 8 | (guint32)lround(part * alpha + 255 * (1 - alpha));
    }
    return (gint32)blended;
}

/* Whether caps (an open end) and joins (a corner) show at all. */
static void caps_and_joins(const GArray *steps, gboolean *out_caps, gboolean *out_joins) {
    guint run = 0;
    *out_caps = *out_joins = FALSE;
    for (guint i = 0; i < steps->len; i++) {
        guint8 op = g_array_index(steps, SatsSvgStep, i).op;
        gboolean last =
            i + 1 == steps->len || g_array_index(steps, SatsSvgStep, i + 1).op == SATS_PATH_MOVE;
        run = op == SATS_PATH_MOVE ? 0 : run + 1;
        if (run > 1)
            *out_joins = TRUE;
        if (last && op != SATS_PATH_CLOSE)
            *out_caps = TRUE;
    }
}

static gboolean refuse(GError **error, SatsImageError code, const char *en, const char *sv) {
    sats_error_set(error, SATS_IMAGE_ERROR, (gint)code, "%s%.0s", "%.0s%s", en, sv);
    return FALSE;
}

/* The device knows butt caps with miter joins, and round ones. */
static gboolean resolve_ends(const GArray *steps, const SatsSvgStyle *style, SatsPathStyle *out,
                             GError **error) {
    gboolean caps, joins;
    caps_and_joins(steps, &caps, &joins);
    caps = caps || style->n_dashes > 0;
    if (caps && style->cap == SATS_SVG_SQUARE)
        return refuse(error, SATS_IMAGE_ERROR_UNSUPPORTED,
                      "stroke-linecap 'square' cannot be drawn; outline the stroke",
                      "stroke-linecap 'square' går inte att rita; gör linjen till en yta");
    if (joins && style->join == SATS_SVG_BEVEL)
        return refuse(error, SATS_IMAGE_ERROR_UNSUPPORTED,
                      "stroke-linejoin 'bevel' cannot be drawn; outline the stroke",
                      "stroke-linejoin 'bevel' går inte att rita; gör linjen till en yta");
    gboolean round_cap = style->cap == SATS_SVG_ROUND_CAP;
    gboolean round_join = style->join == SATS_SVG_ROUND_JOIN;
    if (caps && joins && round_cap != round_join)
        return refuse(
            error, SATS_IMAGE_ERROR_UNSUPPORTED,
            "round caps without round joins (or the reverse) cannot be drawn; outline the stroke",
            "runda ändar utan runda hörn (eller tvärtom) går inte att rita; gör linjen till en "
            "yta");
    out->round = caps ? round_cap : round_join;
    return TRUE;
}

static gboolean is_similarity(const SatsSvgMatrix *m) {
    double x = m->xx * m->xx + m->yx * m->yx, y = m->xy * m->xy + m->yy * m->yy;
    double skew = m->xx * m->xy + m->yx * m->yy;
    return fabs(x - y) <= 1e-6 * (x + y) && fabs(skew) <= 1e-6 * (x + y);
}

/* The extents of the steps under the matrix; curves by 16 points each. */
static void measure(const GArray *steps, const SatsSvgMatrix *matrix, double box[4]) {
    double from_x = 0, from_y = 0;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (guint i = 0; i < steps->len; i++) {
        const SatsSvgStep *step = &g_array_index(steps, SatsSvgStep, i);
        guint n = step->op == SATS_PATH_CLOSE ? 0 : step->op == SATS_PATH_CURVE ? 16 : 1;
        for (guint k = 1; k <= n; k++) {
            double x = step->x[0], y = step->y[0];
            if (step->op == SATS_PATH_CURVE) {
                double t = k / 16.0, s = 1 - t;
                double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
                x = a * from_x + b * step->x[0] + c * step->x[1] + d * step->x[2];
                y = a * from_y + b * step->y[0] + c * step->y[1] + d * step->y[2];
            }
            sats_svg_matrix_apply(matrix, &x, &y);
            box[0] = MIN(box[0], x);
            box[1] = MIN(box[1], y);
            box[2] = MAX(box[2], x);
            box[3] = MAX(box[3], y);
        }
        if (n > 0) {
            guint end = step->op == SATS_PATH_CURVE ? 2 : 0;
            from_x = step->x[end];
            from_y = step->y[end];
        }
    }
}

/* Only lines along the axes: then moving every point into the picture is the same as clipping. */
static gboolean is_rectilinear(const GArray *steps, const SatsSvgMatrix *matrix) {
    if (fabs(matrix->yx) > 1e-9 || fabs(matrix->xy) > 1e-9)
        return FALSE;
    const SatsSvgStep *start = NULL, *before = NULL;
    for (guint i = 0; i < steps->len; i++) {
        const SatsSvgStep *step = &g_array_index(steps, SatsSvgStep, i);
        if (step->op == SATS_PATH_CURVE)
            return FALSE;
        const SatsSvgStep *to = step->op == SATS_PATH_CLOSE ? start : step;
        if (step->op == SATS_PATH_MOVE)
            start = step;
        else if (to == NULL || before == NULL ||
                 (to->x[0] != before->x[0] && to->y[0] != before->y[0]))
            return FALSE;
        before = to;
    }
    return before == NULL || start == NULL || before->x[0] == start->x[0] ||
           before->y[0] == start->y[0];
}

typedef enum { INSIDE, OUTSIDE, CROSSING, UNUSABLE } Position;

static Position position_in_picture(const SatsSvgCanvas *canvas, const SatsSvgMatrix *matrix) {
    double box[4];
    measure(canvas->steps, matrix, box);
    double width = canvas->width_pt, height = canvas->height_pt;
    double slack = 0.01 * MAX(width, height);
    if (!(box[0] > -MAX_PT) || !(box[1] > -MAX_PT) || !(box[2] < MAX_PT) || !(box[3] < MAX_PT))
        return UNUSABLE;
    if (box[2] < 0 || box[3] < 0 || box[0] > width || box[1] > height)
        return OUTSIDE;
    if (box[0] < -slack || box[1] < -slack || box[2] > width + slack || box[3] > height + slack)
        return CROSSING;
    return INSIDE;
}

static SatsPathStep *copy_steps(const SatsSvgCanvas *canvas, const SatsSvgMatrix *matrix,
                                gboolean clamp) {
    const GArray *steps = canvas->steps;
    SatsPathStep *copy = sats_arena_new_array(canvas->arena, SatsPathStep, steps->len);
    for (guint i = 0; i < steps->len; i++) {
        const SatsSvgStep *step = &g_array_index(steps, SatsSvgStep, i);
        guint n = step->op == SATS_PATH_CLOSE ? 0 : step->op == SATS_PATH_CURVE ? 3 : 1;
        copy[i].op = step->op;
        for (guint k = 0; k < n; k++) {
            double x = step->x[k], y = step->y[k];
            if (matrix != NULL)
                sats_svg_matrix_apply(matrix, &x, &y);
            copy[i].x[k] = (float)(clamp ? CLAMP(x, 0, canvas->width_pt) : x);
            copy[i].y[k] = (float)(clamp ? CLAMP(y, 0, canvas->height_pt) : y);
        }
    }
    return copy;
}

static double mean_scale(const SatsSvgMatrix *m) {
    return sqrt(fabs(m->xx * m->yy - m->xy * m->yx));
}

/* `scale` takes the stroke's measures to those of the steps, `to_points` to points. */
static void scale_style(SatsPathStyle *style, const SatsSvgStyle *source, double scale,
                        double to_points) {
    double pattern = 0;
    for (guint i = 0; i < source->n_dashes; i++)
        pattern += source->dashes[i] * to_points;
    style->stroke_width_pt = (float)(source->stroke_width * scale);
    style->n_dashes = pattern < MIN_DASH_PT ? 0 : (guint8)source->n_dashes;
    for (guint i = 0; i < style->n_dashes; i++)
        style->dashes_pt[i] = (float)(source->dashes[i] * scale);
}

/* May the steps at hand be shown? *out_clamp where they are moved into the picture. */
static gboolean can_show(SatsSvgCanvas *canvas, const SatsSvgStyle *source,
                         const SatsSvgMatrix *matrix, Position position, SatsPathStyle *style,
                         gboolean *out_clamp, GError **error) {
    canvas->n_steps += canvas->steps->len;
    if (canvas->n_steps > MAX_STEPS)
        return refuse(error, SATS_IMAGE_ERROR_LIMIT,
                      "the picture has more than 4,000,000 path steps",
                      "bilden har mer än 4 000 000 steg i sina linjer");
    if (position == UNUSABLE || source->stroke_width * mean_scale(matrix) > MAX_PT)
        return refuse(error, SATS_IMAGE_ERROR_LIMIT, "coordinates out of range",
                      "för stora koordinater");
    *out_clamp =
        position == CROSSING && style->stroke_rgb < 0 && is_rectilinear(canvas->steps, matrix);
    if (position == CROSSING && !*out_clamp)
        return refuse(error, SATS_IMAGE_ERROR_UNSUPPORTED,
                      "reaches outside the picture and would have to be clipped",
                      "går utanför bilden och skulle behöva beskäras");
    return style->stroke_rgb < 0 || resolve_ends(canvas->steps, source, style, error);
}

gboolean sats_svg_canvas_emit(SatsSvgCanvas *canvas, const SatsSvgStyle *source,
                              const SatsSvgMatrix *matrix, GError **error) {
    SatsPathStyle style = {.fill_rgb = resolve_paint(&source->fill, source, source->fill_opacity),
                           .stroke_rgb =
                               resolve_paint(&source->stroke, source, source->stroke_opacity),
                           .even_odd = source->even_odd};
    if (source->stroke_width <= 0)
        style.stroke_rgb = -1;
    if (source->hidden || (style.fill_rgb < 0 && style.stroke_rgb < 0) || canvas->steps->len < 2)
        return TRUE;
    Position position = position_in_picture(canvas, matrix);
    double scale = mean_scale(matrix);
    if (position == OUTSIDE || scale < MIN_SCALE)
        return TRUE;
    gboolean clamp = FALSE;
    if (!can_show(canvas, source, matrix, position, &style, &clamp, error))
        return FALSE;
    Shape shape = {.n_steps = canvas->steps->len,
                   .style = style,
                   .in_own_space = style.stroke_rgb >= 0 && !is_similarity(matrix),
                   .matrix = *matrix};
    scale_style(&shape.style, source, shape.in_own_space ? 1 : scale, scale);
    shape.steps = copy_steps(canvas, shape.in_own_space ? NULL : matrix, clamp);
    g_array_append_val(canvas->shapes, shape);
    return TRUE;
}

void sats_svg_canvas_init(SatsSvgCanvas *canvas, SatsArena *arena) {
    *canvas = (SatsSvgCanvas){.arena = arena,
                              .shapes = g_array_new(FALSE, FALSE, sizeof(Shape)),
                              .steps = g_array_new(FALSE, FALSE, sizeof(SatsSvgStep))};
}

void sats_svg_canvas_clear(SatsSvgCanvas *canvas) {
    g_array_unref(canvas->shapes);
    g_array_unref(canvas->steps);
}

SatsSvg *sats_svg_canvas_finish(SatsSvgCanvas *canvas) {
    SatsSvg *svg = sats_arena_new_struct(canvas->arena, SatsSvg);
    svg->width_pt = canvas->width_pt;
    svg->height_pt = canvas->height_pt;
    svg->n_shapes = canvas->shapes->len;
    if (svg->n_shapes > 0)
        svg->shapes =
            sats_arena_memdup(canvas->arena, canvas->shapes->data, sizeof(Shape) * svg->n_shapes);
    return svg;
}

/* ---- painting ---- */

static void paint_scaled(const Shape *shape, SatsDevice *device, const SatsRect *rect, double sx,
                         double sy, SatsPathStep *buffer) {
    SatsPathStyle style = shape->style;
    for (guint i = 0; i < shape->n_steps; i++) {
        buffer[i].op = shape->steps[i].op;
        for (guint k = 0; k < 3; k++) {
            buffer[i].x[k] = (float)(rect->x_pt + (double)shape->steps[i].x[k] * sx);
            buffer[i].y[k] = (float)(rect->y_pt + (double)shape->steps[i].y[k] * sy);
        }
    }
    style.stroke_width_pt = (float)((double)style.stroke_width_pt * sx);
    for (guint i = 0; i < style.n_dashes; i++)
        style.dashes_pt[i] = (float)((double)style.dashes_pt[i] * sx);
    device->klass->path(device, buffer, shape->n_steps, &style);
}

void sats_svg_paint(const SatsImage *image, SatsDevice *device, const SatsRect *rect) {
    const SatsSvg *svg = image->vector;
    double sx = rect->width_pt / svg->width_pt, sy = rect->height_pt / svg->height_pt;
    gboolean even = fabs(sx - sy) <= 1e-6 * (sx + sy);
    SatsSvgMatrix place = {sx, 0, 0, sy, rect->x_pt, rect->y_pt};
    guint most = 0;
    for (guint i = 0; i < svg->n_shapes; i++)
        most = MAX(most, svg->shapes[i].n_steps);
    SatsPathStep *buffer = g_new(SatsPathStep, most);
    for (guint i = 0; i < svg->n_shapes; i++) {
        const Shape *shape = &svg->shapes[i];
        if (!shape->in_own_space && (even || shape->style.stroke_rgb < 0)) {
            paint_scaled(shape, device, rect, sx, sy, buffer);
            continue;
        }
        SatsSvgMatrix m =
            shape->in_own_space ? sats_svg_matrix_multiply(&shape->matrix, &place) : place;
        device->klass->push_transform(device, (double[]){m.xx, m.yx, m.xy, m.yy, m.x0, m.y0});
        device->klass->path(device, shape->steps, shape->n_steps, &shape->style);
        device->klass->pop_transform(device);
    }
    g_free(buffer);
}
