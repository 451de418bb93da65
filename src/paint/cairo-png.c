/* Writes raster pages as PNG, with settings that suit text. */
#include "paint/cairo-png.h"

#include "base/report.h"
#include "paint/cairo-library.h"

#include <math.h>
#include <png.h>
#include <setjmp.h>

/* Enough for text on white; higher levels take several times as long for a tenth. */
#define COMPRESSION 3

/* What changes between setjmp and longjmp lives here, not in locals. */
typedef struct {
    png_structp png;
    png_infop info;
    GByteArray *out;
    guint8 *row;
    const char *message;
} Writer;

static void on_error(png_structp png, png_const_charp message) {
    Writer *writer = png_get_error_ptr(png);
    writer->message = message;
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void on_write(png_structp png, png_bytep bytes, size_t size) {
    Writer *writer = png_get_io_ptr(png);
    g_byte_array_append(writer->out, bytes, (guint)size);
}

static void on_flush(png_structp png) {
    (void)png;
}

static void unpack_row(guint8 *out, const guint32 *in, guint width) {
    for (guint x = 0; x < width; x++) {
        *out++ = (guint8)(in[x] >> 16);
        *out++ = (guint8)(in[x] >> 8);
        *out++ = (guint8)in[x];
    }
}

static gboolean write_file(Writer *writer, cairo_surface_t *surface, double dpi) {
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    guint width = (guint)sats_libcairo.image_surface_get_width(surface);
    guint height = (guint)sats_libcairo.image_surface_get_height(surface);
    gsize stride = (gsize)sats_libcairo.image_surface_get_stride(surface);
    const guint8 *data = sats_libcairo.image_surface_get_data(surface);
    png_uint_32 per_metre = (png_uint_32)lround(dpi / 0.0254);
    if (data == NULL)
        png_error(writer->png, "no pixels");
    png_set_write_fn(writer->png, writer, on_write, on_flush);
    png_set_compression_level(writer->png, COMPRESSION);
    png_set_filter(writer->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(writer->png, writer->info, width, height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(writer->png, writer->info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_write_info(writer->png, writer->info);
    writer->row = g_malloc((gsize)width * 3);
    for (guint y = 0; y < height; y++) {
        unpack_row(writer->row, (const guint32 *)(const void *)(data + y * stride), width);
        png_write_row(writer->png, writer->row);
    }
    png_write_end(writer->png, NULL);
    return TRUE;
}

gboolean sats_cairo_png_write(cairo_surface_t *surface, double dpi, GByteArray *out,
                              GError **error) {
    Writer writer = {.out = out, .message = "not enough memory"};
    sats_libcairo.surface_flush(surface);
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, on_error, on_warning);
    writer.info = writer.png != NULL ? png_create_info_struct(writer.png) : NULL;
    gboolean done = writer.info != NULL && write_file(&writer, surface, dpi);
    png_destroy_write_struct(&writer.png, &writer.info);
    g_free(writer.row);
    if (!done)
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL, "PNG: %s",
                    writer.message);
    return done;
}
