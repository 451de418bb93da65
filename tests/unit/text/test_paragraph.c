/* Paragraphs break where Swedish allows, best over all lines, and lose no text. */
#include "unit/text/fixture.h"

static SatsSpan span(const Fixture *f, const char *text) {
    return (SatsSpan){.text = text, .length = strlen(text), .face = f->regular, .size_pt = 10};
}

static SatsParagraph *build_spans(Fixture *f, const SatsSpan *spans, guint n, gboolean hyphenate) {
    SatsParagraphOptions options = {.hyphenate = hyphenate};
    return sats_paragraph_build(spans, n, &options, f->shaper, f->hyphenator, f->arena);
}

static SatsParagraph *build(Fixture *f, const char *text, gboolean hyphenate) {
    SatsSpan one = span(f, text);
    return build_spans(f, &one, 1, hyphenate);
}

/* What the lines show (`reads`: what they read as), "|" between lines, without spaces at line ends.
 */
static char *text_of(const SatsLine *lines, guint n, gboolean reads) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < lines[i].n_fragments; k++) {
            const SatsFragment *fragment = &lines[i].fragments[k];
            const char *shown = fragment->shape ? fragment->shape->text : "#";
            g_string_append(out, reads && fragment->actual_text ? fragment->actual_text : shown);
        }
        if (!reads && i + 1 < n) {
            while (out->len > 0 && out->str[out->len - 1] == ' ')
                g_string_truncate(out, out->len - 1);
            g_string_append_c(out, '|');
        }
    }
    return g_string_free(out, FALSE);
}

static void expect_lines(Fixture *f, const SatsParagraph *p, float width, const char *expected) {
    guint n = 0;
    const SatsLine *lines = sats_paragraph_break(p, width, 0, f->arena, &n, NULL);
    char *found = text_of(lines, n, FALSE);
    assert_string_equal(found, expected);
    g_free(found);
}

static void expect_breaks(void **state, float width, const char *text, const char *expected) {
    expect_lines(*state, build(*state, text, FALSE), width, expected);
}

static float width_of(Fixture *f, const char *text) {
    return sats_shaper_shape(f->shaper, f->regular, 0, text, strlen(text))->width / 100;
}

static void widths_add_up(void **state) {
    Fixture *f = *state;
    const char *text = "Regionens plan för kompetensförsörjning och arbetsmiljö 2024–2026 antas.";
    for (float width = 20; width < 400; width += 7) {
        guint n = 0;
        const SatsLine *lines =
            sats_paragraph_break(build(f, text, TRUE), width, 0, f->arena, &n, NULL);
        for (guint i = 0; i < n; i++) {
            double x = 0, visible = 0;
            for (guint k = 0; k < lines[i].n_fragments; k++) {
                const SatsFragment *fragment = &lines[i].fragments[k];
                assert_float_equal(fragment->x_pt, x, 1e-3);
                assert_float_equal(fragment->width_pt, fragment->shape->width / 100, 1e-4);
                x += (double)fragment->width_pt;
                if (fragment->shape->text[0] != ' ')
                    visible = x;
            }
            assert_float_equal(lines[i].width_pt, visible, 1e-3);
        }
    }
}

static void no_text_is_lost_at_any_width(void **state) {
    Fixture *f = *state;
    const char *text = "Hälso- och sjukvårdsförvaltningens (regionövergripande) plan: "
                       "https://www.example.org/planer/2024?sida=1 samt och/eller RF24-12, å ä ö.";
    for (float width = 5; width < 300; width += 3) {
        guint n = 0;
        const SatsLine *lines =
            sats_paragraph_break(build(f, text, TRUE), width, 0, f->arena, &n, NULL);
        char *found = text_of(lines, n, TRUE);
        assert_string_equal(found, text);
        g_free(found);
    }
}

static void no_line_is_too_wide_and_none_is_forced_at_the_smallest_width(void **state) {
    Fixture *f = *state;
    const char *text = "Förvaltningsplan för digitaliseringsstöd, kompetensförsörjning och vård";
    for (gboolean hyphenate = FALSE; hyphenate <= TRUE; hyphenate++) {
        const SatsParagraph *p = build(f, text, hyphenate);
        float width = sats_paragraph_min_width_pt(p);
        guint n = 0, n_forced = 0;
        const SatsLine *lines = sats_paragraph_break(p, width, 0, f->arena, &n, &n_forced);
        assert_int_equal(n_forced, 0);
        for (guint i = 0; i < n; i++)
            assert_true(lines[i].width_pt <= width);
    }
    assert_true(sats_paragraph_min_width_pt(build(f, text, TRUE)) <
                sats_paragraph_min_width_pt(build(f, text, FALSE)));
    float widest = sats_paragraph_max_width_pt(build(f, text, TRUE));
    guint n = 0;
    sats_paragraph_break(build(f, text, TRUE), widest, 0, f->arena, &n, NULL);
    assert_int_equal(n, 1);
}

