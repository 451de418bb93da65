/* Opens font files in memory for cairo, with a FreeType library for each device. */
#include "paint/cairo-font.h"

#include "base/report.h"
#include "paint/cairo-library.h"

/* Counted: one for the device, one for each face that cairo may still hold. The last may be dropped
 * by any thread that makes cairo empty its cache. */
typedef struct {
    GMutex mutex;
    FT_Library library;
    guint n_users;
} SharedLibrary;

typedef struct {
    SharedLibrary *shared;
    FT_Face face;
} OpenFace;

struct SatsCairoFonts {
    SharedLibrary *shared;
    GHashTable *faces; /* SatsFace -> cairo_font_face_t */
};

static SharedLibrary *shared_new(void) {
    SharedLibrary *shared = g_new0(SharedLibrary, 1);
    g_mutex_init(&shared->mutex);
    if (sats_freetype.Init_FreeType(&shared->library) != 0)
        shared->library = NULL;
    shared->n_users = 1;
    return shared;
}

/* Closes `face` (may be NULL) and gives back one use. */
static void shared_drop(SharedLibrary *shared, FT_Face face) {
    g_mutex_lock(&shared->mutex);
    if (face != NULL)
        sats_freetype.Done_Face(face);
    gboolean last = --shared->n_users == 0;
    g_mutex_unlock(&shared->mutex);
    if (!last)
        return;
    if (shared->library != NULL)
        sats_freetype.Done_FreeType(shared->library);
    g_mutex_clear(&shared->mutex);
    g_free(shared);
}

static void close_face(void *data) {
    OpenFace *open = data;
    shared_drop(open->shared, open->face);
    g_free(open);
}

static void destroy_cairo_face(gpointer face) {
    sats_libcairo.font_face_destroy(face);
}

SatsCairoFonts *sats_cairo_fonts_new(void) {
    SatsCairoFonts *fonts = g_new(SatsCairoFonts, 1);
    fonts->shared = shared_new();
    fonts->faces = g_hash_table_new_full(NULL, NULL, NULL, destroy_cairo_face);
    return fonts;
}

void sats_cairo_fonts_free(SatsCairoFonts *fonts) {
    if (fonts == NULL)
        return;
    g_hash_table_unref(fonts->faces);
    shared_drop(fonts->shared, NULL);
    g_free(fonts);
}

static OpenFace *open_face(SharedLibrary *shared, const SatsFaceInfo *info, GError **error) {
    FT_Face face = NULL;
    int failure = shared->library == NULL;
    if (!failure) {
        g_mutex_lock(&shared->mutex);
        failure = sats_freetype.New_Memory_Face(shared->library, info->bytes, (FT_Long)info->size,
                                                0, &face);
        if (!failure)
            shared->n_users++;
        g_mutex_unlock(&shared->mutex);
    }
    if (failure) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT,
                    "font %s cannot be opened by FreeType", info->path);
        return NULL;
    }
    OpenFace *open = g_new(OpenFace, 1);
    *open = (OpenFace){shared, face};
    return open;
}

cairo_font_face_t *sats_cairo_fonts_face(SatsCairoFonts *fonts, const SatsFace *face,
                                         GError **error) {
    static const cairo_user_data_key_t key;
    cairo_font_face_t *result = g_hash_table_lookup(fonts->faces, face);
    if (result != NULL)
        return result;
    const SatsFaceInfo *info = sats_face_info(face);
    OpenFace *open = open_face(fonts->shared, info, error);
    if (open == NULL)
        return NULL;
    result = sats_libcairo.ft_font_face_create_for_ft_face(open->face, FT_LOAD_NO_HINTING);
    if (sats_libcairo.font_face_set_user_data(result, &key, open, close_face) !=
        CAIRO_STATUS_SUCCESS) {
        sats_libcairo.font_face_destroy(result);
        close_face(open);
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT,
                    "font %s cannot be used by cairo", info->path);
        return NULL;
    }
    g_hash_table_insert(fonts->faces, (gpointer)(guintptr)face, result);
    return result;
}
