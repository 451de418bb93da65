/* paint/cairo-device: things are drawn where they are told, files are the same each time, and
 * failures surface in finish. */
#include "base/report.h"
#include "paint/cairo-device.h"
#include "paint/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>

#ifndef SATS_TEST_FONTS_DIR
#error "SATS_TEST_FONTS_DIR tells where the fonts are"
#endif

typedef struct {
    SatsArena *arena;
    SatsFonts *fonts;
    SatsShaper *shaper;
    SatsSpan span;
    GByteArray *file; /* the last page's, or the PDF's */
    guint last_page;
    gboolean refuse;
    SatsCairo *cairo;
    SatsImage page; /* the last page, decoded again */
    GError *error;
} Fixture;

static int set_up(void **state) {
    const char *const folders[] = {SATS_TEST_FONTS_DIR, NULL};
    Fixture *f = g_new0(Fixture, 1);
    f->arena = sats_arena_new();
    f->fonts = sats_fonts_new(folders, NULL);
    f->shaper = sats_shaper_new(f->fonts);
    f->span = (SatsSpan){.face = sats_fonts_face(f->fonts, "Source Sans 3", 400, FALSE, NULL),
                         .size_pt = 50};
    f->file = g_byte_array_new();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    sats_cairo_free(f->cairo);
    sats_shaper_free(f->shaper);
    sats_fonts_free(f->fonts);
    sats_arena_free(f->arena);
    g_byte_array_unref(f->file);
    g_clear_error(&f->error);
    g_free(f);
    return 0;
}

static gboolean take_page(void *context, guint number, const void *bytes, gsize size,
                          GError **error) {
    Fixture *f = context;
    if (f->refuse) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "disk full");
        return FALSE;
    }
    assert_int_equal(number, f->last_page + 1);
    f->last_page = number;
    g_byte_array_set_size(f->file, 0);
    g_byte_array_append(f->file, bytes, (guint)size);
    return TRUE;
}

static gboolean take_bytes(void *context, const void *bytes, gsize size, GError **error) {
    Fixture *f = context;
    if (f->refuse) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "disk full");
        return FALSE;
    }
    g_byte_array_append(f->file, bytes, (guint)size);
    return TRUE;
}

/* A page of 100 × 80 points at 72 dpi: a pixel is a point. */
static SatsDevice *begin_png(Fixture *f) {
    f->cairo = sats_cairo_png_new(72, take_page, f);
    SatsDevice *device = sats_cairo_device(f->cairo);
    device->klass->begin_page(device, 100, 80, "1");
    return device;
}

static void end_png(Fixture *f) {
    SatsDevice *device = sats_cairo_device(f->cairo);
    device->klass->end_page(device);
    assert_true(sats_cairo_finish(f->cairo, &f->error));
    f->page = (SatsImage){.name = "page", .bytes = f->file->data, .size = f->file->len};
    assert_true(sats_image_decode(&f->page, f->arena, &f->error));
    assert_int_equal(f->page.width_px, 100);
    assert_int_equal(f->page.height_px, 80);
}

static guint32 pixel(const Fixture *f, guint x, guint y) {
    const guint8 *at = f->page.pixels + ((gsize)y * f->page.width_px + x) * f->page.components;
    if (f->page.components == 1)
        return at[0] * 0x010101u;
    return (guint32)at[0] << 16 | (guint32)at[1] << 8 | at[2];
}

static void draw_rect(SatsDevice *device, float x, float y, float width, float height, gint32 rgb) {
    const SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {x}, .y = {y}},
                                  {.op = SATS_PATH_LINE, .x = {x + width}, .y = {y}},
                                  {.op = SATS_PATH_LINE, .x = {x + width}, .y = {y + height}},
                                  {.op = SATS_PATH_LINE, .x = {x}, .y = {y + height}},
                                  {.op = SATS_PATH_CLOSE}};
    const SatsPathStyle style = {.fill_rgb = rgb, .stroke_rgb = -1};
    device->klass->path(device, steps, G_N_ELEMENTS(steps), &style);
}

static void draw_text(Fixture *f, SatsDevice *device, const char *text, double x, double y) {
    SatsFragment fragment = {.shape =
                                 sats_shaper_shape(f->shaper, f->span.face, 0, text, strlen(text)),
                             .span = &f->span};
    SatsTextRun run = {&fragment, 1, x, y};
    device->klass->text(device, &run);
}

