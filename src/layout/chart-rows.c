/* layout/chart-rows.c: lying bars, a row each category.
 *
 * Every bar says its value, so there is no axis but the zero line; without labels there is one
 * under the bars. The value of a bar below zero stands on the other side of the zero line, where
 * there is white; in a chart of one series such bars have a colour of their own. */
#include "layout/chart-plot.h"

#include <math.h>

#define BAR_PT       11.0F /* thickness of a lone bar */
#define GROUP_BAR_PT 9.0F
#define ROW_GAP_PT   6.5F
#define VALUE_GAP_PT 4.0F
#define LABELS_SHARE 0.45F /* most of the width that categories take */
#define AXIS_PT      12.0F /* for numbers under the plot */
#define MOST_NAMED   3u    /* series that are named at the first category's bars */

static const SatsChartText label_look = {.style = "chart-label"};
static const SatsChartText axis_look = {.style = "chart-axis", .anchor = SATS_ANCHOR_CENTER};
static const SatsChartText target_look = {.style = "chart-label",
                                          .flags = SATS_RUN_SEMIBOLD,
                                          .colour = "negative-outline",
                                          .anchor = SATS_ANCHOR_CENTER};

typedef struct {
    const SatsChartPen *pen;
    const SatsAxesChart *chart;
    guint n_bars;      /* side by side in a row */
    float bar, labels; /* thickness; width of the categories */
    float left, right; /* of the plot */
    double low, high;  /* at those */
    gboolean names;    /* series are named at the first row's bars */
} Rows;

static float at(const Rows *rows, double value) {
    double part = (value - rows->low) / (rows->high - rows->low);
    return rows->left + (rows->right - rows->left) * (float)CLAMP(part, 0, 1);
}

static const SatsChartValue *value_at(const Rows *rows, guint series, guint category) {
    return &rows->chart->series[series].values[category];
}

/* ---- room ---- */

static void find_labels(Rows *rows) {
    float width = 0;
    for (guint i = 0; i < rows->chart->n_categories; i++) {
        float own = sats_chart_text_width(rows->pen, rows->chart->categories[i].label, &label_look);
        width = MAX(width, own);
    }
    rows->labels = MIN(width, rows->pen->width_pt * LABELS_SHARE);
    rows->left = rows->labels + 10.0F;
}

static float said_width(const Rows *rows, guint series, guint category) {
    SatsChartText look = sats_plot_value_look;
    const SatsChartValue *value = value_at(rows, series, category);
    if (!value->present || rows->chart->labels == SATS_LABELS_NONE || rows->chart->stacked)
        return 0;
    float width = sats_chart_text_width(rows->pen, value->text, &look) + VALUE_GAP_PT;
    if (rows->names && category == 0)
        width +=
            sats_chart_text_width(rows->pen, rows->chart->series[series].label, &label_look) + 5.0F;
    return width;
}

/* Ends of the values, stacks summed. */
static void find_range(Rows *rows) {
    const SatsAxesChart *chart = rows->chart;
    for (guint i = 0; i < chart->n_categories; i++) {
        double above = 0, below = 0;
        for (guint j = 0; j < chart->n_series; j++) {
            if (!value_at(rows, j, i)->present)
                continue;
            double value = sats_plot_value(value_at(rows, j, i));
            above = chart->stacked ? above + MAX(value, 0) : MAX(above, value);
            below = chart->stacked ? below + MIN(value, 0) : MIN(below, value);
        }
        rows->high = MAX(rows->high, above);
        rows->low = MIN(rows->low, below);
    }
    if (chart->target.present) {
        rows->high = MAX(rows->high, sats_plot_value(&chart->target));
        rows->low = MIN(rows->low, sats_plot_value(&chart->target));
    }
    rows->low = chart->has_from ? MIN(rows->low, chart->from) : rows->low;
    rows->high = chart->has_to ? MAX(rows->high, chart->to) : rows->high;
    if (rows->high <= rows->low)
        rows->high = rows->low + 1;
}

