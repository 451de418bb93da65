/* pdf/fonts.h: the faces that the document shows, their used glyphs, and what each glyph reads as.
 *
 * A face is one Type0 font with Identity-H: the code is the glyph's number in the font file. Every
 * glyph gets one text (ToUnicode), that of the first cluster it makes up alone. A cluster that this
 * does not tell right needs an ActualText around it.
 *
 * Life: init -> use … -> write files, write -> clear.
 */
#ifndef SATS_PDF_FONTS_H
#define SATS_PDF_FONTS_H

#include "pdf/writer.h"
#include "text/shape.h"

/* text: up to 7 bytes of UTF-8 from the lowest byte, their number in the highest; longer texts:
 * 0xFF in the highest, the index in `texts` in the others; 0: no text yet. */
typedef struct {
    guint64 text;
    float width; /* thousandths of an em as W tells it */
    guint8 used;
    guint8 weak; /* text taken from a cluster of several glyphs: gives way */
} SatsGlyphUse;

typedef struct {
    const SatsFace *face;
    const SatsFaceInfo *info;
    guint32 number; /* of the Type0 font object; 0: not used */
    guint32 file_number;
    guint32 page; /* last page it was used on, plus 1 */
    SatsGlyphUse *glyphs;
    guint n_glyphs;
} SatsGlyphFont;

typedef struct {
    SatsWriter *writer;
    GArray *fonts;    /* SatsGlyphFont by face index */
    GPtrArray *texts; /* long cluster texts */
    GHashTable *text_index;
    guint32 page; /* the open page, plus 1 */
} SatsGlyphFonts;

void sats_glyph_fonts_init(SatsGlyphFonts *fonts, SatsWriter *writer);
void sats_glyph_fonts_clear(SatsGlyphFonts *fonts);
/* The face's font, marked as used on the open page. Valid until the next call. */
SatsGlyphFont *sats_glyph_fonts_use(SatsGlyphFonts *fonts, const SatsFace *face);
/* Marks the glyph as used and gets its width. */
void sats_glyph_font_add(SatsGlyphFont *font, guint glyph);
#define SATS_TEXT_KEY_SPACE ((guint64)1 << 56 | ' ')
guint64 sats_glyph_fonts_text_key(SatsGlyphFonts *fonts, const char *text, gsize length);
/* The text of a key; *out_length bytes, not NUL-terminated, in `room` if short. */
const char *sats_glyph_fonts_text(const SatsGlyphFonts *fonts, guint64 key, char room[8],
                                  gsize *out_length);

/* "/F0 5 0 R/F2 9 0 R": fonts used on the open page. */
void sats_glyph_fonts_put_resources(const SatsGlyphFonts *fonts, SatsOut *out);
/* font-file.c, when no more text comes: subsets all fonts, in the queue of pdf/deflate.h; failures
 * go to the writer. `fonts` must not change until it is written. */
void sats_glyph_fonts_write_files(SatsGlyphFonts *fonts);
/* The rest of all fonts. */
void sats_glyph_fonts_write(SatsGlyphFonts *fonts);

#endif
