/* layout/chart-look.h: how series are told apart, in colour, in grey and in words.
 *
 * Bars differ in lightness, and where that is not enough in hatching; lines in dashes and points.
 * No two looks have both the same, so that a copy in black and white says as much. Outlines carry
 * the 3:1 that WCAG 2.1 (1.4.11) asks where a light fill does not.
 */
#ifndef SATS_LAYOUT_CHART_LOOK_H
#define SATS_LAYOUT_CHART_LOOK_H

#include "layout/chart-pen.h"

/* A bar, or a swatch of one. */
void sats_look_bar(const SatsChartPen *pen, const SatsChartRect *rect, SatsSeriesLook look);
/* A bar below zero, of a chart with one series. */
void sats_look_negative(const SatsChartPen *pen, const SatsChartRect *rect);
/* The colour name of text on such a bar; *out_mask: it needs white behind it. */
const char *sats_look_text(SatsSeriesLook look, gboolean *out_mask);
/* A line through points; the steps MOVE where there is a gap. */
void sats_look_line(const SatsChartPen *pen, const SatsPathStep *steps, guint n,
                    SatsSeriesLook look);
/* A point of a line, with white around it. */
void sats_look_point(const SatsChartPen *pen, float x, float y, SatsSeriesLook look);
/* The colour name of a line's label. */
const char *sats_look_label(SatsSeriesLook look);

#endif