/* The plot ends where the longest of bar and label together just fits. */
static void find_plot(Rows *rows) {
    float width = rows->pen->width_pt - rows->left;
    float right = width;
    for (guint j = 0; j < rows->chart->n_series; j++) {
        for (guint i = 0; i < rows->chart->n_categories; i++) {
            float said = said_width(rows, j, i);
            if (said <= 0)
                continue;
            double value = MAX(sats_plot_value(value_at(rows, j, i)), 0);
            double part = (value - rows->low) / (rows->high - rows->low);
            if (part > 0.01)
                right = MIN(right, (width - said) / (float)part);
        }
    }
    rows->right = rows->left + MAX(right, width * 0.3F);
}

/* ---- rows ---- */

static SatsChartRect bar_between(const Rows *rows, float y, double from, double to) {
    float x1 = at(rows, MIN(from, to)), x2 = at(rows, MAX(from, to));
    return (SatsChartRect){x1, y, x2 - x1, rows->bar};
}

static void say_value(const Rows *rows, const SatsChartRect *bar, guint series, guint category) {
    const SatsChartPen *pen = rows->pen;
    const SatsChartValue *value = value_at(rows, series, category);
    SatsChartText look = sats_plot_value_look;
    look.anchor = SATS_ANCHOR_LEFT;
    look.mask = rows->chart->target.present;
    if (value->number.digits < 0 && rows->n_bars == 1)
        look.colour = "negative-outline";
    float x = bar->x + bar->width + VALUE_GAP_PT;
    float baseline = sats_chart_middle(pen, bar->y + bar->height / 2, &look);
    x += sats_chart_text(pen, x, baseline, value->text, &look);
    if (rows->names && category == 0)
        sats_chart_text(pen, x + 5.0F, baseline, rows->chart->series[series].label, &label_look);
}

/* The bars first, then what they say: a target's line stands between. */
typedef enum { PASS_MEASURE, PASS_BARS, PASS_WORDS } Pass;

static void draw_bars(const Rows *rows, float y, guint category, Pass pass) {
    for (guint j = 0; j < rows->chart->n_series; j++, y += rows->bar + 1.0F) {
        const SatsChartValue *value = value_at(rows, j, category);
        if (!value->present)
            continue;
        SatsChartRect bar = bar_between(rows, y, 0, sats_plot_value(value));
        if (pass == PASS_WORDS)
            say_value(rows, &bar, j, category);
        else if (value->number.digits < 0 && rows->n_bars == 1)
            sats_look_negative(rows->pen, &bar);
        else
            sats_look_bar(rows->pen, &bar, rows->chart->series[j].look);
    }
}

static void say_part(const Rows *rows, const SatsChartRect *bar, const SatsChartSeries *series,
                     const SatsChartValue *value) {
    SatsChartText look = sats_plot_value_look;
    look.colour = sats_look_text(series->look, &look.mask);
    if (sats_chart_text_width(rows->pen, value->text, &look) + 3.0F > bar->width)
        return;
    sats_chart_text(rows->pen, bar->x + bar->width / 2,
                    sats_chart_middle(rows->pen, bar->y + bar->height / 2, &look), value->text,
                    &look);
}

static void draw_stack(const Rows *rows, float y, guint category, Pass pass) {
    double above = 0, below = 0;
    for (guint j = 0; j < rows->chart->n_series; j++) {
        const SatsChartSeries *series = &rows->chart->series[j];
        const SatsChartValue *value = value_at(rows, j, category);
        if (!value->present)
            continue;
        double number = sats_plot_value(value);
        double *end = number < 0 ? &below : &above;
        SatsChartRect bar = bar_between(rows, y, *end, *end + number);
        *end += number;
        bar.width -= bar.width > 1.0F ? 0.5F : 0;
        if (pass == PASS_WORDS)
            say_part(rows, &bar, series, value);
        else
            sats_look_bar(rows->pen, &bar, series->look);
    }
}

/* One category from y down; returns its lower edge. */
static float draw_row(const Rows *rows, float y, guint category, Pass pass) {
    SatsChartParagraph label = sats_chart_break(rows->pen, rows->chart->categories[category].label,
                                                rows->labels + 0.5F, &label_look);
    float bars = (float)rows->n_bars * (rows->bar + 1.0F) - 1.0F;
    float height = MAX(bars, label.lines.height_pt);
    float top = y + (height - bars) / 2;
    if (pass == PASS_WORDS)
        sats_chart_paragraph(rows->pen, 0, y + (height - label.lines.height_pt) / 2, &label,
                             &label_look);
    if (pass == PASS_MEASURE || (pass == PASS_WORDS && rows->chart->labels == SATS_LABELS_NONE))
        return y + height;
    if (rows->chart->stacked)
        draw_stack(rows, top, category, pass);
    else
        draw_bars(rows, top, category, pass);
    return y + height;
}

