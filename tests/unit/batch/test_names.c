/* Names of outputs: patterns, and what is made safe in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "batch/error.h"
#include "batch/names.h"

#include <cmocka.h>

static char *look_up(void *context, const char *path) {
    (void)context;
    return g_str_equal(path, "förvaltning.kort") ? g_strdup("RK/A")
           : g_str_equal(path, "period")         ? g_strdup(" 2024–2026 ")
                                                 : NULL;
}

static void assert_name(const char *pattern, const char *plan, const char *expected) {
    GError *error = NULL;
    g_autofree char *missing = NULL;
    g_autoptr(SatsPattern) made = sats_pattern_new(pattern, &error);
    assert_null(error);
    g_autofree char *name = sats_pattern_name(made, plan, look_up, NULL, &missing);
    if (expected == NULL) {
        assert_null(name);
        assert_non_null(missing);
    } else {
        assert_non_null(name);
        assert_string_equal(name, expected);
        assert_null(missing);
    }
}

static void plans_are_named_as_their_file_or_folder(void **state) {
    (void)state;
    assert_name(NULL, "in/rk 2024.yaml", "rk 2024.pdf");
    assert_name(NULL, "in/rk/plan.yaml", "rk.pdf");
    assert_name(NULL, "/in/rk/../hsf/plan.yml", "hsf.pdf");
    assert_name(NULL, "in/a.b.yaml", "a.b.pdf");
    assert_name(NULL, "in/...yaml", "plan.pdf");
}

static void patterns_take_data(void **state) {
    (void)state;
    assert_name("{{förvaltning.kort}}-{{ period }}.pdf", "x.yaml", "RK-A-2024–2026.pdf");
    assert_name("år/{{period}}", "x.yaml", "år/2024–2026.pdf");
    assert_name("{{saknas}}.pdf", "x.yaml", NULL);
    assert_name("plan.pdf.pdf", "x.yaml", "plan.pdf.pdf");
    assert_name("Plan.PDF", "x.yaml", "Plan.PDF.pdf");
}

static void wrong_patterns_are_refused(void **state) {
    static const char *const PATTERNS[] = {"{{a",  "a}}",     "{{}}",    "{{ }}", "/a",
                                           "../a", "a/../b",  "a//b",    "a/./b", "",
                                           "a/",   "{{a/b}}", "{{a|b}}", "\xff"};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(PATTERNS); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(sats_pattern_new(PATTERNS[i], &error));
        assert_int_equal(error->code, SATS_BATCH_ERROR_USAGE);
    }
}

static void assert_safe(const char *text, const char *expected) {
    g_autofree char *safe = sats_name_safe(text);
    assert_string_equal(safe, expected);
}

static void names_are_made_safe(void **state) {
    (void)state;
    assert_safe("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j");
    assert_safe(" ..dold. .", "dold");
    assert_safe("\x01tab\t\n", "-tab--");
    assert_safe("con", "_con");
    assert_safe("LPT1.txt", "_LPT1.txt");
    assert_safe("consort", "consort");
    assert_safe("a\xCC\x8A", "å"); /* composed */
    assert_safe("a\xE2\x80\xAE"
                "b",
                "a-b"); /* no turning of the direction */
    assert_safe("mellan\xC2\xA0rum", "mellan rum");
    assert_safe("..", "");
}

static void long_names_are_cut_between_characters(void **state) {
    (void)state;
    g_autoptr(GString) text = g_string_new("x");
    for (guint i = 0; i < 200; i++) {
        g_string_append(text, "å");
    }
    g_autofree char *safe = sats_name_safe(text->str);
    assert_true(strlen(safe) <= 200 && strlen(safe) > 190);
    assert_true(g_utf8_validate(safe, -1, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_are_named_as_their_file_or_folder),
        cmocka_unit_test(patterns_take_data),
        cmocka_unit_test(wrong_patterns_are_refused),
        cmocka_unit_test(names_are_made_safe),
        cmocka_unit_test(long_names_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
