/* layout/chart-bars.c: upright bars, side by side or stacked. */
#include "layout/chart-plot.h"

#include <math.h>

#define GROUP_SHARE  0.76F /* of a category's width that its bars take */
#define MOST_BAR_PT  34.0F
#define LEAST_BAR_PT 1.5F
#define SWATCH_PT    10.0F /* before a name beside a stack */
#define VALUE_GAP_PT 2.5F

static const SatsChartText name_look = {.style = "chart-label"};

/* Where the bars of a category stand. */
typedef struct {
    float width, step; /* of one bar; from one to the next */
    float offset;      /* of the first, from the category's middle */
} Group;

static Group find_group(const SatsPlot *plot) {
    guint n = plot->chart->stacked ? 1 : MAX(plot->n_bars, 1u);
    float gap = n > 1 ? MIN(1.0F, plot->slot * 0.02F) : 0;
    float room = plot->slot * GROUP_SHARE;
    float width = (room - gap * (float)(n - 1)) / (float)n;
    width = CLAMP(width, LEAST_BAR_PT, n > 1 ? MOST_BAR_PT * 0.8F : MOST_BAR_PT);
    float all = width * (float)n + gap * (float)(n - 1);
    return (Group){width, width + gap, -all / 2};
}

/* ---- labels ---- */

gboolean sats_bars_labels_fit(const SatsPlot *plot) {
    if (plot->chart->labels == SATS_LABELS_ALL)
        return TRUE;
    if (plot->chart->labels == SATS_LABELS_NONE)
        return FALSE;
    Group group = find_group(plot);
    float room = plot->n_bars == 1 ? plot->slot : plot->chart->stacked ? group.width : group.step;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        for (guint i = 0; !series->line && i < plot->chart->n_categories; i++)
            if (series->values[i].present &&
                sats_chart_text_width(plot->pen, series->values[i].text, &sats_plot_value_look) +
                        2.0F >
                    room)
                return FALSE;
    }
    return TRUE;
}

static SatsChartRect label_place(const SatsChartRect *bar, float baseline, float width,
                                 float size) {
    return (SatsChartRect){bar->x + (bar->width - width) / 2, baseline - size * 0.8F, width, size};
}

/* Over the bar, or under one below zero; in its end where a line runs through that place, and not
 * through this. */
static void label_bar(SatsPlot *plot, const SatsChartRect *bar, const SatsChartSeries *series,
                      const SatsChartValue *value) {
    const SatsChartPen *pen = plot->pen;
    gboolean below = value->number.digits < 0;
    SatsChartText look = sats_plot_value_look;
    float size = sats_chart_size(pen, &look);
    float width = sats_chart_text_width(pen, value->text, &look);
    float foot = bar->y + bar->height;
    float outside = below ? foot + VALUE_GAP_PT + 1.5F + size * 0.66F : bar->y - VALUE_GAP_PT;
    float inside = below ? foot - VALUE_GAP_PT : bar->y + VALUE_GAP_PT + 0.5F + size * 0.66F;
    SatsChartRect places[] = {label_place(bar, outside, width, size),
                              label_place(bar, inside, width, size)};
    guint n = width + 2.0F <= bar->width && size * 1.5F <= bar->height ? 2 : 1;
    gboolean in_bar = sats_chart_room_choose(&plot->room, places, n, INFINITY) == 1;
    gboolean negative = below && plot->n_bars == 1; /* drawn by itself, in a light colour */
    look.mask = plot->axis && !(in_bar && negative);
    if (in_bar && !negative)
        look.colour = sats_look_text(series->look, &look.mask);
    else if (negative && !in_bar)
        look.colour = "negative-outline";
    sats_chart_text(pen, bar->x + bar->width / 2, in_bar ? inside : outside, value->text, &look);
}

/* In the middle of its part of the stack, where that is tall enough. */
static void label_part(const SatsPlot *plot, const SatsChartRect *bar,
                       const SatsChartSeries *series, const SatsChartValue *value) {
    SatsChartText look = sats_plot_value_look;
    if (bar->height < sats_chart_size(plot->pen, &look) * 1.1F)
        return;
    look.colour = sats_look_text(series->look, &look.mask);
    float middle = sats_chart_middle(plot->pen, bar->y + bar->height / 2, &look);
    sats_chart_text(plot->pen, bar->x + bar->width / 2, middle, value->text, &look);
}

/* ---- bars ---- */

static void draw_bar(SatsPlot *plot, const SatsChartRect *bar, const SatsChartSeries *series,
                     gboolean negative) {
    if (negative && plot->n_bars == 1)
        sats_look_negative(plot->pen, bar);
    else
        sats_look_bar(plot->pen, bar, series->look);
}

