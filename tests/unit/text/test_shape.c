/* Words are shaped right, once, and what no font has is known. */
#include "text/font-private.h"
#include "unit/text/fixture.h"

static const SatsShape *shape(Fixture *f, guint features, const char *text) {
    return sats_shaper_shape(f->shaper, f->regular, features, text, strlen(text));
}

static void a_width_is_the_sum_of_its_advances(void **state) {
    const SatsShape *s = shape(*state, 0, "förvaltningsplan");
    float sum = 0;
    for (guint i = 0; i < s->n_glyphs; i++)
        sum += s->glyphs[i].advance;
    assert_float_equal(s->width, sum, 0);
    assert_int_equal(s->n_glyphs, 16);
    assert_int_equal(s->length, 17);
    assert_int_equal(s->n_parts, 1);
    assert_int_equal(s->n_unknown, 0);
    assert_string_equal(s->text, "förvaltningsplan");
}

static void letters_are_kerned_within_a_word(void **state) {
    float pair = shape(*state, 0, "To")->width;
    float apart = shape(*state, 0, "T")->width + shape(*state, 0, "o")->width;
    assert_true(pair < apart);
}

static void a_word_is_shaped_once_a_face_and_features(void **state) {
    Fixture *f = *state;
    const SatsShape *first = shape(f, 0, "plan");
    for (int i = 0; i < 5000; i++) { /* the table grows */
        char word[32];
        g_snprintf(word, sizeof word, "plan%d", i);
        assert_string_equal(shape(f, 0, word)->text, word);
    }
    assert_ptr_equal(first, sats_shaper_shape(f->shaper, f->regular, 0, "planer", 4));
    assert_ptr_not_equal(first, shape(f, SATS_FEATURE_TABULAR, "plan"));
    assert_ptr_not_equal(first, sats_shaper_shape(f->shaper, f->bold, 0, "plan", 4));
}

static void tabular_figures_and_signs_are_equally_wide(void **state) {
    static const char *const signs[] = {"0", "1", "2", "3", "4", "5",           "6",
                                        "7", "8", "9", "+", "−", "\xE2\x80\x87"};
    float width = shape(*state, SATS_FEATURE_TABULAR, "0")->width;
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
        assert_float_equal(shape(*state, SATS_FEATURE_TABULAR, signs[i])->width, width, 0);
}

static void a_character_of_another_family_makes_a_part(void **state) {
    const char *text = "läge ◐ klart";
    const SatsShape *s = shape(*state, 0, text);
    assert_int_equal(s->n_unknown, 0);
    assert_int_equal(s->n_parts, 3);
    assert_string_equal(sats_face_info(s->parts[0].face)->family, "Source Sans 3");
    assert_string_equal(sats_face_info(s->parts[1].face)->family, "Noto Sans Symbols 2");
    assert_int_equal(s->parts[1].start, 6);
    assert_int_equal(s->parts[1].end, 9);
    assert_int_equal(s->parts[2].end, strlen(text));
    guint glyphs = 0;
    for (guint i = 0; i < s->n_parts; i++) {
        assert_int_equal(s->parts[i].first, glyphs);
        glyphs += s->parts[i].count;
    }
    assert_int_equal(glyphs, s->n_glyphs);
}

static void characters_that_no_font_has_are_counted(void **state) {
    assert_int_equal(shape(*state, 0, "plan中")->n_unknown, 1);
    assert_int_equal(sats_shape_first_unknown(shape(*state, 0, "plan中")), 4);
    assert_int_equal(shape(*state, 0, "🙂")->n_unknown, 1);
    assert_int_equal(sats_shape_first_unknown(shape(*state, 0, "å🙂")), 2);
    assert_int_equal(sats_shape_first_unknown(shape(*state, 0, "plan")), -1);
    assert_int_equal(shape(*state, 0, "↺")->n_unknown, 1);
}

static void right_to_left_text_counts_as_unknown(void **state) {
    const SatsShape *s = shape(*state, 0, "a שלום");
    assert_int_equal(s->n_unknown, 4);
    for (guint i = 1; i < s->n_glyphs; i++)
        assert_true(s->glyphs[i].cluster >= s->glyphs[i - 1].cluster);
}

static void spaces_and_hyphens_need_no_other_font(void **state) {
    const char *text = "a\u00A0b\u202Fc\u2011d\u2002e\u2007f";
    const SatsShape *s = shape(*state, 0, text);
    assert_int_equal(s->n_unknown, 0);
    assert_int_equal(s->n_parts, 1);
}

