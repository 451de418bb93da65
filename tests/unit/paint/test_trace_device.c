/* paint/trace-device: every call is a line that can be read and stays the same. */
#include "paint/trace-device.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#ifndef SATS_TEST_FONTS_DIR
#error "SATS_TEST_FONTS_DIR tells where the fonts are"
#endif

typedef struct {
    SatsFonts *fonts;
    SatsShaper *shaper;
    const SatsFace *face;
    SatsTrace *trace;
    SatsDevice *device;
} Fixture;

static int set_up(void **state) {
    const char *const folders[] = {SATS_TEST_FONTS_DIR, NULL};
    Fixture *f = g_new0(Fixture, 1);
    f->fonts = sats_fonts_new(folders, NULL);
    f->shaper = sats_shaper_new(f->fonts);
    f->face = sats_fonts_face(f->fonts, "Source Sans 3", 400, FALSE, NULL);
    f->trace = sats_trace_new();
    f->device = sats_trace_device(f->trace);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    sats_trace_free(f->trace);
    sats_shaper_free(f->shaper);
    sats_fonts_free(f->fonts);
    g_free(f);
    return 0;
}

static SatsFragment fragment(Fixture *f, const SatsSpan *span, const char *text, float x_pt) {
    return (SatsFragment){
        .shape = sats_shaper_shape(f->shaper, span->face, span->features, text, strlen(text)),
        .span = span,
        .x_pt = x_pt};
}

static void assert_trace(const Fixture *f, const char *expected) {
    assert_string_equal(sats_trace_text(f->trace), expected);
}

static void pages_and_brackets_are_told(void **state) {
    Fixture *f = *state;
    SatsNode node = {.id = 12, .role = SATS_ROLE_H1};
    f->device->klass->begin_page(f->device, 595.276, 841.8899, "1");
    f->device->klass->begin_content(f->device, &node, 2);
    f->device->klass->end_content(f->device);
    f->device->klass->begin_artifact(f->device, SATS_ARTIFACT_LAYOUT);
    f->device->klass->end_artifact(f->device);
    f->device->klass->anchor(f->device, &node, -0.001, 10);
    f->device->klass->end_page(f->device);
    assert_trace(f, "page 595.28 841.89 label \"1\"\n"
                    "content H1 #12 order 2\nend\n"
                    "artifact layout\nend\n"
                    "anchor #12 0.0 10.0\n"
                    "end page\n");
}

static void text_of_one_look_is_one_line(void **state) {
    Fixture *f = *state;
    SatsSpan plain = {.face = f->face, .size_pt = 10, .rgb = 0x16202A};
    SatsSpan raised = {
        .face = f->face, .size_pt = 6, .rise_pt = 3.25f, .tracking = 20, .rgb = 0xFF};
    SatsFragment fragments[] = {fragment(f, &plain, "Mål", 0), fragment(f, &plain, " ", 17),
                                fragment(f, &plain,
                                         "1\xC2\xA0"
                                         "880~\"",
                                         20),
                                fragment(f, &raised, "1)", 50)};
    SatsTextRun run = {fragments, G_N_ELEMENTS(fragments), 57.5, 120.333};
    f->device->klass->text(f->device, &run);
    assert_trace(f,
                 "text 57.5 120.33 \"Mål 1~880\\~\\\"\" SourceSans3-Regular 10.0 #16202A\n"
                 "+ 107.5 120.33 \"1)\" SourceSans3-Regular 6.0 #0000FF rise 3.25 tracking 20.0\n");
}

static void a_divided_word_tells_what_it_reads_as(void **state) {
    Fixture *f = *state;
    SatsSpan plain = {.face = f->face, .size_pt = 10};
    SatsFragment fragments[] = {fragment(f, &plain, "för-", 0)};
    fragments[0].actual_text = "förvaltning";
    SatsTextRun run = {fragments, 1, 0, 0};
    f->device->klass->text(f->device, &run);
    assert_trace(f, "text 0.0 0.0 \"för-\" SourceSans3-Regular 10.0 #000000"
                    " reads \"förvaltning\"\n");
}

static void drawings_are_told_with_their_style(void **state) {
    Fixture *f = *state;
    const SatsPathStep steps[] = {{.op = SATS_PATH_MOVE, .x = {1}, .y = {2}},
                                  {.op = SATS_PATH_CURVE, .x = {1, 2, 3}, .y = {4, 5, 6}},
                                  {.op = SATS_PATH_CLOSE}};
    const SatsPathStyle style = {.fill_rgb = 0xABCDEF,
                                 .stroke_rgb = 0,
                                 .stroke_width_pt = 0.5f,
                                 .dashes_pt = {1, 2},
                                 .n_dashes = 2,
                                 .round = TRUE,
                                 .even_odd = TRUE};
    SatsImage image = {.kind = SATS_IMAGE_PNG, .name = "logo.png", .width_px = 4, .height_px = 3};
    f->device->klass->push_transform(f->device, (double[]){0.5, 0, 0, 0.5, 10, 20});
    f->device->klass->path(f->device, steps, 3, &style);
    f->device->klass->pop_transform(f->device);
    f->device->klass->image(f->device, &image, &(SatsRect){1, 2, 3, 4});
    assert_trace(f, "transform 0.5000 0.0000 0.0000 0.5000 10.0 20.0\n"
                    "  path fill #ABCDEF even-odd stroke #000000 0.5 dashes 1.0 2.0 round:"
                    " M 1.0 2.0 C 1.0 4.0 2.0 5.0 3.0 6.0 Z\n"
                    "end\n"
                    "image 1.0 2.0 3.0 4.0 \"logo.png\" png 4x3\n");
}

static void active_areas_tell_where_they_lead(void **state) {
    Fixture *f = *state;
    SatsNode target = {.id = 7};
    SatsLink inner = {.target = &target}, outer = {.uri = "https://example.se/"};
    SatsForm form = {.field_name = "underskrift1"};
    SatsNode link = {.id = 3, .as.link = &inner};
    const SatsRect rects[] = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    f->device->klass->link(f->device, &link, rects, 2);
    link.as.link = &outer;
    f->device->klass->link(f->device, &link, rects, 1);
    SatsNode field = {.id = 4, .as.form = &form};
    f->device->klass->signature_field(f->device, &field, rects);
    assert_trace(f, "link #3 to #7 at 1.0 2.0 3.0 4.0, 5.0 6.0 7.0 8.0\n"
                    "link #3 to \"https://example.se/\" at 1.0 2.0 3.0 4.0\n"
                    "signature-field #4 \"underskrift1\" at 1.0 2.0 3.0 4.0\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(pages_and_brackets_are_told),           TEST(text_of_one_look_is_one_line),
        TEST(a_divided_word_tells_what_it_reads_as), TEST(drawings_are_told_with_their_style),
        TEST(active_areas_tell_where_they_lead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
