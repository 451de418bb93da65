/* layout/tall.h: what is taller than a page is cut, so that nothing is ever lost below its foot. */
#ifndef SATS_LAYOUT_TALL_H
#define SATS_LAYOUT_TALL_H

#include "layout/context.h"

/* Cuts what no page of its kind can hold: boxes, footnotes, and what is set again after a break.
 * Gives `galley` itself when all fits (the usual case), else `out`, which the caller has
 * initialised and clears. `first_page` is the kind of the first page. Reports each cut box
 * ("overfull-page"). */
const SatsGalley *sats_tall_divide(SatsContext *context, const SatsGalley *galley,
                                   const SatsPageKind *first_page, SatsGalley *out);

#endif
