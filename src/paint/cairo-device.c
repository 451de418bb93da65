/* The cairo device: pages as PNG, as SVG, or as one plain PDF. */
#include "paint/cairo-device.h"

#include "base/report.h"
#include "paint/cairo-font.h"
#include "paint/cairo-glyph.h"
#include "paint/cairo-image.h"
#include "paint/cairo-library.h"
#include "paint/cairo-png.h"

#include <math.h>
#include <string.h>

#define MAX_PAGE_PIXELS  400000000.0
#define MAX_CACHED_BYTES (256u << 20) /* of decoded images; dropped between pages above it */

typedef enum { CAIRO_PNG, CAIRO_SVG, CAIRO_PDF } Kind;

struct SatsCairo {
    SatsDevice device; /* first */
    Kind kind;
    double dpi;
    SatsCairoPageFunc page;
    SatsCairoWriteFunc write;
    void *context;
    cairo_surface_t *surface; /* the page's; PDF: the file's */
    cairo_t *cr;
    cairo_font_options_t *font_options;
    GByteArray *bytes; /* the page's file */
    guint page_number;
    SatsCairoFonts *fonts;
    SatsCairoGlyphs *raster; /* PNG only */
    GHashTable *images;      /* SatsImage -> cairo_surface_t */
    gsize cached_bytes;
    GArray *glyphs; /* of the stretch of text at hand */
    GArray *clusters;
    GString *text;
    GError *error; /* the first */
};

/* Nothing is drawn before a page, nor after a failure. */
static cairo_t *context_of(SatsDevice *device) {
    SatsCairo *self = (SatsCairo *)device;
    return self->error == NULL ? self->cr : NULL;
}

static void keep_status(SatsCairo *self, cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS && self->error == NULL)
        g_set_error(&self->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL, "cairo: %s",
                    sats_libcairo.status_to_string(status));
}

static void set_rgb(cairo_t *cr, guint32 rgb) {
    sats_libcairo.set_source_rgb(cr, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0,
                                 (rgb & 0xFF) / 255.0);
}

/* ---- bytes ---- */

static cairo_status_t collect_bytes(void *closure, const unsigned char *bytes, unsigned int size) {
    SatsCairo *self = closure;
    g_byte_array_append(self->bytes, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t pass_bytes(void *closure, const unsigned char *bytes, unsigned int size) {
    SatsCairo *self = closure;
    if (self->error != NULL || !self->write(self->context, bytes, size, &self->error))
        return CAIRO_STATUS_WRITE_ERROR;
    return CAIRO_STATUS_SUCCESS;
}

/* cairo counts surfaces over the whole process and uses the count in its ids ("surface12"). They
 * are numbered anew for each page. No text stands in the file, glyphs are symbols. */
static void renumber_ids(GByteArray *bytes) {
    static const char *const stems[] = {"surface", "image", "mask"};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) result = g_string_sized_new(bytes->len + 1);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    const char *at = (const char *)bytes->data;
    const char *end = at + bytes->len - 1;
    const char *kept = at;
    while ((at = strpbrk(at, "\"#")) != NULL && at < end) {
        at++;
        for (gsize i = 0; i < G_N_ELEMENTS(stems); i++) {
            gsize length = strlen(stems[i]);
            gsize digits =
                strncmp(at, stems[i], length) == 0 ? strspn(at + length, "0123456789") : 0;
            if (digits == 0)
                continue;
            char *id = g_strndup(at, length + digits);
            guint number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, id));
            if (number == 0)
                number = g_hash_table_size(seen) + 1;
            g_hash_table_replace(seen, id, GUINT_TO_POINTER(number));
            g_string_append_len(result, kept, at - kept);
            g_string_append_printf(result, "%s%u", stems[i], number);
            at += length + digits;
            kept = at;
            break;
        }
    }
    g_string_append_len(result, kept, end - kept);
    g_byte_array_set_size(bytes, 0);
    g_byte_array_append(bytes, (const guint8 *)result->str, (guint)result->len);
}

/* ---- pages ---- */

