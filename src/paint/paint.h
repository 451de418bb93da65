/* paint/paint.h: walks the pages and calls a device. It decides nothing. */
#ifndef SATS_PAINT_PAINT_H
#define SATS_PAINT_PAINT_H

#include "layout/layout.h"
#include "paint/device.h"

/* Paints pages `first` to `last` (from 1, inclusive; 0: to the end) in order. `first_time` pages of
 * nodes' anchors are told as they come. */
void sats_paint(const SatsPages *pages, guint n_nodes, guint first, guint last, SatsDevice *device);

#endif
