/* Unit tests of data/diff.h and data/words.h. */
#include "data/diff.h"

#include "data/words.h"
#include "unit/data/fixture.h"

/* "kind path old>new", each on a line; a moved row has its numbers. */
static void assert_changes(void **state, const char *old_text, const char *new_text,
                           const char *expected) {
    Fixture *fixture = *state;
    const SatsDiff *diff =
        sats_diff(read_yaml(fixture, old_text), read_yaml(fixture, new_text), fixture->arena);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < diff->n_changes; i++) {
        const SatsChange *change = &diff->changes[i];
        g_autofree char *before = sats_value_summary(change->old_value, 0, NULL);
        g_autofree char *after = sats_value_summary(change->new_value, 0, NULL);
        g_string_append_printf(out, "%s %s ", sats_change_name(change->kind), change->path);
        if (change->kind == SATS_CHANGE_MOVED)
            g_string_append_printf(out, "%u>%u\n", change->old_index, change->new_index);
        else
            g_string_append_printf(out, "%s>%s\n", before, after);
    }
    assert_string_equal(out->str, expected);
}

static void test_order_of_keys_and_quotes_are_no_change(void **state) {
    assert_changes(state, "a: 1\nb: x\nc:\n", "b: 'x'\na: \"1\"\n", "");
}

static void test_keys_come_go_and_change(void **state) {
    assert_changes(state, "a: 1\nb: {c: 2, d: 3}\n", "b: {c: 4, e: 5}\n",
                   "changed b.c 2>4\nadded b.e >5\nremoved b.d 3>\nremoved a 1>\n");
}

static void test_an_empty_map_is_something(void **state) {
    assert_changes(state, "a: 1\nl: []\n", "a: 1\ns: {}\n", "added s >{}\n");
    assert_changes(state, "s: {}\n", "s: {namn: x}\n", "added s.namn >x\n");
}

static void test_rows_are_known_by_what_is_unique(void **state) {
    assert_changes(state, "r: [{t: x, id: U1, v: 1}, {t: x, id: U2, v: 2}, {t: x, id: U3, v: 3}]\n",
                   "r: [{t: x, id: U1, v: 1}, {t: x, id: U3, v: 9}]\n",
                   "removed r[U2] x · U2 · 2>\nchanged r[U3].v 3>9\n");
}

static void test_a_new_identity_is_a_change_of_it(void **state) {
    assert_changes(
        state,
        "r: [{id: a, t: Long text one}, {id: b, t: Long text two}, {id: c, t: Long text three}]\n",
        "r: [{id: a, t: Long text one}, {id: bb, t: Long text two}, {id: c, t: Long text three}]\n",
        "changed r[Long text two].id b>bb\n");
}

static void test_a_moved_row_is_told_once(void **state) {
    assert_changes(state, "r: [a, b, c, d, e]\n", "r: [e, a, b, c, d]\n", "moved r[1] 5>1\n");
    assert_changes(state, "r: [{id: a, v: 1}, {id: b, v: 2}, {id: c, v: 3}]\n",
                   "r: [{id: b, v: 2}, {id: c, v: 3}, {id: a, v: 4}]\n",
                   "moved r[a] 1>3\nchanged r[a].v 1>4\n");
}

static void test_equal_rows_are_paired_in_turn(void **state) {
    assert_changes(state, "r: [a, a, b, a]\n", "r: [a, a, a, b, a]\n",
                   "moved r[3] 4>3\nadded r[5] >a\n");
}

static void test_lists_in_lists_have_columns(void **state) {
    assert_changes(state, "r: [[Ram, 10], [Summa, 20]]\n", "r: [[Ram, 12], [Summa, 20]]\n",
                   "changed r[Ram][2] 10>12\n");
}

