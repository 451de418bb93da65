/* layout/chart-names.c: lines named where they end: no legend to look up, unless the names would
 * take more of a narrow figure than is good for the plot (chart-plot.c).
 *
 * A name stands beside the plot at the height of its line's last point. Where names come too close
 * they are moved apart, with a thin line to the point. A line that ends before the others is named
 * where it ends if there is room, else beside the plot with a piece of the line before the name. */
#include <math.h>

#include "layout/chart-plot.h"

#define SAMPLE_PT    13.0F
#define VALUE_GAP_PT 4.0F

static const SatsChartText name_look = {.style = "chart-label", .flags = SATS_RUN_SEMIBOLD};
static const SatsChartText end_look = {.style = "chart-label"};

int sats_lines_last(const SatsPlot *plot, const SatsChartSeries *series) {
    int last = -1;
    for (guint i = 0; i < plot->chart->n_categories; i++)
        if (series->values[i].present)
            last = (int)i;
    return last;
}

gboolean sats_lines_value_with_name(const SatsPlot *plot) {
    return plot->chart->labels == SATS_LABELS_ENDS ||
           (plot->chart->labels == SATS_LABELS_AUTO && (plot->n_lines > 1 || plot->n_bars > 0));
}

static const char *value_of_end(const SatsPlot *plot, const SatsChartSeries *series) {
    int last = sats_lines_last(plot, series);
    return last >= 0 && sats_lines_value_with_name(plot) ? series->values[last].text : NULL;
}

/* Of name and value on one line. */
static float name_width(const SatsPlot *plot, const SatsChartSeries *series) {
    const char *value = value_of_end(plot, series);
    float width = sats_chart_text_width(plot->pen, series->label, &name_look);
    if (value != NULL)
        width +=
            sats_chart_text_width(plot->pen, value, &end_look) + (width > 0 ? VALUE_GAP_PT : 0);
    return width;
}

static gboolean ends_early(const SatsPlot *plot, const SatsChartSeries *series) {
    return sats_lines_last(plot, series) + 1 < (int)plot->chart->n_categories;
}

float sats_lines_names_width(const SatsPlot *plot) {
    float width = 0;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        float own = series->line ? name_width(plot, series) : 0;
        if (own > 0 && ends_early(plot, series))
            own += SAMPLE_PT + 3.0F;
        width = MAX(width, own);
    }
    return width > 0 ? width + 1.0F : 0;
}

/* ---- one name ---- */

typedef struct {
    SatsChartParagraph text;
    const char *value;
    guint n_lines;
    gboolean value_below; /* on a line of its own */
} Words;

static Words break_name(const SatsPlot *plot, const SatsChartSeries *series, float width) {
    Words words = {.value = value_of_end(plot, series)};
    words.text = sats_chart_break(plot->pen, series->label, width, &name_look);
    guint n = words.text.lines.n_lines;
    float last = n > 0 ? words.text.lines.lines[n - 1].width_pt + VALUE_GAP_PT : 0;
    float value = sats_chart_text_width(plot->pen, words.value, &end_look);
    words.value_below = words.value != NULL && n > 0 && last + value > width;
    words.n_lines = MAX(n + (words.value_below ? 1 : 0), 1u);
    return words;
}

/* The middle of all its lines is at `middle`. */
static void draw_words(const SatsPlot *plot, const SatsChartSeries *series, const Words *words,
                       float x, float middle, gboolean mask) {
    SatsChartText look = name_look, end = end_look;
    look.colour = end.colour = sats_look_label(series->look);
    look.mask = end.mask = mask;
    float leading = sats_chart_leading(plot->pen, &look);
    float first =
        sats_chart_middle(plot->pen, middle, &look) - (float)(words->n_lines - 1) * leading / 2;
    guint n = words->text.lines.n_lines;
    sats_chart_paragraph(plot->pen, x, first - words->text.lines.baseline_pt, &words->text, &look);
    float width =
        n > 0 && !words->value_below ? words->text.lines.lines[n - 1].width_pt + VALUE_GAP_PT : 0;
    sats_chart_text(plot->pen, x + width, first + (float)(words->n_lines - 1) * leading,
                    words->value, &end);
}

