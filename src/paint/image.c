/* Recognises and decodes pictures: PNG by libpng, JPEG by its header, SVG by svg.c. */
#include "paint/image.h"

#include "base/error.h"
#include "paint/jpeg.h"
#include "paint/svg.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

GQuark sats_image_error_quark(void) {
    static gsize domain = 0;
    if (g_once_init_enter(&domain))
        g_once_init_leave(&domain, sats_error_domain("sats-image-error"));
    return (GQuark)domain;
}

static gboolean check_size(guint32 width, guint32 height, GError **error) {
    if (width == 0 || height == 0) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN, "the image has no pixels");
        return FALSE;
    }
    if (width > SATS_IMAGE_MAX_SIDE || height > SATS_IMAGE_MAX_SIDE ||
        (guint64)width * height > SATS_IMAGE_MAX_PIXELS) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_LIMIT,
                    "%u × %u pixels are too many; at most %u a side and %u million in all", width,
                    height, SATS_IMAGE_MAX_SIDE, SATS_IMAGE_MAX_PIXELS / 1000000u);
        return FALSE;
    }
    return TRUE;
}

/* ---- PNG ---- */

/* Everything that changes between setjmp and longjmp lives here, not in locals. */
typedef struct {
    png_structp png;
    png_infop info;
    const guint8 *at, *end;
    char message[160];
    guint8 *buffer;  /* one row, or all rows when interlaced */
    png_bytep *rows; /* interlaced only */
    guint8 *pixels, *alpha;
    guint channels;
    gboolean translucent;
    SatsImage result;
} PngReader;

static void png_failed(png_structp png, png_const_charp message) {
    PngReader *reader = png_get_error_ptr(png);
    g_strlcpy(reader->message, message, sizeof reader->message);
    longjmp(png_jmpbuf(png), 1);
}

static void png_warned(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void png_read_bytes(png_structp png, png_bytep out, size_t size) {
    PngReader *reader = png_get_io_ptr(png);
    if (size > (gsize)(reader->end - reader->at))
        png_error(png, "the file is cut short");
    memcpy(out, reader->at, size);
    reader->at += size;
}

/* Reads up to the pixels and asks libpng for 8-bit grey or RGB, with alpha where there is any. */
static gboolean png_read_header(PngReader *reader) {
    if (setjmp(png_jmpbuf(reader->png)))
        return FALSE;
    png_read_info(reader->png, reader->info);
    reader->result.width_px = png_get_image_width(reader->png, reader->info);
    reader->result.height_px = png_get_image_height(reader->png, reader->info);
    if (reader->result.width_px > SATS_IMAGE_MAX_SIDE)
        return TRUE; /* refused by check_size, before libpng takes memory for rows */
    png_set_expand(reader->png);
    png_set_scale_16(reader->png);
    (void)png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
    reader->channels = png_get_channels(reader->png, reader->info);
    reader->result.components = reader->channels < 3 ? 1 : 3;
    png_uint_32 x_per_m = 0, y_per_m = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;
    png_get_pHYs(reader->png, reader->info, &x_per_m, &y_per_m, &unit);
    gboolean metric = unit == PNG_RESOLUTION_METER && x_per_m > 0 && y_per_m > 0;
    double x_per_pt = metric ? x_per_m * 0.0254 / 72.0 : 96.0 / 72.0;
    double y_per_pt = metric ? y_per_m * 0.0254 / 72.0 : 96.0 / 72.0;
    reader->result.width_pt = reader->result.width_px / x_per_pt;
    reader->result.height_pt = reader->result.height_px / y_per_pt;
    return TRUE;
}

/* Divides one decoded row into colour and alpha. */
static void split_row(PngReader *reader, const guint8 *row, guint32 y) {
    guint width = reader->result.width_px;
    guint components = reader->result.components;
    guint8 *out = reader->pixels + (gsize)y * width * components;
    if (reader->alpha == NULL) {
        memcpy(out, row, (gsize)width * components);
        return;
    }
    guint8 *alpha = reader->alpha + (gsize)y * width;
    for (guint x = 0; x < width; x++) {
        for (guint i = 0; i < components; i++)
            *out++ = *row++;
        if (*row != 255)
            reader->translucent = TRUE;
        *alpha++ = *row++;
    }
}

static gboolean png_read_pixels(PngReader *reader) {
    if (setjmp(png_jmpbuf(reader->png)))
        return FALSE;
    guint32 height = reader->result.height_px;
    gsize stride = png_get_rowbytes(reader->png, reader->info);
    gboolean interlaced = png_get_interlace_type(reader->png, reader->info) != PNG_INTERLACE_NONE;
    reader->buffer = g_try_malloc(stride * (interlaced ? height : 1));
    if (reader->buffer == NULL)
        png_error(reader->png, "not enough memory");
    if (!interlaced) {
        for (guint32 y = 0; y < height; y++) {
            png_read_row(reader->png, reader->buffer, NULL);
            split_row(reader, reader->buffer, y);
        }
    } else {
        reader->rows = g_new(png_bytep, height);
        for (guint32 y = 0; y < height; y++)
            reader->rows[y] = reader->buffer + y * stride;
        png_read_image(reader->png, reader->rows);
        for (guint32 y = 0; y < height; y++)
            split_row(reader, reader->rows[y], y);
    }
    png_read_end(reader->png, NULL);
    return TRUE;
}

/* A claimed size that so few compressed bytes can't fill is refused before memory is taken for it:
 * deflate expands at most 1032 times, and every row costs at least one byte. */
static gboolean png_could_hold(const PngReader *reader) {
    guint64 bits = (guint64)reader->result.width_px * reader->result.height_px;
    return bits / 8 / 1032 <= (guint64)(reader->end - reader->at);
}

static gboolean png_decode(PngReader *reader, SatsArena *arena, GError **error) {
    const SatsImage *result = &reader->result;
    if (!png_read_header(reader)) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN, "broken PNG: %s",
                    reader->message);
        return FALSE;
    }
    if (!check_size(result->width_px, result->height_px, error))
        return FALSE;
    if (!png_could_hold(reader)) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN,
                    "broken PNG: the file is cut short");
        return FALSE;
    }
    gsize n_pixels = (gsize)result->width_px * result->height_px;
    reader->pixels = sats_arena_alloc(arena, n_pixels * result->components);
    if (reader->channels != result->components)
        reader->alpha = sats_arena_alloc(arena, n_pixels);
    if (!png_read_pixels(reader)) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN, "broken PNG: %s",
                    reader->message);
        return FALSE;
    }
    return TRUE;
}