static void make_page_surface(SatsCairo *self, double width_pt, double height_pt) {
    if (self->kind == CAIRO_PDF) {
        sats_libcairo.pdf_surface_set_size(self->surface, width_pt, height_pt);
        return;
    }
    g_byte_array_set_size(self->bytes, 0);
    if (self->kind == CAIRO_SVG) {
        self->surface =
            sats_libcairo.svg_surface_create_for_stream(collect_bytes, self, width_pt, height_pt);
        return;
    }
    double width = ceil(width_pt * self->dpi / 72 - 1e-6);
    double height = ceil(height_pt * self->dpi / 72 - 1e-6);
    if (!(width >= 1 && height >= 1 && width <= 32767 && height <= 32767 &&
          width * height <= MAX_PAGE_PIXELS)) {
        g_set_error(&self->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                    "page %u would have %.0f × %.0f pixels: too many", self->page_number, width,
                    height);
        return;
    }
    self->surface = sats_libcairo.image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
}

static void begin_page(SatsDevice *device, double width_pt, double height_pt, const char *label) {
    SatsCairo *self = (SatsCairo *)device;
    self->page_number++;
    if (self->error != NULL)
        return;
    make_page_surface(self, width_pt, height_pt);
    if (self->error != NULL)
        return;
    if (self->kind == CAIRO_PDF && label != NULL)
        sats_libcairo.pdf_surface_set_page_label(self->surface, label);
    if (self->kind != CAIRO_PDF || self->cr == NULL) {
        self->cr = sats_libcairo.create(self->surface);
        sats_libcairo.set_font_options(self->cr, self->font_options);
    }
    if (self->kind == CAIRO_PNG) {
        sats_libcairo.set_source_rgb(self->cr, 1, 1, 1);
        sats_libcairo.paint(self->cr);
        sats_libcairo.scale(self->cr, self->dpi / 72, self->dpi / 72);
    }
    sats_libcairo.save(self->cr);
}

/* Ends the page's own surface, after which its file is complete, and hands it over. */
static void deliver_page(SatsCairo *self) {
    keep_status(self, sats_libcairo.status(self->cr));
    sats_libcairo.destroy(self->cr);
    self->cr = NULL;
    if (self->kind == CAIRO_PNG && self->error == NULL)
        sats_cairo_png_write(self->surface, self->dpi, self->bytes, &self->error);
    sats_libcairo.surface_finish(self->surface);
    keep_status(self, sats_libcairo.surface_status(self->surface));
    sats_libcairo.surface_destroy(self->surface);
    self->surface = NULL;
    if (self->kind == CAIRO_SVG && self->error == NULL)
        renumber_ids(self->bytes);
    if (self->error == NULL &&
        !self->page(self->context, self->page_number, self->bytes->data, self->bytes->len,
                    &self->error) &&
        self->error == NULL)
        keep_status(self, CAIRO_STATUS_WRITE_ERROR);
}

static void end_page(SatsDevice *device) {
    SatsCairo *self = (SatsCairo *)device;
    if (self->cr == NULL)
        return;
    sats_libcairo.restore(self->cr);
    if (self->kind == CAIRO_PDF) {
        sats_libcairo.show_page(self->cr);
        keep_status(self, sats_libcairo.status(self->cr));
    } else {
        deliver_page(self);
    }
    if (self->cached_bytes > MAX_CACHED_BYTES) {
        g_hash_table_remove_all(self->images);
        self->cached_bytes = 0;
    }
}

/* ---- text ---- */

/* What is gathered before it is drawn: neighbouring glyphs of one appearance. */
typedef struct {
    const SatsFace *face;
    float size_pt;
    guint32 rgb;
} Stretch;

static void draw_stretch(SatsCairo *self, const Stretch *stretch) {
    cairo_t *cr = self->cr;
    int n = (int)self->glyphs->len;
    if (n == 0 || self->error != NULL)
        return;
    cairo_font_face_t *face = sats_cairo_fonts_face(self->fonts, stretch->face, &self->error);
    if (face == NULL)
        return;
    const cairo_glyph_t *glyphs = (const cairo_glyph_t *)(const void *)self->glyphs->data;
    if (self->kind == CAIRO_PNG) {
        sats_cairo_glyphs_draw(self->raster, cr, self->surface, face, (double)stretch->size_pt,
                               stretch->rgb, glyphs, (guint)n);
    } else {
        const cairo_text_cluster_t *clusters =
            (const cairo_text_cluster_t *)(const void *)self->clusters->data;
        sats_libcairo.set_font_face(cr, face);
        sats_libcairo.set_font_size(cr, (double)stretch->size_pt);
        set_rgb(cr, stretch->rgb);
        sats_libcairo.show_text_glyphs(cr, self->text->str, (int)self->text->len, glyphs, n,
                                       clusters, (int)self->clusters->len, 0);
    }
    g_array_set_size(self->glyphs, 0);
    g_array_set_size(self->clusters, 0);
    g_string_truncate(self->text, 0);
}

