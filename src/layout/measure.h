/* layout/measure.h: where on a page of some kind text and tables stand. */
#ifndef SATS_LAYOUT_MEASURE_H
#define SATS_LAYOUT_MEASURE_H

#include "layout/context.h"

/* The measure of a page: prose from axis B, tables over the live width. Relative to the left
 * margin. Paragraphs are in the style "KIND-text" where the theme has one for the page's kind, else
 * "body". */
SatsMeasure sats_page_measure(const SatsContext *context, const SatsPageKind *page);

#endif
