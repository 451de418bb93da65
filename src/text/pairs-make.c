/* text/pairs-make.c: shapes every pair of plain characters, while plansats is built. */
#include "text/pairs-private.h"

#include <math.h>
#include <string.h>

#include "text/font-private.h"
#include "text/shape-style.h"

/* What is shaped in. */
typedef struct {
    SatsShapeStyle *style;
    hb_buffer_t *buffer;
    GArray *glyphs; /* of the last text: SatsShapedGlyph */
    float scale;
} Bench;

/* All pairs of a face with features. */
typedef struct {
    guint16 glyphs[SATS_N_PLAIN];
    gint16 advances[SATS_N_PLAIN];
    gint16 kerning[SATS_N_PLAIN][SATS_N_PLAIN];
} Square;

static const SatsShapedGlyph *shape(Bench *bench, const char *text, gsize length) {
    g_array_set_size(bench->glyphs, 0);
    gboolean complete = sats_shape_style_run(bench->style, bench->buffer, text, length, 0,
                                             (guint)length, bench->glyphs);
    for (guint i = 0; complete && i < bench->glyphs->len; i++)
        complete = !sats_is_shifted(g_array_index(bench->glyphs, SatsShapedGlyph, i).shift);
    return complete ? (const SatsShapedGlyph *)(const void *)bench->glyphs->data : NULL;
}

/* In font units. */
static int advance(const Bench *bench, const SatsShapedGlyph *glyph) {
    return (int)lroundf(glyph->glyph.advance / bench->scale);
}

static void shape_characters(Bench *bench, Square *out) {
    for (guint i = 0; i < SATS_N_PLAIN; i++) {
        char text[6];
        gsize length = (gsize)g_unichar_to_utf8(sats_plain_character(i), text);
        const SatsShapedGlyph *glyph = shape(bench, text, length);
        if (!glyph || bench->glyphs->len != 1 || advance(bench, glyph) >= G_MAXINT16)
            continue;
        out->glyphs[i] = glyph->glyph.glyph;
        out->advances[i] = (gint16)advance(bench, glyph);
    }
}

/* How much the second character of a pair moves; SATS_PAIR_SHAPED when anything else is not as for
 * each character alone. */
static gint16 kerning(Bench *bench, const Square *square, guint first, guint second) {
    char text[12];
    gsize middle = (gsize)g_unichar_to_utf8(sats_plain_character(first), text);
    gsize end = middle + (gsize)g_unichar_to_utf8(sats_plain_character(second), text + middle);
    const SatsShapedGlyph *pair = shape(bench, text, end);
    if (!pair || bench->glyphs->len != 2 || pair[0].glyph.glyph != square->glyphs[first] ||
        pair[1].glyph.glyph != square->glyphs[second] || pair[0].glyph.cluster != 0 ||
        pair[1].glyph.cluster != middle || advance(bench, &pair[1]) != square->advances[second])
        return SATS_PAIR_SHAPED;
    int kern = advance(bench, &pair[0]) - square->advances[first];
    return kern > SATS_PAIR_SHAPED && kern <= G_MAXINT16 ? (gint16)kern : SATS_PAIR_SHAPED;
}

static void shape_pairs(Bench *bench, Square *out) {
    for (guint first = 0; first < SATS_N_PLAIN; first++) {
        for (guint second = 0; second < SATS_N_PLAIN; second++) {
            gboolean plain = out->glyphs[first] != 0 && out->glyphs[second] != 0;
            out->kerning[first][second] = plain ? kerning(bench, out, first, second) : 0;
        }
    }
}

/* ---- classes ---- */

static gint16 at(const Square *square, guint first, guint second, gboolean by_columns) {
    return by_columns ? square->kerning[second][first] : square->kerning[first][second];
}

static gboolean is_alike(const Square *square, guint a, guint b, gboolean by_columns) {
    for (guint i = 0; i < SATS_N_PLAIN; i++)
        if (at(square, a, i, by_columns) != at(square, b, i, by_columns))
            return FALSE;
    return TRUE;
}

