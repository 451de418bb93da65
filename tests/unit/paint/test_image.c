/* paint/image: kinds are recognised, PNG decoded, JPEG headers read, and what is wrong is told. */
#include "paint/image.h"
#include "paint/jpeg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

typedef struct {
    SatsArena *arena;
    GByteArray *file;
    GError *error;
    SatsImage image;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->arena = sats_arena_new();
    f->file = g_byte_array_new();
    f->image.name = "bild";
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    sats_arena_free(f->arena);
    g_byte_array_unref(f->file);
    g_clear_error(&f->error);
    g_free(f);
    return 0;
}

static gboolean decode(Fixture *f) {
    f->image.bytes = f->file->data;
    f->image.size = f->file->len;
    g_clear_error(&f->error);
    return sats_image_decode(&f->image, f->arena, &f->error);
}

static void assert_refused(Fixture *f, int code, const char *fragment) {
    SatsImage before = f->image;
    assert_false(decode(f));
    assert_true(g_error_matches(f->error, SATS_IMAGE_ERROR, code));
    if (strstr(f->error->message, fragment) == NULL)
        fail_msg("'%s' is not in: %s", fragment, f->error->message);
    assert_null(f->image.pixels);
    assert_int_equal(f->image.width_px, before.width_px);
}

/* ---- PNG ---- */

static void append(png_structp png, png_bytep bytes, size_t size) {
    g_byte_array_append(png_get_io_ptr(png), bytes, (guint)size);
}

static void flush(png_structp png) {
    (void)png;
}

typedef struct {
    guint width, height;
    int depth, colour, interlace;
    guint per_metre;
    const guint8 *rows; /* packed as the file has them */
    gsize stride;
    png_color *palette;
    int n_palette;
    guint8 *trans;
    int n_trans;
} Png;

static void write_png(Fixture *f, const Png *p) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, f->file, append, flush);
    png_set_IHDR(png, info, p->width, p->height, p->depth, p->colour, p->interlace,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (p->palette != NULL)
        png_set_PLTE(png, info, p->palette, p->n_palette);
    if (p->trans != NULL)
        png_set_tRNS(png, info, p->trans, p->n_trans, NULL);
    if (p->per_metre > 0)
        png_set_pHYs(png, info, p->per_metre, p->per_metre, PNG_RESOLUTION_METER);
    png_set_gAMA(png, info, 1.0);
    png_write_info(png, info);
    png_bytep rows[8];
    for (guint y = 0; y < p->height; y++)
        rows[y] = (png_bytep)(guintptr)p->rows + y * p->stride;
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
}

static void rgb_keeps_its_pixels_whatever_the_gamma(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {255, 0, 0, 0, 128, 0, 0, 0, 255, 1, 2, 3};
    write_png(f, &(Png){.width = 2,
                        .height = 2,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_RGB,
                        .rows = rows,
                        .stride = 6});
    assert_true(decode(f));
    assert_int_equal(f->image.kind, SATS_IMAGE_PNG);
    assert_int_equal(f->image.components, 3);
    assert_memory_equal(f->image.pixels, rows, sizeof rows);
    assert_null(f->image.alpha);
    assert_true(f->image.width_pt > 1.499 && f->image.width_pt < 1.501);
}

static void alpha_is_split_off(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {10, 20, 30, 255, 40, 50, 60, 0};
    write_png(f, &(Png){.width = 2,
                        .height = 1,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_RGB_ALPHA,
                        .rows = rows,
                        .stride = 8});
    assert_true(decode(f));
    assert_memory_equal(f->image.pixels, "\x0A\x14\x1E\x28\x32\x3C", 6);
    assert_memory_equal(f->image.alpha, "\xFF\x00", 2);
}

static void opaque_alpha_is_dropped(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {10, 255, 40, 255};
    write_png(f, &(Png){.width = 2,
                        .height = 1,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_GRAY_ALPHA,
                        .rows = rows,
                        .stride = 4});
    assert_true(decode(f));
    assert_int_equal(f->image.components, 1);
    assert_memory_equal(f->image.pixels, "\x0A\x28", 2);
    assert_null(f->image.alpha);
}

static void palettes_become_colours_and_alpha(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {0x10}; /* 4 bits: entries 1 and 0 */
    png_color palette[] = {{1, 2, 3}, {4, 5, 6}};
    guint8 trans[] = {7};
    write_png(f, &(Png){.width = 2,
                        .height = 1,
                        .depth = 4,
                        .colour = PNG_COLOR_TYPE_PALETTE,
                        .rows = rows,
                        .stride = 1,
                        .palette = palette,
                        .n_palette = 2,
                        .trans = trans,
                        .n_trans = 1});
    assert_true(decode(f));
    assert_memory_equal(f->image.pixels, "\x04\x05\x06\x01\x02\x03", 6);
    assert_memory_equal(f->image.alpha, "\xFF\x07", 2);
}

