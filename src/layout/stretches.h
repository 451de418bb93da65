/* layout/stretches.h: the document's blocks, set in stretches, by several threads where that pays.
 *
 * A stretch begins at the document's start and at each of its outermost sections. What is set
 * before a section tells it nothing but the kind of page it begins on, which is known beforehand.
 * So every stretch becomes a galley of its own, and the galleys are joined as if they had been one
 * from the beginning. The same stretches are made whether one thread sets them or more: the pages
 * are the same.
 */
#ifndef SATS_LAYOUT_STRETCHES_H
#define SATS_LAYOUT_STRETCHES_H

#include "layout/context.h"

/* Sets the document at the end of `galley`, whose arena is the first context's. `contexts` are
 * alike but for what each of them owns; a thread sets with each, the calling one with the first.
 * Findings go to the first one's report; afterwards the findings and page references of all do. */
void sats_stretches_set(SatsContext *contexts, guint n_contexts, SatsGalley *galley);

#endif
