/* Unit tests of base/place.h. */
#include "base/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state) {
    *state = sats_sources_new();
    return 0;
}

static int tear_down(void **state) {
    sats_sources_free(*state);
    return 0;
}

static void assert_line(const SatsSource *source, guint32 line, const char *expected) {
    gsize length = 0;
    const char *text = sats_source_line(source, line, &length);
    assert_non_null(text);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(text, expected, length);
}

/* The same with the index of lines and without. */
static void assert_lines(SatsSources *sources, const char *text, const char *const *lines) {
    const SatsSource *indexed = sats_sources_add(sources, "a.yaml", text, strlen(text));
    SatsSource bare = {.name = "b.yaml", .text = text, .length = strlen(text)};
    gsize length = 0;
    guint32 count = 0;
    for (; lines[count] != NULL; count++) {
        assert_line(indexed, count + 1, lines[count]);
        assert_line(&bare, count + 1, lines[count]);
    }
    assert_null(sats_source_line(indexed, count + 1, &length));
    assert_null(sats_source_line(&bare, count + 1, &length));
    assert_null(sats_source_line(indexed, 0, &length));
}

static void lines_end_with_any_line_end(void **state) {
    assert_lines(*state, "a\nbb\r\nccc\rd", (const char *const[]){"a", "bb", "ccc", "d", NULL});
    assert_lines(*state, "a\n\n\r\n\r\rb\n",
                 (const char *const[]){"a", "", "", "", "", "b", "", NULL});
    assert_lines(*state, "", (const char *const[]){"", NULL});
}

static void the_byte_order_mark_is_no_part_of_the_line(void **state) {
    assert_lines(*state,
                 "\xEF\xBB\xBF"
                 "a\nb",
                 (const char *const[]){"a", "b", NULL});
}

static void sources_keep_copies_in_order(void **state) {
    char text[] = "abc";
    const SatsSource *first = sats_sources_add(*state, "first", text, 3);
    const SatsSource *second = sats_sources_add(*state, "second", "", 0);
    text[0] = 'x';
    assert_string_equal(first->text, "abc");
    assert_int_equal(sats_sources_count(*state), 2);
    assert_ptr_equal(sats_sources_at(*state, 0), first);
    assert_ptr_equal(sats_sources_at(*state, 1), second);
}

static void sources_below_a_folder_are_shown_as_parts_of_a_file(void **state) {
    assert_string_equal(sats_sources_add(*state, "/away/x/a.yaml", "", 0)->shown, "/away/x/a.yaml");
    sats_sources_show_as(*state, "/away/x", "out/old.pdf");
    const SatsSource *source = sats_sources_add(*state, "/away/x/data/a.xlsx", "", 0);
    assert_string_equal(source->name, "/away/x/data/a.xlsx");
    assert_string_equal(source->shown, "out/old.pdf: data/a.xlsx");
    assert_string_equal(sats_sources_add_sheet(*state, source, "Blad1")->shown, source->shown);
    assert_string_equal(sats_sources_add(*state, "/away/xy/a.yaml", "", 0)->shown,
                        "/away/xy/a.yaml");
}

static void places_hold_what_they_can(void **state) {
    (void)state;
    SatsPlace place = sats_place(NULL, 3, 100000, 70000);
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, G_MAXUINT16);
    assert_int_equal(place.length, G_MAXUINT16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_end_with_any_line_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_byte_order_mark_is_no_part_of_the_line, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(sources_keep_copies_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sources_below_a_folder_are_shown_as_parts_of_a_file, set_up,
                                        tear_down),
        cmocka_unit_test(places_hold_what_they_can),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
