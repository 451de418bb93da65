/* paint/svg: what logos are made of becomes the right paths; the rest is told, and nothing hangs.
 */
#include "paint/image.h"
#include "paint/svg-path.h"
#include "paint/svg-style.h"
#include "paint/svg.h"
#include "paint/trace-device.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    SatsArena *arena;
    SatsTrace *trace;
    GError *error;
    GString *text;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->arena = sats_arena_new();
    f->trace = sats_trace_new();
    f->text = g_string_new(NULL);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    sats_arena_free(f->arena);
    sats_trace_free(f->trace);
    g_string_free(f->text, TRUE);
    g_clear_error(&f->error);
    g_free(f);
    return 0;
}

/* An 80 × 80 px (60 × 60 pt) picture of 60 user units a side: a user unit is a point. */
static gboolean read_body(Fixture *f, const char *body, SatsImage *image) {
    g_string_printf(f->text,
                    "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='80' "
                    "viewBox='0 0 60 60'>\n%s\n</svg>",
                    body);
    g_clear_error(&f->error);
    *image = (SatsImage){.bytes = (const guint8 *)f->text->str, .size = f->text->len};
    return sats_image_decode(image, f->arena, &f->error);
}

static void assert_painted_in(Fixture *f, const char *body, const SatsRect *rect,
                              const char *expected) {
    SatsImage image;
    sats_trace_free(f->trace);
    f->trace = sats_trace_new();
    if (!read_body(f, body, &image))
        fail_msg("%s", f->error->message);
    sats_svg_paint(&image, sats_trace_device(f->trace), rect);
    assert_string_equal(sats_trace_text(f->trace), expected);
}

static void assert_painted(Fixture *f, const char *body, const char *expected) {
    assert_painted_in(f, body, &(SatsRect){0, 0, 60, 60}, expected);
}

static void assert_refused(Fixture *f, const char *body, const char *fragment) {
    SatsImage image;
    assert_false(read_body(f, body, &image));
    assert_true(f->error->domain == SATS_IMAGE_ERROR);
    if (strstr(f->error->message, fragment) == NULL)
        fail_msg("'%s' is not in: %s", fragment, f->error->message);
}

#define BLACK "path fill #000000:"

static void path_commands_draw_lines_and_curves(void **state) {
    assert_painted(*state, "<path d='M1 2L3,4h5v-1H2V9z'/>",
                   BLACK " M 1.0 2.0 L 3.0 4.0 L 8.0 4.0 L 8.0 3.0 L 2.0 3.0 L 2.0 9.0 Z\n");
    assert_painted(*state, "<path d='m1 2 3 4 5-.5.5.5c1 0 2 1 2 2s1 2 2 2'/>",
                   BLACK " M 1.0 2.0 L 4.0 6.0 L 9.0 5.5 L 9.5 6.0 C 10.5 6.0 11.5 7.0 11.5 8.0"
                         " C 11.5 9.0 12.5 10.0 13.5 10.0\n");
    assert_painted(*state, "<path d='M0 9Q3 12 6 9T12 9'/>",
                   BLACK " M 0.0 9.0 C 2.0 11.0 4.0 11.0 6.0 9.0 C 8.0 7.0 10.0 7.0 12.0 9.0\n");
}

static void a_closed_path_goes_on_where_it_began(void **state) {
    assert_painted(*state, "<path d='M5 5h5v5zl2 2'/>",
                   BLACK " M 5.0 5.0 L 10.0 5.0 L 10.0 10.0 Z M 5.0 5.0 L 7.0 7.0\n");
}

static void arcs_are_quarters_and_flags_need_no_spaces(void **state) {
    const char *expected = BLACK " M 10.0 0.0 C 15.52 0.0 20.0 4.48 20.0 10.0\n";
    assert_painted(*state, "<path d='M10 0A10 10 0 0 1 20 10'/>", expected);
    assert_painted(*state, "<path d='M10 0a10 10 0 0110 10'/>", expected);
    /* too small radii grow; no radius is a line */
    assert_painted(*state, "<path d='M10 10A1 1 0 0 1 20 10'/>",
                   BLACK " M 10.0 10.0 C 10.0 7.24 12.24 5.0 15.0 5.0"
                         " C 17.76 5.0 20.0 7.24 20.0 10.0\n");
    assert_painted(*state, "<path d='M10 10A0 1 0 0 1 20 10'/>",
                   BLACK " M 10.0 10.0 L 20.0 10.0\n");
}

