/* content.c: graphics of a page's content stream: state, paths, images, transforms. */
#include "pdf/content.h"

#include <math.h>

static const SatsGraphics UNSET = {
    .fill = 0,
    .stroke = 0,
    .font = -1,
    .size_pt = 0,
    .rise_pt = 0,
    .line_width_pt = 1,
    .round = 0,
};

void sats_content_init(SatsContent *content, gboolean hexadecimal) {
    *content = (SatsContent){.hexadecimal = hexadecimal};
    content->saved = g_array_new(FALSE, FALSE, sizeof(SatsGraphics));
    content->matrices = g_array_new(FALSE, FALSE, sizeof(double[6]));
}

void sats_content_clear(SatsContent *content) {
    sats_out_clear(&content->out);
    if (content->saved != NULL)
        g_array_unref(content->saved);
    if (content->matrices != NULL)
        g_array_unref(content->matrices);
    *content = (SatsContent){0};
}

void sats_content_begin(SatsContent *content, double height_pt) {
    static const double IDENTITY[6] = {1, 0, 0, 1, 0, 0};
    content->out.length = 0;
    content->height_pt = height_pt;
    content->state = UNSET; /* the initial graphics state: black, solid, 1 point (8.4.1) */
    g_array_set_size(content->saved, 0);
    g_array_set_size(content->matrices, 0);
    memcpy(content->matrix, IDENTITY, sizeof IDENTITY);
    content->pending = SATS_PAINT_NONE;
    content->in_text = content->show_open = content->no_spans = FALSE;
}

static void flush_path(SatsContent *content) {
    if (content->pending == SATS_PAINT_FILL)
        sats_out_literal(&content->out, "f\n");
    else if (content->pending == SATS_PAINT_STROKE)
        sats_out_literal(&content->out, "S\n");
    content->pending = SATS_PAINT_NONE;
}

void sats_content_settle(SatsContent *content) {
    flush_path(content);
    sats_content_end_text(content);
}

/* ---- state ---- */

/* Greys need one component: DeviceGray is as device independent as DeviceRGB where the output
 * intent is sRGB (ISO 19005-3, 6.2.4.3). */
static void put_colour(SatsOut *out, gint32 rgb, const char *grey_op, const char *rgb_op) {
    int red = rgb >> 16 & 255, green = rgb >> 8 & 255, blue = rgb & 255;
    sats_out_real(out, red / 255.0, 4);
    if (red != green || green != blue) {
        sats_out_byte(out, ' ');
        sats_out_real(out, green / 255.0, 4);
        sats_out_byte(out, ' ');
        sats_out_real(out, blue / 255.0, 4);
        sats_out_string(out, rgb_op);
    } else {
        sats_out_string(out, grey_op);
    }
}

void sats_content_fill(SatsContent *content, gint32 rgb) {
    if (content->state.fill == rgb)
        return;
    content->state.fill = rgb;
    put_colour(&content->out, rgb, " g\n", " rg\n");
}

static gboolean same_dashes(const SatsGraphics *state, const SatsPathStyle *style) {
    if (state->n_dashes != style->n_dashes)
        return FALSE;
    for (int i = 0; i < style->n_dashes; i++)
        if (fabsf(state->dashes_pt[i] - style->dashes_pt[i]) > 0.001f)
            return FALSE;
    return TRUE;
}

static gboolean same_stroke(const SatsGraphics *state, const SatsPathStyle *style) {
    return state->stroke == style->stroke_rgb && (state->round != 0) == (style->round != 0) &&
           fabsf(state->line_width_pt - style->stroke_width_pt) < 0.0005f &&
           same_dashes(state, style);
}

static void set_stroke(SatsContent *content, const SatsPathStyle *style) {
    SatsGraphics *state = &content->state;
    SatsOut *out = &content->out;
    if (state->stroke != style->stroke_rgb) {
        state->stroke = style->stroke_rgb;
        put_colour(out, style->stroke_rgb, " G\n", " RG\n");
    }
    if (fabsf(state->line_width_pt - style->stroke_width_pt) >= 0.0005f) {
        state->line_width_pt = style->stroke_width_pt;
        sats_out_real(out, (double)style->stroke_width_pt, 3);
        sats_out_literal(out, " w\n");
    }
    if ((state->round != 0) != (style->round != 0)) {
        state->round = style->round != 0;
        sats_out_string(out, style->round ? "1 J 1 j\n" : "0 J 0 j\n");
    }
    if (!same_dashes(state, style)) {
        state->n_dashes = style->n_dashes;
        sats_out_byte(out, '[');
        for (int i = 0; i < style->n_dashes; i++) {
            state->dashes_pt[i] = style->dashes_pt[i];
            if (i > 0)
                sats_out_byte(out, ' ');
            sats_out_real(out, (double)style->dashes_pt[i], 3);
        }
        sats_out_literal(out, "]0 d\n");
    }
}

