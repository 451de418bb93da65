/* Unit tests of the YAML reader: what it gives. */
#include "data/value.h"

#include "unit/data/fixture.h"

static void assert_dump(void **state, const char *text, const char *expected) {
    Fixture *fixture = *state;
    g_autofree char *dump = sats_value_dump(read_yaml(fixture, text));
    assert_no_findings(fixture);
    assert_string_equal(dump, expected);
}

static void maps_lists_and_scalars_know_their_places(void **state) {
    assert_dump(state,
                "titel: Plan\n"
                "mål:\n"
                "  - namn: \"Å\"\n"
                "    år: [2024, 2025]\n"
                "  - 'b'\n",
                "1:1 map 2\n"
                "\"titel\": 1:8 \"Plan\"\n"
                "\"mål\": 3:3 list 2\n"
                "  - 3:5 map 2\n"
                "    \"namn\": 3:11 double \"Å\"\n"
                "    \"år\": 4:9 list 2\n"
                "      - 4:10 \"2024\"\n"
                "      - 4:16 \"2025\"\n"
                "  - 5:5 single \"b\"\n");
}

static void lengths_are_those_in_the_source(void **state) {
    const SatsValue *root = read_yaml(*state, "nyckel: \"två ord\"\nlista: [a, b]\nfler: |\n  a\n");
    assert_int_equal(root->as.entries[0].place.length, 6);
    assert_int_equal(root->as.entries[0].value->place.length, 9);
    assert_int_equal(root->as.entries[1].value->place.length, 6);
    assert_int_equal(root->as.entries[2].value->place.length, 0);
}

static void nulls_are_plain_only(void **state) {
    assert_dump(state, "- ~\n- null\n-\n- 'null'\n- \"\"\n- !!str null\n",
                "1:1 list 6\n"
                "- 1:3 null\n"
                "- 2:3 null\n"
                "- 3:2 null\n"
                "- 4:3 single \"null\"\n"
                "- 5:3 double \"\"\n"
                "- 6:9 tagged \"null\"\n");
}

static void line_ends_and_byte_order_mark_do_not_matter(void **state) {
    static const char expected[] = "1:1 map 2\n\"a\": 1:4 \"1\"\n\"b\": 2:4 literal \"x\\ny\\n\"\n";
    assert_dump(state, "a: 1\nb: |\n  x\n  y\n", expected);
    assert_dump(state,
                "\xEF\xBB\xBF"
                "a: 1\nb: |\n  x\n  y\n",
                expected);
    assert_dump(state, "a: 1\r\nb: |\r\n  x\r\n  y\r\n", expected);
    assert_dump(state,
                "\xEF\xBB\xBF"
                "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
                expected);
    assert_dump(state, "a: 1\rb: |\r  x\r  y\r", expected);
}

static void block_scalars_fold_or_keep_lines(void **state) {
    assert_dump(state, "a: >-\n  ett\n  två\n\n  tre\nb: |+\n  x\n\nc: |2\n    y\n",
                "1:1 map 3\n"
                "\"a\": 1:4 folded \"ett två\\ntre\"\n"
                "\"b\": 6:4 literal \"x\\n\\n\"\n"
                "\"c\": 9:4 literal \"  y\\n\"\n");
}

static void aliases_share_the_value(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root = read_yaml(fixture, "a: &x {n: 1}\nb: *x\nc: &x 2\nd: *x\n");
    assert_ptr_equal(sats_value_lookup(root, "a"), sats_value_lookup(root, "b"));
    assert_ptr_equal(sats_value_lookup(root, "c"), sats_value_lookup(root, "d"));
    assert_int_equal(sats_report_length(fixture->report), 0);
}

static void places_are_behind_anchors_and_tags(void **state) {
    assert_dump(state, "a: &x ett\nb: !csv  fil.csv\nc: &y !!map # här\n  k: &z\n    v\n",
                "1:1 map 3\n"
                "\"a\": 1:7 \"ett\"\n"
                "\"b\": 2:10 !csv \"fil.csv\"\n"
                "\"c\": 4:3 map 1\n"
                "  \"k\": 5:5 \"v\"\n");
}

