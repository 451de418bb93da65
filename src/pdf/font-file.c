/* font-file.c: the used part of each face as a Type0 font (ISO 32000-1, 9.7; ISO 19005-3, 6.2.11).
 */
#include <math.h>

#include "base/report.h"
#include "pdf/fonts.h"
#include "pdf/subset-library.h"
#include "text/harfbuzz-library.h"

enum {
    TOUNICODE_BLOCK = 100,  /* most entries in a bfchar block (9.10.3) */
    USUAL_SUBSET = 1 << 14, /* bytes */
};

/* Layout, names and the like serve no viewer: glyphs are chosen already. */
static const char *const DROPPED[] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH",
                                      "kern", "name", "DSIG", "STAT", "meta", "gasp",
                                      "FFTM", "PCLT", "LTSH", "VDMX", "hdmx"};
/* Of no use in a TrueType font that is addressed by glyph (table 126). */
static const char *const DROPPED_TRUETYPE[] = {"cmap", "OS/2", "post"};

static void drop_tables(hb_subset_input_t *input, const char *const *tags, gsize n) {
    hb_set_t *dropped = sats_hb_subset.input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (gsize i = 0; i < n; i++)
        sats_hb.set_add(dropped, sats_hb.tag_from_string(tags[i], -1));
}

/* The face without its character map: the subsetter would list all of that to find the characters
 * of the glyphs, though the map is dropped. */
static hb_face_t *without_map(hb_face_t *face) {
    hb_face_t *rest = sats_hb.face_builder_create();
    hb_tag_t tags[64];
    unsigned n = G_N_ELEMENTS(tags);
    sats_hb.face_get_table_tags(face, 0, &n, tags);
    for (unsigned i = 0; i < n; i++) {
        hb_blob_t *table = sats_hb.face_reference_table(face, tags[i]);
        if (tags[i] != HB_TAG('c', 'm', 'a', 'p'))
            sats_hb.face_builder_add_table(rest, tags[i], table);
        sats_hb.blob_destroy(table);
    }
    sats_hb.face_destroy(face);
    return rest;
}

