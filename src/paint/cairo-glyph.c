/* Keeps glyphs as coverage, at quarter pixels, and blends them on raster pages. */
#include "paint/cairo-glyph.h"

#include "paint/cairo-library.h"

#include <math.h>
#include <string.h>

#define PHASES      4
#define MAX_SIZE_PX 160.0       /* larger glyphs are filled as outlines */
#define MAX_BYTES   (64u << 20) /* of coverage; all is dropped above it */

/* Coverage of one glyph; left and top count from the whole pixel of its origin. */
typedef struct {
    int left, top, width, height;
    guint8 coverage[];
} Glyph;

/* The glyphs of a face at a size in pixels. */
typedef struct {
    cairo_font_face_t *face;
    double size_px;
    GHashTable *glyphs; /* index * PHASES² + phase -> Glyph */
} Strike;

struct SatsCairoGlyphs {
    cairo_t *pen; /* on a surface of one pixel, for outlines */
    GPtrArray *strikes;
    Strike *last;
    gsize bytes;
};

static void free_strike(gpointer data) {
    Strike *strike = data;
    g_hash_table_unref(strike->glyphs);
    sats_libcairo.font_face_destroy(strike->face);
    g_free(strike);
}

SatsCairoGlyphs *sats_cairo_glyphs_new(const cairo_font_options_t *options) {
    SatsCairoGlyphs *cache = g_new0(SatsCairoGlyphs, 1);
    cairo_surface_t *pixel = sats_libcairo.image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cache->pen = sats_libcairo.create(pixel);
    sats_libcairo.surface_destroy(pixel);
    sats_libcairo.set_font_options(cache->pen, options);
    cache->strikes = g_ptr_array_new_with_free_func(free_strike);
    return cache;
}

void sats_cairo_glyphs_free(SatsCairoGlyphs *cache) {
    if (cache == NULL)
        return;
    sats_libcairo.destroy(cache->pen);
    g_ptr_array_unref(cache->strikes);
    g_free(cache);
}

static gboolean is_strike(const Strike *strike, const cairo_font_face_t *face, double size_px) {
    return strike->face == face && fabs(strike->size_px - size_px) < 1e-6;
}

static Strike *find_strike(SatsCairoGlyphs *cache, cairo_font_face_t *face, double size_px) {
    if (cache->last != NULL && is_strike(cache->last, face, size_px))
        return cache->last;
    if (cache->bytes > MAX_BYTES) {
        g_ptr_array_set_size(cache->strikes, 0);
        cache->bytes = 0;
    }
    for (guint i = 0; i < cache->strikes->len; i++) {
        cache->last = g_ptr_array_index(cache->strikes, i);
        if (is_strike(cache->last, face, size_px))
            return cache->last;
    }
    Strike *strike = g_new(Strike, 1);
    strike->face = sats_libcairo.font_face_reference(face);
    strike->size_px = size_px;
    strike->glyphs = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_ptr_array_add(cache->strikes, strike);
    cache->last = strike;
    return strike;
}

/* The path of one glyph stands in the pen; fills it into coverage. */
static Glyph *fill_outline(SatsCairoGlyphs *cache) {
    double x1, y1, x2, y2;
    sats_libcairo.path_extents(cache->pen, &x1, &y1, &x2, &y2);
    int left = (int)floor(x1), top = (int)floor(y1);
    int width = x2 > x1 ? (int)ceil(x2) - left : 0;
    int height = y2 > y1 ? (int)ceil(y2) - top : 0;
    if (width == 0 || height == 0)
        width = height = 0;
    Glyph *glyph = g_malloc0(sizeof *glyph + (gsize)width * (gsize)height);
    *glyph = (Glyph){left, top, width, height};
    if (width == 0)
        return glyph;
    cairo_surface_t *surface = sats_libcairo.image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cr = sats_libcairo.create(surface);
    cairo_path_t *path = sats_libcairo.copy_path(cache->pen);
    sats_libcairo.translate(cr, -left, -top);
    sats_libcairo.append_path(cr, path);
    sats_libcairo.fill(cr);
    sats_libcairo.path_destroy(path);
    sats_libcairo.destroy(cr);
    sats_libcairo.surface_flush(surface);
    int stride = sats_libcairo.image_surface_get_stride(surface);
    const guint8 *rows = sats_libcairo.image_surface_get_data(surface);
    for (int y = 0; rows != NULL && y < height; y++)
        memcpy(glyph->coverage + (gsize)y * (gsize)width, rows + (gsize)y * (gsize)stride,
               (gsize)width);
    sats_libcairo.surface_destroy(surface);
    return glyph;
}

