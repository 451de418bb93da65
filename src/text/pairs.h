/* text/pairs.h: how plain characters stand side by side in the faces that we bring.
 *
 * HarfBuzz takes twenty thousand instructions for a word: more than all else that a word costs. In
 * most faces, words of plain characters come out as one glyph for each, and all that a neighbour
 * does is to move the next one (kerning). So while plansats is built, HarfBuzz shapes every pair of
 * plain characters in every face of fonts/, and what comes out is kept: a glyph and an advance for
 * each character, and for each pair how much nearer it stands, or that it comes out otherwise (as a
 * ligature): a word with such a pair is shaped. Tests shape all sequences of three both ways.
 *
 * A face is known again by its table directory (OpenType, "Table Directory"), which has the place,
 * length and checksum of each table; whose folder it lies in does not matter.
 *
 * Plain are nearly all characters of Latin-1, dashes and quotation marks (U+2010–2026), minus, ≤,
 * ≥.
 *
 * Any number of threads at once. Not for other folders, except where plansats is built.
 */
#ifndef SATS_TEXT_PAIRS_H
#define SATS_TEXT_PAIRS_H

#include "text/font.h"

/* A face with features. */
typedef struct SatsPairs SatsPairs;

/* The pairs of all faces that have the letters of ASCII, as words that hold no pointers, for the
 * machine that they were made on. Takes a second; caller unrefs. */
GArray *sats_pairs_make(const SatsFonts *fonts);

/* The words that were made while plansats was built. */
extern const guint32 sats_known_pairs[];

/* Looks the face up in such words, which must outlive what is returned; NULL: it is not in them.
 * `features`: SatsFeatures. */
const SatsPairs *sats_pairs_find(const guint32 *words, const SatsFace *face, guint features);

/* Appends the glyphs of a text to `glyphs` (of SatsShapedGlyph), just as shaping gives them. FALSE,
 * and nothing is appended, when the text has to be shaped: for its characters, its pairs, or
 * because it is empty. At most 60,000 bytes of valid UTF-8. */
gboolean sats_pairs_put(const SatsPairs *pairs, const char *text, gsize length, GArray *glyphs);

#endif
