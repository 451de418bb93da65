/* layout/measure.h: where on a page of some kind text and tables stand. */
#ifndef SATS_LAYOUT_MEASURE_H
#define SATS_LAYOUT_MEASURE_H

#include "layout/context.h"

/* The measure of a page: prose from axis B, tables over the live width. Relative to the left margin. */
SatsMeasure sats_page_measure(const SatsPageKind *page);

#endif