static void a_rectangle_is_filled_where_told(void **state) {
    Fixture *f = *state;
    draw_rect(begin_png(f), 10, 20, 30, 40, 0x1A5FB4);
    end_png(f);
    assert_int_equal(pixel(f, 10, 20), 0x1A5FB4);
    assert_int_equal(pixel(f, 39, 59), 0x1A5FB4);
    assert_int_equal(pixel(f, 9, 20), 0xFFFFFF);
    assert_int_equal(pixel(f, 40, 59), 0xFFFFFF);
    assert_int_equal(pixel(f, 39, 60), 0xFFFFFF);
}

static void even_odd_leaves_a_hole(void **state) {
    Fixture *f = *state;
    SatsDevice *device = begin_png(f);
    SatsPathStep steps[10];
    static const float corners[] = {0, 40, 10, 30};
    for (guint k = 0; k < 2; k++) {
        float low = corners[2 * k], high = corners[2 * k + 1];
        SatsPathStep *s = steps + 5 * k;
        s[0] = (SatsPathStep){.op = SATS_PATH_MOVE, .x = {low}, .y = {low}};
        s[1] = (SatsPathStep){.op = SATS_PATH_LINE, .x = {high}, .y = {low}};
        s[2] = (SatsPathStep){.op = SATS_PATH_LINE, .x = {high}, .y = {high}};
        s[3] = (SatsPathStep){.op = SATS_PATH_LINE, .x = {low}, .y = {high}};
        s[4] = (SatsPathStep){.op = SATS_PATH_CLOSE};
    }
    device->klass->path(device, steps, 10, &(SatsPathStyle){.stroke_rgb = -1, .even_odd = TRUE});
    device->klass->push_transform(device, (double[]){1, 0, 0, 1, 50, 0});
    device->klass->path(device, steps, 10, &(SatsPathStyle){.stroke_rgb = -1});
    device->klass->pop_transform(device);
    end_png(f);
    assert_int_equal(pixel(f, 5, 5), 0);
    assert_int_equal(pixel(f, 20, 20), 0xFFFFFF);
    assert_int_equal(pixel(f, 70, 20), 0);
}

static void a_dashed_stroke_has_gaps(void **state) {
    Fixture *f = *state;
    SatsDevice *device = begin_png(f);
    const SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {0}, .y = {10}},
                                  {.op = SATS_PATH_LINE, .x = {100}, .y = {10}}};
    device->klass->path(
        device, steps, 2,
        &(SatsPathStyle){
            .fill_rgb = -1, .stroke_width_pt = 2, .dashes_pt = {10, 5}, .n_dashes = 2});
    end_png(f);
    assert_int_equal(pixel(f, 5, 9), 0);
    assert_int_equal(pixel(f, 12, 9), 0xFFFFFF);
    assert_int_equal(pixel(f, 17, 10), 0);
    assert_int_equal(pixel(f, 5, 12), 0xFFFFFF);
}

/* An "l" is a stem above the baseline and nothing beside it. */
static void a_glyph_stands_on_its_baseline(void **state) {
    Fixture *f = *state;
    f->span.rgb = 0x16202A;
    f->span.rise_pt = 5;
    draw_text(f, begin_png(f), "ll", 20, 65);
    end_png(f);
    guint left = 100, right = 0, top = 80, bottom = 0;
    for (guint y = 0; y < 80; y++) {
        for (guint x = 0; x < 100; x++) {
            if (pixel(f, x, y) == 0xFFFFFF)
                continue;
            left = MIN(left, x);
            right = MAX(right, x);
            top = MIN(top, y);
            bottom = MAX(bottom, y);
        }
    }
    assert_in_range(left, 22, 26);
    assert_in_range(right, 36, 45);
    assert_in_range(top, 22, 27); /* 50 pt high, ascender 712 thousandths above y 60 */
    assert_in_range(bottom, 58, 60);
    assert_int_equal(pixel(f, left + 2, 45), 0x16202A);
}

