/* layout/chart-scale.h: the numbers along an axis.
 *
 * A scale runs from `low` to `high` in steps that a reader counts in: 1, 2, 2.5 or 5 times a power
 * of ten. It holds every value, and needs at most so many lines above its lowest.
 */
#ifndef SATS_LAYOUT_CHART_SCALE_H
#define SATS_LAYOUT_CHART_SCALE_H

#include <glib.h>

typedef struct {
    double low, high, step;
    guint n;      /* steps */
    int decimals; /* that the ticks need */
} SatsChartScale;

typedef struct {
    double min, max;            /* of the values; min > max: there are none */
    guint most;                 /* steps; at least 1 */
    gboolean from_zero;         /* bars: 0 is on the scale */
    gboolean has_low, has_high; /* given ends stay as they are, unless a value lies beyond */
    double low, high;
} SatsChartRange;

/* Values all ≥ 0 that come near 0 make a scale from 0, too. */
SatsChartScale sats_chart_scale(const SatsChartRange *range);

/* The `i`th tick, from 0. */
double sats_chart_tick(const SatsChartScale *scale, guint i);
/* Its number as printed. Caller frees. */
char *sats_chart_tick_text(const SatsChartScale *scale, guint i);

#endif
