/* bind: sections, numbers, references, contents, frames, free sections. */
#include "unit/bind/fixture.h"

#define DATA                                                                                       \
    "{a: line, l: {type: list, of: line}, f: blocks, b: image, d: {type: date, placeholder: "      \
    "\"[Skriv datum]\"}}"

static void sections_are_numbered_by_level(void **state) {
    bind_open(state, DATA,
              "- section: {title: A, body: [{section: {title: B}}, {section: {title: C, numbered: "
              "false}}, {section: {title: D}}]}\n"
              "- section: {title: E, body: [{section: {title: F}}]}\n",
              "a: x\n");
    assert_part(state, "heading level=1 number=\"1\" \"1 \" \"A\"");
    assert_part(state, "heading level=2 number=\"1.1\" \"1.1 \" \"B\"");
    assert_part(state, "heading level=2 \"C\"");
    assert_part(state, "number=\"1.2\" \"1.2 \" \"D\"");
    assert_part(state, "number=\"2.1\" \"2.1 \" \"F\"");
}

static void appendices_count_for_themselves_or_are_given(void **state) {
    bind_open(
        state, DATA,
        "- section: {title: A, id: a, appendix: true, body: [{section: {title: B, id: b}}]}\n"
        "- section: {title: C, id: c, number: Bilaga 9 a, body: [{section: {title: D, id: d}}]}\n"
        "- paragraph: \"{{ref a}}, {{ref b}}, {{ref c}}, {{ref d}}\"\n",
        "a: x\n");
    assert_part(state, "\"Bilaga\\u00a01 \" \"A\"");
    assert_part(state, "number=\"Bilaga 9 a\"");
    assert_part(state,
                "{1}\"bilaga\\u00a01\" \", \" {2}\"avsnitt\\u00a0B1.1\" \", \" {3}\"bilaga 9 "
                "a\" \", \" {4}\"avsnitt\\u00a09a.1\"");
}

static void references_go_forward_and_back(void **state) {
    bind_open(state, DATA,
              "- paragraph: \"{{ref t}} sidan {{sidref s}} {{ref (a)}} [här](#s)\"\n"
              "- section: {title: S, id: s, numbered: false, body: [{table: {id: t, caption: C, "
              "columns: [{header: H}], "
              "rows: [{cells: [x]}]}}]}\n",
              "a: s\n");
    assert_part(state, "paragraph {1}\"tabell\\u00a01\" \" sidan \" {2}<page of heading \"S\"> \" "
                       "\" {3}\"S\" \" \" {4}\"här\"");
    assert_no_findings(state);
}

static void an_unknown_reference_is_told_with_a_suggestion(void **state) {
    bind_open(state, DATA, "- paragraph: \"{{ref (a)}}\"\n- section: {title: S, id: ekonomi}\n",
              "a: ekonomy\n");
    assert_finding(state, "plan.yaml:1:4: error: nothing has the id 'ekonomy' [unknown-reference]");
    assert_finding(state, "did you mean 'ekonomi'?");
}

static void an_id_used_twice_is_told(void **state) {
    bind_open(state, DATA, "- section: {title: \"{{i}}\", id: s}\n  each: i in l\n", "l: [x, y]\n");
    assert_finding(state, "[duplicate-id]");
}

static void contents_list_what_comes_later(void **state) {
    bind_open(state, DATA,
              "- contents: {title: Innehåll, depth: 1}\n- contents: {kind: tables}\n"
              "- section: {title: \"A *b*^[n]\", body: [{section: {title: B}}, {table: {caption: "
              "C, columns: [{header: H}], "
              "rows: [{cells: [x]}]}}]}\n",
              "a: x\n");
    assert_part(state, "text-style=\"contents-title\" \"Innehåll\"\ncontents sections depth=1\n"
                       "contents-entry level=1 number=\"1\" title=\"A b\"");
    assert_part(state,
                "{1}\"1 \" {1}\"A \" {1}emphasis\"b\" {1}\" \" {1}tabular<page of heading \"1\">");
    assert_part(state, "title=\"C\"");
    assert_no_part(state, "title=\"B\"");
}

static void signature_fields_have_safe_unique_names(void **state) {
    bind_open(state, DATA,
              "- signatures: {parties: [{name: Region Västmanland, person: Eva}, {name: Region "
              "Västmanland, place: Ort}]}\n",
              "a: x\n");
    assert_part(state, "form {1} name=\"underskrift-1-region-vastmanland\" tooltip=\"Underskrift, "
                       "Region Västmanland, Eva\"");
    assert_part(state, "name=\"underskrift-2-region-vastmanland\"");
}