static gboolean decode_png(SatsImage *image, SatsArena *arena, GError **error) {
    PngReader reader = {.at = image->bytes, .end = image->bytes + image->size, .result = *image};
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, png_failed, png_warned);
    reader.info = reader.png != NULL ? png_create_info_struct(reader.png) : NULL;
    gboolean done = FALSE;
    if (reader.info == NULL) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_LIMIT, "not enough memory");
    } else {
        png_set_read_fn(reader.png, &reader, png_read_bytes);
        /* Sizes are checked, with a better message, once the header has been read. */
        png_set_user_limits(reader.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
        done = png_decode(&reader, arena, error);
    }
    png_destroy_read_struct(&reader.png, &reader.info, NULL);
    g_free(reader.buffer);
    g_free(reader.rows);
    if (done) {
        *image = reader.result;
        image->kind = SATS_IMAGE_PNG;
        image->pixels = reader.pixels;
        image->alpha = reader.translucent ? reader.alpha : NULL;
    }
    return done;
}

/* ---- JPEG ---- */

typedef struct {
    guint precision, width, height, components;
    guint8 frame;        /* SOF marker, 0: none seen */
    guint8 density_unit; /* JFIF: 1 an inch, 2 a centimetre */
    guint x_density, y_density;
    guint orientation; /* EXIF: 1 upright, 0 not told */
} JpegHeader;

static guint read_u16(const guint8 *at, gboolean little_endian) {
    return little_endian ? (guint)at[0] | (guint)at[1] << 8 : (guint)at[0] << 8 | (guint)at[1];
}

static guint32 read_u32(const guint8 *at, gboolean little_endian) {
    guint32 first = read_u16(at, little_endian), second = read_u16(at + 2, little_endian);
    return little_endian ? first | second << 16 : first << 16 | second;
}

/* The orientation tag (0x0112) of the first directory of an Exif segment, 0 when not told. */
static guint exif_orientation(const guint8 *at, gsize size) {
    if (size < 14 || memcmp(at, "Exif\0\0", 6) != 0)
        return 0;
    const guint8 *tiff = at + 6;
    gsize length = size - 6;
    gboolean little = tiff[0] == 'I';
    guint32 offset = read_u32(tiff + 4, little);
    if (offset > length - 2)
        return 0;
    guint n_entries = read_u16(tiff + offset, little);
    for (guint i = 0; i < n_entries; i++) {
        gsize entry = (gsize)offset + 2 + (gsize)i * 12;
        if (entry + 12 > length)
            return 0;
        if (read_u16(tiff + entry, little) == 0x0112)
            return read_u16(tiff + entry + 8, little);
    }
    return 0;
}

static void jpeg_read_segment(JpegHeader *header, guint8 marker, const guint8 *at, gsize size) {
    gboolean is_frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame && size >= 6) {
        header->frame = marker;
        header->precision = at[0];
        header->height = read_u16(at + 1, FALSE);
        header->width = read_u16(at + 3, FALSE);
        header->components = at[5];
    } else if (marker == 0xE0 && size >= 12 && memcmp(at, "JFIF", 5) == 0) {
        header->density_unit = at[7];
        header->x_density = read_u16(at + 8, FALSE);
        header->y_density = read_u16(at + 10, FALSE);
    } else if (marker == 0xE1 && header->orientation == 0) {
        header->orientation = exif_orientation(at, size);
    }
}

