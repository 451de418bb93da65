/* Unit tests of data/csv.h. */
#include "data/csv.h"

#include "unit/data/fixture.h"

static const SatsValue *read_csv_bytes(Fixture *fixture, const char *text, gsize length) {
    const SatsSource *source = sats_sources_add(fixture->sources, "p.csv", text, length);
    return sats_csv_read(source, &fixture->limits, fixture->arena, fixture->report);
}

static const SatsValue *read_csv(Fixture *fixture, const char *text) {
    return read_csv_bytes(fixture, text, strlen(text));
}

static void assert_dump(void **state, const char *text, const char *expected) {
    g_autofree char *dump = sats_value_dump(read_csv(*state, text));
    Fixture *fixture = *state;
    assert_no_findings(fixture);
    assert_string_equal(dump, expected);
}

static void rows_are_maps_by_the_names_of_the_first(void **state) {
    assert_dump(state, "namn;belopp\nVård;1 234,5\n\"a;b\"\"c\" ; \n",
                "1:1 list 2\n"
                "- 2:1 map 2\n"
                "  \"namn\": 2:1 \"Vård\"\n"
                "  \"belopp\": 2:6 \"1 234,5\"\n"
                "- 3:2 map 2\n"
                "  \"namn\": 3:2 \"a;b\\\"c\"\n"
                "  \"belopp\": 3:12 null\n");
}

static void numbers_keep_their_comma(void **state) {
    const SatsValue *rows = read_csv(*state, "a,b\n\"1 234,5\",-3\n");
    SatsDecimal number;
    assert_true(sats_value_number(sats_value_lookup(rows->as.items[0], "a"), &number));
    assert_int_equal(number.digits, 12345);
    assert_true(sats_value_number(sats_value_lookup(rows->as.items[0], "b"), &number));
}

static void the_separator_is_found(void **state) {
    static const char *const texts[] = {"a;b\n1;2\n",        "a,b\n1,2\n",     "a\tb\n1\t2\n",
                                        "sep=|\na|b\n1|2\n", "\"a\",b\n1,2\n", "\n\na;b\n1;2\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const SatsValue *rows = read_csv(*state, texts[i]);
        assert_string_equal(sats_value_lookup(rows->as.items[0], "b")->as.text, "2");
    }
    const SatsValue *rows = read_csv(*state, "a;b, tkr;c\n1;2;3\n");
    assert_string_equal(sats_value_lookup(rows->as.items[0], "b, tkr")->as.text, "2");
}

static void encodings_and_line_ends_do_not_matter(void **state) {
    static const char *const texts[] = {"å;b\nÄ–€;2\n",
                                        "\xEF\xBB\xBF"
                                        "å;b\r\nÄ–€;2\r\n",
                                        "\xE5;b\r\xC4\x96\x80;2"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const SatsValue *rows = read_csv(*state, texts[i]);
        const SatsValue *value = sats_value_lookup(rows->as.items[0], "å");
        assert_non_null(value);
        assert_string_equal(value->as.text, "Ä–€");
        assert_int_equal(value->place.line, 2);
        assert_int_equal(value->place.length, 3);
        assert_int_equal(sats_value_lookup(rows->as.items[0], "b")->place.column, 5);
    }
}

static void quoted_fields_hold_lines(void **state) {
    assert_dump(state, "a;b\n\"x\r\ny\";2\n3;4\n",
                "1:1 list 2\n"
                "- 2:2 map 2\n"
                "  \"a\": 2:2 \"x\\ny\"\n"
                "  \"b\": 3:4 \"2\"\n"
                "- 4:1 map 2\n"
                "  \"a\": 4:1 \"3\"\n"
                "  \"b\": 4:3 \"4\"\n");
}

static void empty_rows_and_columns_are_left_out(void **state) {
    assert_dump(state, "a;b;;\n;;;\n\n1;;;\n   \n",
                "1:1 list 1\n- 4:1 map 2\n  \"a\": 4:1 \"1\"\n  \"b\": 4:3 null\n");
}