static void basic_shapes_are_paths(void **state) {
    assert_painted(*state, "<rect x='1' y='2' width='3' height='4'/>",
                   BLACK " M 1.0 2.0 L 4.0 2.0 L 4.0 6.0 L 1.0 6.0 Z\n");
    assert_painted(*state, "<rect width='50%' height='10' rx='99' ry='0'/>",
                   BLACK " M 0.0 0.0 L 30.0 0.0 L 30.0 10.0 L 0.0 10.0 Z\n");
    assert_painted(*state, "<polygon points='1,1 2,1 2,2'/>",
                   BLACK " M 1.0 1.0 L 2.0 1.0 L 2.0 2.0 Z\n");
    assert_painted(*state, "<line x1='1' y1='1' x2='2' y2='1' stroke='red'/>",
                   "path stroke #FF0000 1.0: M 1.0 1.0 L 2.0 1.0\n");
    assert_painted(*state, "<circle cx='10' cy='10' r='10'/>",
                   BLACK
                   " M 20.0 10.0 C 20.0 15.52 15.52 20.0 10.0 20.0 C 4.48 20.0 0.0 15.52"
                   " 0.0 10.0 C 0.0 4.48 4.48 0.0 10.0 0.0 C 15.52 0.0 20.0 4.48 20.0 10.0 Z\n");
}

static void styles_cascade_and_inherit(void **state) {
    assert_painted(*state,
                   "<style>/* verktyg */ .a, rect { fill: #0f0 } #x{fill:blue}</style>"
                   "<g fill='red' fill-rule='evenodd'><path d='M1 1h1v1'/>"
                   "<path class='b a' d='M1 1h1v1'/><path id='x' class='a' d='M1 1h1v1'/>"
                   "<path id='x' style='fill:rgb(10%, 20, 30)' d='M1 1h1v1'/></g>",
                   "path fill #FF0000 even-odd: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n"
                   "path fill #00FF00 even-odd: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n"
                   "path fill #0000FF even-odd: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n"
                   "path fill #1A141E even-odd: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n");
    assert_painted(*state, "<g color='teal'><path fill='currentColor' d='M1 1h1v1'/></g>",
                   "path fill #008080: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n");
    assert_painted(
        *state, "<g display='none'><text>x</text></g><path visibility='hidden' d='M1 1h1v1'/>", "");
}

static void opacity_is_as_on_white_paper(void **state) {
    assert_painted(*state, "<g opacity='.5'><path opacity='.5' d='M1 1h1v1'/></g>",
                   "path fill #BFBFBF: M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n");
    assert_painted(*state, "<path fill-opacity='0' d='M1 1h1v1'/>", "");
}

static void strokes_scale_with_the_picture(void **state) {
    const char *body = "<path transform='scale(2)' fill='none' stroke='#123' stroke-width='1.5' "
                       "stroke-dasharray='1 2' stroke-linecap='round' stroke-linejoin='round' "
                       "d='M1 1h2'/>";
    assert_painted(*state, body,
                   "path stroke #112233 3.0 dashes 2.0 4.0 round: M 2.0 2.0 L 6.0 2.0\n");
    assert_painted_in(*state, body, &(SatsRect){10, 20, 30, 30},
                      "path stroke #112233 1.5 dashes 1.0 2.0 round: M 11.0 21.0 L 13.0 21.0\n");
    /* unevenly: the device transforms, so that the pen is distorted too */
    assert_painted_in(*state, "<path fill='none' stroke='#123' d='M1 1h2'/>",
                      &(SatsRect){10, 20, 30, 60},
                      "transform 0.5000 0.0000 0.0000 1.0000 10.0 20.0\n"
                      "  path stroke #112233 1.0: M 1.0 1.0 L 3.0 1.0\nend\n");
}

static void transforms_compose_from_the_inside(void **state) {
    assert_painted(*state, "<g transform='translate(10,20) rotate(90)'><path d='M1 0h2v1'/></g>",
                   BLACK " M 10.0 21.0 L 10.0 23.0 L 9.0 23.0\n");
    assert_painted(*state, "<path transform='matrix(1 0 0 1 5 6)' d='M1 0h2v1'/>",
                   BLACK " M 6.0 6.0 L 8.0 6.0 L 8.0 7.0\n");
}

static void use_shows_definitions_and_symbols(void **state) {
    assert_painted(*state,
                   "<defs><path id='a' d='M0 0h1v1'/><symbol id='s' viewBox='0 0 2 2'>"
                   "<path d='M0 0h2v2'/></symbol></defs>"
                   "<use href='#a' x='3' y='4' fill='red'/>"
                   "<use xlink:href='#s' x='10' width='8' height='8'/>",
                   "path fill #FF0000: M 3.0 4.0 L 4.0 4.0 L 4.0 5.0\n" BLACK
                   " M 10.0 0.0 L 18.0 0.0 L 18.0 8.0\n");
}

static void editors_own_elements_are_left_out(void **state) {
    assert_painted(*state,
                   "<title>Logotyp</title><metadata><rdf:RDF><text/></rdf:RDF></metadata>"
                   "<sodipodi:namedview><text>x</text></sodipodi:namedview><path d='M1 1h1v1'/>",
                   BLACK " M 1.0 1.0 L 2.0 1.0 L 2.0 2.0\n");
}