static void an_empty_paragraph_is_one_empty_line(void **state) {
    Fixture *f = *state;
    guint n = 0;
    const SatsLine *lines = sats_paragraph_break(build(f, "", FALSE), 100, 0, f->arena, &n, NULL);
    assert_int_equal(n, 1);
    assert_int_equal(lines[0].n_fragments, 0);
    assert_float_equal(lines[0].width_pt, 0, 0);
    lines = sats_paragraph_break(build_spans(f, NULL, 0, FALSE), 100, 0, f->arena, &n, NULL);
    assert_int_equal(n, 1);
    assert_float_equal(sats_line_decimal_pt(lines), 0, 0);
    expect_breaks(state, 100, "   ", "");
}

static void a_newline_forces_a_break(void **state) {
    expect_breaks(state, 500, "ett\ntvå tre", "ett|två tre");
    expect_breaks(state, 500, "ett\r\n\n  två", "ett||två");
    expect_breaks(state, 500, "ett \n", "ett ");
    expect_breaks(state, 500, "\nett", "|ett");
    Fixture *f = *state;
    assert_float_equal(sats_paragraph_max_width_pt(build(f, "ett\nfjorton två\ntre", FALSE)),
                       width_of(f, "fjorton två"), 0.2);
}

static void a_broken_line_ends_with_a_space_for_extraction(void **state) {
    Fixture *f = *state;
    guint n = 0;
    const SatsLine *lines =
        sats_paragraph_break(build(f, "ett två\ntre", FALSE), 20, 0, f->arena, &n, NULL);
    assert_int_equal(n, 3);
    assert_string_equal(lines[0].fragments[1].shape->text, " ");
    assert_string_equal(lines[1].fragments[1].shape->text, " ");
    assert_float_equal(lines[0].width_pt, lines[0].fragments[0].width_pt, 1e-4);
}

static void no_break_spaces_do_not_break(void **state) {
    expect_breaks(state, 60, "enligt § 12\u00A0kap. lag", "enligt §|12\u00A0kap. lag");
    expect_breaks(state, 40, "summa 1\u00A0234\u202Fkr", "summa|1\u00A0234\u202Fkr");
    expect_breaks(state, 40, "ord covid\u201119", "ord|covid\u201119");
}

static void marks_break_only_between_words(void **state) {
    expect_breaks(state, 30, "och/eller", "och/|eller");
    expect_breaks(state, 32, "hälso-/sjukvård", "hälso-/|sjukv|ård"); /* the second by force */
    expect_breaks(state, 45, "hälso-/sjukvård", "hälso-/|sjukvård");
    expect_breaks(state, 40, "den 2024-12-31", "den|2024-12-|31"); /* forced */
    expect_breaks(state, 55, "den 2024-12-31", "den|2024-12-31");
    expect_breaks(state, 55, "åren 2024–2026", "åren|2024–2026");
    expect_breaks(state, 42, "id RF24-12", "id|RF24-12");
    expect_breaks(state, 35, "Öst-Västerbotten", "Öst-|Västerb|otten");
    expect_breaks(state, 50, "2024/25-plan", "2024/25-|plan");
}

static void web_addresses_break_at_their_separators(void **state) {
    expect_breaks(state, 80, "se https://regionen.example.org/planer/2024",
                  "se https://regionen|.example.org/|planer/2024");
}

static void a_soft_hyphen_is_seen_only_where_it_breaks(void **state) {
    expect_breaks(state, 200, "region\u00ADplan", "regionplan");
    expect_breaks(state, 40, "region\u00ADplan", "region-|plan");
    Fixture *f = *state;
    guint n = 0;
    const SatsLine *lines =
        sats_paragraph_break(build(f, "region\u00ADplan", FALSE), 40, 0, f->arena, &n, NULL);
    assert_true(lines[0].hyphenated);
    assert_string_equal(lines[0].fragments[0].actual_text, "regionplan");
    assert_string_equal(lines[1].fragments[0].actual_text, "");
}

static void a_zero_width_space_breaks_unseen(void **state) {
    expect_breaks(state, 30, "plan\u200Bmål", "plan|mål");
    expect_breaks(state, 60, "plan\u200Bmål", "planmål");
}