/* Labels of lines rather stand elsewhere. */
static void take_bar(SatsPlot *plot, const SatsChartRect *bar) {
    for (int i = 1; i <= 3; i += 2) {
        float x = bar->x + bar->width * (float)i / 4;
        sats_chart_room_line(&plot->room, x, bar->y, x, bar->y + bar->height);
    }
}

static SatsChartRect bar_between(const SatsPlot *plot, float x, float width, double from,
                                 double to) {
    float y1 = sats_plot_y(plot, MAX(from, to));
    float y2 = sats_plot_y(plot, MIN(from, to));
    return (SatsChartRect){x, y1, width, y2 - y1};
}

static void draw_group(SatsPlot *plot, const Group *group, guint category, gboolean labels) {
    float x = sats_plot_x(plot, category) + group->offset;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        const SatsChartValue *value = &series->values[category];
        if (series->line)
            continue;
        if (value->present) {
            double number = sats_plot_value(value);
            SatsChartRect bar = bar_between(plot, x, group->width, 0, number);
            draw_bar(plot, &bar, series, number < 0);
            if (labels)
                label_bar(plot, &bar, series, value);
            take_bar(plot, &bar);
        }
        x += group->step;
    }
}

static void draw_stack(SatsPlot *plot, const Group *group, guint category, gboolean labels) {
    float x = sats_plot_x(plot, category) + group->offset;
    double above = 0, below = 0;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        const SatsChartValue *value = &series->values[category];
        if (series->line || !value->present)
            continue;
        double number = sats_plot_value(value);
        double *end = number < 0 ? &below : &above;
        SatsChartRect bar = bar_between(plot, x, group->width, *end, *end + number);
        *end += number;
        if (bar.height > 1.0F) { /* white between the parts */
            bar.height -= 0.5F;
            bar.y += 0.5F;
        }
        draw_bar(plot, &bar, series, FALSE);
        take_bar(plot, &bar);
        if (labels)
            label_part(plot, &bar, series, value);
    }
}

/* ---- names beside a stack ---- */

static gboolean names_beside(const SatsPlot *plot) {
    return plot->chart->stacked && plot->n_bars > 1 && plot->n_lines == 0;
}

float sats_bars_names_width(const SatsPlot *plot) {
    float width = 0;
    for (guint j = 0; names_beside(plot) && j < plot->chart->n_series; j++) {
        float own = sats_chart_text_width(plot->pen, plot->chart->series[j].label, &name_look);
        width = MAX(width, own);
    }
    return width > 0 ? width + SWATCH_PT + 1.0F : 0;
}

/* Each at the height of its part of the last stack that has any, a swatch before it. */
static void draw_names(const SatsPlot *plot) {
    float at[SATS_CHART_MAX_SERIES];
    const SatsChartSeries *named[SATS_CHART_MAX_SERIES];
    guint n = 0, last = plot->chart->n_categories - 1;
    double above = 0, below = 0;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        const SatsChartValue *value = &series->values[last];
        double number = value->present ? sats_plot_value(value) : 0;
        double *end = number < 0 ? &below : &above;
        at[n] = sats_plot_y(plot, *end + number / 2);
        *end += number;
        if (series->label != NULL)
            named[n++] = series;
    }
    float width = plot->pen->width_pt - plot->key_x - SWATCH_PT;
    SatsChartParagraph texts[SATS_CHART_MAX_SERIES];
    float distance = sats_chart_leading(plot->pen, &name_look);
    for (guint i = 0; i < n; i++) {
        texts[i] = sats_chart_break(plot->pen, named[i]->label, width, &name_look);
        distance = MAX(distance, texts[i].lines.height_pt);
    }
    sats_chart_spread(at, n, distance, plot->plot.y, plot->plot.y + plot->plot.height);
    for (guint i = 0; i < n; i++) {
        SatsChartRect swatch = {plot->key_x, at[i] - 3.2F, 6.4F, 6.4F};
        sats_look_bar(plot->pen, &swatch, named[i]->look);
        sats_chart_paragraph(plot->pen, plot->key_x + SWATCH_PT,
                             at[i] - texts[i].lines.height_pt / 2, &texts[i], &name_look);
    }
}

void sats_bars_draw(SatsPlot *plot) {
    if (plot->n_bars == 0 || plot->chart->n_categories == 0)
        return;
    Group group = find_group(plot);
    gboolean labels = sats_bars_labels_fit(plot);
    for (guint i = 0; i < plot->chart->n_categories; i++) {
        if (plot->chart->stacked)
            draw_stack(plot, &group, i, labels);
        else
            draw_group(plot, &group, i, labels);
    }
    if (names_beside(plot))
        draw_names(plot);
}
