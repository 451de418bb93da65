/* text/font.c: reads the font folders; what a face is and measures, by HarfBuzz.
 *
 * No fontconfig here. Asking HarfBuzz for names, weights and measures of eight mapped files takes
 * 0.3 ms; a private fontconfig configuration of the same files takes 2 ms, and the font map that
 * Pango builds over one starts a thread that reads the system's configuration (5 ms warm, 100 ms
 * cold). Fontconfig and Pango therefore wait in itemise.c until a text has a character that its
 * face lacks, and see the same files only.
 *
 * Faces are numbered by folder in the order given, then by file name in byte order, never by full
 * path: where plansats is installed must not change the output. */
#include "text/font-private.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/report.h"

/* Limits on input. */
enum { FONTS_MAX_FACES = 256, FONT_MAX_BYTES = 64 * 1024 * 1024 };

struct SatsFace {
    SatsFaceInfo info;
    GMappedFile *file;
    hb_font_t *font;
    hb_language_t language;
    char *family, *postscript_name, *path;
};

struct SatsFonts {
    GPtrArray *faces; /* of SatsFace */
};

static void face_free(void *data) {
    SatsFace *face = data;
    sats_hb.font_destroy(face->font);
    g_clear_pointer(&face->file, g_mapped_file_unref);
    g_free(face->family);
    g_free(face->postscript_name);
    g_free(face->path);
    g_free(face);
}

static char *name_dup(hb_face_t *face, hb_ot_name_id_t id) {
    char buffer[256];
    unsigned int length = sizeof buffer;
    sats_hb.ot_name_get_utf8(face, id, sats_hb.language_from_string("en", -1), &length, buffer);
    return length > 0 ? g_strndup(buffer, length) : NULL;
}

static double metric(hb_font_t *font, hb_ot_metrics_tag_t tag, double scale, double otherwise) {
    hb_position_t value = 0;
    return sats_hb.ot_metrics_get_position(font, tag, &value) ? (double)value * scale : otherwise;
}

static gboolean has_table(hb_face_t *face, hb_tag_t tag) {
    hb_blob_t *blob = sats_hb.face_reference_table(face, tag);
    gboolean found = sats_hb.blob_get_length(blob) > 0;
    sats_hb.blob_destroy(blob);
    return found;
}

/* xMin, yMin, xMax, yMax of the table `head` (OpenType, offset 36). */
static void read_bbox(hb_face_t *face, double scale, double out_bbox[4]) {
    hb_blob_t *blob = sats_hb.face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned int length = 0;
    const guint8 *head = (const guint8 *)sats_hb.blob_get_data(blob, &length);
    const guint8 *at = head + 36;
    for (guint i = 0; i < 4 && length >= 44; i++, at += 2) {
        out_bbox[i] = (double)(gint16)(guint16)((at[0] << 8) | at[1]) * scale;
    }
    sats_hb.blob_destroy(blob);
}

static void read_metrics(SatsFace *self, hb_face_t *face) {
    SatsFaceInfo *info = &self->info;
    double scale = 1000.0 / (double)info->units_per_em;
    hb_font_t *font = self->font;
    info->ascender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, scale, 750.0);
    info->descender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, scale, -250.0);
    info->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, scale, 0.7 * info->ascender);
    info->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, scale, 0.5 * info->ascender);
    info->underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, scale, -100.0);
    info->underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, scale, 50.0);
    info->italic_angle = (double)sats_hb.style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE);
    info->weight = (int)(sats_hb.style_get_value(font, HB_STYLE_TAG_WEIGHT) + 0.5f);
    info->italic = sats_hb.style_get_value(font, HB_STYLE_TAG_ITALIC) > 0.5f;
    read_bbox(face, scale, info->bbox);
}

/* Why a file cannot be used, or NULL. */
static const char *unusable(hb_face_t *face, gsize size) {
    if (size > FONT_MAX_BYTES)
        return "larger than 64 MiB";
    if (sats_hb.face_get_glyph_count(face) == 0 || sats_hb.face_get_glyph_count(face) > G_MAXUINT16)
        return "not a font";
    if (!has_table(face, HB_TAG('c', 'm', 'a', 'p')))
        return "no character map";
    if (!has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
        !has_table(face, HB_TAG('C', 'F', 'F', ' ')))
        return "no TrueType or CFF outlines";
    if (has_table(face, HB_TAG('f', 'v', 'a', 'r')))
        return "a variable font, static ones are needed";
    return NULL;
}

