/* Unit tests of base/error.h. */
#include "base/error.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/report.h"

static int clear(void **state) {
    GError *error = *state;
    g_clear_error(&error);
    *state = NULL;
    return 0;
}

static void set(GError **error) {
    sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s has %d", "%s har %d", "a",
                   2);
}

static void an_error_has_both_languages(void **state) {
    set((GError **)state);
    const GError *error = *state;
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO));
    assert_string_equal(sats_error_words(error, FALSE), "a has 2");
    assert_string_equal(sats_error_words(error, TRUE), "a har 2");
}

static void a_copy_keeps_both(void **state) {
    GError *error = NULL;
    set(&error);
    *state = g_error_copy(error);
    g_error_free(error);
    assert_string_equal(sats_error_words(*state, TRUE), "a har 2");
}

static void a_prefix_goes_before_both(void **state) {
    set((GError **)state);
    sats_error_prefix((GError **)state, "line %d: ", "rad %d: ", 7);
    assert_string_equal(sats_error_words(*state, FALSE), "line 7: a has 2");
    assert_string_equal(sats_error_words(*state, TRUE), "rad 7: a har 2");
}

static void without_swedish_words_the_message_is_said(void **state) {
    g_set_error((GError **)state, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "plain");
    assert_null(sats_error_swedish(*state));
    sats_error_prefix((GError **)state, "x: ", "y: ");
    assert_string_equal(sats_error_words(*state, TRUE), "x: plain");
}

static void errors_of_others_have_their_message(void **state) {
    g_set_error((GError **)state, G_FILE_ERROR, G_FILE_ERROR_ACCES, "theirs");
    assert_null(sats_error_swedish(*state));
    assert_string_equal(sats_error_words(*state, TRUE), "theirs");
}

static void nobody_may_want_the_error(void **state) {
    set(NULL);
    sats_error_prefix(NULL, "x", "y");
    sats_error_prefix((GError **)state, "x", "y");
    assert_null(*state);
}

static void a_missing_folder_is_named(void **state) {
    sats_error_set_unwritten((GError **)state, "no/such/x.pdf", ENOENT);
    assert_string_equal(sats_error_words(*state, FALSE),
                        "no/such/x.pdf: there is no folder 'no/such'");
    assert_string_equal(sats_error_words(*state, TRUE),
                        "no/such/x.pdf: det finns ingen mapp 'no/such'");
}

static void a_full_disk_is_told(void **state) {
    sats_error_set_unwritten((GError **)state, "x.pdf", ENOSPC);
    assert_string_equal(sats_error_words(*state, TRUE), "x.pdf: det finns inget utrymme kvar");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_error_has_both_languages, clear),
        cmocka_unit_test_teardown(a_copy_keeps_both, clear),
        cmocka_unit_test_teardown(a_prefix_goes_before_both, clear),
        cmocka_unit_test_teardown(without_swedish_words_the_message_is_said, clear),
        cmocka_unit_test_teardown(errors_of_others_have_their_message, clear),
        cmocka_unit_test_teardown(nobody_may_want_the_error, clear),
        cmocka_unit_test_teardown(a_missing_folder_is_named, clear),
        cmocka_unit_test_teardown(a_full_disk_is_told, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
