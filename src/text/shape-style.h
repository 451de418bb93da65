/* text/shape-style.h: a face with features, made ready for shaping many words. Not for other
 * folders.
 *
 * Life: new -> number/run … -> free. One thread at a time. */
#ifndef SATS_TEXT_SHAPE_STYLE_H
#define SATS_TEXT_SHAPE_STYLE_H

#include "text/harfbuzz-library.h"
#include "text/shape.h"

/* A glyph as it comes from shaping. */
typedef struct {
    SatsGlyph glyph;
    SatsGlyphShift shift;
} SatsShapedGlyph;

static inline gboolean sats_is_shifted(SatsGlyphShift shift) {
    return shift.dx < 0 || shift.dx > 0 || shift.dy < 0 || shift.dy > 0;
}

typedef struct SatsShapeStyle SatsShapeStyle;

/* `features`: SatsFeatures. Borrows the face. */
SatsShapeStyle *sats_shape_style_new(const SatsFace *face, guint features);
void sats_shape_style_free(SatsShapeStyle *style);

/* Appends the glyphs of text[start, end) to `glyphs` (of SatsShapedGlyph); what stands around is
 * seen as context. FALSE when one is unknown. `buffer` is scratch. */
gboolean sats_shape_style_run(SatsShapeStyle *style, hb_buffer_t *buffer, const char *text,
                              gsize length, guint start, guint end, GArray *glyphs);

/* As run over the whole text, when that is made of digits and the marks of numbers only and the
 * face sets each of them alike wherever it stands; else FALSE, and nothing is appended. */
gboolean sats_shape_style_number(SatsShapeStyle *style, hb_buffer_t *buffer, const char *text,
                                 gsize length, GArray *glyphs);

#endif
