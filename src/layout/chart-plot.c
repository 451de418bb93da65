/* layout/chart-plot.c: the plot that bars and lines share: room, hairlines, ticks, categories. */
#include "layout/chart-plot.h"

#include <math.h>

#define KEY_SWATCH_PT 9.0F
#define KEY_LINE_PT   13.0F /* of a line in the key */
#define KEY_GAP_PT    12.0F
#define KEY_SHARE     0.25F /* of the width: names of several lines that need more go to the key */
#define LABEL_ROOM_PT 13.0F /* above the plot, for values and the target's name */
#define MOST_LINES    3u    /* of a category's label */
#define NAMES_SHARE   0.35F /* most of the width that names beside the plot take */
#define NAMES_GAP_PT  5.0F
#define INSET_PT      11.0F /* of the first and last point of lines without bars */
#define LABELS_PART   0.14  /* of a lone line's range, for the values above and below it */

static const SatsChartText tick_look = {.style = "chart-axis", .anchor = SATS_ANCHOR_LEFT};
static const SatsChartText category_look = {.style = "chart-axis", .anchor = SATS_ANCHOR_CENTER};
static const SatsChartText key_look = {.style = "chart-label"};
static const SatsChartText target_look = {
    .style = "chart-label", .flags = SATS_RUN_SEMIBOLD, .colour = "negative-outline", .mask = TRUE};
const SatsChartText sats_plot_value_look = {
    .style = "chart-label", .flags = SATS_RUN_SEMIBOLD, .anchor = SATS_ANCHOR_CENTER};

double sats_plot_value(const SatsChartValue *value) {
    return sats_decimal_to_double(value->number);
}

float sats_plot_y(const SatsPlot *plot, double value) {
    const SatsChartScale *scale = &plot->scale;
    double part = (value - scale->low) / (scale->high - scale->low);
    return plot->plot.y + plot->plot.height * (float)(1 - CLAMP(part, 0, 1));
}

float sats_plot_x(const SatsPlot *plot, guint category) {
    return plot->first + plot->slot * (float)category;
}

/* ---- the scale ---- */

static void widen(SatsChartRange *range, double value) {
    range->min = MIN(range->min, value);
    range->max = MAX(range->max, value);
}

/* Stacked bars reach as far as the sums of what is above, and below, zero. */
static void widen_by_stacks(const SatsAxesChart *chart, SatsChartRange *range) {
    for (guint i = 0; i < chart->n_categories; i++) {
        double above = 0, below = 0;
        for (guint j = 0; j < chart->n_series; j++) {
            const SatsChartValue *value = &chart->series[j].values[i];
            if (chart->series[j].line || !value->present)
                continue;
            double number = sats_plot_value(value);
            above += MAX(number, 0);
            below += MIN(number, 0);
        }
        widen(range, above);
        widen(range, below);
    }
}

/* Values stand over and under the points of a lone line. */
static gboolean labels_at_points(const SatsPlot *plot) {
    return plot->n_bars == 0 && plot->n_lines == 1 && plot->chart->labels != SATS_LABELS_NONE &&
           plot->chart->labels != SATS_LABELS_ENDS;
}

static SatsChartRange find_range(const SatsPlot *plot) {
    const SatsAxesChart *chart = plot->chart;
    const SatsTheme *theme = plot->pen->context->theme;
    SatsChartRange range = {.min = INFINITY,
                            .max = -INFINITY,
                            .most = (guint)sats_theme_number(theme, "chart.hairlines"),
                            .from_zero = plot->n_bars > 0,
                            .has_low = chart->has_from,
                            .has_high = chart->has_to,
                            .low = chart->from,
                            .high = chart->to};
    if (chart->stacked && plot->n_bars > 0)
        widen_by_stacks(chart, &range);
    for (guint j = 0; j < chart->n_series; j++)
        for (guint i = 0; i < chart->n_categories; i++)
            if (chart->series[j].values[i].present && (chart->series[j].line || !chart->stacked))
                widen(&range, sats_plot_value(&chart->series[j].values[i]));
    if (labels_at_points(plot) && range.max > range.min) {
        double room = (range.max - range.min) * LABELS_PART;
        range.min = range.min >= 0 ? MAX(range.min - room, 0) : range.min - room;
        range.max += room;
    }
    if (chart->target.present)
        widen(&range, sats_plot_value(&chart->target));
    return range;
}

