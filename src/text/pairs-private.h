/* text/pairs-private.h: pairs as words, shared by who makes and who uses them. */
#ifndef SATS_TEXT_PAIRS_PRIVATE_H
#define SATS_TEXT_PAIRS_PRIVATE_H

#include "text/pairs.h"
#include "text/shape.h"

enum { SATS_N_PLAIN = 215 }; /* characters */

/* The number of a plain character, below SATS_N_PLAIN; that when it is none. */
guint sats_plain_number(gunichar character);
gunichar sats_plain_character(guint number);

/* The words are how many faces there are, a head for each, and what the heads point at. */
typedef struct {
    guint32 directory, directory_bytes; /* word; the font file's first bytes */
    guint32 pairs[SATS_N_FEATURE_SETS]; /* words; by SatsFeatures */
} SatsPairsHead;

/* In font units; `kerning` is a matrix, `rows` and `columns` tell where in it the first and the
 * second character of a pair stand: most characters stand as others do. */
struct SatsPairs {
    float scale; /* font units to thousandths of an em */
    guint32 n_columns;
    guint16 glyphs[SATS_N_PLAIN]; /* 0: to be shaped */
    gint16 advances[SATS_N_PLAIN];
    guint8 rows[SATS_N_PLAIN], columns[SATS_N_PLAIN];
    gint16 kerning[];
};

#define SATS_PAIR_SHAPED G_MININT16 /* a pair that has to be shaped */

/* The size of the table directory that a font file begins with; 0 when it is cut off. */
gsize sats_font_directory_size(const SatsFaceInfo *info);

#endif