static void a_word_is_divided_where_that_helps(void **state) {
    Fixture *f = *state;
    expect_lines(f, build(f, "förvaltningsplan", TRUE), 60, "förvaltnings-|plan");
    expect_lines(f, build(f, "(regionplan)", TRUE), 40, "(region-|plan)");
    expect_lines(f, build(f, "en kort och bra text som ryms", TRUE), 70,
                 "en kort och bra|text som ryms");
}

static void words_with_a_slash_between_them_are_each_divided(void **state) {
    Fixture *f = *state;
    expect_lines(f, build(f, "regionplan/förvaltningsplan", TRUE), 60,
                 "regionplan/|förvaltnings-|plan");
    expect_lines(f, build(f, "förvaltningsplan/mål", TRUE), 60, "förvaltnings-|plan/mål");
}

static void addresses_are_not_divided(void **state) {
    Fixture *f = *state;
    expect_lines(f, build(f, "se rvn.se/förvaltningsplan", TRUE), 75,
                 "se rvn.se/|förvaltningsplan");
}

static void a_word_of_several_spans_is_not_divided(void **state) {
    Fixture *f = *state;
    SatsSpan spans[2] = {span(f, "en förvaltnings"), span(f, "plan")};
    spans[1].face = f->bold;
    expect_lines(f, build_spans(f, spans, 2, TRUE), 75, "en|förvaltningsplan");
}

static void what_is_too_wide_parts_at_spaces_before_numbers_part(void **state) {
    expect_breaks(state, 29, "ca 1\u00A0234\u202F567\u00A0kr", "ca|1\u00A0234\u202F|567\u00A0kr");
}

static void a_word_wider_than_the_line_is_divided_by_force(void **state) {
    Fixture *f = *state;
    guint n = 0, n_forced = 0;
    const SatsParagraph *p = build(f, "ok ååååååååååååååååååååååååååååååå ok", FALSE);
    const SatsLine *lines = sats_paragraph_break(p, 50, 0, f->arena, &n, &n_forced);
    assert_int_equal(n_forced, 1);
    assert_true(n >= 4);
    for (guint i = 0; i < n; i++)
        assert_true(lines[i].width_pt <= 50.01f);
    lines = sats_paragraph_break(build(f, "mmm", FALSE), 1, 0, f->arena, &n, &n_forced);
    assert_int_equal(n, 3);
    assert_non_null(lines);
}

static void a_span_may_forbid_breaks_in_and_before_it(void **state) {
    Fixture *f = *state;
    SatsSpan spans[3] = {span(f, "ett ord "), span(f, "a b c"), span(f, " slut")};
    spans[1].no_break = TRUE;
    expect_lines(f, build_spans(f, spans, 3, FALSE), 45, "ett|ord a b c|slut");
}

static void a_box_is_a_word(void **state) {
    Fixture *f = *state;
    SatsSpan spans[3] = {span(f, "läge "), span(f, "grön"), span(f, " klart")};
    spans[1].is_box = TRUE;
    spans[1].box_width_pt = 12;
    guint n = 0;
    SatsParagraph *p = build_spans(f, spans, 3, FALSE);
    const SatsLine *lines = sats_paragraph_break(p, 500, 0, f->arena, &n, NULL);
    assert_null(lines[0].fragments[2].shape);
    assert_float_equal(lines[0].fragments[2].width_pt, 12, 0);
    expect_lines(f, p, 38, "läge #|klart");
}

static void an_indent_narrows_the_first_line(void **state) {
    Fixture *f = *state;
    guint n = 0;
    const SatsParagraph *p = build(f, "ett två tre fyra", FALSE);
    float width = sats_paragraph_max_width_pt(p);
    sats_paragraph_break(p, width, 0, f->arena, &n, NULL);
    assert_int_equal(n, 1);
    sats_paragraph_break(p, width, 10, f->arena, &n, NULL);
    assert_int_equal(n, 2);
}

static void tracking_widens_after_each_glyph(void **state) {
    Fixture *f = *state;
    SatsSpan one = span(f, "plan");
    float plain = sats_paragraph_max_width_pt(build_spans(f, &one, 1, FALSE));
    one.tracking = 100;
    float tracked = sats_paragraph_max_width_pt(build_spans(f, &one, 1, FALSE));
    assert_float_equal(tracked - plain, 4, 1e-4);
}

/* First fit would fill the first line and leave the second one half empty. */
static void lines_are_chosen_together(void **state) {
    Fixture *f = *state;
    const char *text = "aaaa bbbb c ddddddd eeeeeee ffff";
    float width = width_of(f, "aaaa bbbb c") + 0.5f;
    expect_lines(f, build(f, text, FALSE), width, "aaaa bbbb|c ddddddd|eeeeeee ffff");
}

/* ---- Decimal alignment ---- */

