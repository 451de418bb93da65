/* Faces are what was asked for, or an error; their measures are the font's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/report.h"
#include "text/font.h"

static int open_fonts(void **state) {
    const char *folders[] = {SATS_TEST_FONTS_DIR, NULL};
    *state = sats_fonts_new(folders, NULL);
    return *state ? 0 : -1;
}

static int close_fonts(void **state) {
    sats_fonts_free(*state);
    return 0;
}

static void a_face_is_found_by_family_weight_and_slant(void **state) {
    GError *error = NULL;
    const SatsFace *face = sats_fonts_face(*state, "Source Sans 3", 600, TRUE, &error);
    assert_null(error);
    const SatsFaceInfo *info = sats_face_info(face);
    assert_string_equal(info->family, "Source Sans 3");
    assert_string_equal(info->postscript_name, "SourceSans3-SemiboldIt");
    assert_int_equal(info->weight, 600);
    assert_true(info->italic);
    assert_false(info->is_cff);
}

static void measures_are_in_thousandths_of_an_em(void **state) {
    const SatsFace *face = sats_fonts_face(*state, "Source Sans 3", 400, FALSE, NULL);
    const SatsFaceInfo *info = sats_face_info(face);
    assert_true(info->ascender > 700 && info->ascender < 1200);
    assert_true(info->descender < -200 && info->descender > -500);
    assert_true(info->cap_height > 600 && info->cap_height < 720);
    assert_true(info->x_height > 450 && info->x_height < 520);
    assert_true(info->bbox[0] < 0 && info->bbox[3] > info->cap_height);
    assert_true(info->underline_position < 0 && info->underline_thickness > 0);
    assert_true(info->size > 100000 && info->n_glyphs > 1000);
    assert_memory_equal(info->bytes, "\0\1\0\0", 4);
    assert_true(sats_face_advance(face, 0) > 0);
    const SatsFace *italic = sats_fonts_face(*state, "Source Sans 3", 400, TRUE, NULL);
    assert_true(sats_face_info(italic)->italic_angle < 0);
}

static void a_missing_family_or_weight_is_an_error_that_names_what_there_is(void **state) {
    GError *error = NULL;
    assert_null(sats_fonts_face(*state, "Arial", 400, FALSE, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT));
    assert_non_null(strstr(error->message, "Arial"));
    assert_non_null(strstr(error->message, "Source Sans 3"));
    g_clear_error(&error);
    assert_null(sats_fonts_face(*state, "Source Sans 3", 450, FALSE, &error));
    assert_non_null(strstr(error->message, "450"));
    g_clear_error(&error);
}

static void a_folder_without_fonts_is_an_error(void **state) {
    (void)state;
    GError *error = NULL;
    const char *none[] = {SATS_TEST_DIR, NULL};
    assert_null(sats_fonts_new(none, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT));
    g_clear_error(&error);
    const char *missing[] = {SATS_TEST_DIR "/no-such-folder", NULL};
    assert_null(sats_fonts_new(missing, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT));
    g_clear_error(&error);
}

static void a_file_that_is_no_font_is_an_error(void **state) {
    (void)state;
    GError *error = NULL;
    char *folder = g_dir_make_tmp("sats-font-XXXXXX", NULL);
    char *path = g_build_filename(folder, "broken.ttf", NULL);
    const char *folders[] = {folder, NULL};
    for (gssize size = 0; size < 40; size += 13) {
        g_file_set_contents(path, "\0\1\0\0\0\1cmap this is not a font file, really", size, NULL);
        assert_null(sats_fonts_new(folders, &error));
        assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_FONT));
        assert_non_null(strstr(error->message, "broken.ttf"));
        g_clear_error(&error);
    }
    remove(path);
    remove(folder);
    g_free(path);
    g_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_face_is_found_by_family_weight_and_slant),
        cmocka_unit_test(measures_are_in_thousandths_of_an_em),
        cmocka_unit_test(a_missing_family_or_weight_is_an_error_that_names_what_there_is),
        cmocka_unit_test(a_folder_without_fonts_is_an_error),
        cmocka_unit_test(a_file_that_is_no_font_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