static void pictures_fill_their_rectangle(void **state) {
    Fixture *f = *state;
    static const guint8 pixels[] = {255, 0, 0, 0, 0, 255};
    static const guint8 alpha[] = {255, 0};
    SatsImage image = {.kind = SATS_IMAGE_PNG,
                       .name = "två",
                       .width_px = 2,
                       .height_px = 1,
                       .components = 3,
                       .pixels = pixels,
                       .alpha = alpha};
    SatsDevice *device = begin_png(f);
    device->klass->image(device, &image, &(SatsRect){10, 10, 80, 20});
    end_png(f);
    assert_int_equal(pixel(f, 11, 11), 0xFF0000);
    assert_int_equal(pixel(f, 88, 28), 0xFFFFFF);
    assert_int_equal(pixel(f, 9, 15), 0xFFFFFF);
}

static void make_jpeg(SatsImage *image, Fixture *f) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    guint8 row[16 * 3];
    JSAMPROW rows[] = {row};
    for (guint i = 0; i < sizeof row; i++)
        row[i] = i % 3 == 1 ? 200 : 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = jpeg.image_height = 16;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    *image =
        (SatsImage){.name = "foto", .bytes = sats_arena_memdup(f->arena, out, size), .size = size};
    free(out);
    assert_true(sats_image_decode(image, f->arena, &f->error));
}

static void jpegs_are_decoded(void **state) {
    Fixture *f = *state;
    SatsImage image;
    make_jpeg(&image, f);
    SatsDevice *device = begin_png(f);
    device->klass->image(device, &image, &(SatsRect){0, 0, 50, 50});
    end_png(f);
    guint32 green = pixel(f, 25, 25);
    assert_in_range(green >> 8 & 0xFF, 195, 205);
    assert_in_range(green & 0xFF, 0, 6);
}

static void broken_jpeg_data_surfaces_in_finish(void **state) {
    Fixture *f = *state;
    SatsImage image;
    make_jpeg(&image, f);
    image.size = 30;
    SatsDevice *device = begin_png(f);
    device->klass->image(device, &image, &(SatsRect){0, 0, 50, 50});
    device->klass->end_page(device);
    assert_int_equal(f->last_page, 0);
    assert_false(sats_cairo_finish(f->cairo, &f->error));
    assert_true(g_error_matches(f->error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN));
    assert_non_null(strstr(f->error->message, "foto"));
}

/* The file may hold zero bytes. */
static gboolean contains(const Fixture *f, const char *text) {
    gsize length = strlen(text);
    for (gsize at = 0; at + length <= f->file->len; at++)
        if (memcmp(f->file->data + at, text, length) == 0)
            return TRUE;
    return FALSE;
}

static void paint_two_pages(Fixture *f, const SatsImage *image) {
    SatsDevice *device = sats_cairo_device(f->cairo);
    for (guint i = 0; i < 2; i++) {
        device->klass->begin_page(device, i == 0 ? 595.28 : 841.89, i == 0 ? 841.89 : 595.28, "iv");
        draw_text(f, device, "Förvaltningsplan", 50, 100);
        draw_rect(device, 50, 110, 200, 1, 0xFF0000);
        device->klass->image(device, image, &(SatsRect){50, 200, 50, 50});
        device->klass->end_page(device);
    }
    assert_true(sats_cairo_finish(f->cairo, &f->error));
    sats_cairo_free(f->cairo);
    f->cairo = NULL;
}

static void plain_pdf_is_the_same_each_time_and_has_no_date(void **state) {
    Fixture *f = *state;
    SatsImage image;
    make_jpeg(&image, f);
    GByteArray *first = NULL;
    for (guint i = 0; i < 2; i++) {
        f->cairo = sats_cairo_pdf_new(&(SatsCairoPdfOptions){.title = "Plan"}, take_bytes, f);
        paint_two_pages(f, &image);
        if (first == NULL) {
            first = f->file;
            f->file = g_byte_array_new();
        }
    }
    assert_memory_equal(f->file->data, "%PDF-1.", 7);
    gboolean same =
        first->len == f->file->len && memcmp(first->data, f->file->data, first->len) == 0;
    g_byte_array_unref(first);
    assert_true(same);
    assert_false(contains(f, "CreationDate"));
    assert_true(contains(f, "/Title (Plan)"));
    assert_true(contains(f, "/DCTDecode"));
    assert_true(contains(f, "595.28"));
    assert_true(contains(f, "841.89"));
}

