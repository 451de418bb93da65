/* layout/chart-plot.h: the plot that bars and lines share.
 *
 *   chart-plot.c   how much room the plot has, hairlines, ticks, categories, target, key
 *   chart-bars.c   upright bars        chart-rows.c   lying bars, a row each category
 *   chart-lines.c  lines, their points and values   chart-names.c  their names
 */
#ifndef SATS_LAYOUT_CHART_PLOT_H
#define SATS_LAYOUT_CHART_PLOT_H

#include "layout/chart-kinds.h"
#include "layout/chart-look.h"
#include "layout/chart-room.h"
#include "layout/chart-scale.h"

typedef struct {
    const SatsChartPen *pen;
    const SatsAxesChart *chart;
    SatsChartScale scale;
    SatsChartRect plot;    /* between the axes */
    float first, slot;     /* middle of the first category; from one to the next */
    float key_x;           /* where labels beside the plot begin; 0: none */
    guint n_bars, n_lines; /* series */
    gboolean axis;         /* hairlines and ticks are drawn */
    gboolean lines_in_key; /* their names are too wide to stand where the lines end */
    SatsChartRoom room;
} SatsPlot;

float sats_plot_y(const SatsPlot *plot, double value);
/* The middle of a category. */
float sats_plot_x(const SatsPlot *plot, guint category);
double sats_plot_value(const SatsChartValue *value);
/* The label style of values: Semibold. */
extern const SatsChartText sats_plot_value_look;

/* A line of swatches and names of the bars' series, and of `lines` too, from y down; returns its
 * lower edge: y when all series are told apart otherwise. */
float sats_plot_key(const SatsChartPen *pen, const SatsAxesChart *chart, gboolean lines, float y);

/* ---- upright ---- */

/* Do the values' labels fit over, or in, the bars? */
gboolean sats_bars_labels_fit(const SatsPlot *plot);
void sats_bars_draw(SatsPlot *plot);
/* Names of a stack's series beside its last bar: their width. */
float sats_bars_names_width(const SatsPlot *plot);
/* Tells the room where the lines, their points and the target run, before any label is set. */
void sats_lines_take(SatsPlot *plot);
void sats_lines_draw(SatsPlot *plot);
void sats_lines_label(SatsPlot *plot);
/* Category of a line's last value; -1 none. */
int sats_lines_last(const SatsPlot *plot, const SatsChartSeries *series);
/* Is the value of a line's end said with its name? */
gboolean sats_lines_value_with_name(const SatsPlot *plot);
void sats_lines_name(SatsPlot *plot);
/* Room that labels at the lines' ends need beside the plot. */
float sats_lines_names_width(const SatsPlot *plot);

#endif