static void the_empty_text_has_an_empty_shape(void **state) {
    const SatsShape *s = shape(*state, 0, "");
    assert_int_equal(s->n_glyphs, 0);
    assert_int_equal(s->n_parts, 0);
    assert_float_equal(s->width, 0, 0);
    assert_float_equal(sats_shape_offset(s, 0), 0, 0);
}

static void offsets_are_left_edges_of_characters(void **state) {
    const SatsShape *s = shape(*state, 0, "åtgärd");
    assert_float_equal(sats_shape_offset(s, 0), 0, 0);
    assert_float_equal(sats_shape_offset(s, 2), s->glyphs[0].advance, 1e-6);
    assert_float_equal(sats_shape_offset(s, s->length), s->width, 1e-3);
}

static void a_long_text_is_shaped(void **state) {
    char *text = g_strnfill(60000, 'm');
    const SatsShape *s = shape(*state, 0, text);
    assert_int_equal(s->n_glyphs, 60000);
    g_free(text);
}

/* ---- Two threads ---- */

static gpointer shape_much(gpointer data) {
    const char *folders[] = {SATS_TEST_FONTS_DIR, NULL};
    (void)data;
    SatsFonts *fonts = sats_fonts_new(folders, NULL);
    const SatsFace *face = sats_fonts_face(fonts, "Source Sans 3", 400, FALSE, NULL);
    SatsShaper *shaper = sats_shaper_new(fonts);
    double sum = 0;
    for (int i = 0; i < 3000; i++) {
        char word[64];
        g_snprintf(word, sizeof word, i % 10 ? "målområde%d" : "◐\uFE0F 中%d", i);
        sum += (double)sats_shaper_shape(shaper, face, 0, word, strlen(word))->width;
    }
    sats_shaper_free(shaper);
    sats_fonts_free(fonts);
    return g_memdup2(&sum, sizeof sum);
}

static void two_threads_shape_the_same(void **state) {
    (void)state;
    GThread *a = g_thread_new("a", shape_much, NULL), *b = g_thread_new("b", shape_much, NULL);
    double *sum_a = g_thread_join(a), *sum_b = g_thread_join(b);
    assert_memory_equal(sum_a, sum_b, sizeof *sum_a);
    assert_true(*sum_a > 0);
    g_free(sum_a);
    g_free(sum_b);
}

/* What was shaped before must not be seen. */
static void numbers_are_shaped_alike_first_and_later(void **state) {
    Fixture *f = *state;
    const guint features[] = {0, SATS_FEATURE_TABULAR};
    static const char *const marks[] = {"\xC2\xA0", "\xE2\x88\x92", ",", ".", "-", "+", "%"};
    for (guint k = 0; k < G_N_ELEMENTS(features); k++) {
        for (guint i = 0; i < 400; i++) {
            g_autofree char *text = g_strdup_printf(
                "%s%u%s%03u%s%u%s", i % 3 ? "" : marks[i / 5 % 7], i * 7919 % 1000, marks[i % 7],
                i * 104729 % 1000, marks[i / 7 % 7], i % 10, i % 5 ? "" : marks[i / 3 % 7]);
            const SatsShape *later = shape(f, features[k], text);
            SatsShaper *fresh = sats_shaper_new(sats_shaper_fonts(f->shaper));
            const SatsShape *first =
                sats_shaper_shape(fresh, f->regular, features[k], text, strlen(text));
            assert_string_equal(later->text, first->text);
            assert_int_equal(later->n_glyphs, first->n_glyphs);
            assert_int_equal(later->n_parts, first->n_parts);
            assert_true(!(later->width < first->width) && !(later->width > first->width));
            assert_memory_equal(later->parts, first->parts, sizeof *first->parts);
            assert_memory_equal(later->glyphs, first->glyphs,
                                sizeof *first->glyphs * first->n_glyphs);
            sats_shaper_free(fresh);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_width_is_the_sum_of_its_advances),
        cmocka_unit_test(letters_are_kerned_within_a_word),
        cmocka_unit_test(a_word_is_shaped_once_a_face_and_features),
        cmocka_unit_test(tabular_figures_and_signs_are_equally_wide),
        cmocka_unit_test(a_character_of_another_family_makes_a_part),
        cmocka_unit_test(characters_that_no_font_has_are_counted),
        cmocka_unit_test(right_to_left_text_counts_as_unknown),
        cmocka_unit_test(spaces_and_hyphens_need_no_other_font),
        cmocka_unit_test(the_empty_text_has_an_empty_shape),
        cmocka_unit_test(offsets_are_left_edges_of_characters),
        cmocka_unit_test(a_long_text_is_shaped),
        cmocka_unit_test(two_threads_shape_the_same),
        cmocka_unit_test(numbers_are_shaped_alike_first_and_later),
    };
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
