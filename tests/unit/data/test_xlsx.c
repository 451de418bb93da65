/* Unit tests of data/xlsx.h: number formats and references; whole workbooks are in tests/xlsx/. */
#include "data/xlsx-parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_shown(const char *code, const char *number, const char *expected) {
    SatsCellFormat format = sats_cell_format_read(code);
    g_autoptr(GString) out = g_string_new("=");
    gboolean shown = sats_cell_format_apply(&format, number, FALSE, out);
    assert_int_equal(shown, expected != NULL);
    assert_string_equal(out->str + 1, expected == NULL ? "" : expected);
}

static void rounding_is_of_decimal_digits(void **state) {
    (void)state;
    assert_shown("General", "0.30000000000000004", "0.3");
    assert_shown("General", "0.29999999999999999", "0.3");
    assert_shown("General", "1.0049999999999999", "1.005");
    assert_shown("0.00", "1.0049999999999999", "1.01");
    assert_shown("0.0", "9.95", "10.0");
    assert_shown("0", "0.5", "1");
    assert_shown("0", "0.49999999999999994", "1");
    assert_shown("0", "0.4999", "0");
    assert_shown("0.0", "-0.04", "0.0");
    assert_shown("0.000000000000", "0.1234567890123", "0.123456789");
}

static void numbers_are_those_that_a_plan_can_hold(void **state) {
    (void)state;
    assert_shown("General", "1E+17", "100000000000000000");
    assert_shown("General", "1E+18", NULL);
    assert_shown("0.00", "1E+16", NULL);
    assert_shown("General", "1E-400", "0");
    assert_shown("General", "0E+99999", "0");
    assert_shown("General", "+.5", "0.5");
    assert_shown("General", "5.", "5");
    static const char *const others[] = {"",    "-",   ".",   "1e",  "1e+",
                                         "1 2", "1,5", "inf", "0x1", "1e5x"};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_shown("General", others[i], NULL);
}

static void sections_are_chosen_by_sign(void **state) {
    (void)state;
    assert_shown("0;-0.0;0.00", "1.25", "1");
    assert_shown("0;-0.0;0.00", "-1.25", "-1.3");
    assert_shown("0;-0.0;0.00", "0", "0.00");
    assert_shown("0.0;\"minus\";\"-\"", "-1.25", "-1.3");
    assert_shown("0.0;\"minus\";\"-\"", "0", "0.0");
    assert_shown("[>=100]0.0;[<0]0;0.000", "1.25", "1.3");
    assert_shown(";;;", "1.25", "1.25");
    assert_shown("", "1.25", "1.25");
}

static void what_is_quoted_is_no_format(void **state) {
    (void)state;
    assert_shown("\"day 0.00\"0.0", "1.25", "1.3");
    assert_shown("\\d\\.0.0", "1.25", "1.3");
    assert_shown("_d*y0.0", "1.25", "1.3");
    assert_shown("[Red]0.0", "1.25", "1.3");
    assert_shown("[$kr-41D] #,##0.0", "1.25", "1.3");
    assert_shown("0.0\"open", "1.25", "1.3");
    assert_shown("0.0[open", "1.25", "1.3");
    assert_shown("0.0\\", "1.25", "1.3");
}

static void thousands_and_percent_move_the_point(void **state) {
    (void)state;
    assert_shown("#,##0", "1234567", "1234567");
    assert_shown("#,##0,", "1234567", "1235");
    assert_shown("0.0,,", "1234567", "1.2");
    assert_shown("0%", "0.125", "13");
    assert_shown("0.0 %", "-0.125", "-12.5");
}

static void days_follow_the_calendar_of_excel(void **state) {
    (void)state;
    assert_shown("yyyy-mm-dd", "1", "1900-01-01");
    assert_shown("yyyy-mm-dd", "59", "1900-02-28");
    assert_shown("yyyy-mm-dd", "60", NULL);
    assert_shown("yyyy-mm-dd", "61", "1900-03-01");
    assert_shown("yyyy-mm-dd", "0", NULL);
    assert_shown("yyyy-mm-dd", "-0", NULL);
    assert_shown("yyyy-mm-dd", "2958465.999999", NULL);
    assert_shown("h:mm", "0.999999", "00:00");
    assert_shown("h:mm", "-0.5", NULL);
    SatsCellFormat format = sats_cell_format_read(sats_cell_format_builtin(14));
    g_autoptr(GString) out = g_string_new(NULL);
    assert_true(sats_cell_format_apply(&format, "2957003", TRUE, out));
    assert_string_equal(out->str, "9999-12-31");
    assert_false(sats_cell_format_apply(&format, "2957004", TRUE, out));
}