static void expect_decimal(void **state, const char *text, const char *integer) {
    Fixture *f = *state;
    guint n = 0;
    const SatsLine *line = sats_paragraph_break(build(f, text, FALSE), 1000, 0, f->arena, &n, NULL);
    const SatsShape *whole = sats_shaper_shape(f->shaper, f->regular, 0, text, strlen(text));
    double expected = sats_shape_offset(whole, (guint)strlen(integer)) / 100;
    assert_float_equal(sats_line_decimal_pt(line), expected, 0.05);
}

static void numbers_align_before_the_comma_of_the_last(void **state) {
    expect_decimal(state, "−8\u00A0087,5", "−8\u00A0087");
    expect_decimal(state, "0,334", "0");
    expect_decimal(state, "79,8\u00A0%", "79");
    expect_decimal(state, "12", "12");
    expect_decimal(state, "12 tkr", "12");
    expect_decimal(state, "+3,3*", "+3");
    expect_decimal(state, "-", "-");
    expect_decimal(state, "saknas", "saknas");
    expect_decimal(state, "1,5–2,75", "1,5–2");
}

static void a_note_mark_does_not_count_as_a_number(void **state) {
    Fixture *f = *state;
    SatsSpan spans[2] = {span(f, "81,5"), span(f, "1)")};
    spans[1].rise_pt = 3;
    guint n = 0;
    const SatsLine *line =
        sats_paragraph_break(build_spans(f, spans, 2, FALSE), 1000, 0, f->arena, &n, NULL);
    assert_float_equal(sats_line_decimal_pt(line), width_of(f, "81"), 0.05);
}

/* ---- Pathological input ---- */

static void time_grows_with_the_text_not_its_square(void **state) {
    static const char *const units[] = {"a",      "ab/", "ab-", "\u00AD",
                                        "\u200B", "\n",  " ",   "a\u0308",
                                        "ab ",    "1,",  "–",   "förvaltningsplan "};
    Fixture *f = *state;
    for (guint u = 0; u < G_N_ELEMENTS(units); u++) {
        GString *text = g_string_new(NULL);
        while (text->len < 60000)
            g_string_append(text, units[u]);
        gint64 start = g_get_monotonic_time();
        for (float width = 3; width < 1000; width += 450) {
            SatsArena *arena = sats_arena_new();
            SatsSpan one = span(f, text->str);
            SatsParagraphOptions options = {.hyphenate = TRUE};
            const SatsParagraph *p =
                sats_paragraph_build(&one, 1, &options, f->shaper, f->hyphenator, arena);
            guint n = 0;
            assert_non_null(sats_paragraph_break(p, width, 0, arena, &n, NULL));
            assert_true(sats_paragraph_min_width_pt(p) >= 0);
            sats_arena_free(arena);
        }
        assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
        g_string_free(text, TRUE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_add_up),
        cmocka_unit_test(no_text_is_lost_at_any_width),
        cmocka_unit_test(no_line_is_too_wide_and_none_is_forced_at_the_smallest_width),
        cmocka_unit_test(an_empty_paragraph_is_one_empty_line),
        cmocka_unit_test(a_newline_forces_a_break),
        cmocka_unit_test(a_broken_line_ends_with_a_space_for_extraction),
        cmocka_unit_test(no_break_spaces_do_not_break),
        cmocka_unit_test(marks_break_only_between_words),
        cmocka_unit_test(web_addresses_break_at_their_separators),
        cmocka_unit_test(a_soft_hyphen_is_seen_only_where_it_breaks),
        cmocka_unit_test(a_zero_width_space_breaks_unseen),
        cmocka_unit_test(a_word_is_divided_where_that_helps),
        cmocka_unit_test(words_with_a_slash_between_them_are_each_divided),
        cmocka_unit_test(what_is_too_wide_parts_at_spaces_before_numbers_part),
        cmocka_unit_test(addresses_are_not_divided),
        cmocka_unit_test(a_word_of_several_spans_is_not_divided),
        cmocka_unit_test(a_word_wider_than_the_line_is_divided_by_force),
        cmocka_unit_test(a_span_may_forbid_breaks_in_and_before_it),
        cmocka_unit_test(a_box_is_a_word),
        cmocka_unit_test(an_indent_narrows_the_first_line),
        cmocka_unit_test(tracking_widens_after_each_glyph),
        cmocka_unit_test(lines_are_chosen_together),
        cmocka_unit_test(numbers_align_before_the_comma_of_the_last),
        cmocka_unit_test(a_note_mark_does_not_count_as_a_number),
        cmocka_unit_test(time_grows_with_the_text_not_its_square),
    };
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