static void find_scale(SatsPlot *plot) {
    SatsChartRange range = find_range(plot);
    plot->scale = sats_chart_scale(&range);
}

/* Without an axis nobody sees round numbers: the bars take all the room. */
static void tighten_scale(SatsPlot *plot) {
    SatsChartRange range = find_range(plot);
    double low = range.has_low ? range.low : MIN(range.min, 0);
    double high = range.has_high ? range.high : MAX(range.max, 0);
    if (plot->axis || high <= low)
        return;
    plot->scale.low = low;
    plot->scale.high = high;
}

/* ---- axes ---- */

static float ticks_width(const SatsPlot *plot) {
    float width = 0;
    for (guint i = 0; plot->axis && i <= plot->scale.n; i++) {
        g_autofree char *text = sats_chart_tick_text(&plot->scale, i);
        float own = sats_chart_text_width(plot->pen, text, &tick_look);
        width = MAX(width, own);
    }
    return width > 0 ? width + sats_chart_length(plot->pen, "chart.label-gap") * 1.5F : 0;
}

static void draw_ticks(SatsPlot *plot) {
    const SatsChartPen *pen = plot->pen;
    float size = sats_chart_size(pen, &tick_look);
    float right = plot->plot.x + plot->plot.width;
    for (guint i = 0; i <= plot->scale.n; i++) {
        float y = sats_plot_y(plot, sats_chart_tick(&plot->scale, i));
        g_autofree char *text = sats_chart_tick_text(&plot->scale, i);
        sats_chart_line(pen, plot->plot.x, y, right, y, sats_chart_length(pen, "chart.hairline"),
                        sats_chart_colour(pen, "hairline"));
        float width =
            sats_chart_text(pen, 0, sats_chart_middle(pen, y, &tick_look), text, &tick_look);
        sats_chart_room_take(&plot->room, &(SatsChartRect){0, y - size / 2, width, size});
    }
}

/* Zero where bars stand on it, else the lower edge. */
static void draw_base(const SatsPlot *plot) {
    const SatsChartPen *pen = plot->pen;
    gboolean zero = plot->scale.low <= 0 && plot->scale.high >= 0;
    float y = sats_plot_y(plot, zero ? 0 : plot->scale.low);
    sats_chart_line(pen, plot->plot.x, y, plot->plot.x + plot->plot.width, y,
                    sats_chart_length(pen, "chart.zero"), sats_chart_colour(pen, "ink"));
}

/* Every how many categories are named, so that the names fit; 1 with lines broken where need be. */
static guint name_every(const SatsPlot *plot) {
    float least = 0, whole = 0;
    float room = plot->slot * 0.96F;
    for (guint i = 0; i < plot->chart->n_categories; i++) {
        const char *label = plot->chart->categories[i].label;
        float own_least = sats_chart_least_width(plot->pen, label, &category_look);
        float own = sats_chart_text_width(plot->pen, label, &category_look);
        least = MAX(least, own_least);
        whole = MAX(whole, own);
    }
    if (least <= room && whole <= room * (float)MOST_LINES * 0.8F)
        return 1;
    guint every = (guint)ceilf((whole + 4.0F) / plot->slot);
    return CLAMP(every, 1u, MAX(plot->chart->n_categories, 1u));
}