static SatsFace *face_new(const char *path, guint index, GError **error) {
    g_autoptr(GError) reason = NULL;
    int descriptor = sats_file_open(path, FONT_MAX_BYTES, &reason);
    g_autoptr(GMappedFile) file =
        descriptor < 0 ? NULL : g_mapped_file_new_from_fd(descriptor, FALSE, &reason);
    if (descriptor >= 0)
        close(descriptor);
    if (!file) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "font %s", reason->message);
        return NULL;
    }
    gsize size = g_mapped_file_get_length(file);
    const char *bytes = size > 0 ? g_mapped_file_get_contents(file) : "";
    hb_blob_t *blob = sats_hb.blob_create(bytes, (guint)MIN(size, (gsize)G_MAXINT),
                                          HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = sats_hb.face_create(blob, 0);
    sats_hb.blob_destroy(blob);
    const char *problem = unusable(face, size);
    g_autofree char *family = name_dup(face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    if (!family)
        family = name_dup(face, HB_OT_NAME_ID_FONT_FAMILY);
    if (!problem && !family)
        problem = "no family name";
    if (problem) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "font %s: %s", path, problem);
        sats_hb.face_destroy(face);
        return NULL;
    }
    SatsFace *self = g_new0(SatsFace, 1);
    self->file = g_steal_pointer(&file);
    self->font = sats_hb.font_create(face);
    self->language = sats_hb.language_from_string("sv", -1);
    self->family = g_steal_pointer(&family);
    self->postscript_name = name_dup(face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    if (!self->postscript_name)
        self->postscript_name = g_strdup(self->family);
    self->path = g_strdup(path);
    self->info = (SatsFaceInfo){
        .family = self->family,
        .postscript_name = self->postscript_name,
        .path = self->path,
        .bytes = (const guint8 *)bytes,
        .size = size,
        .index = index,
        .is_cff = !has_table(face, HB_TAG('g', 'l', 'y', 'f')),
        .n_glyphs = sats_hb.face_get_glyph_count(face),
        .units_per_em = sats_hb.face_get_upem(face),
    };
    read_metrics(self, face);
    sats_hb.font_make_immutable(self->font);
    sats_hb.face_destroy(face);
    return self;
}

static gint compare_names(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean is_font_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && name[0] != '.' &&
           (g_ascii_strcasecmp(dot, ".ttf") == 0 || g_ascii_strcasecmp(dot, ".otf") == 0);
}

static gboolean load_folder(SatsFonts *fonts, const char *folder, GError **error) {
    g_autoptr(GError) reason = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &reason);
    if (!dir) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "%s", reason->message);
        return FALSE;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (is_font_name(name))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    if (names->len == 0 || names->len + fonts->faces->len > FONTS_MAX_FACES) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "folder %s has %s", folder,
                    names->len == 0 ? "no fonts (.ttf, .otf)" : "too many fonts");
        return FALSE;
    }
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        SatsFace *face = face_new(path, fonts->faces->len, error);
        if (!face)
            return FALSE;
        g_ptr_array_add(fonts->faces, face);
    }
    return TRUE;
}

SatsFonts *sats_fonts_new(const char *const *folders, GError **error) {
    g_autoptr(GError) reason = NULL;
    if (!sats_harfbuzz_load(&reason)) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "%s", reason->message);
        return NULL;
    }
    g_autoptr(SatsFonts) fonts = g_new0(SatsFonts, 1);
    fonts->faces = g_ptr_array_new_with_free_func(face_free);
    for (guint i = 0; folders[i]; i++) {
        if (!load_folder(fonts, folders[i], error))
            return NULL;
    }
    if (fonts->faces->len == 0) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT, "no font folder was given");
        return NULL;
    }
    return g_steal_pointer(&fonts);
}

void sats_fonts_free(SatsFonts *fonts) {
    if (!fonts)
        return;
    g_ptr_array_unref(fonts->faces);
    g_free(fonts);
}

/* What there is, for the message: the weights of the family, or else the families. */
static void set_missing(const SatsFonts *fonts, const char *family, int weight, gboolean italic,
                        GError **error) {
    g_autoptr(GString) has = g_string_new(NULL);
    g_autoptr(GString) families = g_string_new(NULL);
    const char *previous = NULL;
    for (guint i = 0; i < fonts->faces->len; i++) {
        const SatsFaceInfo *info = sats_face_info(fonts->faces->pdata[i]);
        if (strcmp(info->family, family) == 0)
            g_string_append_printf(has, "%s%d%s", has->len ? ", " : "", info->weight,
                                   info->italic ? " italic" : "");
        if (!previous || strcmp(previous, info->family) != 0)
            g_string_append_printf(families, "%s'%s'", families->len ? ", " : "", info->family);
        previous = info->family;
    }
    g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT,
                "no font '%s' of weight %d%s (there is %s)", family, weight,
                italic ? " italic" : "", has->len ? has->str : families->str);
}

const SatsFace *sats_fonts_face(SatsFonts *fonts, const char *family, int weight, gboolean italic,
                                GError **error) {
    for (guint i = 0; i < fonts->faces->len; i++) {
        const SatsFaceInfo *info = sats_face_info(fonts->faces->pdata[i]);
        if (info->weight == weight && !info->italic == !italic && strcmp(info->family, family) == 0)
            return fonts->faces->pdata[i];
    }
    set_missing(fonts, family, weight, italic, error);
    return NULL;
}

const SatsFaceInfo *sats_face_info(const SatsFace *face) {
    return &face->info;
}

double sats_face_advance(const SatsFace *face, guint glyph) {
    hb_position_t advance = sats_hb.font_get_glyph_h_advance(face->font, glyph);
    return (double)advance * 1000.0 / (double)face->info.units_per_em;
}

hb_font_t *sats_face_hb_font(const SatsFace *face) {
    return face->font;
}

hb_language_t sats_face_language(const SatsFace *face) {
    return face->language;
}

guint sats_fonts_count(const SatsFonts *fonts) {
    return fonts->faces->len;
}

const SatsFace *sats_fonts_at(const SatsFonts *fonts, guint index) {
    return fonts->faces->pdata[index];
}