/* A line that ends before the others, when there is room. */
static gboolean name_at_end(SatsPlot *plot, const SatsChartSeries *series, guint last) {
    float width = name_width(plot, series) + 3.0F;
    float size = sats_chart_size(plot->pen, &name_look) + 1.0F;
    float x = sats_plot_x(plot, last);
    float y = sats_plot_y(plot, sats_plot_value(&series->values[last]));
    SatsChartRect places[] = {
        {x + 4.0F, y - size / 2, width, size},    {x + 3.0F, y - size - 3.0F, width, size},
        {x + 3.0F, y + 3.0F, width, size},        {x - width / 2, y - size - 4.5F, width, size},
        {x - width / 2, y + 4.5F, width, size},   {x - width + 4.0F, y - size - 4.5F, width, size},
        {x - width + 4.0F, y + 4.5F, width, size}};
    int chosen = sats_chart_room_choose(&plot->room, places, G_N_ELEMENTS(places), 0);
    if (chosen < 0)
        return FALSE;
    Words words = break_name(plot, series, width);
    draw_words(plot, series, &words, places[chosen].x + 1.5F, places[chosen].y + size / 2, TRUE);
    return TRUE;
}

/* ---- names beside the plot ---- */

typedef struct {
    const SatsChartSeries *series;
    guint last;
    float wanted;
    gboolean sample; /* too far from its line's end to be seen together */
    Words words;
} Name;

static guint collect_names(SatsPlot *plot, Name *names) {
    guint n = 0;
    for (guint j = 0; j < plot->chart->n_series; j++) {
        const SatsChartSeries *series = &plot->chart->series[j];
        int last = sats_lines_last(plot, series);
        if (!series->line || last < 0 || name_width(plot, series) <= 0)
            continue;
        gboolean early = ends_early(plot, series);
        if (early && name_at_end(plot, series, (guint)last))
            continue;
        float width = plot->pen->width_pt - plot->key_x - (early ? SAMPLE_PT + 3.0F : 0);
        float y = sats_plot_y(plot, sats_plot_value(&series->values[last]));
        names[n++] = (Name){series, (guint)last, y, early, break_name(plot, series, width)};
    }
    return n;
}

/* A piece of the line with a point, or a thin line from the line's end to a name that had to move.
 */
static float draw_connection(const SatsPlot *plot, const Name *name, float at) {
    const SatsChartPen *pen = plot->pen;
    float x = plot->key_x;
    if (name->sample) {
        SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {x}, .y = {at}},
                                {.op = SATS_PATH_LINE, .x = {x + SAMPLE_PT}, .y = {at}}};
        sats_look_line(pen, steps, 2, name->series->look);
        sats_look_point(pen, x + SAMPLE_PT / 2, at, name->series->look);
        return x + SAMPLE_PT + 3.0F;
    }
    if (fabsf(at - name->wanted) > 2.5F)
        sats_chart_line(pen, sats_plot_x(plot, name->last) + 4.0F, name->wanted, x - 2.0F, at, 0.4F,
                        sats_chart_colour(pen, "muted"));
    return x;
}

void sats_lines_name(SatsPlot *plot) {
    Name names[SATS_CHART_MAX_SERIES];
    float at[SATS_CHART_MAX_SERIES];
    guint n = collect_names(plot, names), lines = 1;
    for (guint i = 0; i < n; i++) {
        at[i] = names[i].wanted;
        lines = MAX(lines, names[i].words.n_lines);
    }
    float distance = sats_chart_leading(plot->pen, &name_look) * (float)lines;
    sats_chart_spread(at, n, distance, plot->plot.y - 6.0F, plot->plot.y + plot->plot.height);
    for (guint i = 0; i < n; i++)
        draw_words(plot, names[i].series, &names[i].words, draw_connection(plot, &names[i], at[i]),
                   at[i], FALSE);
}