/* Draws them from y down; returns the lower edge. */
static float draw_categories(const SatsPlot *plot, float y) {
    guint every = name_every(plot);
    float width = plot->slot * (float)every * 0.96F;
    float height = 0;
    for (guint i = 0; i < plot->chart->n_categories; i += every) {
        SatsChartParagraph label = sats_chart_break(plot->pen, plot->chart->categories[i].label,
                                                    MAX(width, 1.0F), &category_look);
        height = MAX(height, label.lines.height_pt);
        float half = label.width / 2;
        float x = CLAMP(sats_plot_x(plot, i), half, plot->pen->width_pt - half);
        sats_chart_paragraph(plot->pen, x, y, &label, &category_look);
    }
    return y + height;
}

/* ---- target ---- */

static void draw_target(const SatsPlot *plot) {
    const SatsChartPen *pen = plot->pen;
    if (!plot->chart->target.present)
        return;
    float y = sats_plot_y(plot, sats_plot_value(&plot->chart->target));
    sats_chart_dashed(
        pen, plot->plot.x, y, plot->plot.x + plot->plot.width, y,
        sats_chart_length(pen, "chart.target"), sats_chart_length(pen, "chart.target-on"),
        sats_chart_length(pen, "chart.target-off"), sats_chart_colour(pen, "negative-outline"));
}

/* Its name and value above or under it, where they cover least. */
static void label_target(SatsPlot *plot) {
    const SatsChartPen *pen = plot->pen;
    const SatsAxesChart *chart = plot->chart;
    if (!chart->target.present)
        return;
    g_autofree char *text =
        g_strdup_printf("%s\302\240%s", chart->target_label, chart->target.text);
    float width = sats_chart_text_width(pen, text, &target_look);
    float size = sats_chart_size(pen, &target_look);
    float y = sats_plot_y(plot, sats_plot_value(&chart->target));
    float step = MAX((plot->plot.width - width - 6.0F) / 8, 1.0F);
    SatsChartRect places[18];
    guint n = 0;
    for (guint i = 0; i <= 8; i++) {
        float x = plot->plot.x + (float)i * step + 3.0F;
        places[n++] = (SatsChartRect){x - 3.0F, y - size - 3.5F, width + 6.0F, size + 2.5F};
        places[n++] = (SatsChartRect){x - 3.0F, y + 1.0F, width + 6.0F, size + 2.5F};
    }
    int chosen = sats_chart_room_choose(&plot->room, places, n, INFINITY);
    sats_chart_text(pen, places[chosen].x + 3.0F, places[chosen].y + size * 0.82F + 2.0F, text,
                    &target_look);
}

/* ---- key ---- */

static void draw_swatch(const SatsChartPen *pen, const SatsChartSeries *series, float x,
                        float baseline) {
    float middle = baseline - 2.9F;
    if (!series->line) {
        sats_look_bar(pen, &(SatsChartRect){x, baseline - 6.2F, KEY_SWATCH_PT, 6.6F}, series->look);
        return;
    }
    SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {x}, .y = {middle}},
                            {.op = SATS_PATH_LINE, .x = {x + KEY_LINE_PT}, .y = {middle}}};
    sats_look_line(pen, steps, 2, series->look);
    sats_look_point(pen, x + KEY_LINE_PT / 2, middle, series->look);
}

float sats_plot_key(const SatsChartPen *pen, const SatsAxesChart *chart, gboolean lines, float y) {
    float leading = sats_chart_leading(pen, &key_look);
    float x = 0, baseline = y + leading * 0.75F;
    gboolean any = FALSE;
    for (guint i = 0; i < chart->n_series; i++) {
        const SatsChartSeries *series = &chart->series[i];
        if ((series->line && !lines) || series->label == NULL)
            continue;
        float swatch = (series->line ? KEY_LINE_PT : KEY_SWATCH_PT) + 4.0F;
        float width = sats_chart_text_width(pen, series->label, &key_look) + swatch;
        if (x > 0 && x + width > pen->width_pt) {
            x = 0;
            baseline += leading + 2.0F;
        }
        draw_swatch(pen, series, x, baseline);
        sats_chart_text(pen, x + swatch, baseline, series->label, &key_look);
        x += width + KEY_GAP_PT;
        any = TRUE;
    }
    return any ? baseline + leading * 0.5F + 4.0F : y;
}