/* Numbers rows (columns) that differ; out_like[n] is one of those with number n. Returns how many.
 */
static guint number_lines(const Square *square, gboolean by_columns, guint8 *out_numbers,
                          guint8 *out_like) {
    guint n = 0;
    for (guint i = 0; i < SATS_N_PLAIN; i++) {
        guint k = 0;
        while (k < n && !is_alike(square, i, out_like[k], by_columns))
            k++;
        if (k == n)
            out_like[n++] = (guint8)i;
        out_numbers[i] = (guint8)k;
    }
    return n;
}

static guint32 put_bytes(GArray *words, const void *bytes, gsize size) {
    guint32 place = words->len;
    g_array_set_size(words, place + (guint)((size + 3) / 4));
    memcpy(words->data + (gsize)place * 4, bytes, size);
    return place;
}

static guint32 put_square(GArray *words, const Square *square, float scale) {
    guint8 like_row[SATS_N_PLAIN], like_column[SATS_N_PLAIN];
    SatsPairs head = {.scale = scale};
    memcpy(head.glyphs, square->glyphs, sizeof head.glyphs);
    memcpy(head.advances, square->advances, sizeof head.advances);
    guint n_rows = number_lines(square, FALSE, head.rows, like_row);
    head.n_columns = number_lines(square, TRUE, head.columns, like_column);
    gsize size = sizeof head + sizeof head.kerning[0] * n_rows * head.n_columns;
    g_autofree SatsPairs *pairs = g_malloc0(size);
    *pairs = head;
    for (guint r = 0; r < n_rows; r++)
        for (guint c = 0; c < head.n_columns; c++)
            pairs->kerning[r * head.n_columns + c] = square->kerning[like_row[r]][like_column[c]];
    return put_bytes(words, pairs, size);
}

/* ---- faces ---- */

static guint32 put_style(GArray *words, const SatsFace *face, guint features) {
    g_autofree Square *square = g_new0(Square, 1);
    Bench bench = {.style = sats_shape_style_new(face, features),
                   .buffer = sats_hb.buffer_create(),
                   .glyphs = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph)),
                   .scale = sats_face_scale(face)};
    shape_characters(&bench, square);
    shape_pairs(&bench, square);
    g_array_unref(bench.glyphs);
    sats_hb.buffer_destroy(bench.buffer);
    sats_shape_style_free(bench.style);
    return put_square(words, square, bench.scale);
}

static gboolean has_letters(const SatsFace *face) {
    hb_codepoint_t glyph;
    for (hb_codepoint_t c = 'a'; c <= 'z'; c++)
        if (!sats_hb.font_get_nominal_glyph(sats_face_hb_font(face), c, &glyph))
            return FALSE;
    return TRUE;
}

GArray *sats_pairs_make(const SatsFonts *fonts) {
    GArray *words = g_array_new(FALSE, TRUE, 4);
    g_autoptr(GArray) heads = g_array_new(FALSE, TRUE, sizeof(SatsPairsHead));
    guint n = 0;
    for (guint i = 0; i < sats_fonts_count(fonts); i++)
        n += has_letters(sats_fonts_at(fonts, i)) ? 1 : 0;
    put_bytes(words, &n, sizeof n);
    g_array_set_size(words, 1 + n * (guint)(sizeof(SatsPairsHead) / 4));
    for (guint i = 0; i < sats_fonts_count(fonts); i++) {
        const SatsFace *face = sats_fonts_at(fonts, i);
        if (!has_letters(face))
            continue;
        gsize size = sats_font_directory_size(sats_face_info(face));
        SatsPairsHead head = {.directory_bytes = (guint32)size};
        head.directory = put_bytes(words, sats_face_info(face)->bytes, size);
        for (guint k = 0; k < SATS_N_FEATURE_SETS; k++)
            head.pairs[k] = put_style(words, face, k);
        g_array_append_val(heads, head);
    }
    memcpy(words->data + 4, heads->data, heads->len * sizeof(SatsPairsHead));
    return words;
}