static void add_cluster(SatsCairo *self, const char *text, gsize n_bytes, guint n_glyphs) {
    cairo_text_cluster_t cluster = {.num_bytes = (int)n_bytes, .num_glyphs = (int)n_glyphs};
    g_string_append_len(self->text, text, (gssize)n_bytes);
    g_array_append_val(self->clusters, cluster);
}

/* Glyphs of one cluster value share the text up to the next one's. */
static void add_clusters(SatsCairo *self, const SatsShape *shape, const SatsShapePart *part) {
    guint end = (guint)part->first + part->count;
    guint from = part->start;
    for (guint i = part->first; i < end;) {
        guint next = i + 1;
        while (next < end && shape->glyphs[next].cluster == shape->glyphs[i].cluster)
            next++;
        guint to = next < end ? shape->glyphs[next].cluster : part->end;
        to = MAX(to, from);
        add_cluster(self, shape->text + from, to - from, next - i);
        from = to;
        i = next;
    }
}

/* Adds the glyphs of one part, from the pen position *x on, which moves. */
static void add_part(SatsCairo *self, const SatsFragment *fragment, const SatsShapePart *part,
                     double *x, double y) {
    const SatsSpan *span = fragment->span;
    double em = (double)span->size_pt / 1000;
    for (guint i = 0; i < part->count; i++) {
        const SatsGlyph *glyph = &fragment->shape->glyphs[part->first + i];
        SatsGlyphShift shift = sats_shape_shift(fragment->shape, part->first + i);
        cairo_glyph_t placed = {
            .index = glyph->glyph, .x = *x + (double)shift.dx * em, .y = y - (double)shift.dy * em};
        g_array_append_val(self->glyphs, placed);
        *x += ((double)glyph->advance + (double)span->tracking) * em;
    }
    if (self->kind == CAIRO_PNG || part->count == 0)
        return;
    gboolean first = part == fragment->shape->parts;
    if (fragment->actual_text == NULL)
        add_clusters(self, fragment->shape, part);
    else
        add_cluster(self, fragment->actual_text, first ? strlen(fragment->actual_text) : 0,
                    part->count);
}

static void text(SatsDevice *device, const SatsTextRun *run) {
    SatsCairo *self = (SatsCairo *)device;
    if (context_of(device) == NULL)
        return;
    Stretch stretch = {NULL, 0, 0};
    for (guint i = 0; i < run->n_fragments; i++) {
        const SatsFragment *fragment = &run->fragments[i];
        if (fragment->shape == NULL)
            continue;
        const SatsSpan *span = fragment->span;
        double x = run->x_pt + (double)fragment->x_pt;
        double y = run->y_pt - (double)span->rise_pt;
        for (guint k = 0; k < fragment->shape->n_parts; k++) {
            const SatsShapePart *part = &fragment->shape->parts[k];
            if (part->face != stretch.face || span->size_pt < stretch.size_pt ||
                span->size_pt > stretch.size_pt || span->rgb != stretch.rgb) {
                draw_stretch(self, &stretch);
                stretch = (Stretch){part->face, span->size_pt, span->rgb};
            }
            add_part(self, fragment, part, &x, y);
        }
    }
    draw_stretch(self, &stretch);
}

/* ---- paths, images, transforms ---- */

static void trace_steps(cairo_t *cr, const SatsPathStep *steps, guint n_steps) {
    sats_libcairo.new_path(cr);
    for (guint i = 0; i < n_steps; i++) {
        const SatsPathStep *step = &steps[i];
        switch ((SatsPathOp)step->op) {
        case SATS_PATH_MOVE:
            sats_libcairo.move_to(cr, (double)step->x[0], (double)step->y[0]);
            break;
        case SATS_PATH_LINE:
            sats_libcairo.line_to(cr, (double)step->x[0], (double)step->y[0]);
            break;
        case SATS_PATH_CURVE:
            sats_libcairo.curve_to(cr, (double)step->x[0], (double)step->y[0], (double)step->x[1],
                                   (double)step->y[1], (double)step->x[2], (double)step->y[2]);
            break;
        case SATS_PATH_CLOSE:
            sats_libcairo.close_path(cr);
            break;
        }
    }
}