static void formats_without_code_are_known_by_number(void **state) {
    (void)state;
    assert_string_equal(sats_cell_format_builtin(0), "General");
    assert_string_equal(sats_cell_format_builtin(4), "#,##0.00");
    assert_string_equal(sats_cell_format_builtin(23), "General");
    assert_string_equal(sats_cell_format_builtin(30), "yyyy-mm-dd");
    assert_string_equal(sats_cell_format_builtin(4000000000u), "General");
}

static void ranges_are_told_apart(void **state) {
    (void)state;
    SatsCellRange range = {0};
    assert_int_equal(sats_cell_range_parse("$B$3:f20", &range), SATS_RANGE_GOOD);
    assert_int_equal(range.first_column, 2);
    assert_int_equal(range.first_row, 3);
    assert_int_equal(range.last_column, 6);
    assert_int_equal(range.last_row, 20);
    assert_int_equal(sats_cell_range_parse("XFD1048576", &range), SATS_RANGE_GOOD);
    assert_int_equal(range.last_column, SATS_XLSX_COLUMNS);
    assert_int_equal(sats_cell_range_parse("A:C", &range), SATS_RANGE_GOOD);
    assert_int_equal(range.last_row, SATS_XLSX_ROWS);
    assert_int_equal(sats_cell_range_parse("3:4", &range), SATS_RANGE_GOOD);
    assert_int_equal(range.last_column, SATS_XLSX_COLUMNS);
    assert_int_equal(sats_cell_range_parse("B2:A1", &range), SATS_RANGE_REVERSED);
    static const char *const outside[] = {
        "A0", "XFE1", "A1048577", "A00", "AAAAAAAAAAAAAAAAAAAAAA1", "A1:B0"};
    for (gsize i = 0; i < G_N_ELEMENTS(outside); i++)
        assert_int_equal(sats_cell_range_parse(outside[i], &range), SATS_RANGE_OUTSIDE);
    static const char *const none[] = {"",     ":",   "A",        "1",    "A1:", ":A1",
                                       "A1:B", "A:1", "1:A",      "A1B",  "Å1",  "A1 ",
                                       "$",    "$:$", "A1:B2:C3", "A1;B2"};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        assert_int_equal(sats_cell_range_parse(none[i], &range), SATS_RANGE_NONE);
}

static void assert_reference(const char *reference, const char *sheet, const char *range) {
    g_autofree char *own_sheet = NULL;
    g_autofree char *own_range = NULL;
    gboolean good = sats_reference_parse(reference, &own_sheet, &own_range);
    assert_int_equal(good, sheet != NULL);
    if (sheet == NULL)
        return;
    assert_string_equal(own_sheet, sheet);
    if (range == NULL)
        assert_null(own_range);
    else
        assert_string_equal(own_range, range);
}

static void references_part_at_the_last_mark(void **state) {
    (void)state;
    assert_reference("", "", NULL);
    assert_reference("Blad1", "Blad1", NULL);
    assert_reference("Blad1!A1", "Blad1", "A1");
    assert_reference("!A1", "", "A1");
    assert_reference("x!y!A1", "x!y", "A1");
    assert_reference("'x!y'!A1", "x!y", "A1");
    assert_reference("'a''b'", "a'b", NULL);
    assert_reference("'a'''!A:B", "a'", "A:B");
    assert_reference("'a", NULL, NULL);
    assert_reference("'a''", NULL, NULL);
    assert_reference("'a'b!A1", NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_of_decimal_digits),
        cmocka_unit_test(numbers_are_those_that_a_plan_can_hold),
        cmocka_unit_test(sections_are_chosen_by_sign),
        cmocka_unit_test(what_is_quoted_is_no_format),
        cmocka_unit_test(thousands_and_percent_move_the_point),
        cmocka_unit_test(days_follow_the_calendar_of_excel),
        cmocka_unit_test(formats_without_code_are_known_by_number),
        cmocka_unit_test(ranges_are_told_apart),
        cmocka_unit_test(references_part_at_the_last_mark),
    };
    return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