static const Glyph *find_glyph(SatsCairoGlyphs *cache, Strike *strike, unsigned long index,
                               int phase_x, int phase_y) {
    guint key = ((guint)index * PHASES + (guint)phase_x) * PHASES + (guint)phase_y;
    Glyph *glyph = g_hash_table_lookup(strike->glyphs, GUINT_TO_POINTER(key));
    if (glyph != NULL)
        return glyph;
    const cairo_glyph_t placed = {index, (double)phase_x / PHASES, (double)phase_y / PHASES};
    sats_libcairo.set_font_face(cache->pen, strike->face);
    sats_libcairo.set_font_size(cache->pen, strike->size_px);
    sats_libcairo.new_path(cache->pen);
    sats_libcairo.glyph_path(cache->pen, &placed, 1);
    glyph = fill_outline(cache);
    cache->bytes += sizeof *glyph + (gsize)glyph->width * (gsize)glyph->height;
    g_hash_table_insert(strike->glyphs, GUINT_TO_POINTER(key), glyph);
    return glyph;
}

/* The page's pixels. */
typedef struct {
    guint8 *data;
    int stride, width, height;
} Canvas;

static guint32 blend_channel(guint32 below, guint32 above, guint32 coverage) {
    guint32 sum = below * (255 - coverage) + above * coverage + 128;
    return (sum + (sum >> 8)) >> 8;
}

static void blend_row(guint32 *to, const guint8 *coverage, int n, guint32 rgb) {
    for (int i = 0; i < n; i++) {
        guint32 c = coverage[i], below = to[i];
        if (c == 255)
            to[i] = rgb;
        else if (c != 0)
            to[i] = blend_channel(below >> 16 & 0xFF, rgb >> 16 & 0xFF, c) << 16 |
                    blend_channel(below >> 8 & 0xFF, rgb >> 8 & 0xFF, c) << 8 |
                    blend_channel(below & 0xFF, rgb & 0xFF, c);
    }
}

/* Blends a glyph whose origin is in the pixel x, y, as far as it is on the page. */
static void blend_glyph(const Canvas *canvas, const Glyph *glyph, int x, int y, guint32 rgb) {
    int left = x + glyph->left, top = y + glyph->top;
    int from_x = MAX(0, -left), to_x = MIN(glyph->width, canvas->width - left);
    int from_y = MAX(0, -top), to_y = MIN(glyph->height, canvas->height - top);
    if (from_x >= to_x)
        return;
    for (int row = from_y; row < to_y; row++) {
        guint8 *line = canvas->data + (gssize)(top + row) * canvas->stride;
        blend_row((guint32 *)(void *)line + left + from_x,
                  glyph->coverage + (gssize)row * glyph->width + from_x, to_x - from_x,
                  rgb & 0xFFFFFFu);
    }
}

static void fill_glyphs(cairo_t *cr, cairo_font_face_t *face, double size, guint32 rgb,
                        const cairo_glyph_t *glyphs, guint n_glyphs) {
    sats_libcairo.set_font_face(cr, face);
    sats_libcairo.set_font_size(cr, size);
    sats_libcairo.set_source_rgb(cr, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0,
                                 (rgb & 0xFF) / 255.0);
    sats_libcairo.new_path(cr);
    sats_libcairo.glyph_path(cr, glyphs, (int)n_glyphs);
    sats_libcairo.set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    sats_libcairo.fill(cr);
}

void sats_cairo_glyphs_draw(SatsCairoGlyphs *cache, cairo_t *cr, cairo_surface_t *surface,
                            cairo_font_face_t *face, double size, guint32 rgb,
                            const cairo_glyph_t *glyphs, guint n_glyphs) {
    cairo_matrix_t m;
    sats_libcairo.get_matrix(cr, &m);
    double size_px = size * m.xx;
    gboolean upright = fabs(m.xy) < 1e-9 && fabs(m.yx) < 1e-9 && fabs(m.xx - m.yy) < 1e-9;
    if (!upright || !(size_px > 0 && size_px <= MAX_SIZE_PX)) {
        fill_glyphs(cr, face, size, rgb, glyphs, n_glyphs);
        return;
    }
    sats_libcairo.surface_flush(surface);
    Canvas canvas = {sats_libcairo.image_surface_get_data(surface),
                     sats_libcairo.image_surface_get_stride(surface),
                     sats_libcairo.image_surface_get_width(surface),
                     sats_libcairo.image_surface_get_height(surface)};
    if (canvas.data == NULL)
        return;
    Strike *strike = find_strike(cache, face, size_px);
    for (guint i = 0; i < n_glyphs; i++) {
        double x = glyphs[i].x * m.xx + m.x0, y = glyphs[i].y * m.yy + m.y0;
        if (!(fabs(x) < 1e6 && fabs(y) < 1e6)) /* far off the page */
            continue;
        int quarter_x = (int)floor(x * PHASES + 0.5), quarter_y = (int)floor(y * PHASES + 0.5);
        int pixel_x = (int)floor((double)quarter_x / PHASES);
        int pixel_y = (int)floor((double)quarter_y / PHASES);
        const Glyph *glyph = find_glyph(cache, strike, glyphs[i].index,
                                        quarter_x - pixel_x * PHASES, quarter_y - pixel_y * PHASES);
        blend_glyph(&canvas, glyph, pixel_x, pixel_y, rgb);
    }
    sats_libcairo.surface_mark_dirty(surface);
}