static void path(SatsDevice *device, const SatsPathStep *steps, guint n_steps,
                 const SatsPathStyle *style) {
    cairo_t *cr = context_of(device);
    if (cr == NULL)
        return;
    trace_steps(cr, steps, n_steps);
    if (style->fill_rgb >= 0) {
        set_rgb(cr, (guint32)style->fill_rgb);
        sats_libcairo.set_fill_rule(cr, style->even_odd ? CAIRO_FILL_RULE_EVEN_ODD
                                                        : CAIRO_FILL_RULE_WINDING);
        sats_libcairo.fill_preserve(cr);
    }
    if (style->stroke_rgb >= 0) {
        double dashes[G_N_ELEMENTS(style->dashes_pt)];
        for (guint i = 0; i < style->n_dashes; i++)
            dashes[i] = (double)style->dashes_pt[i];
        set_rgb(cr, (guint32)style->stroke_rgb);
        sats_libcairo.set_line_width(cr, (double)style->stroke_width_pt);
        sats_libcairo.set_dash(cr, dashes, style->n_dashes, 0);
        sats_libcairo.set_line_cap(cr, style->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
        sats_libcairo.set_line_join(cr,
                                    style->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
        sats_libcairo.stroke_preserve(cr);
    }
    sats_libcairo.new_path(cr);
}

static cairo_surface_t *image_surface(SatsCairo *self, const SatsImage *image) {
    cairo_surface_t *surface = g_hash_table_lookup(self->images, image);
    if (surface == NULL) {
        surface = sats_cairo_image_surface(image, &self->error);
        if (surface == NULL)
            return NULL;
        g_hash_table_insert(self->images, (gpointer)(guintptr)image, surface);
        self->cached_bytes += (gsize)image->width_px * image->height_px * 4;
    }
    return surface;
}

static void image(SatsDevice *device, const SatsImage *picture, const SatsRect *rect) {
    SatsCairo *self = (SatsCairo *)device;
    cairo_t *cr = context_of(device);
    cairo_surface_t *surface = cr != NULL ? image_surface(self, picture) : NULL;
    if (surface == NULL || rect->width_pt <= 0 || rect->height_pt <= 0)
        return;
    sats_libcairo.save(cr);
    sats_libcairo.translate(cr, rect->x_pt, rect->y_pt);
    sats_libcairo.scale(cr, rect->width_pt / picture->width_px,
                        rect->height_pt / picture->height_px);
    sats_libcairo.set_source_surface(cr, surface, 0, 0);
    if (self->kind == CAIRO_PNG) { /* no blending with nothing along the edges */
        sats_libcairo.pattern_set_extend(sats_libcairo.get_source(cr), CAIRO_EXTEND_PAD);
        sats_libcairo.rectangle(cr, 0, 0, picture->width_px, picture->height_px);
        sats_libcairo.fill(cr);
    } else {
        sats_libcairo.paint(cr);
    }
    sats_libcairo.restore(cr);
}

static void push_transform(SatsDevice *device, const double m[6]) {
    cairo_t *cr = context_of(device);
    if (cr == NULL)
        return;
    cairo_matrix_t matrix;
    sats_libcairo.matrix_init(&matrix, m[0], m[1], m[2], m[3], m[4], m[5]);
    sats_libcairo.save(cr);
    sats_libcairo.transform(cr, &matrix);
}

static void pop_transform(SatsDevice *device) {
    cairo_t *cr = context_of(device);
    if (cr != NULL)
        sats_libcairo.restore(cr);
}

/* ---- what a picture of a page does not show ---- */

static void begin_content(SatsDevice *device, const SatsNode *owner, guint order) {
    (void)device;
    (void)owner;
    (void)order;
}

static void begin_artifact(SatsDevice *device, SatsArtifact artifact) {
    (void)device;
    (void)artifact;
}

static void end_marked(SatsDevice *device) {
    (void)device;
}

static void link_area(SatsDevice *device, const SatsNode *owner, const SatsRect *rects,
                      guint n_rects) {
    (void)device;
    (void)owner;
    (void)rects;
    (void)n_rects;
}

static void signature_field(SatsDevice *device, const SatsNode *owner, const SatsRect *rect) {
    (void)device;
    (void)owner;
    (void)rect;
}

static void anchor(SatsDevice *device, const SatsNode *node, double x_pt, double y_pt) {
    (void)device;
    (void)node;
    (void)x_pt;
    (void)y_pt;
}

/* ---- life ---- */

static const SatsDeviceClass device_class = {
    .begin_page = begin_page,
    .end_page = end_page,
    .begin_content = begin_content,
    .end_content = end_marked,
    .begin_artifact = begin_artifact,
    .end_artifact = end_marked,
    .text = text,
    .path = path,
    .image = image,
    .push_transform = push_transform,
    .pop_transform = pop_transform,
    .link = link_area,
    .signature_field = signature_field,
    .anchor = anchor,
};

static void destroy_surface(gpointer surface) {
    sats_libcairo.surface_destroy(surface);
}

/* Without cairo on this machine the device draws nothing, and finish tells so. */
static SatsCairo *cairo_new(Kind kind, void *context) {
    SatsCairo *self = g_new0(SatsCairo, 1);
    self->device.klass = &device_class;
    self->kind = kind;
    self->context = context;
    self->bytes = g_byte_array_new();
    self->images = g_hash_table_new_full(NULL, NULL, NULL, destroy_surface);
    self->glyphs = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t));
    self->clusters = g_array_new(FALSE, FALSE, sizeof(cairo_text_cluster_t));
    self->text = g_string_new(NULL);
    if (!sats_libcairo_load(&self->error))
        return self;
    self->fonts = sats_cairo_fonts_new();
    self->font_options = sats_libcairo.font_options_create();
    sats_libcairo.font_options_set_hint_metrics(self->font_options, CAIRO_HINT_METRICS_OFF);
    sats_libcairo.font_options_set_hint_style(self->font_options, CAIRO_HINT_STYLE_NONE);
    sats_libcairo.font_options_set_antialias(self->font_options, CAIRO_ANTIALIAS_GRAY);
    return self;
}

