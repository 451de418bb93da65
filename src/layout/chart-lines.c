/* layout/chart-lines.c: lines with their points, values and names.
 *
 * Values stand at all points of a lone line that has room for them, else at its least, greatest and
 * last; of several lines, and of one over bars, only the last value is said, after the name. */
#include "layout/chart-plot.h"

#include <math.h>

#define MOST_POINTS 36u  /* beyond which points run together */
#define LABEL_COST  3.0F /* lines through a value's label: more, and it is left out */

static gboolean label_all(const SatsPlot *plot) {
    const SatsAxesChart *chart = plot->chart;
    if (chart->labels != SATS_LABELS_AUTO)
        return chart->labels == SATS_LABELS_ALL;
    return plot->n_lines == 1 && plot->n_bars == 0 && plot->slot > 19.0F;
}

/* ---- lines ---- */

static void draw_series(SatsPlot *plot, const SatsChartSeries *series) {
    guint n_categories = plot->chart->n_categories;
    g_autofree SatsPathStep *steps = g_new0(SatsPathStep, MAX(n_categories, 1u));
    guint n = 0;
    gboolean gap = TRUE;
    for (guint i = 0; i < n_categories; i++) {
        if (!series->values[i].present) {
            gap = TRUE;
            continue;
        }
        float x = sats_plot_x(plot, i);
        float y = sats_plot_y(plot, sats_plot_value(&series->values[i]));
        steps[n++] =
            (SatsPathStep){.op = gap ? SATS_PATH_MOVE : SATS_PATH_LINE, .x = {x}, .y = {y}};
        gap = FALSE;
    }
    if (n > 0)
        sats_look_line(plot->pen, steps, n, series->look);
    if (n_categories <= MOST_POINTS || n == 1)
        for (guint i = 0; i < n; i++)
            sats_look_point(plot->pen, steps[i].x[0], steps[i].y[0], series->look);
}

/* The first series is drawn last, over the others. */
void sats_lines_draw(SatsPlot *plot) {
    for (guint j = plot->chart->n_series; j-- > 0;)
        if (plot->chart->series[j].line)
            draw_series(plot, &plot->chart->series[j]);
}

static void take_series(SatsPlot *plot, const SatsChartSeries *series) {
    float x1 = 0, y1 = 0;
    for (guint i = 0; i < plot->chart->n_categories; i++) {
        if (!series->values[i].present)
            continue;
        float x = sats_plot_x(plot, i);
        float y = sats_plot_y(plot, sats_plot_value(&series->values[i]));
        if (i > 0 && series->values[i - 1].present)
            sats_chart_room_line(&plot->room, x1, y1, x, y);
        sats_chart_room_take(&plot->room, &(SatsChartRect){x - 2.0F, y - 2.0F, 4.0F, 4.0F});
        x1 = x;
        y1 = y;
    }
}

void sats_lines_take(SatsPlot *plot) {
    for (guint j = plot->chart->n_series; j-- > 0;)
        if (plot->chart->series[j].line)
            take_series(plot, &plot->chart->series[j]);
    if (plot->chart->target.present) {
        float y = sats_plot_y(plot, sats_plot_value(&plot->chart->target));
        for (int i = 0; i < 2; i++) /* values rather cross their own line */
            sats_chart_room_line(&plot->room, plot->plot.x, y, plot->plot.x + plot->plot.width, y);
    }
}

/* ---- values ---- */

static gboolean present(const SatsChartSeries *series, guint n, guint i) {
    return i < n && series->values[i].present;
}

/* Is a value's label better above its point: on a peak, or where the line falls away? */
static gboolean above(const SatsPlot *plot, const SatsChartSeries *series, guint i) {
    guint n = plot->chart->n_categories;
    double here = sats_plot_value(&series->values[i]);
    double before =
        i > 0 && present(series, n, i - 1) ? sats_plot_value(&series->values[i - 1]) : here;
    double after = present(series, n, i + 1) ? sats_plot_value(&series->values[i + 1]) : here;
    return here * 2 >= before + after;
}

static void label_value(SatsPlot *plot, const SatsChartSeries *series, guint i) {
    const SatsChartPen *pen = plot->pen;
    SatsChartText look = sats_plot_value_look;
    const char *text = series->values[i].text;
    float width = sats_chart_text_width(pen, text, &look) + 3.0F; /* with the white around it */
    float size = sats_chart_size(pen, &look) * 0.86F + 1.0F;
    float x = sats_plot_x(plot, i) - width / 2;
    float y = sats_plot_y(plot, sats_plot_value(&series->values[i]));
    float up = y - size - 3.6F, down = y + 3.6F;
    float first = above(plot, series, i) ? up : down, second = up + down - first;
    float side = width / 2 + 2.5F;
    SatsChartRect places[] = {
        {x, first, width, size},
        {x, second, width, size},
        {x + side, first, width, size},
        {x - side, first, width, size},
        {x + side, second, width, size},
        {x - side, second, width, size},
        {x, first + (first < y ? -3.0F : 3.0F), width, size},
    };
    int chosen = sats_chart_room_choose(&plot->room, places, G_N_ELEMENTS(places), LABEL_COST);
    if (chosen < 0)
        return;
    look.mask = TRUE;
    look.colour = plot->n_lines > 1 ? sats_look_label(series->look) : NULL;
    sats_chart_text(pen, places[chosen].x + width / 2, places[chosen].y + size * 0.86F, text,
                    &look);
}

/* The least, the greatest and the last. */
static void label_some(SatsPlot *plot, const SatsChartSeries *series) {
    int last = sats_lines_last(plot, series), least = last, most = last;
    for (guint i = 0; i < plot->chart->n_categories; i++) {
        if (!series->values[i].present)
            continue;
        if (sats_decimal_compare(series->values[i].number, series->values[least].number) < 0)
            least = (int)i;
        if (sats_decimal_compare(series->values[i].number, series->values[most].number) > 0)
            most = (int)i;
    }
    if (last < 0)
        return;
    label_value(plot, series, (guint)last);
    if (most != last)
        label_value(plot, series, (guint)most);
    if (least != last && least != most)
        label_value(plot, series, (guint)least);
}

static void label_series(SatsPlot *plot, const SatsChartSeries *series) {
    for (guint i = 0; i < plot->chart->n_categories; i++)
        if (series->values[i].present)
            label_value(plot, series, i);
}

/* ---- labels ---- */

void sats_lines_label(SatsPlot *plot) {
    for (guint j = 0; j < plot->chart->n_series && plot->chart->labels != SATS_LABELS_NONE; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        if (!series->line)
            continue;
        if (label_all(plot))
            label_series(plot, series);
        else if (plot->lines_in_key && sats_lines_last(plot, series) >= 0)
            label_value(plot, series, (guint)sats_lines_last(plot, series));
        else if (!sats_lines_value_with_name(plot))
            label_some(plot, series);
    }
    if (!plot->lines_in_key)
        sats_lines_name(plot);
}
