/* layout/chart.c: a figure drawn from data: its title, and the drawing of its kind. */
#include "layout/chart.h"

#include "layout/chart-kinds.h"

static const SatsChartText title_look = {.style = "chart-title"};
static const SatsChartText subtitle_look = {.style = "chart-subtitle"};

/* A rule, the finding, and what is measured. Returns the lower edge; 0 when there is neither. */
static float draw_title(const SatsChartPen *pen) {
    const SatsFigureData *data = pen->data;
    if (data->title == NULL && data->subtitle == NULL)
        return 0;
    float rule = sats_chart_length(pen, "chart.rule");
    float y = rule + 3.5F;
    sats_chart_line(pen, 0, rule / 2, pen->width_pt, rule / 2, rule, sats_chart_colour(pen, "ink"));
    SatsChartParagraph title = sats_chart_break(pen, data->title, pen->width_pt, &title_look);
    sats_chart_paragraph(pen, 0, y, &title, &title_look);
    y += title.lines.height_pt;
    SatsChartParagraph subtitle =
        sats_chart_break(pen, data->subtitle, pen->width_pt, &subtitle_look);
    sats_chart_paragraph(pen, 0, y, &subtitle, &subtitle_look);
    return y + subtitle.lines.height_pt + 5.0F;
}

static float draw(const SatsChartPen *pen, float y) {
    switch (pen->data->kind) {
    case SATS_CHART_BAR:
        if (pen->data->as.axes.horizontal)
            return sats_chart_draw_rows(pen, y);
        return sats_chart_draw_upright(pen, y);
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        return sats_chart_draw_upright(pen, y);
    case SATS_CHART_GANTT:
        return sats_chart_draw_gantt(pen, y);
    case SATS_CHART_ORGANISATION:
        return sats_chart_draw_organisation(pen, y);
    case SATS_CHART_HEATMAP:
        return sats_chart_draw_heatmap(pen, y);
    case SATS_CHART_STATUS:
    default:
        return sats_chart_draw_status(pen, y);
    }
}

const SatsBox *sats_chart_box(SatsContext *context, const SatsNode *figure, float width_pt) {
    const SatsFigure *particulars = figure->as.figure;
    if (particulars->width_pt > 0)
        width_pt = MIN(width_pt, (float)particulars->width_pt);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    SatsChartPen pen = {.context = context,
                        .builder = &builder,
                        .figure = figure,
                        .data = particulars->data,
                        .width_pt = width_pt};
    float y = draw(&pen, draw_title(&pen));
    const SatsBox *box = sats_box_finish(&builder, width_pt, y);
    sats_box_builder_clear(&builder);
    return box;
}