SatsCairo *sats_cairo_png_new(double dpi, SatsCairoPageFunc page, void *context) {
    SatsCairo *self = cairo_new(CAIRO_PNG, context);
    self->dpi = CLAMP(dpi, 10, 2400);
    self->page = page;
    if (self->error == NULL)
        self->raster = sats_cairo_glyphs_new(self->font_options);
    return self;
}

SatsCairo *sats_cairo_svg_new(SatsCairoPageFunc page, void *context) {
    SatsCairo *self = cairo_new(CAIRO_SVG, context);
    self->page = page;
    return self;
}

SatsCairo *sats_cairo_pdf_new(const SatsCairoPdfOptions *options, SatsCairoWriteFunc write,
                              void *context) {
    SatsCairo *self = cairo_new(CAIRO_PDF, context);
    self->write = write;
    if (self->error != NULL)
        return self;
    self->surface = sats_libcairo.pdf_surface_create_for_stream(pass_bytes, self, 595, 842);
    const char *created = options != NULL ? options->created : NULL;
    /* Without a date cairo would write the clock's. */
    sats_libcairo.pdf_surface_set_metadata(self->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                           created != NULL ? created : "");
    if (options != NULL && options->title != NULL)
        sats_libcairo.pdf_surface_set_metadata(self->surface, CAIRO_PDF_METADATA_TITLE,
                                               options->title);
    return self;
}

SatsDevice *sats_cairo_device(SatsCairo *cairo) {
    return &cairo->device;
}

/* Drops the context and the surface; a PDF surface writes its end then. */
static void close_surface(SatsCairo *self) {
    if (self->cr != NULL)
        sats_libcairo.destroy(self->cr);
    self->cr = NULL;
    if (self->surface != NULL) {
        sats_libcairo.surface_finish(self->surface);
        keep_status(self, sats_libcairo.surface_status(self->surface));
        sats_libcairo.surface_destroy(self->surface);
    }
    self->surface = NULL;
}

gboolean sats_cairo_finish(SatsCairo *cairo, GError **error) {
    close_surface(cairo);
    if (cairo->error == NULL)
        return TRUE;
    g_propagate_error(error, g_error_copy(cairo->error));
    return FALSE;
}

void sats_cairo_free(SatsCairo *cairo) {
    if (cairo == NULL)
        return;
    if (cairo->surface != NULL && cairo->error == NULL) /* not finished: write no more */
        keep_status(cairo, CAIRO_STATUS_WRITE_ERROR);
    close_surface(cairo);
    g_hash_table_unref(cairo->images);
    sats_cairo_glyphs_free(cairo->raster);
    sats_cairo_fonts_free(cairo->fonts);
    g_array_unref(cairo->glyphs);
    g_array_unref(cairo->clusters);
    g_string_free(cairo->text, TRUE);
    if (cairo->font_options != NULL)
        sats_libcairo.font_options_destroy(cairo->font_options);
    g_byte_array_unref(cairo->bytes);
    g_clear_error(&cairo->error);
    g_free(cairo);
}
