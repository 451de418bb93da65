/* layout/running.h: running heads and feet, page labels, watermark. All of them artifacts. */
#ifndef SATS_LAYOUT_RUNNING_H
#define SATS_LAYOUT_RUNNING_H

#include "layout/context.h"

/* Adds to every page what runs through the document. The first page has no running head: what the
 * document says of itself stands there in full. */
void sats_running_set(SatsContext *context, SatsPages *pages);

#endif
