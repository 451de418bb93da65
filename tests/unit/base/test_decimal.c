/* Unit tests of base/decimal.h. */
#include "base/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NBSP  "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

static SatsDecimal decimal(const char *text) {
    SatsDecimal value = {0, 0};
    if (!sats_decimal_parse(text, strlen(text), &value))
        fail_msg("not read: %s", text);
    return value;
}

static void assert_read(const char *text, gint64 digits, int scale) {
    SatsDecimal value = decimal(text);
    assert_int_equal(value.digits, digits);
    assert_int_equal(value.scale, scale);
}

static void assert_refused(const char *text) {
    SatsDecimal value = {42, 3};
    if (sats_decimal_parse(text, strlen(text), &value))
        fail_msg("read: %s", text);
    assert_int_equal(value.digits, 42);
    assert_int_equal(value.scale, 3);
}

static void assert_formatted(SatsDecimal value, int decimals, const char *expected) {
    SatsDecimalFormat format = {.decimals = decimals};
    g_autofree char *text = sats_decimal_format(value, &format);
    assert_string_equal(text, expected);
}

static void numbers_are_read_with_comma_or_point(void **state) {
    (void)state;
    assert_read("0", 0, 0);
    assert_read("12", 12, 0);
    assert_read("1234.5", 12345, 1);
    assert_read("1234,5", 12345, 1);
    assert_read("2,0", 20, 1);
    assert_read("0,334", 334, 3);
    assert_read("007", 7, 0);
}

static void signs_are_read(void **state) {
    (void)state;
    assert_read("-12", -12, 0);
    assert_read(MINUS "12", -12, 0);
    assert_read("+3,3", 33, 1);
    assert_read("-0", 0, 0);
    assert_read("-0,00", 0, 2);
    assert_refused("--1");
    assert_refused("- 1");
    assert_refused("\xE2\x80\x93"
                   "1"); /* en dash */
}

static void spaces_stand_between_groups_of_three_only(void **state) {
    (void)state;
    assert_read("1 234,5", 12345, 1);
    assert_read("1" NBSP "234", 1234, 0);
    assert_read("1" NNBSP "234" NNBSP "567", 1234567, 0);
    assert_read("12 345 678,25", 1234567825, 2);
    assert_refused("1 2345");
    assert_refused("1 23");
    assert_refused("1234 567");
    assert_refused("1  234");
    assert_refused("1 234 ");
    assert_refused(" 1");
    assert_refused("0,123 456");
}

static void other_shapes_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",        "-",     ",5",     ".5",  "5,",        "1.234,5",
                                        "1,234.5", "1.2.3", "12 tkr", "1e5", "0x1",       "12%",
                                        "ett",     "1,-",   "NaN",    "inf", "2024-01-01"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_refused(texts[i]);
    SatsDecimal value;
    assert_false(sats_decimal_parse(NULL, 0, &value));
    assert_false(sats_decimal_parse("1\0002", 3, &value));
}

static void only_the_given_bytes_are_read(void **state) {
    (void)state;
    SatsDecimal value;
    assert_true(sats_decimal_parse("123456", 3, &value));
    assert_int_equal(value.digits, 123);
}

static void the_range_is_18_digits_and_9_decimals(void **state) {
    (void)state;
    assert_read("999999999999999999", 999999999999999999, 0);
    assert_read("-999 999 999 999 999 999", -999999999999999999, 0);
    assert_read("000000000000000000001", 1, 0);
    assert_read("0,123456789", 123456789, 9);
    assert_refused("1000000000000000000");
    assert_refused("99999999999999999999999999999999");
    assert_refused("0,1234567890");
    assert_refused("9999999999,123456789");
}

static void sums_are_exact_and_keep_the_larger_scale(void **state) {
    (void)state;
    SatsDecimal sum;
    assert_true(sats_decimal_add(decimal("0,1"), decimal("0,20"), &sum));
    assert_int_equal(sum.digits, 30);
    assert_int_equal(sum.scale, 2);
    assert_true(sats_decimal_subtract(decimal("1"), decimal("1,005"), &sum));
    assert_int_equal(sum.digits, -5);
    assert_int_equal(sum.scale, 3);
}

static void overflow_is_told_and_leaves_the_result(void **state) {
    (void)state;
    SatsDecimal big = decimal("999999999999999999"), result = {7, 1};
    assert_false(sats_decimal_add(big, decimal("1"), &result));
    assert_false(sats_decimal_subtract(decimal("-999999999999999999"), decimal("1"), &result));
    assert_false(sats_decimal_add(big, decimal("0,1"), &result));
    assert_false(sats_decimal_multiply(big, decimal("2"), &result));
    assert_false(sats_decimal_divide(big, decimal("0,1"), 0, &result));
    assert_int_equal(result.digits, 7);
}

static void products_are_exact(void **state) {
    (void)state;
    SatsDecimal product;
    assert_true(sats_decimal_multiply(decimal("1,5"), decimal("1,5"), &product));
    assert_int_equal(product.digits, 225);
    assert_int_equal(product.scale, 2);
    assert_true(sats_decimal_multiply(decimal("2,50"), decimal("0,4"), &product));
    assert_int_equal(product.digits, 100);
    assert_int_equal(product.scale, 2);
    assert_false(sats_decimal_multiply(decimal("0,000001"), decimal("0,0001"), &product));
}

