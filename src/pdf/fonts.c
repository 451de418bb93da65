/* fonts.c: which glyphs of which faces are used, and what each reads as. */
#include "pdf/fonts.h"

#include <math.h>

void sats_glyph_fonts_init(SatsGlyphFonts *fonts, SatsWriter *writer) {
    *fonts = (SatsGlyphFonts){.writer = writer};
    fonts->fonts = g_array_new(FALSE, TRUE, sizeof(SatsGlyphFont));
    fonts->texts = g_ptr_array_new_with_free_func(g_free);
    fonts->text_index = g_hash_table_new(g_str_hash, g_str_equal);
}

void sats_glyph_fonts_clear(SatsGlyphFonts *fonts) {
    if (fonts->fonts == NULL)
        return;
    for (guint i = 0; i < fonts->fonts->len; i++)
        g_free(g_array_index(fonts->fonts, SatsGlyphFont, i).glyphs);
    g_array_unref(fonts->fonts);
    g_hash_table_unref(fonts->text_index);
    g_ptr_array_unref(fonts->texts);
    *fonts = (SatsGlyphFonts){0};
}

SatsGlyphFont *sats_glyph_fonts_use(SatsGlyphFonts *fonts, const SatsFace *face) {
    const SatsFaceInfo *info = sats_face_info(face);
    if (info->index >= fonts->fonts->len)
        g_array_set_size(fonts->fonts, info->index + 1);
    SatsGlyphFont *font = &g_array_index(fonts->fonts, SatsGlyphFont, info->index);
    if (font->number == 0) {
        font->face = face;
        font->info = info;
        font->number = sats_writer_reserve(fonts->writer);
        font->n_glyphs = info->n_glyphs;
        font->glyphs = g_new0(SatsGlyphUse, info->n_glyphs);
    }
    font->page = fonts->page;
    return font;
}

void sats_glyph_font_add(SatsGlyphFont *font, guint glyph) {
    SatsGlyphUse *use = &font->glyphs[glyph];
    use->used = TRUE;
    use->width = (float)(round(sats_face_advance(font->face, glyph) * 100.0) / 100.0);
}

/* Spaces and hyphens that only differ in whether a line may break there mostly share a glyph; read
 * aloud, searched and copied they are plain ones. */
static gsize without_break_control(const char **text, gsize length) {
    if (length == 2 && memcmp(*text, "\xC2\xA0", 2) == 0) { /* U+00A0 */
        *text = " ";
        return 1;
    }
    if (length == 3 && memcmp(*text, "\xE2\x80\xAF", 3) == 0) { /* U+202F */
        *text = " ";
        return 1;
    }
    if (length == 3 && memcmp(*text, "\xE2\x80\x91", 3) == 0) { /* U+2011 */
        *text = "-";
        return 1;
    }
    return length;
}

guint64 sats_glyph_fonts_text_key(SatsGlyphFonts *fonts, const char *text, gsize length) {
    if (length == 1)
        return (guint64)1 << 56 | (guint8)text[0];
    length = without_break_control(&text, length);
    if (length <= 7) {
        guint64 key = (guint64)length << 56;
        for (gsize i = 0; i < length; i++)
            key |= (guint64)(guint8)text[i] << (8 * i);
        return key;
    }
    g_autofree char *copy = g_strndup(text, length);
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(fonts->text_index, copy));
    if (index == 0) {
        g_ptr_array_add(fonts->texts, copy);
        index = fonts->texts->len;
        g_hash_table_insert(fonts->text_index, g_steal_pointer(&copy), GUINT_TO_POINTER(index));
    }
    return (guint64)0xFF << 56 | index;
}

const char *sats_glyph_fonts_text(const SatsGlyphFonts *fonts, guint64 key, char room[8],
                                  gsize *out_length) {
    gsize length = (gsize)(key >> 56);
    if (length == 0xFF) {
        const char *text = g_ptr_array_index(fonts->texts, (guint)(key & 0xFFFFFFFF) - 1);
        *out_length = strlen(text);
        return text;
    }
    for (gsize i = 0; i < length; i++)
        room[i] = (char)(key >> (8 * i) & 255);
    *out_length = length;
    return room;
}

void sats_glyph_fonts_put_resources(const SatsGlyphFonts *fonts, SatsOut *out) {
    for (guint i = 0; i < fonts->fonts->len; i++) {
        const SatsGlyphFont *font = &g_array_index(fonts->fonts, SatsGlyphFont, i);
        if (font->number == 0 || font->page != fonts->page)
            continue;
        sats_out_literal(out, "/F");
        sats_out_int(out, i);
        sats_out_byte(out, ' ');
        sats_out_ref(out, font->number);
    }
}
