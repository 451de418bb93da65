/* layout/chart-pen.c: text, lines and shapes of charts, all of them content of the Figure. */
#include "layout/chart-pen.h"

#include <string.h>

#include "layout/path.h"

#define ONE_LINE    100000.0F
#define HATCH_LINES 400u /* most in one rectangle */

float sats_chart_length(const SatsChartPen *pen, const char *name) {
    return sats_context_length_pt(pen->context, name);
}

gint32 sats_chart_colour(const SatsChartPen *pen, const char *name) {
    return (gint32)sats_context_colour(pen->context, name);
}

/* ---- text ---- */

static const SatsTextStyle *chart_style(SatsContext *context, const char *name) {
    return sats_context_role(context, context->page, name);
}

static const SatsTextStyle *style_of(const SatsChartPen *pen, const SatsChartText *look) {
    return chart_style(pen->context, look->style);
}

float sats_chart_size(const SatsChartPen *pen, const SatsChartText *look) {
    return (float)style_of(pen, look)->size_pt;
}

float sats_chart_leading(const SatsChartPen *pen, const SatsChartText *look) {
    return (float)style_of(pen, look)->leading_pt;
}

float sats_chart_middle(const SatsChartPen *pen, float y, const SatsChartText *look) {
    return y + sats_chart_size(pen, look) * 0.33F;
}

/* The text as a block that stands where the figure does, for findings. */
static SatsTextBlock block_of(const SatsChartPen *pen, const char *text, const SatsChartText *look,
                              gboolean hyphenate) {
    SatsArena *arena = pen->context->arena;
    SatsNode *node = sats_arena_new_struct(arena, SatsNode);
    node->kind = SATS_NODE_PARAGRAPH;
    node->place = pen->figure->place;
    node->n_runs = 1;
    node->runs = sats_arena_new_struct(arena, SatsRun);
    node->runs[0] = (SatsRun){.kind = SATS_RUN_TEXT,
                              .flags = (guint16)look->flags,
                              .text = sats_arena_strdup(arena, text),
                              .length = (guint32)strlen(text),
                              .place = pen->figure->place};
    return sats_text_block(pen->context, node, style_of(pen, look),
                           &(SatsTextOptions){.hyphenate = hyphenate});
}

float sats_chart_text_width(const SatsChartPen *pen, const char *text, const SatsChartText *look) {
    if (text == NULL || *text == '\0')
        return 0;
    return sats_text_words(pen->context, text, style_of(pen, look), look->flags).max_width_pt;
}

float sats_chart_least_width(const SatsChartPen *pen, const char *text, const SatsChartText *look) {
    if (text == NULL || *text == '\0')
        return 0;
    return sats_text_words(pen->context, text, style_of(pen, look), look->flags).min_width_pt;
}

static void recolour(const SatsChartPen *pen, SatsLine *line, const char *colour) {
    for (guint i = 0; i < line->n_fragments; i++) {
        SatsSpan *span =
            sats_arena_memdup(pen->context->arena, line->fragments[i].span, sizeof *span);
        span->rgb = (guint32)sats_chart_colour(pen, colour);
        line->fragments[i].span = span;
    }
}

static float left_edge(float x, float width, const SatsChartText *look) {
    return look->anchor == SATS_ANCHOR_CENTER  ? x - width / 2
           : look->anchor == SATS_ANCHOR_RIGHT ? x - width
                                               : x;
}

/* White behind text whose first and last baselines are these. */
static void draw_mask(const SatsChartPen *pen, float x, float width, float first, float last,
                      const SatsChartText *look) {
    float size = sats_chart_size(pen, look);
    SatsChartRect rect = {left_edge(x, width, look) - 1.5F, first - 0.76F * size, width + 3.0F,
                          last - first + size};
    if (look->mask && width > 0)
        sats_chart_rect(pen, &rect, sats_chart_colour(pen, "white"), -1, 0);
}

static void draw_line_of_text(const SatsChartPen *pen, SatsLine *line, float x, float baseline,
                              const SatsChartText *look) {
    x = left_edge(x, line->width_pt, look);
    if (look->colour != NULL)
        recolour(pen, line, look->colour);
    sats_box_line(pen->builder, pen->figure, line, x, baseline);
}

float sats_chart_text(const SatsChartPen *pen, float x, float baseline, const char *text,
                      const SatsChartText *look) {
    if (text == NULL || *text == '\0')
        return 0;
    SatsTextBlock block = block_of(pen, text, look, FALSE);
    SatsLines lines = sats_text_lines(pen->context, &block, ONE_LINE);
    draw_mask(pen, x, lines.lines[0].width_pt, baseline, baseline, look);
    draw_line_of_text(pen, &lines.lines[0], x, baseline, look);
    return lines.lines[0].width_pt;
}

SatsChartParagraph sats_chart_break(const SatsChartPen *pen, const char *text, float width,
                                    const SatsChartText *look) {
    SatsChartParagraph paragraph = {.width = 0};
    if (text == NULL || *text == '\0')
        return paragraph;
    SatsTextBlock block = block_of(pen, text, look, FALSE);
    if (block.min_width_pt > width)
        block = block_of(pen, text, look, TRUE);
    paragraph.lines = sats_text_lines(pen->context, &block, width);
    for (guint i = 0; i < paragraph.lines.n_lines; i++)
        paragraph.width = MAX(paragraph.width, paragraph.lines.lines[i].width_pt);
    return paragraph;
}