/* Walks the segments up to the first scan; FALSE when there is no frame or scan. */
static gboolean jpeg_read_header(const guint8 *bytes, gsize size, JpegHeader *header) {
    gsize at = 2;
    while (at + 4 <= size) {
        if (bytes[at] != 0xFF)
            return FALSE;
        guint8 marker = bytes[at + 1];
        if (marker == 0xFF) { /* fill byte */
            at++;
            continue;
        }
        gsize length = read_u16(bytes + at + 2, FALSE);
        if (length < 2 || at + 2 + length > size)
            return FALSE;
        if (marker == 0xDA)
            return header->frame != 0;
        jpeg_read_segment(header, marker, bytes + at + 4, length - 2);
        at += 2 + length;
    }
    return FALSE;
}

static gboolean jpeg_has_end(const guint8 *bytes, gsize size) {
    for (gsize at = size - 1; at >= 1; at--)
        if (bytes[at] == 0xD9 && bytes[at - 1] == 0xFF)
            return TRUE;
    return FALSE;
}

static const char *jpeg_objection(const JpegHeader *header) {
    if (header->components == 4)
        return "a CMYK JPEG; save it as RGB";
    if (header->components != 1 && header->components != 3)
        return "a JPEG of neither one nor three colour components; save it as RGB";
    if (header->frame > 0xC2)
        return "a lossless or arithmetic-coded JPEG; save it as baseline or progressive";
    if (header->precision != 8)
        return "a JPEG of more than 8 bits a sample; save it with 8";
    if (header->orientation > 1)
        return "a JPEG stored turned or mirrored (EXIF orientation); save it upright";
    return NULL;
}

static gboolean decode_jpeg(SatsImage *image, GError **error) {
    JpegHeader header = {0};
    if (!jpeg_read_header(image->bytes, image->size, &header) ||
        !jpeg_has_end(image->bytes, image->size)) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN,
                    "broken JPEG: the file is cut short or malformed");
        return FALSE;
    }
    const char *objection = jpeg_objection(&header);
    if (objection != NULL) {
        g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED, "the image is %s",
                    objection);
        return FALSE;
    }
    if (!check_size(header.width, header.height, error) ||
        !sats_jpeg_check(image->bytes, image->size, error))
        return FALSE;
    double an_inch = header.density_unit == 1 ? 1.0 : header.density_unit == 2 ? 2.54 : 0.0;
    gboolean told = an_inch > 0 && header.x_density > 0 && header.y_density > 0;
    image->kind = SATS_IMAGE_JPEG;
    image->width_px = header.width;
    image->height_px = header.height;
    image->components = header.components;
    image->width_pt = header.width * 72.0 / (told ? header.x_density * an_inch : 96.0);
    image->height_pt = header.height * 72.0 / (told ? header.y_density * an_inch : 96.0);
    return TRUE;
}

/* ---- kinds ---- */

static gboolean begins(const SatsImage *image, gsize offset, const char *signature, gsize length) {
    return image->size >= offset + length && memcmp(image->bytes + offset, signature, length) == 0;
}

static gboolean looks_like_xml(const SatsImage *image) {
    gsize at = begins(image, 0, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < image->size && g_ascii_isspace(image->bytes[at]))
        at++;
    return at < image->size && image->bytes[at] == '<';
}

static const char *foreign_kind(const SatsImage *image) {
    if (begins(image, 0, "GIF8", 4))
        return "a GIF";
    if (begins(image, 0, "RIFF", 4) && begins(image, 8, "WEBP", 4))
        return "a WebP";
    if (begins(image, 0, "II*\0", 4) || begins(image, 0, "MM\0*", 4))
        return "a TIFF";
    if (begins(image, 0, "%PDF", 4))
        return "a PDF";
    if (begins(image, 0, "%!PS", 4) || begins(image, 0, "\xC5\xD0\xD3\xC6", 4))
        return "an EPS";
    if (begins(image, 4, "ftyp", 4))
        return "an AVIF or HEIC";
    if (begins(image, 0, "\x1F\x8B", 2))
        return "a compressed file (svgz?)";
    return "of an unknown kind";
}

gboolean sats_image_decode(SatsImage *image, SatsArena *arena, GError **error) {
    if (begins(image, 0, "\x89PNG\r\n\x1A\n", 8))
        return decode_png(image, arena, error);
    if (begins(image, 0, "\xFF\xD8\xFF", 3))
        return decode_jpeg(image, error);
    if (looks_like_xml(image)) {
        double width_pt, height_pt;
        const SatsSvg *svg =
            sats_svg_read(image->bytes, image->size, arena, &width_pt, &height_pt, error);
        if (svg == NULL)
            return FALSE;
        image->kind = SATS_IMAGE_SVG;
        image->vector = svg;
        image->width_pt = width_pt;
        image->height_pt = height_pt;
        return TRUE;
    }
    g_set_error(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                "the image is %s; PNG, JPEG and SVG can be shown",
                image->size == 0 ? "empty" : foreign_kind(image));
    return FALSE;
}
