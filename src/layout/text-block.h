/* layout/text-block.h: what other parts of layout need of text blocks beyond context.h. */
#ifndef SATS_LAYOUT_TEXT_BLOCK_H
#define SATS_LAYOUT_TEXT_BLOCK_H

#include "layout/context.h"

/* A page number that is filled in when the pages are known (layout/resolve.c). */
typedef struct {
    const SatsRun *run;
    SatsLine *line;
    guint fragment;
    gboolean right;        /* keep the right edge, not the left */
    const SatsNode *owner; /* the text block it stands in */
} SatsPageRef;

/* As sats_text_block(), of some of the runs. */
SatsTextBlock sats_text_block_range(SatsContext *context, const SatsNode *node, guint first,
                                    guint count, const SatsTextStyle *style,
                                    const SatsTextOptions *options);

#endif