static void sixteen_bits_and_interlacing_are_read(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {0xFF, 0xFF, 0x80, 0x80, 0, 0, 0x10, 0x10};
    write_png(f, &(Png){.width = 2,
                        .height = 2,
                        .depth = 16,
                        .colour = PNG_COLOR_TYPE_GRAY,
                        .interlace = PNG_INTERLACE_ADAM7,
                        .rows = rows,
                        .stride = 4});
    assert_true(decode(f));
    assert_int_equal(f->image.components, 1);
    assert_memory_equal(f->image.pixels, "\xFF\x80\x00\x10", 4);
}

static void resolution_gives_the_natural_size(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {0, 0, 0};
    write_png(f, &(Png){.width = 3,
                        .height = 1,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_GRAY,
                        .rows = rows,
                        .stride = 3,
                        .per_metre = 11811}); /* 300 dpi */
    assert_true(decode(f));
    assert_true(f->image.width_pt > 0.7199 && f->image.width_pt < 0.7201);
}

static void cut_png_is_told(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {1, 2, 3, 4};
    write_png(f, &(Png){.width = 2,
                        .height = 2,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_GRAY,
                        .rows = rows,
                        .stride = 2});
    guint whole = f->file->len;
    for (guint length = 8; length < whole; length++) {
        g_byte_array_set_size(f->file, length);
        assert_refused(f, SATS_IMAGE_ERROR_BROKEN, "broken PNG");
    }
}

/* The checksum of the header, after it was changed. */
static void sign_header(Fixture *f) {
    guint32 crc = 0xFFFFFFFFu;
    for (guint i = 12; i < 29; i++) {
        crc ^= f->file->data[i];
        for (guint bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    crc = GUINT32_TO_BE(~crc);
    memcpy(f->file->data + 29, &crc, 4);
}

static void huge_png_is_refused_before_memory_is_taken(void **state) {
    Fixture *f = *state;
    static const guint8 rows[] = {1};
    write_png(f, &(Png){.width = 1,
                        .height = 1,
                        .depth = 8,
                        .colour = PNG_COLOR_TYPE_GRAY,
                        .rows = rows,
                        .stride = 1});
    /* IHDR begins at 12 with its type; width, height; the checksum is at 29. */
    memcpy(f->file->data + 16, "\x00\x00\x7F\x00\x00\x00\x7F\x00", 8);
    sign_header(f);
    assert_refused(f, SATS_IMAGE_ERROR_LIMIT, "32512 × 32512");
    memcpy(f->file->data + 16, "\x00\x00\x20\x00\x00\x00\x20\x00", 8);
    sign_header(f);
    gsize used = sats_arena_used(f->arena);
    assert_refused(f, SATS_IMAGE_ERROR_BROKEN, "cut short");
    assert_true(sats_arena_used(f->arena) - used < 4096);
}

/* ---- JPEG ---- */

static void write_jpeg(Fixture *f, int components, guint dpi, const char *exif, gsize exif_size) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    guint8 row[4 * 8];
    JSAMPROW rows[] = {row};
    memset(row, 200, sizeof row);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = 8;
    jpeg.image_height = 4;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg.density_unit = 1;
    jpeg.X_density = jpeg.Y_density = (UINT16)dpi;
    jpeg_start_compress(&jpeg, TRUE);
    if (exif != NULL)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)exif, (unsigned int)exif_size);
    while (jpeg.next_scanline < jpeg.image_height)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    g_byte_array_append(f->file, out, (guint)size);
    free(out);
}

/* Each coefficient of a grey picture in a scan of its own, then its last bit in another. */
#define MANY_SCANS 127
static void ask_for_many_scans(struct jpeg_compress_struct *jpeg, jpeg_scan_info *scans) {
    scans[0] = (jpeg_scan_info){1, {0}, 0, 0, 0, 0};
    for (int i = 1; i < 64; i++) {
        scans[i] = (jpeg_scan_info){1, {0}, i, i, 0, 1};
        scans[63 + i] = (jpeg_scan_info){1, {0}, i, i, 1, 0};
    }
    jpeg->scan_info = scans;
    jpeg->num_scans = MANY_SCANS;
}

/* A progressive one of that colour space. */
static void write_jpeg_of(Fixture *f, J_COLOR_SPACE space, gboolean many_scans) {
    jpeg_scan_info scans[MANY_SCANS];
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    guint8 row[3 * 8] = {0};
    JSAMPROW rows[] = {row};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = 8;
    jpeg.image_height = 8;
    jpeg.input_components = space == JCS_GRAYSCALE ? 1 : 3;
    jpeg.in_color_space = space == JCS_GRAYSCALE ? space : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, space);
    jpeg.write_Adobe_marker = FALSE;
    if (many_scans)
        ask_for_many_scans(&jpeg, scans);
    else
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    g_byte_array_append(f->file, out, (guint)size);
    free(out);
}

static void jpeg_is_only_measured(void **state) {
    Fixture *f = *state;
    write_jpeg(f, 3, 144, NULL, 0);
    assert_true(decode(f));
    assert_int_equal(f->image.kind, SATS_IMAGE_JPEG);
    assert_int_equal(f->image.width_px, 8);
    assert_int_equal(f->image.height_px, 4);
    assert_int_equal(f->image.components, 3);
    assert_true(f->image.width_pt > 3.99 && f->image.width_pt < 4.01);
    assert_null(f->image.pixels);
}

