/* Unit tests of the YAML reader: what it finds wrong. */
#include "data/value.h"

#include "unit/data/fixture.h"

static void assert_message(const Fixture *fixture, guint index, const char *message,
                           const char *hint) {
    const SatsFinding *finding = sats_report_at(fixture->report, index);
    assert_string_equal(finding->message, message);
    if (hint != NULL)
        assert_string_equal(finding->hint, hint);
}

/* Reads what can't be used. */
static void assert_refused(Fixture *fixture, const char *text, const char *codes) {
    assert_null(read_yaml(fixture, text));
    assert_codes(fixture, codes);
}

/* Reads what is used but for the parts refused. */
static const SatsValue *assert_read(Fixture *fixture, const char *text, const char *codes) {
    const SatsValue *root = read_yaml(fixture, text);
    assert_non_null(root);
    assert_codes(fixture, codes);
    return root;
}

static void duplicate_keys_name_the_first(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root = assert_read(fixture, "år: 1\nb: {c: 1, d: 2, c: 3}\når: 4\n",
                                        "2:17 duplicate-key\n3:1 duplicate-key\n");
    assert_message(fixture, 1, "nyckeln 'år' står två gånger",
                   "den första står på rad 1, kolumn 1");
    assert_string_equal(sats_value_lookup(root, "år")->as.text, "1");
    assert_int_equal(root->length, 2);
}

static void duplicate_keys_are_found_in_large_maps(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 500; i++)
        g_string_append_printf(text, "k%d: 1\n", i);
    g_string_append(text, "k3: 2\nk499: 2\n");
    assert_read(fixture, text->str, "501:1 duplicate-key\n502:1 duplicate-key\n");
    g_string_free(text, TRUE);
}

static void every_tab_in_the_indentation_is_reported(void **state) {
    assert_refused(*state, "a:\n\tb: 1\n  \tc: 2\nd: |\n  x\n  \ty\ne:\n  - 1\n\t- 2\n",
                   "2:1 tab\n3:3 tab\n9:1 tab\n");
}

static void tabs_elsewhere_are_allowed(void **state) {
    assert_read(*state, "a:\t1\nb: \"x\ty\"\nc: [\n\t1,\n\t2]\nd: |\n  x\n  \tx\n\n# \t\n", "");
}

static void a_tab_after_a_dash_is_reported(void **state) {
    assert_refused(*state, "-\ta: 1\n", "1:2 tab\n");
}

static void broken_utf8_is_reported_where_it_stands(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "mål: å\xE5\nb: \xC3\nc: [\n", "1:7 utf8\n2:4 utf8\n3:4 yaml-syntax\n");
    assert_message(fixture, 0, "trasig UTF-8 (byte 0xE5)",
                   "filen verkar vara sparad som Windows-1252 (här menas 'å'): spara den som "
                   "UTF-8");
}

static void a_whole_latin1_file_gives_ten_findings(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 50; i++)
        g_string_append_printf(text, "k%d: \xE5\n", i);
    assert_null(read_yaml_bytes(fixture, text->str, text->len));
    assert_int_equal(sats_report_length(fixture->report), 10);
    g_string_free(text, TRUE);
}

static void utf16_is_told(void **state) {
    Fixture *fixture = *state;
    assert_null(read_yaml_bytes(fixture,
                                "\xFF\xFE"
                                "a\0:\0",
                                6));
    assert_codes(fixture, "1:1 utf8\n");
    assert_message(fixture, 0, "filen är UTF-16, inte UTF-8", "spara den som UTF-8");
}

static void control_characters_are_refused(void **state) {
    Fixture *fixture = *state;
    const char text[] = "a: x\001y\nb: \"\\0 \\x07\"\nc: 1\0\nd: z\xE2\x80\xA8 1\ne: 2\xC2\x85\n";
    assert_non_null(read_yaml_bytes(fixture, text, sizeof text - 1));
    assert_codes(fixture, "1:5 control-character\n2:4 control-character\n3:5 control-character\n"
                          "4:5 control-character\n5:5 control-character\n");
}

static void a_missing_colon_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: 1\ntitel Plan\nb: 2\n", "2:1 yaml-syntax\n");
    assert_message(fixture, 0, "kolon saknas efter nyckeln", "skriv 'nyckel: värde'");
}

static void a_missing_colon_in_the_first_line_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "titel Plan\nb: 2\n", "1:1 yaml-syntax\n");
    assert_message(fixture, 0, "kolon saknas efter nyckeln", NULL);
}

static void a_colon_without_a_space_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: 1\nansvarig:BC\nb: 2\n", "2:10 yaml-syntax\n");
    assert_message(fixture, 0, "mellanslag saknas efter kolonet", "skriv 'nyckel: värde'");
}

