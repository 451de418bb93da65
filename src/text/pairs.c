/* text/pairs.c: finds a face's pairs, and puts words together by them. */
#include "text/pairs-private.h"

#include <string.h>

#include "text/shape-style.h"

/* Without U+00AD, which is not seen, so that kerning reaches over it, and U+00B7, which stands
 * between two l as one with them. */
static const struct {
    guint16 first, last;
} RANGES[] = {{0x20, 0x7E},     {0xA0, 0xAC},     {0xAE, 0xB6},    {0xB8, 0xFF},
              {0x2010, 0x2026}, {0x2212, 0x2212}, {0x2264, 0x2265}};

guint sats_plain_number(gunichar character) {
    guint before = 0;
    for (guint i = 0; i < G_N_ELEMENTS(RANGES) && character >= RANGES[i].first; i++) {
        if (character <= RANGES[i].last)
            return before + character - RANGES[i].first;
        before += RANGES[i].last - RANGES[i].first + 1u;
    }
    return SATS_N_PLAIN;
}

gunichar sats_plain_character(guint number) {
    guint i = 0;
    for (; number > (guint)RANGES[i].last - RANGES[i].first; i++)
        number -= RANGES[i].last - RANGES[i].first + 1u;
    return RANGES[i].first + number;
}

/* ---- finding ---- */

gsize sats_font_directory_size(const SatsFaceInfo *info) {
    enum { HEAD = 12, ENTRY = 16 };
    if (info->size < HEAD)
        return 0;
    gsize size = HEAD + (gsize)ENTRY * (gsize)(info->bytes[4] << 8 | info->bytes[5]);
    return size <= info->size ? size : 0;
}

const SatsPairs *sats_pairs_find(const guint32 *words, const SatsFace *face, guint features) {
    const SatsFaceInfo *info = sats_face_info(face);
    gsize size = sats_font_directory_size(info);
    const SatsPairsHead *heads = (const SatsPairsHead *)(words + 1);
    for (guint32 i = 0; i < words[0]; i++) {
        if (heads[i].directory_bytes == size &&
            memcmp(words + heads[i].directory, info->bytes, size) == 0)
            return (const SatsPairs *)(words + heads[i].pairs[features]);
    }
    return NULL;
}

/* ---- putting words together ---- */

static guint number_at(const char *text) {
    guchar byte = (guchar)*text;
    return byte >= ' ' && byte <= '~' ? (guint)byte - ' '
                                      : sats_plain_number(g_utf8_get_char(text));
}

static int kerning(const SatsPairs *pairs, guint first, guint second) {
    return pairs->kerning[pairs->rows[first] * pairs->n_columns + pairs->columns[second]];
}

static float advance(const SatsPairs *pairs, guint number, int kern) {
    return (float)(pairs->advances[number] + kern) * pairs->scale;
}

/* The glyphs of a text that is not empty; returns how many, 0 when it has to be shaped. */
static guint put(const SatsPairs *pairs, const char *text, gsize length, SatsShapedGlyph *out) {
    guint n = 0, previous = SATS_N_PLAIN;
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        guint number = number_at(at);
        if (number == SATS_N_PLAIN || pairs->glyphs[number] == 0)
            return 0;
        int kern = n > 0 ? kerning(pairs, previous, number) : 0;
        if (kern == SATS_PAIR_SHAPED)
            return 0;
        if (kern != 0)
            out[n - 1].glyph.advance = advance(pairs, previous, kern);
        out[n++] = (SatsShapedGlyph){.glyph = {.glyph = pairs->glyphs[number],
                                               .cluster = (guint16)(at - text),
                                               .advance = advance(pairs, number, 0)}};
        previous = number;
    }
    return n;
}

gboolean sats_pairs_put(const SatsPairs *pairs, const char *text, gsize length, GArray *glyphs) {
    guint first = glyphs->len;
    if (length == 0)
        return FALSE;
    g_array_set_size(glyphs, first + (guint)length);
    guint n = put(pairs, text, length, &g_array_index(glyphs, SatsShapedGlyph, first));
    g_array_set_size(glyphs, first + n);
    return n > 0;
}
