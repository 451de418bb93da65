/* What was meant by numbers and dates that are not read as meant. */
#include "template/misread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_meant(const char *text, const char *meant) {
    g_autofree char *found = sats_misread_number(text);
    if (g_strcmp0(found, meant) != 0)
        fail_msg("\"%s\" means %s, not %s", text, found ? found : "nothing",
                 meant ? meant : "nothing");
}

static void assert_date_hint(const char *text, SatsLanguage language, const char *hint) {
    g_autoptr(SatsReport) report = sats_report_new(language);
    sats_report_add(report, SATS_ERROR, "wrong-type", NULL, "date", "datum");
    assert_int_equal(sats_misread_hint_date(report, text), hint != NULL);
    assert_int_equal(g_strcmp0(sats_report_at(report, 0)->hint, hint), 0);
}

static void a_point_before_three_digits_that_end_in_0_may_mean_thousands(void **state) {
    (void)state;
    assert_true(sats_misread_thousands("1.800"));
    assert_true(sats_misread_thousands("-120.000"));
    assert_true(sats_misread_thousands("\xE2\x88\x92"
                                       "1.800"));
    static const char *const others[] = {"1,800",  "1.805", "0.250", "1.80",
                                         "1.8000", ".800",  "1800",  "1234.500"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(sats_misread_thousands(others[i]));
}

static void dashes_are_minus_and_points_part_groups(void **state) {
    (void)state;
    assert_meant("–1800", "-1800");
    assert_meant("— 1 800", "-1 800");
    assert_meant("1.234.567", "1234567");
    assert_meant("-1.234,50", "-1234,50");
    assert_meant("-1800", NULL);
    assert_meant("1.800", NULL);
    assert_meant("–", NULL);
    assert_meant("3.4 mnkr", NULL);
    assert_meant("", NULL);
}

static void a_number_that_goes_on_as_words_is_known(void **state) {
    (void)state;
    assert_true(sats_misread_begins_with_number("3.4 mnkr"));
    assert_true(sats_misread_begins_with_number("–1800"));
    assert_false(sats_misread_begins_with_number("3.4"));
    assert_false(sats_misread_begins_with_number("cirka 3"));
    assert_false(sats_misread_begins_with_number("–"));
    assert_false(sats_misread_begins_with_number(""));
}

static void a_day_that_is_not_there_is_told_by_its_month(void **state) {
    (void)state;
    assert_date_hint("2027-02-30", SATS_LANGUAGE_SWEDISH, "2027-02 har 28 dagar");
    assert_date_hint("2028-02-30", SATS_LANGUAGE_ENGLISH, "2028-02 has 29 days");
    assert_date_hint("2027-13-01", SATS_LANGUAGE_ENGLISH,
                     "the months are 01 to 12: year-month-day");
    assert_date_hint("1 mars 2027", SATS_LANGUAGE_ENGLISH, NULL);
    assert_date_hint("0000-01-01", SATS_LANGUAGE_ENGLISH, NULL);
}

static void emphasis_about_a_number_is_seen(void **state) {
    (void)state;
    static const struct {
        const char *text, *inner;
    } cases[] = {{"**9**", "9"},       {"*1 200* ", "1 200"}, {"**9**{*}", "9"},
                 {"**9{*}**", "9{*}"}, {"**9*", NULL},        {"9**", NULL},
                 {"**9", NULL},        {"****", NULL},        {"****9****", NULL},
                 {"*}", NULL},         {"{*}", NULL},         {"", NULL}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *inner = sats_misread_emphasised(cases[i].text);
        if (cases[i].inner == NULL)
            assert_null(inner);
        else
            assert_string_equal(inner, cases[i].inner);
    }
    g_autofree char *number = sats_misread_number("**9**");
    assert_string_equal(number, "9");
    assert_true(sats_misread_begins_with_number("**-9**"));
    assert_false(sats_misread_begins_with_number("*)"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_before_three_digits_that_end_in_0_may_mean_thousands),
        cmocka_unit_test(dashes_are_minus_and_points_part_groups),
        cmocka_unit_test(a_number_that_goes_on_as_words_is_known),
        cmocka_unit_test(emphasis_about_a_number_is_seen),
        cmocka_unit_test(a_day_that_is_not_there_is_told_by_its_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
