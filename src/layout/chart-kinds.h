/* layout/chart-kinds.h: the drawings: each from y down over the pen's width; returns its lower
 * edge.
 */
#ifndef SATS_LAYOUT_CHART_KINDS_H
#define SATS_LAYOUT_CHART_KINDS_H

#include "layout/chart-pen.h"

float sats_chart_draw_upright(const SatsChartPen *pen, float y);
float sats_chart_draw_rows(const SatsChartPen *pen, float y);
float sats_chart_draw_gantt(const SatsChartPen *pen, float y);
float sats_chart_draw_organisation(const SatsChartPen *pen, float y);
float sats_chart_draw_heatmap(const SatsChartPen *pen, float y);
float sats_chart_draw_status(const SatsChartPen *pen, float y);
/* Marks with their words in a line from x = 0, broken to `width`, the first line's middle at y;
 * returns the last line's. */
float sats_chart_draw_key(const SatsChartPen *pen, const SatsStatusWord *key, guint n, float width,
                          float y);

#endif
