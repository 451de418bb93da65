/* text/itemise.c: splits text by coverage, or by Pango's itemiser where scripts matter.
 *
 * Symbols, letters and punctuation that a face lacks (a half-filled circle among Latin letters)
 * only need a face that has them: of the given ones, nearest in weight and slant, then first. That
 * takes microseconds, and no library's order of preference has a say in it.
 *
 * Texts with other scripts, emoji and joiners go to Pango, over a font map that sees the given
 * fonts only: its fontconfig configuration is made from nothing (FcConfigCreate) plus the files of
 * the SatsFonts. Neither the environment nor fontconfig's current configuration is touched: a
 * library must not change either under its host. What remains is Pango's own thread, which calls
 * FcInit() once a process when the first font map is made, and so reads the system's
 * *configuration* (never used here): 4 ms, 100 ms with cold disks. That is why the font map is made
 * only for the first text that needs it. A program (not the library) may set FONTCONFIG_FILE to a
 * file that says <fontconfig/> before it starts threads. Threads also mean: no fork() after that
 * which goes on using Pango in the child.
 *
 * Pango itself is loaded then, too (pango-library.h). Where it is missing, such a text is not set:
 * all its characters count as unknown, which is reported, rather than coming out in a wrong order.
 */
#include "text/itemise.h"

#include <string.h>

#include "text/font-private.h"
#include "text/pango-library.h"

struct SatsItemiser {
    SatsFonts *fonts;
    const SatsPango *pango; /* this and the next three NULL until needed */
    PangoFontMap *map;
    PangoContext *context;
    PangoAttrList *attributes; /* none */
    GArray *items;             /* of SatsItem */
};

SatsItemiser *sats_itemiser_new(SatsFonts *fonts) {
    SatsItemiser *self = g_new0(SatsItemiser, 1);
    self->fonts = fonts;
    self->items = g_array_new(FALSE, TRUE, sizeof(SatsItem));
    return self;
}

void sats_itemiser_free(SatsItemiser *itemiser) {
    if (!itemiser)
        return;
    g_array_unref(itemiser->items);
    if (itemiser->map) {
        itemiser->pango->pango_attr_list_unref(itemiser->attributes);
        itemiser->pango->g_object_unref(itemiser->context);
        itemiser->pango->g_object_unref(itemiser->map);
    }
    g_free(itemiser);
}

gboolean sats_itemiser_needs_scripts(const char *text, gsize length) {
    for (gsize i = 0; i < length; i++) {
        guchar lead = (guchar)text[i];
        if (lead < 0xD6) /* ASCII, inner bytes, leads up to U+057F */
            continue;
        if (lead == 0xE1 && i + 1 < length && (guchar)text[i + 1] >= 0xB8)
            continue; /* U+1E00–U+1FFF: Latin and Greek with accents */
        if (lead != 0xE2)
            return TRUE;
        guchar second = i + 1 < length ? (guchar)text[i + 1] : 0;
        guchar third = i + 2 < length ? (guchar)text[i + 2] : 0;
        if ((second == 0x80 &&
             ((third >= 0x8C && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))) ||
            (second == 0x81 && third >= 0xA6 && third <= 0xA9))
            return TRUE; /* U+200C–F, U+202A–E, U+2066–9 */
    }
    return FALSE;
}

/* ---- By coverage ---- */

/* Spaces and hyphens that HarfBuzz makes from others, and characters that are not seen, never need
 * another face. */
static gboolean has_glyph(const SatsFace *face, gunichar c) {
    hb_codepoint_t glyph = 0;
    hb_font_t *font = sats_face_hb_font(face);
    if (sats_hb.font_get_nominal_glyph(font, c, &glyph) || c == 0x2011)
        return TRUE;
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_FORMAT;
}

static guint distance(const SatsFace *a, const SatsFace *b) {
    const SatsFaceInfo *x = sats_face_info(a), *y = sats_face_info(b);
    return (guint)ABS(x->weight - y->weight) + (!x->italic == !y->italic ? 0u : 50u);
}

/* The face for a character: the one asked for, the one before it, the nearest; else `face`. */
static const SatsFace *cover(const SatsItemiser *self, const SatsFace *face,
                             const SatsFace *previous, gunichar c) {
    const SatsFace *best = NULL;
    if (has_glyph(face, c))
        return face;
    if (has_glyph(previous, c))
        return previous;
    for (guint i = 0; i < sats_fonts_count(self->fonts); i++) {
        const SatsFace *other = sats_fonts_at(self->fonts, i);
        if (has_glyph(other, c) && (!best || distance(face, other) < distance(face, best)))
            best = other;
    }
    return best ? best : face;
}