static void rows_of_other_widths_are_reported(void **state) {
    Fixture *fixture = *state;
    const SatsValue *rows = read_csv(fixture, "a,b\n1\n1,5,2\n1,2,\n");
    assert_codes(fixture, "2:1 table-width\n3:5 table-width\n");
    assert_string_equal(sats_report_at(fixture->report, 1)->message,
                        "raden har 3 fält, den första raden 2");
    assert_non_null(sats_report_at(fixture->report, 1)->hint);
    assert_int_equal(rows->length, 3);
}

static void names_must_be_there_and_differ(void **state) {
    Fixture *fixture = *state;
    const SatsValue *rows = read_csv(fixture, "a;;a;b\n1;2;3;4\n");
    assert_codes(fixture, "1:3 table-header\n1:4 duplicate-key\n");
    assert_int_equal(rows->as.items[0]->length, 2);
    assert_string_equal(sats_value_lookup(rows->as.items[0], "a")->as.text, "1");
    assert_string_equal(sats_value_lookup(rows->as.items[0], "b")->as.text, "4");
}

static void wrong_quotes_are_reported(void **state) {
    Fixture *fixture = *state;
    read_csv(fixture, "a;b\n\"x\" y;2\n1;\"öppet\n");
    assert_codes(fixture, "2:5 csv-quote\n3:3 csv-quote\n");
}

static void control_characters_are_reported(void **state) {
    Fixture *fixture = *state;
    read_csv_bytes(fixture, "a;b\nx\0y;\001\n", 10);
    assert_codes(fixture, "2:2 control-character\n2:5 control-character\n");
}

static void other_files_are_refused(void **state) {
    Fixture *fixture = *state;
    assert_null(read_csv(fixture, ""));
    assert_null(read_csv(fixture, "\n;;\n"));
    assert_null(read_csv_bytes(fixture,
                               "\xFF\xFE"
                               "a\0",
                               4));
    assert_codes(fixture, "1:0 empty\n1:0 empty\n1:0 utf8\n");
}

static void wide_rows_are_looked_up_by_hash(void **state) {
    GString *text = g_string_new("k0");
    for (int i = 1; i < 200; i++)
        g_string_append_printf(text, ";k%d", i);
    g_string_append(text, "\n0");
    for (int i = 1; i < 200; i++)
        g_string_append_printf(text, ";%d", i);
    const SatsValue *rows = read_csv(*state, text->str);
    g_string_free(text, TRUE);
    assert_true(rows->as.items[0]->indexed);
    assert_string_equal(sats_value_lookup(rows->as.items[0], "k137")->as.text, "137");
    assert_null(sats_value_lookup(rows->as.items[0], "k200"));
}

static void values_and_bytes_are_limited(void **state) {
    Fixture *fixture = *state;
    fixture->limits.max_nodes = 6;
    assert_non_null(read_csv(fixture, "a;b\n1;2\n3;4\n"));
    assert_null(read_csv(fixture, "a;b\n1;2\n3;4\n5;6\n"));
    fixture->limits.max_bytes = 3;
    assert_null(read_csv(fixture, "a;b\n"));
    assert_codes(fixture, "4:1 limit\n1:0 limit\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(rows_are_maps_by_the_names_of_the_first),
        with_fixture(numbers_keep_their_comma),
        with_fixture(the_separator_is_found),
        with_fixture(encodings_and_line_ends_do_not_matter),
        with_fixture(quoted_fields_hold_lines),
        with_fixture(empty_rows_and_columns_are_left_out),
        with_fixture(rows_of_other_widths_are_reported),
        with_fixture(names_must_be_there_and_differ),
        with_fixture(wrong_quotes_are_reported),
        with_fixture(control_characters_are_reported),
        with_fixture(other_files_are_refused),
        with_fixture(wide_rows_are_looked_up_by_hash),
        with_fixture(values_and_bytes_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
