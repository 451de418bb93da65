/* text/font-private.h: what text/ itself needs of a face beyond font.h. Not for other folders. */
#ifndef SATS_TEXT_FONT_PRIVATE_H
#define SATS_TEXT_FONT_PRIVATE_H

#include <hb.h>

#include "text/font.h"

/* HarfBuzz's view of the face, scaled to its units per em. Immutable, borrowed. */
hb_font_t *sats_face_hb_font(const SatsFace *face);

/* Whether plain words come out alike without what a face has for marks (shape-style.c), found out
 * once for all threads. Atomic. */
enum { SATS_PLAIN_UNTRIED, SATS_PLAIN_ALIKE, SATS_PLAIN_DIFFERENT };
int *sats_face_plainness(const SatsFace *face);

/* The faces in the order of their index. */
guint sats_fonts_count(const SatsFonts *fonts);
const SatsFace *sats_fonts_at(const SatsFonts *fonts, guint index);

#endif