static void split_by_coverage(SatsItemiser *self, const SatsFace *face, const char *text,
                              gsize length) {
    SatsItem item = {.face = face};
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean is_mark = at > text && g_unichar_ismark(c) && has_glyph(item.face, c);
        const SatsFace *found = is_mark ? item.face : cover(self, face, item.face, c);
        if (found != item.face && at > text) {
            g_array_append_val(self->items, item);
            item.start = item.end;
        }
        item.face = found;
        item.end = (guint)(g_utf8_next_char(at) - text);
    }
    g_array_append_val(self->items, item);
}

/* ---- By Pango ---- */

static void make_font_map(SatsItemiser *self) {
    const SatsPango *pango = self->pango;
    FcConfig *config = pango->FcConfigCreate();
    for (guint i = 0; i < sats_fonts_count(self->fonts); i++) {
        const SatsFaceInfo *info = sats_face_info(sats_fonts_at(self->fonts, i));
        pango->FcConfigAppFontAddFile(config, (const FcChar8 *)info->path);
    }
    self->map = pango->pango_ft2_font_map_new();
    pango->pango_ft2_font_map_set_resolution((PangoFT2FontMap *)(void *)self->map, 72.0, 72.0);
    pango->pango_fc_font_map_set_config((PangoFcFontMap *)(void *)self->map, config);
    pango->FcConfigDestroy(config); /* the map holds a reference */
    self->context = pango->pango_font_map_create_context(self->map);
    pango->pango_context_set_language(self->context, pango->pango_language_from_string("sv"));
    pango->pango_context_set_round_glyph_positions(self->context, FALSE);
    self->attributes = pango->pango_attr_list_new();
}

/* The face of the file that Pango chose; the face asked for when it is not ours. */
static const SatsFace *face_of_font(const SatsItemiser *self, PangoFont *font,
                                    const SatsFace *otherwise) {
    const SatsPango *pango = self->pango;
    FcPattern *pattern = NULL;
    if (font && pango->g_type_check_instance_is_a((GTypeInstance *)(void *)font,
                                                  pango->pango_fc_font_get_type()))
        pattern = pango->pango_fc_font_get_pattern((PangoFcFont *)(void *)font);
    FcChar8 *file = NULL;
    if (!pattern || pango->FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch)
        return otherwise;
    for (guint i = 0; i < sats_fonts_count(self->fonts); i++) {
        const SatsFace *face = sats_fonts_at(self->fonts, i);
        if (strcmp(sats_face_info(face)->path, (const char *)file) == 0)
            return face;
    }
    return otherwise;
}

static void set_font(SatsItemiser *self, const SatsFace *face) {
    const SatsPango *pango = self->pango;
    const SatsFaceInfo *info = sats_face_info(face);
    PangoFontDescription *description = pango->pango_font_description_new();
    pango->pango_font_description_set_family(description, info->family);
    pango->pango_font_description_set_weight(description, (PangoWeight)info->weight);
    pango->pango_font_description_set_style(description,
                                            info->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango->pango_font_description_set_absolute_size(description, 1000.0 * PANGO_SCALE);
    pango->pango_context_set_font_description(self->context, description);
    pango->pango_font_description_free(description);
}

static void split_by_pango(SatsItemiser *self, const SatsFace *face, const char *text,
                           gsize length) {
    if (!self->map)
        make_font_map(self);
    const SatsPango *pango = self->pango;
    set_font(self, face);
    GList *list = pango->pango_itemize_with_base_dir(self->context, PANGO_DIRECTION_LTR, text, 0,
                                                     (int)length, self->attributes, NULL);
    for (GList *link = list; link; link = link->next) {
        const PangoItem *found = link->data;
        SatsItem item = {
            .face = face_of_font(self, found->analysis.font, face),
            .start = (guint)found->offset,
            .end = (guint)(found->offset + found->length),
            .is_unknown = (found->analysis.level & 1) != 0,
        };
        g_array_append_val(self->items, item);
    }
    g_list_free_full(list, (GDestroyNotify)pango->pango_item_free);
}

guint sats_itemiser_split(SatsItemiser *itemiser, const SatsFace *face, const char *text,
                          gsize length, const SatsItem **out_items) {
    g_array_set_size(itemiser->items, 0);
    gboolean needs_scripts = sats_itemiser_needs_scripts(text, length);
    if (needs_scripts && !itemiser->pango)
        itemiser->pango = sats_pango();
    if (!needs_scripts) {
        split_by_coverage(itemiser, face, text, length);
    } else if (itemiser->pango) {
        split_by_pango(itemiser, face, text, length);
    } else {
        SatsItem item = {.face = face, .end = (guint)length, .is_unknown = TRUE};
        g_array_append_val(itemiser->items, item);
    }
    *out_items = (const SatsItem *)(const void *)itemiser->items->data;
    return itemiser->items->len;
}
