/* Makes cairo surfaces of PNG pixels and of JPEG files, which libjpeg decodes. */
#include "paint/cairo-image.h"

#include "paint/cairo-library.h"
#include "paint/image.h"
#include "paint/jpeg-library.h"

#include <setjmp.h>

static guint32 multiply(guint32 value, guint32 alpha) {
    guint32 product = value * alpha + 128;
    return (product + (product >> 8)) >> 8;
}

/* One row of grey or RGB, and alpha or NULL, as cairo's premultiplied native-endian words. */
static void pack_row(guint32 *out, const guint8 *in, const guint8 *alpha, guint width,
                     guint components) {
    for (guint x = 0; x < width; x++, in += components) {
        guint32 r = in[0], g = in[components > 1 ? 1 : 0], b = in[components > 1 ? 2 : 0];
        guint32 a = alpha != NULL ? alpha[x] : 255;
        if (a != 255) {
            r = multiply(r, a);
            g = multiply(g, a);
            b = multiply(b, a);
        }
        out[x] = a << 24 | r << 16 | g << 8 | b;
    }
}

static guint32 *surface_row(cairo_surface_t *surface, guint y) {
    gsize stride = (gsize)sats_libcairo.image_surface_get_stride(surface);
    return (guint32 *)(void *)(sats_libcairo.image_surface_get_data(surface) + y * stride);
}

static void fill_from_pixels(cairo_surface_t *surface, const SatsImage *image) {
    gsize row = (gsize)image->width_px * image->components;
    for (guint y = 0; y < image->height_px; y++) {
        const guint8 *alpha =
            image->alpha != NULL ? image->alpha + (gsize)y * image->width_px : NULL;
        pack_row(surface_row(surface, y), image->pixels + y * row, alpha, image->width_px,
                 image->components);
    }
}

/* ---- JPEG ---- */

/* What changes between setjmp and longjmp lives here, not in locals. */
typedef struct {
    struct jpeg_error_mgr errors; /* first: libjpeg hands back a pointer to it */
    jmp_buf failed;
    struct jpeg_decompress_struct jpeg;
    guint8 *row;
    char message[JMSG_LENGTH_MAX];
} JpegReader;

static void jpeg_failed(j_common_ptr jpeg) {
    JpegReader *reader = (JpegReader *)(void *)jpeg->err;
    reader->errors.format_message(jpeg, reader->message);
    longjmp(reader->failed, 1);
}

static void jpeg_told(j_common_ptr jpeg) {
    (void)jpeg;
}

static gboolean fill_from_jpeg(JpegReader *reader, cairo_surface_t *surface,
                               const SatsImage *image) {
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    if (setjmp(reader->failed))
        return FALSE;
    sats_libjpeg.CreateDecompress(jpeg, JPEG_LIB_VERSION, sizeof *jpeg);
    sats_libjpeg.mem_src(jpeg, image->bytes, image->size);
    sats_libjpeg.read_header(jpeg, TRUE);
    jpeg->out_color_space = JCS_RGB;
    sats_libjpeg.start_decompress(jpeg);
    if (jpeg->output_width != image->width_px || jpeg->output_height != image->height_px)
        return FALSE;
    reader->row = g_malloc((gsize)jpeg->output_width * 3);
    while (jpeg->output_scanline < jpeg->output_height) {
        guint y = jpeg->output_scanline;
        sats_libjpeg.read_scanlines(jpeg, &reader->row, 1);
        pack_row(surface_row(surface, y), reader->row, NULL, jpeg->output_width, 3);
    }
    sats_libjpeg.finish_decompress(jpeg);
    return TRUE;
}

static gboolean decode_jpeg(cairo_surface_t *surface, const SatsImage *image, GError **error) {
    if (!sats_libjpeg_load(error))
        return FALSE;
    JpegReader *reader = g_new0(JpegReader, 1);
    reader->jpeg.err = sats_libjpeg.std_error(&reader->errors);
    reader->errors.error_exit = jpeg_failed;
    reader->errors.output_message = jpeg_told;
    gboolean done = fill_from_jpeg(reader, surface, image);
    if (!done)
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN, "broken JPEG %s: %s",
                    image->name, reader->message);
    sats_libjpeg.destroy_decompress(&reader->jpeg);
    g_free(reader->row);
    g_free(reader);
    return done;
}

cairo_surface_t *sats_cairo_image_surface(const SatsImage *image, GError **error) {
    cairo_surface_t *surface = sats_libcairo.image_surface_create(
        image->alpha != NULL ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, (int)image->width_px,
        (int)image->height_px);
    cairo_status_t status = sats_libcairo.surface_status(surface);
    gboolean done = status == CAIRO_STATUS_SUCCESS;
    if (!done) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_LIMIT, "image %s: %s", image->name,
                    sats_libcairo.status_to_string(status));
    } else if (image->kind == SATS_IMAGE_PNG) {
        fill_from_pixels(surface, image);
        sats_libcairo.surface_mark_dirty(surface);
    } else {
        done = decode_jpeg(surface, image, error);
        sats_libcairo.surface_mark_dirty(
            surface); /* drops what was attached, so the bytes come after */
        if (done)
            sats_libcairo.surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, image->bytes,
                                                image->size, NULL, NULL);
    }
    if (!done) {
        sats_libcairo.surface_destroy(surface);
        return NULL;
    }
    return surface;
}