/* ---- paths ---- */

static void put_point(SatsContent *content, double x, double y) {
    SatsOut *out = &content->out;
    sats_out_hundredths(out, sats_out_round(x));
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, sats_out_round(content->height_pt - y));
    sats_out_byte(out, ' ');
}

static gboolean equal(float a, float b) {
    return fabsf(a - b) < 0.0005f;
}

/* MOVE, three LINEs and a CLOSE (or a LINE back) along the axes. */
static gboolean is_rectangle(const SatsPathStep *s, guint n) {
    if (n == 6 && s[5].op == SATS_PATH_CLOSE && equal(s[4].x[0], s[0].x[0]) &&
        equal(s[4].y[0], s[0].y[0]))
        n = 5;
    if (n != 5 || s[0].op != SATS_PATH_MOVE || s[1].op != SATS_PATH_LINE ||
        s[2].op != SATS_PATH_LINE || s[3].op != SATS_PATH_LINE)
        return FALSE;
    if (s[4].op == SATS_PATH_LINE ? !equal(s[4].x[0], s[0].x[0]) || !equal(s[4].y[0], s[0].y[0])
                                  : s[4].op != SATS_PATH_CLOSE)
        return FALSE;
    gboolean flat = equal(s[0].y[0], s[1].y[0]) && equal(s[1].x[0], s[2].x[0]) &&
                    equal(s[2].y[0], s[3].y[0]) && equal(s[3].x[0], s[0].x[0]);
    gboolean steep = equal(s[0].x[0], s[1].x[0]) && equal(s[1].y[0], s[2].y[0]) &&
                     equal(s[2].x[0], s[3].x[0]) && equal(s[3].y[0], s[0].y[0]);
    return flat || steep;
}

/* All rectangles wind the same way, so that overlapping ones can share a fill. Edges, not sizes,
 * are rounded: neighbours stay neighbours. */
static void put_rectangle(SatsContent *content, const SatsPathStep *s) {
    double left = (double)fminf(s[0].x[0], s[2].x[0]), right = (double)fmaxf(s[0].x[0], s[2].x[0]);
    double top = (double)fminf(s[0].y[0], s[2].y[0]), bottom = (double)fmaxf(s[0].y[0], s[2].y[0]);
    gint64 x0 = sats_out_round(left), x1 = sats_out_round(right);
    gint64 y0 = sats_out_round(content->height_pt - bottom);
    gint64 y1 = sats_out_round(content->height_pt - top);
    SatsOut *out = &content->out;
    sats_out_hundredths(out, x0);
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, y0);
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, x1 - x0);
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, y1 - y0);
    sats_out_literal(out, " re\n");
}

static void put_steps(SatsContent *content, const SatsPathStep *steps, guint n_steps) {
    SatsOut *out = &content->out;
    for (guint i = 0; i < n_steps; i++) {
        const SatsPathStep *s = &steps[i];
        switch ((SatsPathOp)s->op) {
        case SATS_PATH_MOVE:
        case SATS_PATH_LINE:
            put_point(content, (double)s->x[0], (double)s->y[0]);
            sats_out_string(out, s->op == SATS_PATH_MOVE ? "m\n" : "l\n");
            break;
        case SATS_PATH_CURVE:
            for (int p = 0; p < 3; p++)
                put_point(content, (double)s->x[p], (double)s->y[p]);
            sats_out_literal(out, "c\n");
            break;
        case SATS_PATH_CLOSE:
            sats_out_literal(out, "h\n");
            break;
        }
    }
}