static void quotients_round_half_away_from_zero(void **state) {
    (void)state;
    SatsDecimal quotient;
    assert_true(sats_decimal_divide(decimal("1"), decimal("8"), 2, &quotient));
    assert_int_equal(quotient.digits, 13);
    assert_true(sats_decimal_divide(decimal("-1"), decimal("8"), 2, &quotient));
    assert_int_equal(quotient.digits, -13);
    assert_true(sats_decimal_divide(decimal("1"), decimal("-3"), 1, &quotient));
    assert_int_equal(quotient.digits, -3);
    assert_true(sats_decimal_divide(decimal("0,123456789"), decimal("2"), 0, &quotient));
    assert_int_equal(quotient.digits, 0);
    assert_false(sats_decimal_divide(decimal("1"), decimal("0,0"), 2, &quotient));
    assert_false(sats_decimal_divide(decimal("1"), decimal("3"), 10, &quotient));
}

static void comparing_looks_through_scales(void **state) {
    (void)state;
    assert_int_equal(sats_decimal_compare(decimal("1,50"), decimal("1,5")), 0);
    assert_true(sats_decimal_compare(decimal("-1"), decimal("0,001")) < 0);
    assert_true(sats_decimal_compare(decimal("999999999999999999"), decimal("0,000000001")) > 0);
    assert_int_equal(sats_decimal_compare(decimal("-0"), decimal("0,0")), 0);
}

static void rounding_goes_half_away_from_zero(void **state) {
    (void)state;
    assert_int_equal(sats_decimal_round(decimal("2,5"), 0).digits, 3);
    assert_int_equal(sats_decimal_round(decimal("-2,5"), 0).digits, -3);
    assert_int_equal(sats_decimal_round(decimal("2,4999"), 0).digits, 2);
    assert_int_equal(sats_decimal_round(decimal("2,5"), 3).digits, 2500);
    SatsDecimal full = sats_decimal_round(decimal("999999999999999999"), 9);
    assert_int_equal(full.scale, 0);
}

static void doubles_are_near(void **state) {
    (void)state;
    assert_true(sats_decimal_to_double(decimal("-1 234,25")) + 1234.25 == 0.0);
}

static void swedish_writing_groups_all_thousands(void **state) {
    (void)state;
    assert_formatted(decimal("0"), -1, "0");
    assert_formatted(decimal("999"), -1, "999");
    assert_formatted(decimal("1880"), -1, "1" NBSP "880");
    assert_formatted(decimal("1234567,5"), -1, "1" NBSP "234" NBSP "567,5");
    assert_formatted(decimal("-12,50"), -1, MINUS "12,50");
    assert_formatted(decimal("0,05"), -1, "0,05");
}

static void decimals_are_rounded_or_padded(void **state) {
    (void)state;
    assert_formatted(decimal("1,25"), 1, "1,3");
    assert_formatted(decimal("2"), 1, "2,0");
    assert_formatted(decimal("0,999"), 2, "1,00");
    assert_formatted(decimal("999,5"), 0, "1" NBSP "000");
    assert_formatted(decimal("999999999999999999"), 2,
                     "999" NBSP "999" NBSP "999" NBSP "999" NBSP "999" NBSP "999,00");
    g_autofree char *text = sats_decimal_format(decimal("1,5"), NULL);
    assert_string_equal(text, "1,5");
}

static void what_rounds_to_zero_has_no_minus(void **state) {
    (void)state;
    assert_formatted(decimal("-0,4"), 0, "0");
    assert_formatted(decimal("-0,5"), 0, MINUS "1");
    assert_formatted(decimal("-0,04"), 1, "0,0");
}

static void plus_and_years_are_options(void **state) {
    (void)state;
    SatsDecimalFormat plus = {.decimals = 1, .plus = TRUE};
    g_autofree char *positive = sats_decimal_format(decimal("3,3"), &plus);
    g_autofree char *zero = sats_decimal_format(decimal("0,04"), &plus);
    g_autofree char *negative = sats_decimal_format(decimal("-3,3"), &plus);
    assert_string_equal(positive, "+3,3");
    assert_string_equal(zero, "0,0");
    assert_string_equal(negative, MINUS "3,3");
    SatsDecimalFormat year = {.decimals = -1, .no_groups = TRUE};
    g_autofree char *plain = sats_decimal_format(decimal("2025"), &year);
    assert_string_equal(plain, "2025");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_with_comma_or_point),
        cmocka_unit_test(signs_are_read),
        cmocka_unit_test(spaces_stand_between_groups_of_three_only),
        cmocka_unit_test(other_shapes_are_refused),
        cmocka_unit_test(only_the_given_bytes_are_read),
        cmocka_unit_test(the_range_is_18_digits_and_9_decimals),
        cmocka_unit_test(sums_are_exact_and_keep_the_larger_scale),
        cmocka_unit_test(overflow_is_told_and_leaves_the_result),
        cmocka_unit_test(products_are_exact),
        cmocka_unit_test(quotients_round_half_away_from_zero),
        cmocka_unit_test(comparing_looks_through_scales),
        cmocka_unit_test(rounding_goes_half_away_from_zero),
        cmocka_unit_test(doubles_are_near),
        cmocka_unit_test(swedish_writing_groups_all_thousands),
        cmocka_unit_test(decimals_are_rounded_or_padded),
        cmocka_unit_test(what_rounds_to_zero_has_no_minus),
        cmocka_unit_test(plus_and_years_are_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