static void test_rows_of_cells_are_known_by_their_first_cell(void **state) {
    assert_changes(state, "r: [[Ram, 10, x], [Hyra, 20, y], [Summa, 30, z]]\n",
                   "r: [[Ram, 11, helt annat], [El, 5, q], [Hyra, 20, y], [Summa, 30, z]]\n",
                   "changed r[Ram][2] 10>11\nchanged r[Ram][3] x>helt annat\n"
                   "added r[El] >El · 5 · q\n");
}

static void test_a_row_without_the_common_field_is_named_by_its_own(void **state) {
    assert_changes(state, "r: [{id: a, t: x}]\n", "r: [{id: a, t: x}, {nr: EiB, t: x}]\n",
                   "added r[EiB] >EiB · x\n");
    assert_changes(state, "r: [{u: a, t: x}]\n", "r: [{u: a, t: x}, {u: a, t: y}]\n",
                   "added r[y] >a · y\n");
}

static void test_a_row_that_goes_to_another_list_has_moved(void **state) {
    assert_changes(state,
                   "g: [{n: A, r: [{id: K1, t: gör ett, v: 1}, {id: K2, t: gör två, v: 1}]}, "
                   "{n: B, r: [{id: K3, t: gör tre, v: 1}]}]\n",
                   "g: [{n: A, r: [{id: K2, t: gör två, v: 1}]}, "
                   "{n: B, r: [{id: K3, t: gör tre, v: 1}, {id: K1, t: gör ett, v: 2}]}]\n",
                   "moved g[B].r[K1] 1>2\nchanged g[B].r[K1].v 1>2\n");
}

static void test_the_only_row_of_a_list_may_move_to_an_empty_one(void **state) {
    assert_changes(state, "g: [{n: A, r: [{id: K1, t: gör ett}]}, {n: B}]\n",
                   "g: [{n: A}, {n: B, r: [{id: K1, t: gör ett}]}]\n", "moved g[B].r[K1] 1>1\n");
}

static void test_another_row_of_the_name_has_not_moved(void **state) {
    assert_changes(
        state, "g: [{n: A, r: [{id: K1, t: gör ett, v: 1}, {id: K2}]}, {n: B, r: [{id: K3}]}]\n",
        "g: [{n: A, r: [{id: K2}]}, {n: B, r: [{id: K3}, {id: K1, t: något nytt, v: 7}]}]\n",
        "removed g[A].r[K1] K1 · gör ett · 1>\nadded g[B].r[K1] >K1 · något nytt · 7\n");
}

static void test_another_kind_of_value_is_a_change(void **state) {
    assert_changes(state, "a: text\n", "a: [text]\n", "changed a text>text\n");
    assert_changes(state, "a: []\n", "a: ''\n", "");
}

static void test_no_tree_is_an_empty_one(void **state) {
    Fixture *fixture = *state;
    assert_int_equal(sats_diff(NULL, NULL, fixture->arena)->n_changes, 0);
    assert_int_equal(sats_diff(NULL, read_yaml(fixture, "a: 1\n"), fixture->arena)->n_changes, 1);
}

static void test_many_rows_take_little_time(void **state) {
    Fixture *fixture = *state;
    g_autoptr(GString) before = g_string_new("r:\n");
    g_autoptr(GString) after = g_string_new("r:\n");
    for (guint i = 0; i < 20000; i++) {
        g_string_append_printf(before, "- {t: gammal %u, v: %u}\n", i, i % 7);
        g_string_append_printf(after, "- {t: helt ny %u, v: %u}\n", i, i % 5);
    }
    gint64 start = g_get_monotonic_time();
    const SatsDiff *diff =
        sats_diff(read_yaml(fixture, before->str), read_yaml(fixture, after->str), fixture->arena);
    assert_true(diff->n_changes >= 20000);
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
}

/* ---- words ---- */

static void assert_words(const char *old_text, const char *new_text, const char *expected) {
    g_autoptr(GArray) words =
        sats_words_diff(old_text, strlen(old_text), new_text, strlen(new_text));
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++) {
        const SatsWords *item = &g_array_index(words, SatsWords, i);
        const char *text = item->kind == SATS_WORDS_DELETED ? old_text : new_text;
        static const char *const MARKS[] = {"", "-", "+"};
        g_string_append_printf(out, "%s<%.*s>", MARKS[item->kind], (int)item->length,
                               text + item->start);
    }
    assert_string_equal(out->str, expected);
}