static void what_lies_outside_is_not_drawn_and_backgrounds_are_cut(void **state) {
    assert_painted(*state, "<path d='M100 100h5v5z'/>", "");
    assert_painted(*state, "<rect x='-10' y='-10' width='100' height='40'/>",
                   BLACK " M 0.0 0.0 L 60.0 0.0 L 60.0 30.0 L 0.0 30.0 Z\n");
    assert_refused(*state, "<circle cx='0' cy='0' r='20'/>", "reaches outside");
}

static void what_cannot_be_drawn_is_told_with_element_and_line(void **state) {
    Fixture *f = *state;
    assert_refused(f, "<g>\n<text>Region</text></g>", "line 3: <text>");
    assert_refused(f, "<image href='x.png'/>", "<image>");
    assert_refused(f, "<path fill='url(#g)' d='M0 0h1v1'/>", "<path>: fill 'url(#g)'");
    assert_refused(f, "<g filter='url(#f)'/>", "filter");
    assert_refused(f, "<g style='mask:url(#m)'/>", "mask");
    assert_refused(f, "<g clip-path='url(#c)'/>", "clip-path");
    assert_refused(f, "<path stroke='red' stroke-linecap='square' d='M0 0h1'/>", "square");
    assert_refused(f, "<path stroke='red' stroke-linecap='round' d='M0 0h1v1'/>", "round caps");
    assert_refused(f, "<path stroke='red' stroke-dasharray='1 2 3' d='M0 0h1'/>", "dasharray");
    assert_refused(f, "<style>g .x{fill:red}</style>", "selector");
    assert_refused(f, "<style>@media print{g{fill:red}}</style>", "<style>");
    assert_refused(f, "<path fill='rod' d='M0 0h1v1'/>", "fill 'rod'");
    assert_refused(f, "<use href='#saknas'/>", "#saknas");
    assert_refused(f, "<foreignObject/>", "<foreignObject>");
}

static void malformed_files_are_told(void **state) {
    Fixture *f = *state;
    assert_refused(f, "<g>", "broken SVG");
    assert_refused(f, "<path d='M0 0 L1'/>", "malformed path data");
    assert_refused(f, "<path d='L1 1'/>", "malformed path data");
    assert_refused(f, "<path d='M0 0 L 0x10 1'/>", "malformed path data");
    assert_refused(f, "<path d='M0 0 L nan inf'/>", "malformed path data");
    assert_refused(f, "<path d='M0 0 A1 1 0 2 0 1 1'/>", "malformed path data");
    assert_refused(f, "<polygon points='1 2 3'/>", "malformed points");
    assert_refused(f, "<g transform='rotate(1 2)'/>", "malformed transform");
    assert_refused(f, "<rect width='3furlong' height='1'/>", "width '3furlong'");
    assert_refused(f, "<g style='fill'/>", "malformed style");
    assert_refused(f, "<g>\xC3</g>", "broken SVG");
    assert_refused(f, "<g a='&eko;'/>", "broken SVG");
}

static void huge_numbers_are_refused(void **state) {
    Fixture *f = *state;
    assert_refused(f, "<path d='M0 0h1e999v1'/>", "malformed path data");
    assert_refused(f, "<path d='M0 0h9e8v1h9e8z'/>", "out of range");
    assert_refused(
        f, "<g transform='scale(1e8)'><g transform='scale(1e8)'><path d='M1 1h1v1'/></g></g>",
        "out of range");
    assert_painted(f, "<rect width='1e-300' height='1e-300'/>",
                   BLACK " M 0.0 0.0 L 0.0 0.0 L 0.0 0.0 L 0.0 0.0 Z\n");
}

static void what_is_scaled_to_nothing_is_not_drawn(void **state) {
    Fixture *f = *state;
    assert_painted(f, "<path transform='scale(0)' stroke='red' d='M1 1h1'/>", "");
    assert_painted(f, "<path transform='scale(1 0)' stroke='red' d='M1 1h1'/>", "");
    assert_painted(f, "<path fill='none' stroke='red' stroke-dasharray='1e-9' d='M1 1h1'/>",
                   "path stroke #FF0000 1.0: M 1.0 1.0 L 2.0 1.0\n");
    assert_refused(f, "<path stroke='red' stroke-width='1e8' d='M1 1h1'/>", "out of range");
}