static void grey_jpeg_has_one_component(void **state) {
    Fixture *f = *state;
    write_jpeg(f, 1, 72, NULL, 0);
    assert_true(decode(f));
    assert_int_equal(f->image.components, 1);
}

static void cmyk_jpeg_is_refused(void **state) {
    Fixture *f = *state;
    write_jpeg(f, 4, 72, NULL, 0);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "CMYK");
}

static void turned_jpeg_is_refused(void **state) {
    Fixture *f = *state;
    static const char exif[] = "Exif\0\0"
                               "MM\0*\0\0\0\x08"
                               "\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    write_jpeg(f, 3, 72, exif, sizeof exif - 1);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "EXIF");
}

static void malformed_exif_does_no_harm(void **state) {
    Fixture *f = *state;
    static const char exif[] = "Exif\0\0II*\0\xFF\xFF\xFF\xFF";
    write_jpeg(f, 3, 72, exif, sizeof exif - 1);
    assert_true(decode(f));
}

static void cut_jpeg_is_told(void **state) {
    Fixture *f = *state;
    write_jpeg(f, 3, 72, NULL, 0);
    for (guint length = f->file->len - 1; length >= 3; length--) {
        g_byte_array_set_size(f->file, length);
        assert_refused(f, SATS_IMAGE_ERROR_BROKEN, "broken JPEG");
    }
}

/* Ends as it should, but its pixels are lost half way. */
static void jpeg_without_its_pixels_is_told(void **state) {
    Fixture *f = *state;
    write_jpeg(f, 3, 72, NULL, 0);
    guint scan = 0;
    while (f->file->data[scan] != 0xFF || f->file->data[scan + 1] != 0xDA)
        scan++;
    g_byte_array_set_size(f->file, scan + 2 + 12 + 2);
    static const guint8 end[] = {0xFF, 0xD9};
    g_byte_array_append(f->file, end, sizeof end);
    assert_refused(f, SATS_IMAGE_ERROR_BROKEN, "broken JPEG");
}

static void jpeg_of_rgb_without_saying_so_is_refused(void **state) {
    Fixture *f = *state;
    write_jpeg_of(f, JCS_RGB, FALSE);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "Adobe");
}

static void progressive_jpeg_is_taken(void **state) {
    Fixture *f = *state;
    write_jpeg_of(f, JCS_YCbCr, FALSE);
    assert_true(decode(f));
}

static void jpeg_of_endless_scans_is_refused(void **state) {
    Fixture *f = *state;
    write_jpeg_of(f, JCS_GRAYSCALE, TRUE);
    assert_refused(f, SATS_IMAGE_ERROR_LIMIT, "scans");
}

/* ---- kinds ---- */

static void set_file(Fixture *f, const char *bytes, gsize size) {
    g_byte_array_set_size(f->file, 0);
    g_byte_array_append(f->file, (const guint8 *)bytes, (guint)size);
}

static void foreign_kinds_are_named(void **state) {
    Fixture *f = *state;
    set_file(f, "GIF89a...", 9);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "a GIF");
    set_file(f, "RIFF\x01\x02\x03\x04WEBP", 12);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "a WebP");
    set_file(f, "hej", 3);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "unknown kind");
    set_file(f, "", 0);
    assert_refused(f, SATS_IMAGE_ERROR_UNSUPPORTED, "empty");
}

static void svg_is_recognised_behind_a_mark_and_spaces(void **state) {
    Fixture *f = *state;
    const char *svg =
        "\xEF\xBB\xBF \n<?xml version=\"1.0\"?>\n<svg xmlns='http://www.w3.org/2000/svg' "
        "width='10mm' height='1in'/>";
    set_file(f, svg, strlen(svg));
    if (!decode(f))
        fail_msg("%s", f->error->message);
    assert_int_equal(f->image.kind, SATS_IMAGE_SVG);
    assert_true(f->image.width_pt > 28.34 && f->image.width_pt < 28.35);
    assert_true(f->image.height_pt > 71.99 && f->image.height_pt < 72.01);
    assert_non_null(f->image.vector);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rgb_keeps_its_pixels_whatever_the_gamma),
        TEST(alpha_is_split_off),
        TEST(opaque_alpha_is_dropped),
        TEST(palettes_become_colours_and_alpha),
        TEST(sixteen_bits_and_interlacing_are_read),
        TEST(resolution_gives_the_natural_size),
        TEST(cut_png_is_told),
        TEST(huge_png_is_refused_before_memory_is_taken),
        TEST(jpeg_is_only_measured),
        TEST(grey_jpeg_has_one_component),
        TEST(cmyk_jpeg_is_refused),
        TEST(turned_jpeg_is_refused),
        TEST(malformed_exif_does_no_harm),
        TEST(cut_jpeg_is_told),
        TEST(jpeg_without_its_pixels_is_told),
        TEST(jpeg_of_rgb_without_saying_so_is_refused),
        TEST(progressive_jpeg_is_taken),
        TEST(jpeg_of_endless_scans_is_refused),
        TEST(foreign_kinds_are_named),
        TEST(svg_is_recognised_behind_a_mark_and_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