static void fields_and_tiles_keep_their_order(void **state) {
    bind_open(state, DATA,
              "- fields: {left: L, right: R, per-row: 3, fields: [{label: a, value: \"{{d}}\", "
              "span: 2}]}\n"
              "- tiles: {title: T, per-row: 2, tiles: [{value: \"1\", text: x}]}\n",
              "a: x\n");
    assert_part(state, "paragraph text-style=\"block-left\" \"L\"\nparagraph "
                       "text-style=\"block-right\" \"R\"\nfield span=2");
    assert_part(state, "paragraph text-style=\"field-value\" placeholder\"[Skriv datum]\"");
    assert_part(state, "paragraph text-style=\"tile-title\" \"T\"");
    assert_part(state, "paragraph text-style=\"tile-value\" \"1\"\nparagraph none "
                       "text-style=\"tile-unit\"\nparagraph text-style=\"tile-text\" \"x\"");
}

static void figures_need_an_image_and_have_alternative_text(void **state) {
    bind_open(state, DATA,
              "- figure: {kind: image, image: \"{{b}}\", caption: \"Karta *x*\", width: 100}\n"
              "- figure: {kind: image, image: \"{{a}}\", alt: y}\n",
              "b: bild.png\n");
    assert_part(state, "bild.png");
    assert_part(state, "alt=\"Karta x\"");
    assert_part(state, "\"Figur\\u00a01 \"");
    assert_no_part(state, "alt=\"y\"");
}

static void loops_conditions_groups_and_lists_are_followed(void **state) {
    bind_open(state, DATA,
              "- group: [{paragraph: \"{{n}}: {{i}}\"}]\n  each: i, n in l\n  when: i != \"y\"\n"
              "- list: {kind: alpha, items: [{each: i in l, text: \"{{i}}\"}, \"{{a}}\"]}\n"
              "- group: [{paragraph: z}]\n  keep: true\n",
              "l: [x, y, z]\n");
    assert_part(state, "paragraph \"1: \" \"x\"\nparagraph \"3: \" \"z\"");
    assert_part(state, "label \"c)\"\nbody\nparagraph \"z\"");
    assert_no_part(state, "\"d)\"");
    assert_part(state, "group keep\nparagraph \"z\"");
}

static void free_sections_join_the_numbering(void **state) {
    bind_open(state, DATA, "- section: {title: A, body: [{free: f}]}\n",
              "f:\n- rubrik: B\n  id: b\n  text: |\n    x\n\n    # C\n    y\n  tabell: {rubrik: T, "
              "kolumner: [K, L], "
              "rader: [[a, 1250], [b, 3]], noter: [\"fri\"]}\n  underavsnitt: [{rubrik: D}]\n");
    assert_part(state, "number=\"1.1\" \"1.1 \" \"B\"");
    assert_part(state, "number=\"1.1.1\" \"1.1.1 \" \"C\"");
    assert_part(state, "number=\"1.1.2\" \"1.1.2 \" \"D\"");
    assert_part(state, "cell column=0 scope=row \"a\"\ncell column=1 \"1\\u00a0250\"");
    assert_no_findings(state);
}

static void the_unit_of_a_free_table_is_read_as_words(void **state) {
    bind_open(state, DATA, "- free: f\n",
              "f:\n- tabell: {enhet: \"**CO~2~**, ton\", kolumner: [A], rader: [[1]]}\n");
    assert_part(state, "unit=\"CO2, ton\"");
    assert_no_findings(state);
}

static void the_unit_of_a_free_table_calls_no_note(void **state) {
    bind_open(
        state, DATA, "- free: f\n",
        "f:\n- tabell: {enhet: \"tkr{*}\", kolumner: [\"A{*}\"], rader: [[1]], noter: [{märke: "
        "\"*\", text: N}]}\n");
    assert_finding(state, "plan.yaml:2:24: error: no note can be called from these words");
}

static void unknown_keys_of_free_sections_are_told(void **state) {
    bind_open(state, DATA, "- free: f\n", "f:\n- rubrk: B\n");
    assert_finding(state, "[unknown-key]");
    assert_finding(state, "rubrik");
}

static void a_plan_of_nothing_is_a_document(void **state) {
    bind_open(state, DATA, "- paragraph: \"{{a}}\"\n", "\n");
    const Fixture *f = *state;
    assert_int_equal(f->document->n_nodes, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BIND_TEST(sections_are_numbered_by_level),
        BIND_TEST(appendices_count_for_themselves_or_are_given),
        BIND_TEST(references_go_forward_and_back),
        BIND_TEST(an_unknown_reference_is_told_with_a_suggestion),
        BIND_TEST(an_id_used_twice_is_told),
        BIND_TEST(contents_list_what_comes_later),
        BIND_TEST(signature_fields_have_safe_unique_names),
        BIND_TEST(fields_and_tiles_keep_their_order),
        BIND_TEST(figures_need_an_image_and_have_alternative_text),
        BIND_TEST(loops_conditions_groups_and_lists_are_followed),
        BIND_TEST(free_sections_join_the_numbering),
        BIND_TEST(the_unit_of_a_free_table_is_read_as_words),
        BIND_TEST(the_unit_of_a_free_table_calls_no_note),
        BIND_TEST(unknown_keys_of_free_sections_are_told),
        BIND_TEST(a_plan_of_nothing_is_a_document),
    };
    return cmocka_run_group_tests_name("bind.document", tests, NULL, NULL);
}