void sats_content_path(SatsContent *content, const SatsPathStep *steps, guint n_steps,
                       const SatsPathStyle *style) {
    gboolean fill = style->fill_rgb >= 0, stroke = style->stroke_rgb >= 0;
    if (n_steps == 0 || (!fill && !stroke))
        return;
    sats_content_end_text(content);
    gboolean rectangle = is_rectangle(steps, n_steps);
    SatsPendingPaint pending = SATS_PAINT_NONE;
    if (fill && !stroke && rectangle && !style->even_odd)
        pending = SATS_PAINT_FILL;
    else if (stroke && !fill)
        pending = SATS_PAINT_STROKE;
    if (content->pending != pending ||
        (pending == SATS_PAINT_FILL && content->state.fill != style->fill_rgb) ||
        (pending == SATS_PAINT_STROKE && !same_stroke(&content->state, style)))
        flush_path(content);
    if (fill)
        sats_content_fill(content, style->fill_rgb);
    if (stroke)
        set_stroke(content, style);
    if (rectangle)
        put_rectangle(content, steps);
    else
        put_steps(content, steps, n_steps);
    content->pending = pending;
    if (pending == SATS_PAINT_NONE) {
        const char *op = !stroke           ? (style->even_odd ? "f*\n" : "f\n")
                         : style->even_odd ? "B*\n"
                                           : "B\n";
        sats_out_string(&content->out, op);
    }
}

/* ---- images and transforms ---- */

void sats_content_image(SatsContent *content, guint32 index, const SatsRect *rect) {
    sats_content_settle(content);
    SatsOut *out = &content->out;
    sats_out_literal(out, "q ");
    sats_out_hundredths(out, sats_out_round(rect->width_pt));
    sats_out_literal(out, " 0 0 ");
    sats_out_hundredths(out, sats_out_round(rect->height_pt));
    sats_out_byte(out, ' ');
    put_point(content, rect->x_pt, rect->y_pt + rect->height_pt);
    sats_out_literal(out, "cm /I");
    sats_out_int(out, index);
    sats_out_literal(out, " Do Q\n");
}

/* With y up a matrix of y down is F·M·F, F = [1 0 0 -1 0 height]. */
void sats_content_push(SatsContent *content, const double matrix[6]) {
    sats_content_settle(content);
    g_array_append_val(content->saved, content->state);
    g_array_append_vals(content->matrices, content->matrix, 1);
    double h = content->height_pt;
    double flipped[6] = {matrix[0],
                         -matrix[1],
                         -matrix[2],
                         matrix[3],
                         matrix[4] + matrix[2] * h,
                         h - matrix[3] * h - matrix[5]};
    SatsOut *out = &content->out;
    sats_out_literal(out, "q ");
    for (int i = 0; i < 6; i++) {
        sats_out_real(out, flipped[i], i < 4 ? 6 : 3);
        sats_out_byte(out, ' ');
    }
    sats_out_literal(out, "cm\n");
    const double *m = matrix;
    double c[6];
    memcpy(c, content->matrix, sizeof c);
    content->matrix[0] = m[0] * c[0] + m[1] * c[2];
    content->matrix[1] = m[0] * c[1] + m[1] * c[3];
    content->matrix[2] = m[2] * c[0] + m[3] * c[2];
    content->matrix[3] = m[2] * c[1] + m[3] * c[3];
    content->matrix[4] = m[4] * c[0] + m[5] * c[2] + c[4];
    content->matrix[5] = m[4] * c[1] + m[5] * c[3] + c[5];
}

void sats_content_pop(SatsContent *content) {
    g_assert(content->saved->len > 0);
    sats_content_settle(content);
    guint last = content->saved->len - 1;
    content->state = g_array_index(content->saved, SatsGraphics, last);
    memcpy(content->matrix, content->matrices->data + last * sizeof content->matrix,
           sizeof content->matrix);
    g_array_set_size(content->saved, last);
    g_array_set_size(content->matrices, last);
    sats_out_literal(&content->out, "Q\n");
}

void sats_content_box(const SatsContent *content, double x0, double y0, double x1, double y1,
                      double box[4]) {
    const double *m = content->matrix;
    const double xs[2] = {x0, x1}, ys[2] = {y0, y1};
    for (int i = 0; i < 4; i++) {
        double x = xs[i & 1], y = ys[i >> 1];
        double px = m[0] * x + m[2] * y + m[4];
        double py = content->height_pt - (m[1] * x + m[3] * y + m[5]);
        box[0] = i == 0 ? px : fmin(box[0], px);
        box[1] = i == 0 ? py : fmin(box[1], py);
        box[2] = i == 0 ? px : fmax(box[2], px);
        box[3] = i == 0 ? py : fmax(box[3], py);
    }
}
