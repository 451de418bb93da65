/* text/font.h: the fonts of a run, and nothing else.
 *
 * A SatsFonts sees only the font files given to it: a private fontconfig configuration without the
 * system's fonts. Asking for a family that is not there is an error, never a silent substitute.
 * A SatsFace is one font file at no particular size; faces are borrowed from their SatsFonts and
 * are compared by pointer.
 *
 * Life: new(folders) -> face/shape … -> free. One thread at a time; several may exist at once.
 */
#ifndef SATS_TEXT_FONT_H
#define SATS_TEXT_FONT_H

#include <glib.h>

typedef struct SatsFonts SatsFonts;
typedef struct SatsFace SatsFace;

/* Loads every .ttf/.otf in the folders (NULL-terminated array of paths). SATS_SYSTEM_ERROR_FONT
 * when a folder has none or a file cannot be read. */
SatsFonts *sats_fonts_new(const char *const *folders, GError **error);
void sats_fonts_free(SatsFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsFonts, sats_fonts_free)

/* The face of exactly this family, weight (100–900, as CSS) and slant; SATS_SYSTEM_ERROR_FONT,
 * naming what is missing, when there is none. */
const SatsFace *sats_fonts_face(SatsFonts *fonts, const char *family, int weight, gboolean italic,
                                GError **error);

/* What the painters and the PDF writer need of a face. Borrowed. */
typedef struct {
    const char *family;
    const char *postscript_name;
    const char *path;
    const guint8 *bytes; /* the font file */
    gsize size;
    guint index; /* number of the face within this SatsFonts, from 0 */
    int weight;
    gboolean italic;
    gboolean is_cff; /* CFF outlines, else TrueType */
    /* font-wide measures in thousandths of an em; y up */
    double ascender, descender, cap_height, x_height, italic_angle;
    double bbox[4];
    double underline_position, underline_thickness;
    guint n_glyphs;
    guint units_per_em;
} SatsFaceInfo;
const SatsFaceInfo *sats_face_info(const SatsFace *face);
/* Advance of a glyph in thousandths of an em, unrounded. */
double sats_face_advance(const SatsFace *face, guint glyph);

#endif
