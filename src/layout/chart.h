/* layout/chart.h: figures drawn from data, as vectors in the theme's colours. */
#ifndef SATS_LAYOUT_CHART_H
#define SATS_LAYOUT_CHART_H

#include "layout/context.h"

/* Draws figure->as.figure->data at most `width_pt` wide. NULL when there is nothing to draw. */
const SatsBox *sats_chart_box(SatsContext *context, const SatsNode *figure, float width_pt);

#endif
