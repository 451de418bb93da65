/* text/shape.h: words, itemised and shaped once, and kept.
 *
 * A plan uses the same few thousand words again and again. A SatsShaper shapes each distinct
 * (face, features, word) once, in units of the em, so that one shape serves every size; looking it
 * up again costs well under a microsecond.
 *
 * Life: new(fonts) -> shape … -> free. Shapes are borrowed and live as long as the shaper. One
 * thread at a time.
 */
#ifndef SATS_TEXT_SHAPE_H
#define SATS_TEXT_SHAPE_H

#include "text/font.h"

/* OpenType features, by name of the effect. */
typedef enum {
    SATS_FEATURE_NONE = 0,
    SATS_FEATURE_TABULAR = 1 << 0, /* tnum, lnum */
    SATS_N_FEATURE_SETS,           /* how many sets of them there are */
} SatsFeatures;

/* advance in thousandths of an em. cluster: byte offset into the shape's text of the first
 * character of the glyph's cluster, never decreasing. */
typedef struct {
    guint16 glyph;
    guint16 cluster;
    float advance;
} SatsGlyph;

/* How far from the pen a glyph stands, in thousandths of an em; x right, y up. */
typedef struct {
    float dx, dy;
} SatsGlyphShift;

/* A shape may be made of several faces where a fallback family was needed: one part a face. */
typedef struct {
    const SatsFace *face;
    guint16 first, count; /* glyphs */
    guint16 start, end;   /* bytes of text */
} SatsShapePart;

typedef struct {
    const char *text; /* NUL-terminated */
    guint16 length;   /* bytes */
    guint16 n_glyphs, n_parts;
    guint16 n_unknown; /* characters no font has, or of a right-to-left script (glyph 0) */
    float width;       /* thousandths of an em */
    gboolean shifted;  /* some glyphs stand beside the pen: sats_shape_shift() */
    const SatsGlyph *glyphs;
    const SatsShapePart *parts;
} SatsShape;

/* The shifts of a shape that has any lie behind its glyphs. */
static inline SatsGlyphShift sats_shape_shift(const SatsShape *shape, guint glyph) {
    const SatsGlyphShift *shifts = (const SatsGlyphShift *)(shape->glyphs + shape->n_glyphs);
    return shape->shifted ? shifts[glyph] : (SatsGlyphShift){0, 0};
}

typedef struct SatsShaper SatsShaper;
SatsShaper *sats_shaper_new(SatsFonts *fonts);
void sats_shaper_free(SatsShaper *shaper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsShaper, sats_shaper_free)
SatsFonts *sats_shaper_fonts(const SatsShaper *shaper);

/* Shapes a piece of text without line breaks, at most 60,000 bytes of valid UTF-8. Never NULL. */
const SatsShape *sats_shaper_shape(SatsShaper *shaper, const SatsFace *face, guint features,
                                   const char *text, gsize length);

/* x of the left edge of the character at byte `offset`, in thousandths of an em. */
double sats_shape_offset(const SatsShape *shape, guint offset);
/* The first character that no font has, as byte offset; -1 when every one was found. */
int sats_shape_first_unknown(const SatsShape *shape);

#endif
