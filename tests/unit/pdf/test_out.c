/* PDF's tokens: numbers are short and exact, strings and names escaped. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "pdf/out.h"

#include <cmocka.h>

static int setup(void **state) {
    *state = g_new0(SatsOut, 1);
    return 0;
}

static int teardown(void **state) {
    sats_out_clear(*state);
    g_free(*state);
    return 0;
}

/* What was put since the last call. */
static void assert_put(SatsOut *out, const char *expected) {
    sats_out_byte(out, 0);
    assert_string_equal((const char *)out->data, expected);
    out->length = 0;
}

static void hundredths_drop_zeros(void **state) {
    SatsOut *out = *state;
    static const struct {
        gint64 value;
        const char *text;
    } cases[] = {{0, "0"},       {1, ".01"},        {10, ".1"},       {100, "1"},  {-5, "-.05"},
                 {-150, "-1.5"}, {59528, "595.28"}, {-10000, "-100"}, {120, "1.2"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        sats_out_hundredths(out, cases[i].value);
        assert_put(out, cases[i].text);
    }
}

static void reals_are_rounded_to_their_decimals(void **state) {
    SatsOut *out = *state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {{0.5, 2, ".5"},          {0.12345, 4, ".1235"},   {-0.00001, 2, "0"},
                 {12.0, 6, "12"},         {2.5, 0, "3"},           {-1.25, 3, "-1.25"},
                 {1e12, 0, "1000000000"}, {0.707107, 6, ".707107"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        sats_out_real(out, cases[i].value, cases[i].decimals);
        assert_put(out, cases[i].text);
    }
    sats_out_real(out, (double)NAN, 2);
    assert_put(out, "0");
    sats_out_real(out, (double)INFINITY, 2);
    assert_put(out, "0");
}

static void integers_reach_their_limits(void **state) {
    SatsOut *out = *state;
    sats_out_int(out, 0);
    sats_out_byte(out, ' ');
    sats_out_int(out, G_MININT64);
    sats_out_byte(out, ' ');
    sats_out_int(out, G_MAXINT64);
    assert_put(out, "0 -9223372036854775808 9223372036854775807");
}

static void names_escape_what_is_not_regular(void **state) {
    SatsOut *out = *state;
    sats_out_name(out, "text/yaml");
    assert_put(out, "/text#2Fyaml");
    sats_out_name(out, "A#B c\xC3\xA5");
    assert_put(out, "/A#23B#20c#C3#A5");
}

static void text_within_latin_1_is_one_byte_a_character(void **state) {
    SatsOut *out = *state;
    const char *text = "F\xC3\xB6r (a\\b)\rc";
    sats_out_text_string(out, "F\xC3\xB6r (a\\b)", strlen("F\xC3\xB6r (a\\b)"));
    assert_put(out, "(F\xF6r \\(a\\\\b\\))");
    sats_out_byte_string(out, text + 5, 6);
    assert_put(out, "(\\(a\\\\b\\)\\r)");
}

static void other_text_is_utf_16(void **state) {
    SatsOut *out = *state;
    const char *text = "a\xE2\x86\x92"; /* → U+2192 */
    sats_out_text_string(out, text, strlen(text));
    static const char EXPECTED[] = "(\xFE\xFF\0a!\x92)";
    assert_int_equal(out->length, sizeof EXPECTED - 1);
    assert_memory_equal(out->data, EXPECTED, sizeof EXPECTED - 1);
    out->length = 0;
    sats_out_utf16_hex(out, "\xF0\x9F\x98\x80", 4); /* U+1F600 */
    assert_put(out, "D83DDE00");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(hundredths_drop_zeros),
        TEST(reals_are_rounded_to_their_decimals),
        TEST(integers_reach_their_limits),
        TEST(names_escape_what_is_not_regular),
        TEST(text_within_latin_1_is_one_byte_a_character),
        TEST(other_text_is_utf_16),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
