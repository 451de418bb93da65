/* layout/chart-scale.c: the numbers along an axis. */
#include "layout/chart-scale.h"

#include <math.h>

#include "base/decimal.h"

#define NEAR_ZERO                                                                                  \
    0.5 /* the least value as part of the greatest from which an axis begins above 0 */
#define TINY 1e-9

/* The nth step from below, counted from 10^power. */
static double step_at(int power, int n) {
    static const double steps[] = {1, 2, 2.5, 5};
    return steps[n] * pow(10, power);
}

static int decimals_of(double step) {
    int decimals = 0;
    while (decimals < 9 && fabs(step - floor(step + 0.5)) > 1e-6) {
        step *= 10;
        decimals++;
    }
    return decimals;
}

static double down(double value, double step) {
    return floor(value / step + TINY) * step;
}

static double up(double value, double step) {
    return ceil(value / step - TINY) * step;
}

static void set(SatsChartScale *scale, double low, double high, double step) {
    scale->low = low;
    scale->high = high;
    scale->step = step;
    scale->n = (guint)floor((high - low) / step + TINY);
    scale->decimals = MAX(decimals_of(step), decimals_of(low));
}

SatsChartScale sats_chart_scale(const SatsChartRange *range) {
    SatsChartScale scale = {0, 1, 1, 1, 0};
    double min = range->min, max = range->max;
    guint most = MAX(range->most, 1u);
    if (min > max)
        min = max = range->has_low ? range->low : 0;
    gboolean has_low = range->has_low && range->low <= (range->from_zero ? MIN(min, 0) : min);
    gboolean has_high = range->has_high && range->high >= (range->from_zero ? MAX(max, 0) : max);
    if (has_low)
        min = range->low;
    else if (range->from_zero || (min > 0 && min < max * NEAR_ZERO))
        min = MIN(min, 0);
    if (has_high)
        max = range->high;
    else if (range->from_zero)
        max = MAX(max, 0);
    if (max - min < TINY * MAX(1, fabs(max))) { /* one value: room on both sides */
        if (!has_high)
            max = min + MAX(fabs(min) * 0.1, range->from_zero ? 1 : 0.5);
        if (!has_low && !range->from_zero)
            min -= MAX(fabs(min) * 0.1, 0.5);
        if (max <= min)
            max = min + 1;
    }
    int power = (int)floor(log10((max - min) / (double)most)) - 1;
    for (int i = 0; i < 16; i++) {
        double step = step_at(power + i / 4, i % 4);
        double low = has_low ? min : down(min, step);
        double high = has_high ? max : up(max, step);
        if ((high - low) / step <= (double)most + TINY) {
            set(&scale, low, high, step);
            return scale;
        }
    }
    set(&scale, min, max, max - min);
    return scale;
}

double sats_chart_tick(const SatsChartScale *scale, guint i) {
    return scale->low + (double)i * scale->step;
}

char *sats_chart_tick_text(const SatsChartScale *scale, guint i) {
    double factor = pow(10, scale->decimals);
    SatsDecimal number = {.digits = (gint64)llround(sats_chart_tick(scale, i) * factor),
                          .scale = (guint8)scale->decimals};
    return sats_decimal_format(number, NULL);
}
