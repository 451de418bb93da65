/* paint/trace-device.h: what is painted, as text: one line a call, for golden tests and
 * --stage=text.
 *
 *     page 595.28 841.89 label "1"
 *     content H1 #12 order 0
 *       text 57.5 120.3 "Förvaltningsplan" SourceSans3-Semibold 34.0 #16202A
 *     end
 *     artifact layout
 *       path stroke #8A9199 0.5: M 57.5 130.0 L 537.8 130.0
 *     end
 *     anchor #12 57.5 96.0
 *     end page
 *
 * Lengths are in points with at most two decimals. A change of appearance within a text run begins
 * a line "+ …". In text, U+00A0 is written ~, other unseen characters \u…; what a line reads as,
 * where that is not what it shows, follows it: `reads "…"`.
 *
 * Life: new -> paint the pages on sats_trace_device() -> text -> free.
 */
#ifndef SATS_PAINT_TRACE_DEVICE_H
#define SATS_PAINT_TRACE_DEVICE_H

#include "paint/device.h"

typedef struct SatsTrace SatsTrace;

SatsTrace *sats_trace_new(void);
void sats_trace_free(SatsTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsTrace, sats_trace_free)
SatsDevice *sats_trace_device(SatsTrace *trace);
/* All lines so far. Borrowed, until the next call. */
const char *sats_trace_text(const SatsTrace *trace);

#endif
