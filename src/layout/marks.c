/* layout/marks.c: small drawings in a line of text: status lights, crosses, arrows, chips, bars.
 *
 * Colour never stands alone: each status has a shape of its own, a chip has its number and word. A
 * mark is content of the run's element; what it reads as is that element's alternative text. The
 * text in a chip is real text, and a mark whose words stand beside it is an artifact.
 */
#include <string.h>

#include "layout/context.h"
#include "layout/path.h"

/* Room before the word: none where there is no number. */
static float number_width(const SatsContext *context, const SatsMark *mark) {
    return mark->number == NULL || *mark->number == '\0'
               ? 0
               : sats_context_length_pt(context, "chip.value-width");
}

/* What a chip's number and word need. */
static float chip_width(SatsContext *context, const SatsMark *mark) {
    const char *word = mark->label != NULL ? mark->label : "";
    SatsTextBlock block =
        sats_text_words(context, word, sats_context_style(context, NULL, "chip"), 0);
    return 2 * sats_context_length_pt(context, "chip.pad-side") + number_width(context, mark) +
           block.max_width_pt;
}

void sats_mark_size(SatsContext *context, const SatsMark *mark, const SatsTextStyle *style,
                    float *out_width_pt, float *out_height_pt, float *out_depth_pt) {
    float cap = (float)style->size_pt * 0.66F;
    *out_height_pt = cap;
    *out_depth_pt = 0;
    switch (mark->kind) {
    case SATS_MARK_STATUS:
        *out_width_pt = sats_context_length_pt(context, "status.size");
        break;
    case SATS_MARK_CROSS:
        *out_width_pt = sats_context_length_pt(context, "mark.size");
        break;
    case SATS_MARK_TREND:
        *out_width_pt = sats_context_length_pt(context, "mark.size") * 1.2F;
        break;
    case SATS_MARK_CHECKBOX:
        *out_width_pt = sats_context_length_pt(context, "mark.box");
        break;
    case SATS_MARK_BAR:
        *out_width_pt = sats_context_length_pt(context, "mark.bar-width");
        break;
    case SATS_MARK_CHIP:
        *out_width_pt =
            MAX(sats_context_length_pt(context, "chip.width"), chip_width(context, mark));
        *out_height_pt =
            (float)style->size_pt * 0.75F + sats_context_length_pt(context, "chip.above");
        *out_depth_pt =
            (float)style->size_pt * 0.2F + sats_context_length_pt(context, "chip.below");
        break;
    }
}

/* ---- shapes ---- */

typedef struct {
    SatsContext *context;
    SatsBoxBuilder *builder;
    const SatsNode *owner;
    guint order;
    int artifact;
} Pen;

static void draw_path(const Pen *pen, const SatsPathStep *steps, guint n, gint32 fill,
                      gint32 stroke, float width) {
    sats_path_item(pen->builder, pen->owner, pen->order, pen->artifact, steps, n,
                   &(SatsPathItem){.fill_rgb = fill, .stroke_rgb = stroke, .stroke_pt = width});
}

static void draw_polygon(const Pen *pen, const float *points, guint n_points, gint32 fill) {
    SatsPathStep steps[8];
    draw_path(pen, steps, sats_path_polygon(steps, points, n_points), fill, -1, 0);
}

static void draw_disc(const Pen *pen, float x, float y, float radius, gint32 fill, gint32 stroke,
                      float width) {
    SatsPathStep steps[6];
    draw_path(pen, steps, sats_path_circle(steps, x, y, radius), fill, stroke, width);
}