static hb_blob_t *subset(const SatsGlyphFont *font) {
    const SatsFaceInfo *info = font->info;
    hb_blob_t *file = sats_hb.blob_create((const char *)info->bytes, (unsigned)info->size,
                                          HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = sats_hb.face_create(file, 0);
    hb_subset_input_t *input = sats_hb_subset.input_create_or_fail();
    sats_hb_subset.input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *glyphs = sats_hb_subset.input_glyph_set(input);
    for (guint i = 0; i < font->n_glyphs; i++)
        if (font->glyphs[i].used)
            sats_hb.set_add(glyphs, i);
    if (info->is_cff && font->n_glyphs > 0)
        sats_hb.set_add(glyphs,
                        font->n_glyphs - 1); /* veraPDF 1.28 misreads the short table of names
                                           (CFF charset, format 1) of a font cut off */
    drop_tables(input, DROPPED, G_N_ELEMENTS(DROPPED));
    if (!info->is_cff) {
        drop_tables(input, DROPPED_TRUETYPE, G_N_ELEMENTS(DROPPED_TRUETYPE));
        face = without_map(face);
    }
    hb_face_t *part = sats_hb_subset.or_fail(face, input);
    hb_blob_t *blob = part != NULL ? sats_hb.face_reference_blob(part) : NULL;
    sats_hb.face_destroy(part);
    sats_hb_subset.input_destroy(input);
    sats_hb.face_destroy(face);
    sats_hb.blob_destroy(file);
    return blob;
}

/* "ABCDEF+Name" (9.6.4): the tag is made of what the subset holds, so that it is the same each
 * time. */
static char *subset_name(const SatsGlyphFont *font) {
    guint64 hash = 14695981039346656037u;
    for (const char *p = font->info->postscript_name; *p != '\0'; p++)
        hash = (hash ^ (guint8)*p) * 1099511628211u;
    for (guint i = 0; i < font->n_glyphs; i++)
        if (font->glyphs[i].used)
            hash = (hash ^ i) * 1099511628211u;
    hash ^= hash >> 29;
    char tag[7] = {0};
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    return g_strdup_printf("%s+%s", tag, font->info->postscript_name);
}

/* In either thread: by now nothing marks glyphs any more. */
static void make_file(SatsStream *stream) {
    const SatsGlyphFont *font = stream->context;
    if (!sats_subset_load(&stream->error))
        return;
    hb_blob_t *blob = subset(font);
    unsigned size = 0;
    const char *bytes = blob != NULL ? sats_hb.blob_get_data(blob, &size) : NULL;
    if (size == 0) {
        stream->error = g_error_new(SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT,
                                    "%s: the font could not be subset", font->info->path);
    } else if (font->info->is_cff) {
        sats_out_literal(&stream->entries, "/Subtype/OpenType");
    } else {
        sats_out_literal(&stream->entries, "/Length1 ");
        sats_out_int(&stream->entries, size);
    }
    sats_out_bytes(&stream->body, bytes, size);
    sats_hb.blob_destroy(blob);
}

void sats_glyph_fonts_write_files(SatsGlyphFonts *fonts) {
    for (guint i = 0; i < fonts->fonts->len; i++) {
        SatsGlyphFont *font = &g_array_index(fonts->fonts, SatsGlyphFont, i);
        if (font->number == 0)
            continue;
        font->file_number = sats_writer_reserve(fonts->writer);
        SatsStream *stream = sats_writer_begin_stream(fonts->writer, font->file_number);
        stream->make = make_file;
        stream->context = font;
        stream->expected = USUAL_SUBSET;
        sats_writer_end_stream(fonts->writer);
    }
}

static guint32 write_descriptor(SatsGlyphFonts *fonts, const SatsGlyphFont *font,
                                const char *name) {
    const SatsFaceInfo *info = font->info;
    guint32 number = sats_writer_reserve(fonts->writer);
    SatsOut *out = sats_writer_begin(fonts->writer, number);
    sats_out_literal(out, "<</Type/FontDescriptor/FontName");
    sats_out_name(out, name);
    sats_out_literal(out,
                     "/Flags "); /* table 123: symbolic, as any font addressed by glyph; italic */
    sats_out_int(out, 4 | (info->italic ? 64 : 0));
    sats_out_literal(out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_real(out, info->bbox[i], 0);
    }
    sats_out_literal(out, "]/ItalicAngle ");
    sats_out_real(out, info->italic_angle, 2);
    sats_out_literal(out, "/Ascent ");
    sats_out_real(out, info->ascender, 0);
    sats_out_literal(out, "/Descent ");
    sats_out_real(out, info->descender, 0);
    sats_out_literal(out, "/CapHeight ");
    sats_out_real(out, info->cap_height, 0);
    sats_out_literal(out, "/XHeight ");
    sats_out_real(out, info->x_height, 0);
    sats_out_literal(out,
                     "/StemV "); /* no font file tells it: the usual estimate from the weight */
    sats_out_real(out, 50.0 + (info->weight / 65.0) * (info->weight / 65.0), 0);
    sats_out_string(out, info->is_cff ? "/FontFile3 " : "/FontFile2 ");
    sats_out_ref(out, font->file_number);
    sats_out_literal(out, ">>");
    sats_writer_end(fonts->writer);
    return number;
}

/* ---- widths ---- */

static int compare_widths(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The width that most glyphs have: in fonts with tabular figures that of the figures. */
static float commonest_width(const SatsGlyphFont *font) {
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 0; i < font->n_glyphs; i++)
        if (font->glyphs[i].used)
            g_array_append_val(widths, font->glyphs[i].width);
    g_array_sort(widths, compare_widths);
    float best = 1000.0f, last = -1.0f;
    guint best_n = 0, n = 0;
    for (guint i = 0; i < widths->len; i++) {
        float width = g_array_index(widths, float, i);
        n = fabsf(width - last) < 0.005f ? n + 1 : 1;
        last = width;
        if (n > best_n) {
            best_n = n;
            best = width;
        }
    }
    return best;
}

/* "/DW 497/W[3[200]17[250 544 …]]" (9.7.4.3) */
static void put_widths(SatsOut *out, const SatsGlyphFont *font) {
    float usual = commonest_width(font);
    sats_out_literal(out, "/DW ");
    sats_out_real(out, (double)usual, 2);
    sats_out_literal(out, "/W[");
    gboolean open = FALSE;
    for (guint i = 0; i < font->n_glyphs; i++) {
        const SatsGlyphUse *use = &font->glyphs[i];
        if (!use->used || fabsf(use->width - usual) < 0.005f) {
            if (open)
                sats_out_byte(out, ']');
            open = FALSE;
            continue;
        }
        if (!open) {
            sats_out_int(out, i);
            sats_out_byte(out, '[');
            open = TRUE;
        } else {
            sats_out_byte(out, ' ');
        }
        sats_out_real(out, (double)use->width, 2);
    }
    sats_out_string(out, open ? "]]" : "]");
}

/* ---- what glyphs read as ---- */

static void put_block(SatsOut *out, SatsOut *entries, guint *n) {
    if (*n == 0)
        return;
    sats_out_int(out, *n);
    sats_out_literal(out, " beginbfchar\n");
    sats_out_bytes(out, entries->data, entries->length);
    sats_out_literal(out, "endbfchar\n");
    entries->length = 0;
    *n = 0;
}

static guint32 write_to_unicode(SatsGlyphFonts *fonts, const SatsGlyphFont *font) {
    SatsOut out = {0}, entries = {0};
    guint n = 0;
    sats_out_literal(&out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                           "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                           "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                           "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (guint i = 0; i < font->n_glyphs; i++) {
        const SatsGlyphUse *use = &font->glyphs[i];
        if (!use->used || use->text == 0)
            continue;
        char room[8];
        gsize length;
        const char *text = sats_glyph_fonts_text(fonts, use->text, room, &length);
        sats_out_byte(&entries, '<');
        sats_out_hex(&entries, i, 4);
        sats_out_literal(&entries, "><");
        sats_out_utf16_hex(&entries, text, length);
        sats_out_literal(&entries, ">\n");
        if (++n == TOUNICODE_BLOCK)
            put_block(&out, &entries, &n);
    }
    put_block(&out, &entries, &n);
    sats_out_literal(&out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    guint32 number = sats_writer_reserve(fonts->writer);
    sats_writer_stream(fonts->writer, number, "", out.data, out.length);
    sats_out_clear(&out);
    sats_out_clear(&entries);
    return number;
}

/* ---- dictionaries ---- */

static void write_font(SatsGlyphFonts *fonts, const SatsGlyphFont *font) {
    g_autofree char *name = subset_name(font);
    guint32 descriptor = write_descriptor(fonts, font, name);
    guint32 to_unicode = write_to_unicode(fonts, font);
    guint32 descendant = sats_writer_reserve(fonts->writer);
    SatsOut *out = sats_writer_begin(fonts->writer, descendant);
    sats_out_literal(out, "<</Type/Font/Subtype");
    sats_out_string(out,
                    font->info->is_cff ? "/CIDFontType0" : "/CIDFontType2/CIDToGIDMap/Identity");
    sats_out_literal(out, "/BaseFont");
    sats_out_name(out, name);
    sats_out_literal(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                          "/FontDescriptor ");
    sats_out_ref(out, descriptor);
    put_widths(out, font);
    sats_out_literal(out, ">>");
    sats_writer_end(fonts->writer);

    out = sats_writer_begin(fonts->writer, font->number);
    sats_out_literal(out, "<</Type/Font/Subtype/Type0/BaseFont");
    if (font->info->is_cff) { /* table 121: the descendant's name and the CMap's */
        g_autofree char *full = g_strconcat(name, "-Identity-H", NULL);
        sats_out_name(out, full);
    } else {
        sats_out_name(out, name);
    }
    sats_out_literal(out, "/Encoding/Identity-H/DescendantFonts[");
    sats_out_ref(out, descendant);
    sats_out_literal(out, "]/ToUnicode ");
    sats_out_ref(out, to_unicode);
    sats_out_literal(out, ">>");
    sats_writer_end(fonts->writer);
}

void sats_glyph_fonts_write(SatsGlyphFonts *fonts) {
    for (guint i = 0; i < fonts->fonts->len; i++) {
        const SatsGlyphFont *font = &g_array_index(fonts->fonts, SatsGlyphFont, i);
        if (font->number != 0 && !sats_writer_failed(fonts->writer))
            write_font(fonts, font);
    }
}