void sats_chart_paragraph(const SatsChartPen *pen, float x, float y,
                          const SatsChartParagraph *paragraph, const SatsChartText *look) {
    const SatsLines *lines = &paragraph->lines;
    float first = y + lines->baseline_pt;
    if (lines->n_lines > 0)
        draw_mask(pen, x, paragraph->width, first,
                  first + (float)(lines->n_lines - 1) * lines->leading_pt, look);
    for (guint i = 0; i < lines->n_lines; i++)
        draw_line_of_text(pen, &lines->lines[i], x, first + (float)i * lines->leading_pt, look);
}

/* ---- lines and shapes ---- */

void sats_chart_path(const SatsChartPen *pen, const SatsPathStep *steps, guint n,
                     const SatsPathItem *look) {
    sats_path_item(pen->builder, pen->figure, 0, -1, steps, n, look);
}

static SatsPathStep step(SatsPathOp op, float x, float y) {
    return (SatsPathStep){.op = (guint8)op, .x = {x}, .y = {y}};
}

void sats_chart_dashed(const SatsChartPen *pen, float x1, float y1, float x2, float y2, float width,
                       float on, float off, gint32 rgb) {
    SatsPathStep steps[] = {step(SATS_PATH_MOVE, x1, y1), step(SATS_PATH_LINE, x2, y2)};
    sats_chart_path(pen, steps, 2,
                    &(SatsPathItem){.fill_rgb = -1,
                                    .stroke_rgb = rgb,
                                    .stroke_pt = width,
                                    .dash_on_pt = on,
                                    .dash_off_pt = off});
}

void sats_chart_line(const SatsChartPen *pen, float x1, float y1, float x2, float y2, float width,
                     gint32 rgb) {
    sats_chart_dashed(pen, x1, y1, x2, y2, width, 0, 0, rgb);
}

void sats_chart_rect(const SatsChartPen *pen, const SatsChartRect *rect, gint32 fill, gint32 stroke,
                     float stroke_width) {
    float inset = stroke >= 0 ? stroke_width / 2 : 0;
    float x = rect->x + inset;
    float y = rect->y + inset;
    float x2 = rect->x + MAX(rect->width - inset, inset);
    float y2 = rect->y + MAX(rect->height - inset, inset);
    SatsPathStep steps[] = {step(SATS_PATH_MOVE, x, y), step(SATS_PATH_LINE, x2, y),
                            step(SATS_PATH_LINE, x2, y2), step(SATS_PATH_LINE, x, y2),
                            step(SATS_PATH_CLOSE, 0, 0)};
    sats_chart_path(
        pen, steps, 5,
        &(SatsPathItem){.fill_rgb = fill, .stroke_rgb = stroke, .stroke_pt = stroke_width});
}

void sats_chart_hatch(const SatsChartPen *pen, const SatsChartRect *rect, gboolean rising,
                      float gap, float width, gint32 rgb) {
    SatsPathStep steps[2 * HATCH_LINES];
    guint n = 0;
    float w = rect->width, h = rect->height;
    if (w <= 0 || h <= 0)
        return;
    gap = MAX(gap, (w + h) / (float)HATCH_LINES);
    for (float at = gap; at < w + h && n + 2 <= 2 * HATCH_LINES; at += gap) {
        float x1 = MAX(0, at - h), y1 = MIN(at, h); /* on the left or lower edge */
        float x2 = MIN(at, w), y2 = MAX(0, at - w); /* on the upper or right edge */
        if (!rising) {
            y1 = h - y1;
            y2 = h - y2;
        }
        steps[n++] = step(SATS_PATH_MOVE, rect->x + x1, rect->y + y1);
        steps[n++] = step(SATS_PATH_LINE, rect->x + x2, rect->y + y2);
    }
    if (n > 0)
        sats_chart_path(pen, steps, n,
                        &(SatsPathItem){.fill_rgb = -1, .stroke_rgb = rgb, .stroke_pt = width});
}

void sats_chart_disc(const SatsChartPen *pen, float x, float y, float radius, gint32 fill,
                     gint32 stroke, float stroke_width) {
    SatsPathStep steps[6];
    guint n = sats_path_circle(steps, x, y, radius);
    sats_chart_path(
        pen, steps, n,
        &(SatsPathItem){.fill_rgb = fill, .stroke_rgb = stroke, .stroke_pt = stroke_width});
}

void sats_chart_pill(const SatsChartPen *pen, const SatsChartRect *rect, float radius,
                     gint32 fill) {
    SatsFillItem look = {.width_pt = rect->width,
                         .height_pt = rect->height,
                         .radius_pt = MIN(radius, MIN(rect->width, rect->height) / 2),
                         .fill_rgb = fill,
                         .stroke_rgb = -1};
    SatsItem item = {.kind = SATS_ITEM_FILL,
                     .artifact = SATS_ITEM_CONTENT,
                     .x = rect->x,
                     .y = rect->y,
                     .owner = pen->figure};
    item.as.fill = sats_arena_memdup(pen->context->arena, &look, sizeof look);
    sats_box_item(pen->builder, &item);
}

void sats_chart_status_mark(const SatsChartPen *pen, float x, float middle, int value) {
    SatsMark *mark = sats_arena_new_struct(pen->context->arena, SatsMark);
    mark->kind = SATS_MARK_STATUS;
    mark->value = value;
    SatsRun *run = sats_arena_new_struct(pen->context->arena, SatsRun);
    run->kind = SATS_RUN_MARK;
    run->mark = mark;
    run->text = "";
    const SatsTextStyle *style = chart_style(pen->context, "status");
    /* The mark stands in the middle of the line's digits. */
    sats_mark_draw(pen->context, pen->builder, pen->figure, run, style, x,
                   middle + (float)style->size_pt * 0.33F, -1);
}
