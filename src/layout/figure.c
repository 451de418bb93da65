/* layout/figure.c: pictures and charts with their captions. */
#include "layout/chart.h"
#include "layout/context.h"
#include "layout/text-block.h"

static float length(const SatsContext *context, const char *name)
{
    return (float)sats_theme_length_pt(context->theme, name);
}

/* A picture as wide as asked for, or its natural width, but never wider than the measure or taller
 * than most of a page. */
static const SatsBox *image_box(SatsContext *context, const SatsNode *figure, float measure_width)
{
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
    const SatsBox *box = sats_box_finish(&builder, item.as.image->width_pt, item.as.image->height_pt);
    sats_box_builder_clear(&builder);
    return box;
}

static void set_caption(SatsContext *context, const SatsNode *caption, const SatsMeasure *measure, SatsGalley *galley)
{
    SatsMeasure wide = *measure;
    wide.x_pt = measure->table_x_pt;
    wide.width_pt = measure->table_width_pt;
    sats_galley_break(galley, SATS_PENALTY_FORBIDDEN, NULL);
    sats_galley_space(galley, length(context, "caption.gap"));
    sats_paragraph_set(context, caption, sats_context_style(context, caption, "caption-below"), &wide, galley);
}

void sats_figure_set(SatsContext *context, const SatsNode *figure, const SatsMeasure *measure, SatsGalley *galley)
{
    const SatsBox *box = NULL;
    if (figure->as.figure->image != NULL) {
        box = image_box(context, figure, measure->table_width_pt);
    } else if (figure->as.figure->data != NULL) {
        box = sats_chart_box(context, figure, measure->table_width_pt);
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, length(context, "figure.above"));
    if (box != NULL) {
        sats_galley_box(galley, box, measure->table_x_pt, NULL);
    }
    for (const SatsNode *child = figure->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_CAPTION && box != NULL) {
            set_caption(context, child, measure, galley);
        } else if (!sats_node_is_inline(child) && child->kind != SATS_NODE_CAPTION) {
            sats_block_set(context, child, measure, galley);
        }
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, length(context, "figure.below"));
}