static void a_first_key_without_a_space_behind_its_colon_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a:\n  namn:B\n  kort: C\n", "2:8 yaml-syntax\n");
    assert_message(fixture, 0, "mellanslag saknas efter kolonet", "skriv 'nyckel: värde'");
}

static void an_item_without_a_space_behind_its_colon_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a:\n- namn:B\n  kort: C\n", "2:8 yaml-syntax\n");
    assert_message(fixture, 0, "mellanslag saknas efter kolonet", "skriv 'nyckel: värde'");
}

static void a_no_break_space_behind_a_colon_is_named(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture,
                   "a: 1\nansvarig:\xC2\xA0"
                   "BC\nb: 2\n",
                   "2:10 yaml-syntax\n");
    assert_message(fixture, 0, "mellanslaget efter kolonet är inget vanligt",
                   "det är ett hårt mellanslag (U+00A0): skriv ett vanligt mellanslag");
}

static void an_address_or_a_time_is_no_key(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: 1\nhttps://x.se\nb: 2\n", "2:1 yaml-syntax\n");
    assert_message(fixture, 0, "kolon saknas efter nyckeln", NULL);
    assert_refused(fixture, "a: 1\nkl 12:30\nb: 2\n", "2:1 yaml-syntax\n2:1 yaml-syntax\n");
    assert_message(fixture, 1, "kolon saknas efter nyckeln", NULL);
}

static void an_unclosed_quote_is_shown_where_it_begins(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: 1\nb: \"oavslutad\nc: 2\n", "2:4 yaml-syntax\n");
    assert_message(fixture, 0, "citattecknet avslutas aldrig", NULL);
}

static void a_quote_that_the_next_one_closes_is_shown_where_it_begins(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: {b: \"x, c: 1}\nd: {e: \"y\", f: 2}\n", "1:8 yaml-syntax\n");
    assert_message(fixture, 0, "citattecknet avslutas inte",
                   "texten fortsätter till nästa citattecken, längre ner");
}

static void an_unclosed_bracket_is_shown_where_it_begins(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: [1, 2\nb: 3\n", "1:4 yaml-syntax\n");
    assert_message(fixture, 0, "'[' avslutas aldrig", NULL);
}

static void a_colon_in_the_text_asks_for_quotes(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "titel: Plan: 2025\n", "1:12 yaml-syntax\n");
    assert_message(fixture, 0, "':' kan inte stå här",
                   "text med kolon och mellanslag måste stå inom citattecken");
}

static void text_after_a_closing_quote_is_told(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: \"x\" y\n", "1:8 yaml-syntax\n");
    assert_message(fixture, 0, "text efter det avslutande citattecknet", NULL);
}

static void bad_indentation_is_told(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a:\n  b: 1\n c: 2\n", "3:2 yaml-syntax\n");
    assert_message(fixture, 0, "det här hör inte till blocket ovanför", "kontrollera indraget");
}

static void markdown_without_quotes_is_told(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: *fet* text\nb: **fet** text\nc: `kod`\nd: @namn\n",
                   "1:4 yaml-syntax\n2:4 yaml-syntax\n3:4 yaml-syntax\n4:4 yaml-syntax\n");
    assert_message(fixture, 0, "text som börjar med '*' måste stå inom citattecken", NULL);
}

static void braces_without_quotes_are_told(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: {{namn}} är\n", "1:5 complex-key\n1:13 yaml-syntax\n");
    assert_message(fixture, 1, "'{{' kan inte stå utan citattecken",
                   "sätt citattecken om hela texten: \"{{…}}\"");
}

static void lines_within_brackets_are_told(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "a: {b: 1, c: |\n  text}\n", "1:14 yaml-syntax\n");
    assert_message(fixture, 0, "en text på flera rader kan inte stå inom parentes",
                   "skriv nycklarna på egna rader i stället för inom {…}, eller texten inom "
                   "citattecken");
}

static void several_syntax_errors_show_at_once(void **state) {
    assert_refused(
        *state, "a: b: c\nd:\n  - x\n  y\ne: \"\\q\"\nf: - 1\ng: > text\nh: [1, , 2]\ni: 1\n",
        "1:5 yaml-syntax\n4:3 yaml-syntax\n5:5 yaml-syntax\n6:4 yaml-syntax\n7:6 yaml-syntax\n"
        "8:8 yaml-syntax\n");
}

static void places_after_a_resumed_read_are_right_with_bom_and_crlf(void **state) {
    assert_refused(*state,
                   "\xEF\xBB\xBF"
                   "a: b: c\r\n\r\nd: e: f\r\n",
                   "1:5 yaml-syntax\n3:5 yaml-syntax\n");
}