/* Circle ok, triangle deviation, square serious, diamond ended, ring not begun. */
static void draw_status(const Pen *pen, int value, float x, float middle, float size) {
    static const char *const COLOURS[] = {"status-ok", "status-deviation", "status-serious",
                                          "status-ended", "status-not-begun"};
    int which = CLAMP(value, 0, 4);
    gint32 rgb = (gint32)sats_context_colour(pen->context, COLOURS[which]);
    float half = size / 2;
    if (which == 1) {
        float points[] = {x + half, middle - half,        x + size, middle + half * 0.86F,
                          x,        middle + half * 0.86F};
        draw_polygon(pen, points, 3, rgb);
    } else if (which == 2) {
        float inset = size * 0.06F;
        float points[] = {
            x + inset,        middle - half + inset, x + size - inset, middle - half + inset,
            x + size - inset, middle + half - inset, x + inset,        middle + half - inset};
        draw_polygon(pen, points, 4, rgb);
    } else if (which == 3) {
        float points[] = {x + half, middle - half, x + size, middle,
                          x + half, middle + half, x,        middle};
        draw_polygon(pen, points, 4, rgb);
    } else if (which == 4) {
        float ring = sats_context_length_pt(pen->context, "status.ring");
        draw_disc(pen, x + half, middle, half - ring / 2, -1, rgb, ring);
    } else {
        draw_disc(pen, x + half, middle, half, rgb, -1, 0);
    }
}

static void draw_cross(const Pen *pen, float x, float middle, float size) {
    float half = size / 2;
    SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {x}, .y = {middle - half}},
                            {.op = SATS_PATH_LINE, .x = {x + size}, .y = {middle + half}},
                            {.op = SATS_PATH_MOVE, .x = {x + size}, .y = {middle - half}},
                            {.op = SATS_PATH_LINE, .x = {x}, .y = {middle + half}}};
    draw_path(pen, steps, 4, -1, (gint32)sats_context_colour(pen->context, "ink"),
              sats_context_length_pt(pen->context, "mark.line") * 1.2F);
}

/* An arrow to the right, turned up or down by its slope. */
static void draw_trend(const Pen *pen, double value, float x, float middle, float size) {
    float half = size / 2;
    float dy = value > 0 ? -half : value < 0 ? half : 0;
    float x2 = x + size;
    float y1 = middle - dy * 0.8F;
    float y2 = middle + dy * 0.8F;
    float head = size * 0.36F;
    SatsPathStep steps[] = {
        {.op = SATS_PATH_MOVE, .x = {x}, .y = {y1}},
        {.op = SATS_PATH_LINE, .x = {x2}, .y = {y2}},
        {.op = SATS_PATH_MOVE, .x = {x2 - head}, .y = {y2 - (dy == 0 ? head * 0.8F : 0)}},
        {.op = SATS_PATH_LINE, .x = {x2}, .y = {y2}},
        {.op = SATS_PATH_LINE,
         .x = {dy == 0 ? x2 - head : x2},
         .y = {y2 + (dy == 0  ? head * 0.8F
                     : dy < 0 ? head
                              : -head)}}};
    draw_path(pen, steps, 5, -1, (gint32)sats_context_colour(pen->context, "ink"),
              sats_context_length_pt(pen->context, "mark.line"));
}

static void draw_box(const Pen *pen, float x, float middle, float size) {
    float half = size / 2;
    SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {x}, .y = {middle - half}},
                            {.op = SATS_PATH_LINE, .x = {x + size}, .y = {middle - half}},
                            {.op = SATS_PATH_LINE, .x = {x + size}, .y = {middle + half}},
                            {.op = SATS_PATH_LINE, .x = {x}, .y = {middle + half}},
                            {.op = SATS_PATH_CLOSE}};
    draw_path(pen, steps, 5, -1, (gint32)sats_context_colour(pen->context, "ink"), 0.6F);
}

static void draw_bar(const Pen *pen, const SatsMark *mark, float x, float middle) {
    float width = sats_context_length_pt(pen->context, "mark.bar-width");
    float half = sats_context_length_pt(pen->context, "mark.bar-height") / 2;
    double limit = mark->limit > 0 ? mark->limit : 100;
    float part = width * (float)CLAMP(mark->value / limit, 0, 1);
    float whole[] = {x,         middle - half, x + width, middle - half,
                     x + width, middle + half, x,         middle + half};
    float done[] = {x,        middle - half, x + part, middle - half,
                    x + part, middle + half, x,        middle + half};
    draw_polygon(pen, whole, 4, (gint32)sats_context_colour(pen->context, "planned"));
    if (part > 0) /* else a viewer would draw its edge */
        draw_polygon(pen, done, 4, (gint32)sats_context_colour(pen->context, "accent"));
}