static void plain_pdf_has_the_date_it_is_given(void **state) {
    Fixture *f = *state;
    f->cairo = sats_cairo_pdf_new(&(SatsCairoPdfOptions){.created = "2020-01-31"}, take_bytes, f);
    assert_true(sats_cairo_finish(f->cairo, &f->error));
    assert_true(contains(f, "CreationDate (20200131"));
}

static void svg_pages_are_the_same_each_time(void **state) {
    Fixture *f = *state;
    SatsImage image;
    make_jpeg(&image, f);
    GByteArray *first = NULL;
    for (guint i = 0; i < 2; i++) {
        f->last_page = 0;
        f->cairo = sats_cairo_svg_new(take_page, f);
        paint_two_pages(f, &image);
        assert_int_equal(f->last_page, 2);
        if (first == NULL) {
            first = f->file;
            f->file = g_byte_array_new();
        }
    }
    gboolean same =
        first->len == f->file->len && memcmp(first->data, f->file->data, first->len) == 0;
    g_byte_array_unref(first);
    assert_true(same);
    assert_true(contains(f, "<svg"));
    assert_true(contains(f, "width=\"841.89pt\""));
}

static void a_refusing_sink_stops_everything(void **state) {
    Fixture *f = *state;
    f->refuse = TRUE;
    f->cairo = sats_cairo_png_new(72, take_page, f);
    SatsDevice *device = sats_cairo_device(f->cairo);
    for (guint i = 0; i < 2; i++) {
        device->klass->begin_page(device, 100, 80, NULL);
        draw_text(f, device, "x", 0, 0);
        device->klass->end_page(device);
    }
    assert_false(sats_cairo_finish(f->cairo, &f->error));
    assert_string_equal(f->error->message, "disk full");
    sats_cairo_free(f->cairo);
    g_clear_error(&f->error);
    f->cairo = sats_cairo_pdf_new(NULL, take_bytes, f);
    assert_false(sats_cairo_finish(f->cairo, &f->error));
    assert_string_equal(f->error->message, "disk full");
}

static void too_large_a_page_is_refused(void **state) {
    Fixture *f = *state;
    f->cairo = sats_cairo_png_new(2400, take_page, f);
    SatsDevice *device = sats_cairo_device(f->cairo);
    device->klass->begin_page(device, 2000, 2000, NULL);
    draw_text(f, device, "x", 0, 0);
    device->klass->end_page(device);
    assert_false(sats_cairo_finish(f->cairo, &f->error));
    assert_true(g_error_matches(f->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT));
}

static gpointer paint_in_thread(gpointer data) {
    (void)data;
    void *state;
    set_up(&state);
    Fixture *f = state;
    gboolean done = TRUE;
    for (guint i = 0; i < 20; i++) {
        SatsDevice *device = begin_png(f);
        f->span.size_pt = (float)(8 + i);
        draw_text(f, device, "Åtgärd", 5, 40);
        device->klass->end_page(device);
        done = done && sats_cairo_finish(f->cairo, NULL);
        sats_cairo_free(f->cairo);
        f->cairo = NULL;
        f->last_page = 0;
    }
    tear_down(&state);
    return GINT_TO_POINTER(done);
}

static void two_threads_paint_at_once(void **state) {
    (void)state;
    GThread *a = g_thread_new("a", paint_in_thread, NULL);
    GThread *b = g_thread_new("b", paint_in_thread, NULL);
    gboolean both = GPOINTER_TO_INT(g_thread_join(a));
    both = GPOINTER_TO_INT(g_thread_join(b)) && both;
    assert_true(both);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_rectangle_is_filled_where_told),
        TEST(even_odd_leaves_a_hole),
        TEST(a_dashed_stroke_has_gaps),
        TEST(a_glyph_stands_on_its_baseline),
        TEST(pictures_fill_their_rectangle),
        TEST(jpegs_are_decoded),
        TEST(broken_jpeg_data_surfaces_in_finish),
        TEST(plain_pdf_is_the_same_each_time_and_has_no_date),
        TEST(plain_pdf_has_the_date_it_is_given),
        TEST(svg_pages_are_the_same_each_time),
        TEST(a_refusing_sink_stops_everything),
        TEST(too_large_a_page_is_refused),
        TEST(two_threads_paint_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