static void circular_and_exploding_references_end(void **state) {
    Fixture *f = *state;
    assert_refused(f, "<g id='a'><use href='#a'/></g>", "refers to itself");
    assert_refused(f, "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", "circle");
    g_autoptr(GString) bomb = g_string_new("<defs><path id='l0' d='M0 0h1v1'/>");
    for (guint i = 1; i < 30; i++)
        g_string_append_printf(bomb, "<g id='l%u'><use href='#l%u'/><use href='#l%u'/></g>", i,
                               i - 1, i - 1);
    g_string_append(bomb, "</defs><use href='#l29'/>");
    assert_refused(f, bomb->str, "elements are drawn");
}

static void depth_and_number_of_elements_are_limited(void **state) {
    Fixture *f = *state;
    g_autoptr(GString) body = g_string_new(NULL);
    for (guint i = 0; i < 100000; i++)
        g_string_append(body, "<g>");
    assert_refused(f, body->str, "deeper than");
    g_string_truncate(body, 0);
    for (guint i = 0; i < 60000; i++)
        g_string_append(body, "<g/>");
    assert_refused(f, body->str, "elements");
}

static void sizes_come_from_the_view_box_where_not_told(void **state) {
    Fixture *f = *state;
    static const struct {
        const char *attributes;
        double width, height;
    } cases[] = {
        {"viewBox='0 0 40 20'", 30, 15},
        {"viewBox='0 0 40 20' width='100%' height='100%'", 30, 15},
        {"viewBox='0 0 40 20' width='80'", 60, 30},
        {"width='1in' height='2cm'", 72, 56.69},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        double width = 0, height = 0;
        g_string_printf(f->text, "<svg %s/>", cases[i].attributes);
        assert_non_null(sats_svg_read((const guint8 *)f->text->str, f->text->len, f->arena, &width,
                                      &height, &f->error));
        assert_true(fabs(width - cases[i].width) < 0.01);
        assert_true(fabs(height - cases[i].height) < 0.01);
    }
    assert_null(sats_svg_read((const guint8 *)"<svg/>", 6, f->arena, &(double){0}, &(double){0},
                              &f->error));
    assert_non_null(strstr(f->error->message, "size"));
}

static void the_picture_is_centred_in_its_size(void **state) {
    Fixture *f = *state;
    const char *svg = "<s:svg xmlns:s='http://www.w3.org/2000/svg' width='80' height='40' "
                      "viewBox='10 10 20 20'><s:path d='M10 10h20v20'/></s:svg>";
    SatsImage image = {.bytes = (const guint8 *)svg, .size = strlen(svg)};
    assert_true(sats_image_decode(&image, f->arena, &f->error));
    sats_svg_paint(&image, sats_trace_device(f->trace), &(SatsRect){0, 0, 60, 30});
    assert_string_equal(sats_trace_text(f->trace), BLACK " M 15.0 0.0 L 45.0 0.0 L 45.0 30.0\n");
}

static void colours_are_read_in_all_forms(void **state) {
    static const struct {
        const char *text;
        guint32 rgb;
    } cases[] = {
        {"#fff", 0xFFFFFF},          {" #16202A ", 0x16202A},  {"AliceBlue", 0xF0F8FF},
        {"yellowgreen", 0x9ACD32},   {"rgb(1,2,3)", 0x010203}, {"rgb(100% 0% 0%)", 0xFF0000},
        {"rgb(300,-5,0)", 0xFF0000}, {"tan", 0xD2B48C},        {"rgba(1,2,3,.5)", 0x010203}};
    static const char *const wrong[] = {"",        "#",        "#ff",      "#ffff",
                                        "#gggggg", "rgb(1,2)", "rgb(1,2,3"};
    (void)state;
    guint32 rgb;
    double alpha;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_true(sats_svg_colour_parse(cases[i].text, &rgb, &alpha));
        assert_int_equal(rgb, cases[i].rgb);
    }
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(sats_svg_colour_parse(wrong[i], &rgb, &alpha));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(path_commands_draw_lines_and_curves),
        TEST(a_closed_path_goes_on_where_it_began),
        TEST(arcs_are_quarters_and_flags_need_no_spaces),
        TEST(basic_shapes_are_paths),
        TEST(styles_cascade_and_inherit),
        TEST(opacity_is_as_on_white_paper),
        TEST(strokes_scale_with_the_picture),
        TEST(transforms_compose_from_the_inside),
        TEST(use_shows_definitions_and_symbols),
        TEST(editors_own_elements_are_left_out),
        TEST(what_lies_outside_is_not_drawn_and_backgrounds_are_cut),
        TEST(what_cannot_be_drawn_is_told_with_element_and_line),
        TEST(malformed_files_are_told),
        TEST(huge_numbers_are_refused),
        TEST(what_is_scaled_to_nothing_is_not_drawn),
        TEST(circular_and_exploding_references_end),
        TEST(depth_and_number_of_elements_are_limited),
        TEST(sizes_come_from_the_view_box_where_not_told),
        TEST(the_picture_is_centred_in_its_size),
        TEST(colours_are_read_in_all_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
