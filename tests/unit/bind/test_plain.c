/* Unit tests of bind/plain.h. */
#include "bind/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int free_text(void **state) {
    g_free(*state);
    *state = NULL;
    return 0;
}

static void assert_plain(void **state, const char *text, const char *expected) {
    free_text(state);
    *state = sats_plain_text(text, strlen(text));
    assert_string_equal(*state != NULL ? *state : text, expected);
}

static void bold_and_italic_lose_their_asterisks(void **state) {
    assert_plain(state, "Huset **rivs** i *år*.", "Huset rivs i år.");
    assert_plain(state, "**Huset *rivs* nu**", "Huset rivs nu");
    assert_plain(state, "***Allt*** rivs", "Allt rivs");
    assert_plain(state, "Ett **a***b* c", "Ett ab c");
    assert_plain(state, "Ett\n\n**två**\n\n*tre*", "Ett\n\ntvå\n\ntre");
}

static void other_asterisks_stay(void **state) {
    assert_plain(state, "Orsak** och 2 * 3", "Orsak** och 2 * 3");
    assert_plain(state, "Ett \\*ord\\* och *ett*", "Ett \\*ord\\* och ett");
    assert_plain(state, "*ett**", "ett*");
    assert_plain(state, "*inget slut", "*inget slut");
}

static void marks_of_lists_and_calls_stay(void **state) {
    assert_plain(state, "* ett\n* **två**\n- {H.} tre{*}", "* ett\n* två\n- {H.} tre{*}");
    assert_plain(state, "Se [**här**](https://a.se)", "Se [här](https://a.se)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(bold_and_italic_lose_their_asterisks, free_text),
        cmocka_unit_test_teardown(other_asterisks_stay, free_text),
        cmocka_unit_test_teardown(marks_of_lists_and_calls_stay, free_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
