/* layout/figure.c: pictures and charts with their captions. */
#include "layout/chart.h"
#include "layout/context.h"
#include "layout/text-block.h"

/* A picture as wide as asked for, or its natural width, but never wider than the measure or taller
 * than most of a page. */
static const SatsBox *image_box(SatsContext *context, const SatsNode *figure, float measure_width) {
    const SatsImage *image = figure->as.figure->image;
    const SatsPageKind *page = context->page;
    double wanted = figure->as.figure->width_pt > 0 ? figure->as.figure->width_pt : image->width_pt;
    double tallest = (page->height_pt - page->top_pt - page->bottom_pt) * 0.85;
    double scale = wanted / image->width_pt;
    scale = MIN(scale, (double)measure_width / image->width_pt);
    scale = MIN(scale, tallest / image->height_pt);
    SatsItem item = {.kind = SATS_ITEM_IMAGE, .artifact = SATS_ITEM_CONTENT, .owner = figure};
    item.as.image = sats_arena_alloc(context->arena, sizeof *item.as.image);
    item.as.image->image = image;
    item.as.image->width_pt = (float)(image->width_pt * scale);
    item.as.image->height_pt = (float)(image->height_pt * scale);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    sats_box_item(&builder, &item);
    const SatsBox *box =
        sats_box_finish(&builder, item.as.image->width_pt, item.as.image->height_pt);
    sats_box_builder_clear(&builder);
    return box;
}

/* Runs at a caption's start that are its number: "Figur 2 ". */
static guint number_runs(const SatsNode *figure, const SatsNode *caption) {
    return figure->as.figure->number != NULL && caption->n_runs > 1 ? 1 : 0;
}

/* The number, a gap, and the text hanging after it. */
static void set_caption(SatsContext *context, const SatsNode *figure, const SatsNode *caption,
                        const SatsMeasure *measure, SatsGalley *galley) {
    const SatsTextStyle *style = sats_context_style(context, caption, "caption-below");
    guint n_number = number_runs(figure, caption);
    SatsTextBlock number = sats_text_block_range(context, caption, 0, n_number, style, NULL);
    SatsTextBlock text =
        sats_text_block_range(context, caption, n_number, caption->n_runs - n_number, style, NULL);
    float hang = n_number > 0
                     ? number.max_width_pt + sats_context_length_pt(context, "caption.label-gap")
                     : 0;
    SatsLines lines = sats_text_lines(context, &text, measure->table_width_pt - hang);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    for (guint i = 0; i < lines.n_lines; i++) {
        if (i == 0 && n_number > 0) {
            SatsLines label = sats_text_lines(context, &number, number.max_width_pt + 1);
            sats_line_draw(context, &builder, caption, label.lines, style, 0, lines.baseline_pt,
                           -1);
        }
        sats_line_draw(context, &builder, caption, &lines.lines[i], style, hang, lines.baseline_pt,
                       -1);
        const SatsBox *box = sats_box_finish(&builder, measure->table_width_pt, lines.leading_pt);
        sats_galley_box(galley, box, measure->table_x_pt,
                        sats_line_notes(context, &lines.lines[i]));
        if (i + 1 < lines.n_lines) {
            sats_galley_break(galley, SATS_PENALTY_FORBIDDEN, NULL);
        }
    }
    sats_box_builder_clear(&builder);
}

void sats_figure_set(SatsContext *context, const SatsNode *figure, const SatsMeasure *measure,
                     SatsGalley *galley) {
    const SatsBox *box = NULL;
    if (figure->as.figure->image != NULL) {
        box = image_box(context, figure, measure->table_width_pt);
    } else if (figure->as.figure->data != NULL) {
        box = sats_chart_box(context, figure, measure->table_width_pt);
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, sats_context_length_pt(context, "figure.above"));
    if (box != NULL) {
        sats_galley_box(galley, box, measure->table_x_pt, NULL);
    }
    for (const SatsNode *child = figure->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_CAPTION && box != NULL) {
            sats_galley_break(galley, SATS_PENALTY_FORBIDDEN, NULL);
            sats_galley_space(galley, sats_context_length_pt(context, "caption.gap"));
            set_caption(context, figure, child, measure, galley);
        } else if (!sats_node_is_inline(child) && child->kind != SATS_NODE_CAPTION) {
            sats_block_set(context, child, measure, galley);
        }
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, sats_context_length_pt(context, "figure.below"));
}
