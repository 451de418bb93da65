/* layout/resolve.h: page numbers, filled in once the pages are known. */
#ifndef SATS_LAYOUT_RESOLVE_H
#define SATS_LAYOUT_RESOLVE_H

#include "layout/context.h"

/* Gives every fragment in context->page_refs its number. A number that takes more or less room than
 * was kept moves what follows it in its line, or itself where it stands at a right edge; lines are
 * not broken again. */
void sats_page_refs_resolve(SatsContext *context, SatsPages *pages);

#endif
