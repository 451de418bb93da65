/* layout/pages.h: the page builder. pages.c opens with how it works. */
#ifndef SATS_LAYOUT_PAGES_H
#define SATS_LAYOUT_PAGES_H

#include "layout/context.h"

/* Breaks the galley into pages and adds them to `pages` (SatsPage), with boxes and footnotes
 * placed; heads, feet and labels are set afterwards. Stops after `max_pages` + 1 pages. */
void sats_pages_build(SatsContext *context, const SatsGalley *galley,
                      const SatsPageKind *first_page, guint max_pages, GArray *pages);

#endif
