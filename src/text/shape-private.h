/* text/shape-private.h: parts of shapes, for breaking lines. Not for other folders. */
#ifndef SATS_TEXT_SHAPE_PRIVATE_H
#define SATS_TEXT_SHAPE_PRIVATE_H

#include "text/shape.h"

/* The bytes [start, end) of a shape as a shape of their own, glyphs as they are in the whole, and
 * with a hyphen added when `hyphen`. Both ends must be cluster boundaries. Kept like other shapes.
 */
const SatsShape *sats_shaper_slice(SatsShaper *shaper, const SatsShape *whole, guint start,
                                   guint end, gboolean hyphen);

/* Advance of the hyphen that a slice of `face` gets, in thousandths of an em. */
double sats_shaper_hyphen_advance(const SatsFace *face);

#endif