/* All categories; returns the lower edge of the plot. */
static float draw_all(const Rows *rows, float y, float gap, Pass pass) {
    y += gap / 2;
    for (guint i = 0; i < rows->chart->n_categories; i++)
        y = draw_row(rows, y, i, pass) + gap;
    return y - gap / 2;
}

/* ---- axis, target ---- */

/* Hairlines first, under the bars; their numbers under the plot. */
static void draw_axis(const Rows *rows, float top, float bottom, Pass pass) {
    const SatsChartPen *pen = rows->pen;
    SatsChartRange range = {.min = rows->low,
                            .max = rows->high,
                            .most =
                                (guint)sats_theme_number(pen->context->theme, "chart.hairlines"),
                            .from_zero = TRUE};
    SatsChartScale scale = sats_chart_scale(&range);
    for (guint i = 0; i <= scale.n; i++) {
        double tick = sats_chart_tick(&scale, i);
        if (tick > rows->high || tick < rows->low)
            continue;
        g_autofree char *text = sats_chart_tick_text(&scale, i);
        float x = at(rows, tick);
        if (pass == PASS_WORDS)
            sats_chart_text(pen, x, bottom + 10.0F, text, &axis_look);
        else
            sats_chart_line(pen, x, top, x, bottom, sats_chart_length(pen, "chart.hairline"),
                            sats_chart_colour(pen, "hairline"));
    }
}

static void draw_target(const Rows *rows, float top, float bottom) {
    const SatsChartPen *pen = rows->pen;
    const SatsAxesChart *chart = rows->chart;
    if (!chart->target.present)
        return;
    float x = at(rows, sats_plot_value(&chart->target));
    g_autofree char *text =
        g_strdup_printf("%s\302\240%s", chart->target_label, chart->target.text);
    float half = sats_chart_text_width(pen, text, &target_look) / 2;
    sats_chart_dashed(pen, x, top, x, bottom, sats_chart_length(pen, "chart.target"),
                      sats_chart_length(pen, "chart.target-on"),
                      sats_chart_length(pen, "chart.target-off"),
                      sats_chart_colour(pen, "negative-outline"));
    sats_chart_text(pen, CLAMP(x, half, pen->width_pt - half), top - 3.0F, text, &target_look);
}

float sats_chart_draw_rows(const SatsChartPen *pen, float y) {
    const SatsAxesChart *chart = &pen->data->as.axes;
    Rows rows = {.pen = pen, .chart = chart};
    rows.n_bars = chart->stacked ? 1 : MAX(chart->n_series, 1u);
    rows.bar = rows.n_bars > 1 ? GROUP_BAR_PT : BAR_PT;
    rows.names = !chart->stacked && chart->n_series > 1 && chart->n_series <= MOST_NAMED &&
                 chart->labels != SATS_LABELS_NONE;
    if (chart->n_series > 1 && !rows.names)
        y = sats_plot_key(pen, chart, FALSE, y);
    find_labels(&rows);
    find_range(&rows);
    find_plot(&rows);
    if (chart->target.present)
        y += 12.0F;
    float top = y;
    guint n = MAX(chart->n_categories, 1u);
    float gap = ROW_GAP_PT;
    if (pen->data->height_pt > 0)
        gap = MAX((float)pen->data->height_pt / (float)n - (rows.bar + 1.0F) * (float)rows.n_bars,
                  1.0F);
    gboolean axis = chart->labels == SATS_LABELS_NONE;
    if (axis)
        draw_axis(&rows, top, draw_all(&rows, top, gap, PASS_MEASURE), PASS_BARS);
    y = draw_all(&rows, top, gap, PASS_BARS);
    if (rows.low <= 0 && rows.high >= 0)
        sats_chart_line(pen, at(&rows, 0), top, at(&rows, 0), y,
                        sats_chart_length(pen, "chart.zero"), sats_chart_colour(pen, "ink"));
    draw_target(&rows, top, y);
    draw_all(&rows, top, gap, PASS_WORDS);
    if (axis)
        draw_axis(&rows, top, y, PASS_WORDS);
    return axis ? y + AXIS_PT : y;
}