/* ---- the chart ---- */

static float wanted_height(const SatsPlot *plot) {
    const SatsChartPen *pen = plot->pen;
    if (pen->data->height_pt > 0)
        return (float)pen->data->height_pt;
    float most = sats_chart_length(pen, "chart.height");
    return CLAMP(pen->width_pt * 0.46F, most * 0.55F, most);
}

/* Bars have a share of the width each; lines alone begin and end near the edges. */
static void find_slots(SatsPlot *plot) {
    float n = (float)MAX(plot->chart->n_categories, 1u);
    plot->slot = plot->plot.width / n;
    plot->first = plot->plot.x + plot->slot / 2;
    float inset = MIN(INSET_PT, plot->slot / 2);
    if (plot->n_bars == 0 && plot->chart->n_categories > 1) {
        plot->first = plot->plot.x + inset;
        plot->slot = (plot->plot.width - 2 * inset) / (n - 1);
    }
}

static void find_room(SatsPlot *plot, float y) {
    const SatsChartPen *pen = plot->pen;
    float height = wanted_height(plot);
    for (int turn = 0; turn < 2; turn++) { /* bars whose labels don't fit need the axis */
        float left = ticks_width(plot);
        float lines = plot->lines_in_key ? 0 : sats_lines_names_width(plot);
        float names = MAX(lines, sats_bars_names_width(plot));
        names = MIN(names, pen->width_pt * NAMES_SHARE);
        plot->plot = (SatsChartRect){left, y + LABEL_ROOM_PT, pen->width_pt - left, height};
        if (names > 0) {
            plot->key_x = pen->width_pt - names;
            plot->plot.width = plot->key_x - NAMES_GAP_PT - left;
        }
        find_slots(plot);
        if (plot->axis || sats_bars_labels_fit(plot))
            return;
        plot->axis = TRUE;
    }
}

/* The lower edge of the plot, and of values under bars that reach it. */
static float under_plot(const SatsPlot *plot) {
    gboolean values =
        plot->n_bars > 0 && !plot->axis && plot->scale.low < 0 && !plot->chart->stacked;
    return plot->plot.y + plot->plot.height + sats_chart_length(plot->pen, "chart.label-gap") +
           (values ? 9.0F : 0);
}

static gboolean needs_key(const SatsPlot *plot) {
    if (plot->n_bars == 0 || (plot->chart->stacked && plot->n_lines == 0 && plot->n_bars > 1))
        return FALSE;
    return plot->n_bars > 1 || plot->n_lines > 0;
}

static void count_series(SatsPlot *plot) {
    for (guint i = 0; i < plot->chart->n_series; i++) {
        if (plot->chart->series[i].line)
            plot->n_lines++;
        else
            plot->n_bars++;
    }
}

float sats_chart_draw_upright(const SatsChartPen *pen, float y) {
    SatsPlot plot = {.pen = pen, .chart = &pen->data->as.axes};
    count_series(&plot);
    plot.lines_in_key =
        plot.n_lines > 1 && sats_lines_names_width(&plot) > KEY_SHARE * pen->width_pt;
    if (needs_key(&plot) || plot.lines_in_key)
        y = sats_plot_key(pen, plot.chart, plot.lines_in_key, y);
    find_scale(&plot);
    plot.axis = plot.n_lines > 0 || plot.chart->labels == SATS_LABELS_NONE;
    find_room(&plot, y);
    tighten_scale(&plot);
    sats_chart_room_init(&plot.room,
                         &(SatsChartRect){0, y, pen->width_pt, plot.plot.height + LABEL_ROOM_PT});
    if (plot.axis)
        draw_ticks(&plot);
    sats_lines_take(&plot);
    sats_bars_draw(&plot);
    draw_base(&plot);
    draw_target(&plot);
    sats_lines_draw(&plot);
    sats_lines_label(&plot);
    label_target(&plot);
    sats_chart_room_clear(&plot.room);
    return draw_categories(&plot, under_plot(&plot));
}