static void places_are_right_along_one_line(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new("[");
    for (int i = 0; i < 20000; i++)
        g_string_append(text, "'å',&a !!str b,");
    g_string_append_c(text, ']');
    const SatsValue *list = read_yaml(fixture, text->str);
    g_string_free(text, TRUE);
    assert_int_equal(list->length, 40000);
    for (guint i = 0; i < 4000; i++) {
        assert_int_equal(list->as.items[2 * i]->place.column, 2 + 15 * i);
        assert_int_equal(list->as.items[2 * i + 1]->place.column, 15 + 15 * i);
    }
    assert_int_equal(list->as.items[39999]->place.column, G_MAXUINT16);
}

static void tags_of_data_files_are_kept(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root =
        read_yaml(fixture, "- !csv a.csv\n- !xlsx {fil: b, blad: c}\n- !!str 12\n- ! 5\n");
    assert_string_equal(root->as.items[0]->tag, "!csv");
    assert_string_equal(root->as.items[1]->tag, "!xlsx");
    assert_null(root->as.items[2]->tag);
    SatsDecimal number;
    assert_false(sats_value_number(root->as.items[2], &number));
    assert_false(sats_value_number(root->as.items[3], &number));
    assert_int_equal(sats_report_length(fixture->report), 0);
}

static void equal_keys_are_one_string(void **state) {
    const SatsValue *root = read_yaml(*state, "- namn: a\n- namn: b\n");
    assert_ptr_equal(root->as.items[0]->as.entries[0].key, root->as.items[1]->as.entries[0].key);
}

static void decomposed_keys_are_composed(void **state) {
    const SatsValue *root = read_yaml(*state, "a\xCC\x8Ar: 1\nÅ: 2\ne\xCC\x81\xCC\xA3: 3\n");
    assert_string_equal(root->as.entries[0].key, "år");
    assert_string_equal(root->as.entries[1].key, "Å");
    assert_string_equal(root->as.entries[2].key, "ẹ\xCC\x81");
}

static void large_maps_are_looked_up_by_hash(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++)
        g_string_append_printf(text, "nyckel %d: %d\n", i, i);
    const SatsValue *root = read_yaml(fixture, text->str);
    g_string_free(text, TRUE);
    assert_true(root->indexed);
    for (int i = 0; i < 20000; i++) {
        char key[32], expected[32];
        g_snprintf(key, sizeof key, "nyckel %d", i);
        g_snprintf(expected, sizeof expected, "%d", i);
        assert_string_equal(sats_value_lookup(root, key)->as.text, expected);
    }
    assert_null(sats_value_lookup(root, "nyckel 20000"));
    assert_null(sats_value_lookup(root, ""));
}

static void a_scalar_may_be_the_whole_document(void **state) {
    assert_dump(state, "--- hej\n...\n", "1:5 \"hej\"\n");
    assert_dump(state, "%YAML 1.2\n---\na: 1\n", "3:1 map 1\n\"a\": 3:4 \"1\"\n");
}

static void empty_containers_are_values(void **state) {
    assert_dump(state, "a: {}\nb: []\nc:\n",
                "1:1 map 3\n\"a\": 1:4 map 0\n\"b\": 2:4 list 0\n"
                "\"c\": 3:3 null\n");
}

static void rows_by_the_hundred_thousand_are_read(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new("rader:\n");
    for (int i = 0; i < 20000; i++)
        g_string_append(text, "  - [Åtgärd, FD, \"text\", 1 234, 12.5, 2025-01-01, ja, pågår]\n");
    const SatsValue *root = read_yaml(fixture, text->str);
    g_string_free(text, TRUE);
    assert_int_equal(sats_value_lookup(root, "rader")->length, 20000);
    assert_true(sats_arena_used(fixture->arena) < 20000 * 8 * 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(maps_lists_and_scalars_know_their_places),
        with_fixture(lengths_are_those_in_the_source),
        with_fixture(nulls_are_plain_only),
        with_fixture(line_ends_and_byte_order_mark_do_not_matter),
        with_fixture(block_scalars_fold_or_keep_lines),
        with_fixture(aliases_share_the_value),
        with_fixture(places_are_behind_anchors_and_tags),
        with_fixture(places_are_right_along_one_line),
        with_fixture(tags_of_data_files_are_kept),
        with_fixture(equal_keys_are_one_string),
        with_fixture(decomposed_keys_are_composed),
        with_fixture(large_maps_are_looked_up_by_hash),
        with_fixture(a_scalar_may_be_the_whole_document),
        with_fixture(empty_containers_are_values),
        with_fixture(rows_by_the_hundred_thousand_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
