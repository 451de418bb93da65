/* text/font-private.h: what text/ itself needs of a face beyond font.h. Not for other folders. */
#ifndef SATS_TEXT_FONT_PRIVATE_H
#define SATS_TEXT_FONT_PRIVATE_H

#include "text/font.h"
#include "text/harfbuzz-library.h"

/* HarfBuzz's view of the face, scaled to its units per em. Immutable, borrowed. */
hb_font_t *sats_face_hb_font(const SatsFace *face);

/* That texts are shaped in: the same for all faces. */
hb_language_t sats_face_language(const SatsFace *face);

/* Font units to thousandths of an em. */
static inline float sats_face_scale(const SatsFace *face) {
    return 1000.0f / (float)sats_face_info(face)->units_per_em;
}

/* The faces in the order of their index. */
guint sats_fonts_count(const SatsFonts *fonts);
const SatsFace *sats_fonts_at(const SatsFonts *fonts, guint index);

#endif
