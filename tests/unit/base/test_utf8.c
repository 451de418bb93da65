/* Unit tests of base/utf8.h. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void distance_counts_edits_in_characters(void **state) {
    (void)state;
    assert_int_equal(sats_utf8_distance("ansvrig", "ansvarig", 3), 1);
    assert_int_equal(sats_utf8_distance("mal", "mål", 3), 1);
    assert_int_equal(sats_utf8_distance("malomrade", "målområde", 4), 2);
    assert_int_equal(sats_utf8_distance("", "abc", 5), 3);
    assert_int_equal(sats_utf8_distance("", "", 5), 0);
}

static void swapped_neighbours_are_one_edit(void **state) {
    (void)state;
    assert_int_equal(sats_utf8_distance("tidpaln", "tidplan", 3), 1);
    assert_int_equal(sats_utf8_distance("atgärd", "tagärd", 3), 1);
}

static void case_and_composition_do_not_count(void **state) {
    (void)state;
    assert_int_equal(sats_utf8_distance("ÅTGÄRD", "åtgärd", 3), 0);
    assert_int_equal(sats_utf8_distance("a\xCC\x8Atg\xC3\xA4rd", "åtgärd", 3), 0);
}

static void distance_stops_above_the_limit(void **state) {
    (void)state;
    assert_int_equal(sats_utf8_distance("abcdef", "uvwxyz", 2), 3);
    assert_int_equal(sats_utf8_distance("a", "abcdefgh", 2), 3);
    assert_int_equal(sats_utf8_distance("ab", "ab", 0), 0);
    assert_int_equal(sats_utf8_distance("ab", "ac", 0), 1);
}

static void columns_are_characters(void **state) {
    (void)state;
    assert_int_equal(sats_utf8_columns("åäö", strlen("åäö")), 3);
    assert_int_equal(sats_utf8_columns("åäö", 2), 1);
    assert_int_equal(sats_utf8_columns("", 0), 0);
}

static void broken_bytes_are_read_alone(void **state) {
    (void)state;
    const char text[] = "\xE5r\xE2\x82";
    gunichar c = 0;
    assert_int_equal(sats_utf8_read(text, text + 4, &c), 1);
    assert_int_equal(c, SATS_UTF8_BROKEN);
    assert_int_equal(sats_utf8_read(text + 1, text + 4, &c), 1);
    assert_int_equal(c, 'r');
    assert_int_equal(sats_utf8_read(text + 2, text + 4, &c), 1);
    assert_int_equal(c, SATS_UTF8_BROKEN);
    assert_int_equal(sats_utf8_read("\0", "\0" + 1, &c), 1);
    assert_int_equal(c, 0);
}

static void quoting_shows_what_can_not_be_seen(void **state) {
    (void)state;
    GString *out = g_string_new(NULL);
    const char text[] = "a\"b\\c\nå\t\xC2\xA0\xC2\xAD\xE2\x80\xAF\x01\xFF";
    sats_utf8_quote(out, text, sizeof text - 1);
    assert_string_equal(out->str, "\"a\\\"b\\\\c\\nå\\t\\u00a0\\u00ad\\u202f\\u0001\xEF\xBF\xBD\"");
    g_string_free(out, TRUE);
}

static void only_real_days_are_dates(void **state) {
    (void)state;
    int year = 0, month = 0, day = 0;
    assert_true(sats_date_parse("2024-02-29", &year, &month, &day));
    assert_int_equal(year, 2024);
    assert_int_equal(month, 2);
    assert_int_equal(day, 29);
    assert_true(sats_date_parse("2025-12-31", NULL, NULL, NULL));
    static const char *const texts[] = {"2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31",
                                        "2024-1-1",   "20240101",   "0000-01-01", "2024-01-01 ",
                                        "2024-01-0x", "",           "2024/01/01", "-024-01-01"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_false(sats_date_parse(texts[i], &year, &month, &day));
    assert_false(sats_date_parse(NULL, &year, &month, &day));
    assert_int_equal(year, 2024);
}

static void what_commands_a_terminal_is_made_visible(void **state) {
    (void)state;
    g_autofree char *shown = sats_utf8_visible("a\x1b[1m\n\xc2\x9b\xe2\x80\xae\xff\xc3\xa5", FALSE);
    assert_string_equal(shown, "a\\x1B[1m\\x0A\\x9B\\u{202E}\\xFF\xc3\xa5");
    g_autofree char *lines = sats_utf8_visible("a\nb\r", TRUE);
    assert_string_equal(lines, "a\nb\\x0D");
}

static void texts_are_cut_between_characters(void **state) {
    (void)state;
    const char *text = "a\xc3\xa5\xf0\x9d\x84\x9e";
    const int cuts[] = {0, 1, 1, 3, 3, 3, 3, 7, 7, 7};
    for (int most = 0; most < (int)G_N_ELEMENTS(cuts); most++)
        assert_int_equal(sats_utf8_cut(text, most), cuts[most]);
    assert_int_equal(sats_utf8_cut("", 40), 0);
}

static void names_that_differ_in_case_and_composition_alone_are_one(void **state) {
    (void)state;
    g_autofree char *a = sats_utf8_fold("ÅR.pdf");
    g_autofree char *b = sats_utf8_fold("a\xCC\x8Ar.pdf");
    assert_string_equal(a, b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits_in_characters),
        cmocka_unit_test(swapped_neighbours_are_one_edit),
        cmocka_unit_test(case_and_composition_do_not_count),
        cmocka_unit_test(distance_stops_above_the_limit),
        cmocka_unit_test(columns_are_characters),
        cmocka_unit_test(broken_bytes_are_read_alone),
        cmocka_unit_test(quoting_shows_what_can_not_be_seen),
        cmocka_unit_test(what_commands_a_terminal_is_made_visible),
        cmocka_unit_test(texts_are_cut_between_characters),
        cmocka_unit_test(names_that_differ_in_case_and_composition_alone_are_one),
        cmocka_unit_test(only_real_days_are_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
