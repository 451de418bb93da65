/* Unit tests of the readers of values, of places in scalars, and of reading files. */
#include "data/value.h"

#include <glib/gstdio.h>

#include "unit/data/fixture.h"

/* What can be read. */
static const SatsValue *read_value(Fixture *fixture, const char *text) {
    const SatsValue *value = read_yaml(fixture, text);
    assert_non_null(value);
    return value;
}

/* ---- readers ---- */

static void numbers_are_plain_scalars(void **state) {
    const SatsValue *list = read_value(*state, "- 1 234,5\n- '12'\n- tolv\n-\n- [1]\n- -3\n");
    SatsDecimal number = {0, 0};
    assert_true(sats_value_number(list->as.items[0], &number));
    assert_int_equal(number.digits, 12345);
    for (guint i = 1; i <= 4; i++)
        assert_false(sats_value_number(list->as.items[i], &number));
    assert_true(sats_value_number(list->as.items[5], &number));
    assert_int_equal(number.digits, -3);
    assert_false(sats_value_number(NULL, &number));
}

static void truth_is_swedish_or_english(void **state) {
    const SatsValue *list =
        read_value(*state, "[ja, nej, true, false, Ja, NEJ, 'ja', yes, on, 1, jaha]\n");
    static const int expected[] = {1, 0, 1, 0, 1, 0};
    for (guint i = 0; i < list->length; i++) {
        gboolean truth = 7;
        gboolean is_truth = sats_value_bool(list->as.items[i], &truth);
        assert_int_equal(is_truth, i < G_N_ELEMENTS(expected));
        assert_int_equal(truth, is_truth ? expected[i] : 7);
    }
    gboolean truth;
    assert_false(sats_value_bool(NULL, &truth));
}

static void nothing_and_empty_values_are_empty(void **state) {
    const SatsValue *list = read_value(*state, "[~, '', [], {}, x, [~], {a: ~}, 0]\n");
    for (guint i = 0; i < list->length; i++)
        assert_int_equal(sats_value_is_empty(list->as.items[i]), i < 4);
    assert_true(sats_value_is_empty(NULL));
}

static void looking_up_in_what_is_no_map_gives_nothing(void **state) {
    const SatsValue *list = read_value(*state, "[a]\n");
    assert_null(sats_value_lookup(list, "a"));
    assert_null(sats_value_lookup(list->as.items[0], "a"));
    assert_null(sats_value_lookup(NULL, "a"));
    assert_null(sats_value_lookup_entry(NULL, "a"));
}

/* ---- places in scalars ---- */