static void draw_chip_text(const Pen *pen, const SatsRun *run, const char *text,
                           const char *style_name, guint32 rgb, float x, float baseline) {
    if (text == NULL || *text == '\0') {
        return;
    }
    SatsTextStyle *style = sats_arena_memdup(
        pen->context->arena, sats_context_style(pen->context, NULL, style_name), sizeof *style);
    style->rgb = rgb;
    style->strong_rgb = rgb;
    SatsTextBlock block = sats_text_words(pen->context, text, style, 0);
    SatsLines lines = sats_text_lines(pen->context, &block, 1000);
    SatsLine *line = lines.lines;
    for (guint i = 0; i < line->n_fragments; i++) {
        SatsSpan *span =
            sats_arena_memdup(pen->context->arena, line->fragments[i].span, sizeof *span);
        span->tag = run; /* the text belongs to the mark's element */
        line->fragments[i].span = span;
    }
    sats_box_artifact_line(pen->builder, pen->artifact, pen->owner, line, x, baseline);
}

static void draw_chip(const Pen *pen, const SatsRun *run, const SatsTextStyle *style, float x,
                      float baseline) {
    static const char *const FILLS[] = {"risk-low", "risk-medium", "risk-high", "risk-very-high"};
    static const char *const TEXTS[] = {"risk-low-text", "risk-medium-text", "risk-high-text",
                                        "risk-very-high-text"};
    int which = CLAMP((int)run->mark->value, 0, 3);
    float width = 0;
    float height = 0;
    float depth = 0;
    sats_mark_size(pen->context, run->mark, style, &width, &height, &depth);
    SatsFillItem fill = {.width_pt = width,
                         .height_pt = height + depth,
                         .radius_pt = sats_context_length_pt(pen->context, "chip.radius"),
                         .fill_rgb = (gint32)sats_context_colour(pen->context, FILLS[which]),
                         .stroke_rgb = -1};
    SatsItem item = {
        .kind = SATS_ITEM_FILL, .artifact = SATS_ARTIFACT_LAYOUT, .x = x, .y = baseline - height};
    item.as.fill = sats_arena_memdup(pen->context->arena, &fill, sizeof fill);
    sats_box_item(pen->builder, &item);
    float side = sats_context_length_pt(pen->context, "chip.pad-side");
    guint32 rgb = sats_context_colour(pen->context, TEXTS[which]);
    draw_chip_text(pen, run, run->mark->number, "chip-value", rgb, x + side, baseline);
    draw_chip_text(pen, run, run->mark->label, "chip", rgb,
                   x + side + number_width(pen->context, run->mark), baseline);
}

void sats_mark_draw(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *owner,
                    const SatsRun *run, const SatsTextStyle *style, float x, float baseline_y,
                    int artifact) {
    const SatsNode *element = run->owner != NULL ? run->owner : owner;
    guint order = owner != NULL && run >= owner->runs && run < owner->runs + owner->n_runs
                      ? (guint)(run - owner->runs)
                      : 0;
    if (run->mark->decorative) {
        artifact = SATS_ARTIFACT_LAYOUT;
    }
    Pen pen = {.context = context,
               .builder = builder,
               .owner = element,
               .order = order,
               .artifact = artifact};
    float middle = baseline_y - (float)style->size_pt * 0.33F;
    float size = sats_context_length_pt(context, "mark.size");
    switch (run->mark->kind) {
    case SATS_MARK_STATUS:
        draw_status(&pen, (int)run->mark->value, x, middle,
                    sats_context_length_pt(context, "status.size"));
        break;
    case SATS_MARK_CROSS:
        draw_cross(&pen, x, middle, size);
        break;
    case SATS_MARK_TREND:
        draw_trend(&pen, run->mark->value, x, middle, size * 1.2F);
        break;
    case SATS_MARK_CHECKBOX:
        draw_box(&pen, x, middle, sats_context_length_pt(context, "mark.box"));
        break;
    case SATS_MARK_BAR:
        draw_bar(&pen, run->mark, x, middle);
        break;
    case SATS_MARK_CHIP:
        draw_chip(&pen, run, style, x, baseline_y);
        break;
    }
}