static void test_words_come_and_go(void **state) {
    (void)state;
    assert_words("en gul bil", "en röd bil", "<en >-<gul >+<röd ><bil>");
    assert_words("en bil", "en bil.", "<en bil>+<.>");
    assert_words("en bil, helt ny.", "en bil.", "<en bil>-<, helt ny><.>");
    assert_words("", "ny", "+<ny>");
    assert_words("gammal", "", "-<gammal>");
    assert_words("lika", "lika", "<lika>");
}

static void test_a_number_with_spaces_in_it_is_one_word(void **state) {
    (void)state;
    assert_words("421\302\240800 kr", "422\302\240800 kr",
                 "-<421\302\240800 >+<422\302\240800 ><kr>");
}

static void test_texts_without_a_word_in_common_are_quickly_told(void **state) {
    (void)state;
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    for (guint i = 0; i < 200000; i++) {
        g_string_append_printf(before, "a%u ", i);
        g_string_append_printf(after, "b%u ", i);
    }
    g_autoptr(GArray) words = sats_words_diff(before->str, before->len, after->str, after->len);
    assert_int_equal(words->len, 2);
}

static double how_alike(const char *old_text, const char *new_text, double least) {
    return sats_words_likeness(old_text, strlen(old_text), new_text, strlen(new_text), least);
}

static void test_likeness_is_the_part_that_is_kept(void **state) {
    (void)state;
    assert_true(how_alike("", "", 0) == 1);
    assert_true(how_alike("en bil", "en bil", 0.9) == 1);
    assert_true(how_alike("en bil", "tu hus", 0) == 0);
    assert_true(how_alike("aa bb cc dd", "aa bb xx yy", 0) == 6.0 / 11);
}

static void test_what_cannot_be_alike_enough_is_not_compared(void **state) {
    (void)state;
    assert_true(how_alike("aa bb cc dd", "aa bb xx yy", 0.5) == 6.0 / 11);
    assert_true(how_alike("aa bb cc dd", "aa bb xx yy", 0.6) == 0);
    /* the words in another order might be: then they are */
    assert_true(how_alike("aa bb cc dd", "dd cc bb aa", 0.5) < 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(test_order_of_keys_and_quotes_are_no_change),
        with_fixture(test_keys_come_go_and_change),
        with_fixture(test_an_empty_map_is_something),
        with_fixture(test_rows_are_known_by_what_is_unique),
        with_fixture(test_a_new_identity_is_a_change_of_it),
        with_fixture(test_a_moved_row_is_told_once),
        with_fixture(test_equal_rows_are_paired_in_turn),
        with_fixture(test_lists_in_lists_have_columns),
        with_fixture(test_rows_of_cells_are_known_by_their_first_cell),
        with_fixture(test_a_row_without_the_common_field_is_named_by_its_own),
        with_fixture(test_a_row_that_goes_to_another_list_has_moved),
        with_fixture(test_the_only_row_of_a_list_may_move_to_an_empty_one),
        with_fixture(test_another_row_of_the_name_has_not_moved),
        with_fixture(test_another_kind_of_value_is_a_change),
        with_fixture(test_no_tree_is_an_empty_one),
        with_fixture(test_many_rows_take_little_time),
        cmocka_unit_test(test_words_come_and_go),
        cmocka_unit_test(test_a_number_with_spaces_in_it_is_one_word),
        cmocka_unit_test(test_texts_without_a_word_in_common_are_quickly_told),
        cmocka_unit_test(test_likeness_is_the_part_that_is_kept),
        cmocka_unit_test(test_what_cannot_be_alike_enough_is_not_compared),
    };
    return cmocka_run_group_tests_name("data/diff", tests, NULL, NULL);
}