static void unknown_tags_are_refused(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root =
        assert_read(fixture, "a: !cvs x\nb: !!binary x\nc: !!int 5\nd: !viktigt\n",
                    "1:4 tag\n2:4 tag\n4:4 tag\n");
    assert_message(fixture, 0, "okänd tagg '!cvs'", "menade du '!csv'?");
    assert_message(fixture, 1, "okänd tagg '!!binary'",
                   "sätt citattecken om text som börjar med '!'");
    assert_null(sats_value_lookup(root, "a")->tag);
}

static void merge_keys_are_refused(void **state) {
    const SatsValue *root =
        assert_read(*state, "a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: {'<<': 1}\n", "2:5 merge-key\n");
    assert_int_equal(sats_value_lookup(root, "b")->length, 1);
    assert_int_equal(sats_value_lookup(root, "c")->length, 1);
}

static void complex_keys_are_refused(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root =
        assert_read(fixture, "? [a, b]\n: 1\n? {c: 1}\n: [2]\nd: &x 3\n*x : 4\n? \n: 5\n",
                    "1:3 complex-key\n3:3 complex-key\n6:1 complex-key\n"
                    "7:2 empty-key\n");
    assert_int_equal(root->length, 1);
    assert_string_equal(sats_value_lookup(root, "d")->as.text, "3");
}

static void a_line_among_list_items_must_be_one(void **state) {
    Fixture *fixture = *state;
    assert_refused(fixture, "d:\n  - x\n  y\ne: 1\n", "3:3 yaml-syntax\n");
    assert_message(fixture, 0, "här ska det stå en listpunkt", NULL);
}

static void a_second_document_is_refused(void **state) {
    const SatsValue *root = assert_read(*state, "a: 1\n---\nb: 2\n", "2:1 several-documents\n");
    assert_non_null(sats_value_lookup(root, "a"));
}

static void unknown_aliases_become_null(void **state) {
    Fixture *fixture = *state;
    const SatsValue *root = assert_read(fixture, "a: &namn 1\nb: *nam\n", "2:4 unknown-alias\n");
    assert_message(fixture, 0, "det finns inget '&nam' ovanför", "menade du 'namn'?");
    assert_int_equal(sats_value_lookup(root, "b")->kind, SATS_VALUE_NULL);
}

static void cycles_are_refused(void **state) {
    assert_read(*state, "a: &a\n  b: [*a]\nc: &c [*c, {d: *c}]\n",
                "2:7 alias-cycle\n3:8 alias-cycle\n3:16 alias-cycle\n");
}

static void empty_files_are_told(void **state) {
    assert_refused(*state, "", "1:0 empty\n");
    assert_refused(*state, "# bara en kommentar\n", "1:0 empty\n1:0 empty\n");
}

static void a_comma_between_digits_is_doubtful(void **state) {
    assert_read(*state, "a: [12,5, 3, 4]\nb: {c: 1,5}\nd: 12,5\n", "1:7 comma\n2:9 comma\n");
}

static void a_text_with_a_comma_in_braces_asks_for_quotes(void **state) {
    Fixture *fixture = *state;
    assert_read(fixture, "- {post: Löner, pensioner, m.m., belopp: 4.2}\n- {redovisas: D, Å}\n",
                "1:10 comma\n2:15 comma\n");
    assert_message(fixture, 0, "texten slutar vid kommat",
                   "sätt citattecken om texten: \"Löner, pensioner, m.m.\"");
    assert_message(fixture, 1, "texten slutar vid kommat", "sätt citattecken om texten: \"D, Å\"");
}

static void an_empty_key_in_braces_is_no_comma(void **state) {
    assert_read(*state,
                "a: &a [x, y]\nb: {c: x, d: , e: ~, \"f\": , g: *a, h}\n"
                "i: {j, k: 1}\nl: {m: \"x\", n}\no: {p: [q, r], s}\n",
                "");
}

static void deep_nesting_is_limited(void **state) {
    Fixture *fixture = *state;
    g_autofree char *opening = g_strnfill(100000, '[');
    assert_refused(fixture, opening, "1:65 limit\n");
    assert_message(fixture, 0, "för många nivåer: mer än 64", NULL);
}

static void the_depth_limit_is_exact(void **state) {
    Fixture *fixture = *state;
    fixture->limits.max_depth = 3;
    assert_read(fixture, "[[[1]]]\n", "");
    assert_refused(fixture, "[[[[1]]]]\n", "1:4 limit\n");
}

static void depth_counts_through_aliases(void **state) {
    Fixture *fixture = *state;
    fixture->limits.max_depth = 4;
    assert_refused(fixture, "- &a [[1]]\n- [[*a]]\n", "2:5 limit\n");
}

static void an_alias_bomb_is_stopped_without_expanding(void **state) {
    Fixture *fixture = *state;
    GString *text = g_string_new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
        g_string_append_printf(text, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            g_string_append_printf(text, "*a%d,", i - 1);
        g_string_append(text, "]\n");
    }
    assert_null(read_yaml_bytes(fixture, text->str, text->len));
    assert_int_equal(sats_report_length(fixture->report), 1);
    assert_string_equal(sats_report_at(fixture->report, 0)->code, "limit");
    assert_true(sats_report_at(fixture->report, 0)->place.line <= 7);
    g_string_free(text, TRUE);
}