/* The place of the first `what` in the text. */
static void assert_place_of(const SatsValue *value, const char *what, guint line, guint column) {
    const char *found = strstr(value->as.text, what);
    assert_non_null(found);
    SatsPlace place = sats_value_place_at(value, (gsize)(found - value->as.text));
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void places_in_plain_scalars_are_exact(void **state) {
    const SatsValue *map = read_value(*state, "a: åäö {{x}} z\nb: &n ett\n  två  \n\n  tre # x\n");
    const SatsValue *a = sats_value_lookup(map, "a"), *b = sats_value_lookup(map, "b");
    assert_place_of(a, "åäö", 1, 4);
    assert_place_of(a, "{{x}}", 1, 8);
    assert_place_of(a, "z", 1, 14);
    assert_string_equal(b->as.text, "ett två\ntre");
    assert_place_of(b, "ett", 2, 7);
    assert_place_of(b, "två", 3, 3);
    assert_place_of(b, "tre", 5, 3);
    assert_int_equal(sats_value_place_at(b, 1000).column, 6);
}

static void places_in_quotes_mind_escapes(void **state) {
    const SatsValue *map =
        read_value(*state, "a: 'det''s {{x}}'\n"
                           "b: \"\\\"å\\u00e5\\x41\\_\\n {{y}}\\\n   z\n\n  w\"\n");
    const SatsValue *a = sats_value_lookup(map, "a"), *b = sats_value_lookup(map, "b");
    assert_place_of(a, "det", 1, 5);
    assert_place_of(a, "{{x}}", 1, 12);
    assert_string_equal(b->as.text, "\"ååA\xC2\xA0\n {{y}}z\nw");
    assert_place_of(b, "{{y}}", 2, 23);
    assert_place_of(b, "z", 3, 4);
    assert_place_of(b, "w", 5, 3);
}

static void places_in_block_scalars_are_exact(void **state) {
    const SatsValue *map = read_value(*state, "a: |\n\n  ett\n    två {{x}}\n\n  tre\n"
                                              "b: >-\n  ett\n  två\n\n\n  tre\n    fyra\n  fem\n"
                                              "c: |2-\n    åä {{y}}\n  z\n");
    const SatsValue *a = sats_value_lookup(map, "a"), *b = sats_value_lookup(map, "b");
    const SatsValue *c = sats_value_lookup(map, "c");
    assert_place_of(a, "ett", 3, 3);
    assert_place_of(a, "{{x}}", 4, 9);
    assert_place_of(a, "tre", 6, 3);
    assert_place_of(b, "två", 9, 3);
    assert_place_of(b, "tre", 12, 3);
    assert_place_of(b, "fyra", 13, 5);
    assert_place_of(b, "fem", 14, 3);
    assert_place_of(c, "{{y}}", 16, 8);
    assert_place_of(c, "z", 17, 3);
}

static void places_of_other_values_are_their_own(void **state) {
    const SatsValue *map = read_value(*state, "a: [x]\nb:\n");
    assert_int_equal(sats_value_place_at(sats_value_lookup(map, "a"), 5).column, 4);
    assert_int_equal(sats_value_place_at(sats_value_lookup(map, "b"), 0).line, 2);
}

static void a_spot_has_its_place_and_its_length_in_characters(void **state) {
    const SatsValue *map = read_value(*state, "a: åäö {{åä}} z\n");
    const SatsValue *a = sats_value_lookup(map, "a");
    SatsPlace place = sats_spot_place((SatsSpot){a, strlen("åäö {{"), strlen("åä")});
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 10);
    assert_int_equal(place.length, 2);
    assert_int_equal(sats_spot_place((SatsSpot){a, 0, 0}).length, 1);
    assert_null(sats_spot_place((SatsSpot){0}).source);
}

/* ---- files ---- */

static void files_are_read_whole_within_the_limit(void **state) {
    Fixture *fixture = *state;
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("plansats-XXXXXX", &path, NULL);
    assert_true(file >= 0);
    assert_true(g_close(file, NULL));
    g_autofree char *text = g_strnfill(200000, 'x');
    assert_true(g_file_set_contents(path, text, -1, NULL));

    GError *error = NULL;
    const SatsSource *source = sats_source_read_file(fixture->sources, path, 200000, &error);
    assert_non_null(source);
    assert_int_equal(source->length, 200000);
    assert_string_equal(source->text, text);
    assert_string_equal(source->name, path);

    assert_null(sats_source_read_file(fixture->sources, path, 199999, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT));
    g_clear_error(&error);
    (void)g_remove(path);
    assert_null(sats_source_read_file(fixture->sources, path, 0, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_ABSENT));
    g_clear_error(&error);
    assert_int_equal(sats_sources_count(fixture->sources), 1);
}

static void a_folder_is_not_read(void **state) {
    Fixture *fixture = *state;
    GError *error = NULL;
    assert_null(sats_source_read_file(fixture->sources, g_get_tmp_dir(), 0, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO));
    g_clear_error(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(numbers_are_plain_scalars),
        with_fixture(truth_is_swedish_or_english),
        with_fixture(nothing_and_empty_values_are_empty),
        with_fixture(looking_up_in_what_is_no_map_gives_nothing),
        with_fixture(places_in_plain_scalars_are_exact),
        with_fixture(places_in_quotes_mind_escapes),
        with_fixture(places_in_block_scalars_are_exact),
        with_fixture(places_of_other_values_are_their_own),
        with_fixture(a_spot_has_its_place_and_its_length_in_characters),
        with_fixture(files_are_read_whole_within_the_limit),
        with_fixture(a_folder_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