static void nodes_are_limited(void **state) {
    Fixture *fixture = *state;
    fixture->limits.max_nodes = 4;
    assert_read(fixture, "[1, 2, 3]\n", "");
    assert_refused(fixture, "[1, 2, 3, 4]\n", "1:11 limit\n");
}

static void bytes_are_limited(void **state) {
    Fixture *fixture = *state;
    fixture->limits.max_bytes = 5;
    assert_read(fixture, "a: 1\n", "");
    assert_refused(fixture, "a: 12\n", "1:0 limit\n");
}

static void broken_input_never_crashes(void **state) {
    Fixture *fixture = *state;
    static const char *const texts[] = {"\"",
                                        "'",
                                        "[",
                                        "{",
                                        "- - -",
                                        "? ",
                                        ": ",
                                        "&",
                                        "*",
                                        "!",
                                        "|",
                                        ">",
                                        "%",
                                        "@",
                                        "\t",
                                        "{,}",
                                        "--- ---",
                                        "...",
                                        "a: |9\n b",
                                        "&a &b c",
                                        "!! x",
                                        "!<x> y",
                                        "%TAG ! x\n--- !y z",
                                        "- |\n\t",
                                        "a: \"\\u",
                                        "{a: [}]",
                                        "]\n}\n",
                                        "\xEF\xBB\xBF",
                                        "\xEF\xBB\xBF\xEF\xBB\xBF"
                                        "a: 1",
                                        "\r\r\r",
                                        "a: &x\n",
                                        "*x : 1",
                                        "? *x",
                                        "a:\n- b\n -c\n",
                                        "- &a !csv\n",
                                        "&a",
                                        "!csv",
                                        "!csv # x\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        (void)read_yaml(fixture, texts[i]);
        g_autofree char *text = sats_report_to_text(fixture->report, FALSE);
        assert_non_null(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(duplicate_keys_name_the_first),
        with_fixture(duplicate_keys_are_found_in_large_maps),
        with_fixture(every_tab_in_the_indentation_is_reported),
        with_fixture(tabs_elsewhere_are_allowed),
        with_fixture(a_tab_after_a_dash_is_reported),
        with_fixture(broken_utf8_is_reported_where_it_stands),
        with_fixture(a_whole_latin1_file_gives_ten_findings),
        with_fixture(utf16_is_told),
        with_fixture(control_characters_are_refused),
        with_fixture(a_missing_colon_is_named),
        with_fixture(a_missing_colon_in_the_first_line_is_named),
        with_fixture(a_colon_without_a_space_is_named),
        with_fixture(a_first_key_without_a_space_behind_its_colon_is_named),
        with_fixture(an_item_without_a_space_behind_its_colon_is_named),
        with_fixture(a_no_break_space_behind_a_colon_is_named),
        with_fixture(an_address_or_a_time_is_no_key),
        with_fixture(an_unclosed_quote_is_shown_where_it_begins),
        with_fixture(an_unclosed_bracket_is_shown_where_it_begins),
        with_fixture(a_quote_that_the_next_one_closes_is_shown_where_it_begins),
        with_fixture(a_colon_in_the_text_asks_for_quotes),
        with_fixture(text_after_a_closing_quote_is_told),
        with_fixture(bad_indentation_is_told),
        with_fixture(markdown_without_quotes_is_told),
        with_fixture(braces_without_quotes_are_told),
        with_fixture(lines_within_brackets_are_told),
        with_fixture(several_syntax_errors_show_at_once),
        with_fixture(places_after_a_resumed_read_are_right_with_bom_and_crlf),
        with_fixture(unknown_tags_are_refused),
        with_fixture(merge_keys_are_refused),
        with_fixture(complex_keys_are_refused),
        with_fixture(a_line_among_list_items_must_be_one),
        with_fixture(a_second_document_is_refused),
        with_fixture(unknown_aliases_become_null),
        with_fixture(cycles_are_refused),
        with_fixture(empty_files_are_told),
        with_fixture(a_comma_between_digits_is_doubtful),
        with_fixture(a_text_with_a_comma_in_braces_asks_for_quotes),
        with_fixture(an_empty_key_in_braces_is_no_comma),
        with_fixture(deep_nesting_is_limited),
        with_fixture(the_depth_limit_is_exact),
        with_fixture(depth_counts_through_aliases),
        with_fixture(an_alias_bomb_is_stopped_without_expanding),
        with_fixture(nodes_are_limited),
        with_fixture(bytes_are_limited),
        with_fixture(broken_input_never_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
