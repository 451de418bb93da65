/* bind: tables: heads, rows, spans, groups, rules, header ids, notes. */
#include "unit/bind/fixture.h"

#define ROWS                                                                                       \
    "{r: {type: list, of: {type: map, keys: {a: line, b: amount, c: {type: list, of: line}}}}, "   \
    "t: text}"
#define TWO  "columns: [{header: A, key: true}, {header: B, align: decimal}]"
#define PLAN "r:\n- {a: x, b: 1, c: [p, q]}\n- {a: y, b: 2, c: []}\n- {a: z, b: 3, c: [s]}\n"

static void a_simple_table_needs_scope_only(void **state) {
    bind_open(state, ROWS,
              "- table: {caption: T, " TWO
              ", rows: [{each: i in r, cells: [\"{{i.a}}\", \"{{i.b | tal}}\"]}]}\n",
              PLAN);
    assert_part(state, "caption keep semibold\"Tabell\\u00a01 \" \"T\"");
    assert_part(state, "cell column=0 scope=column \"A\"");
    assert_part(state, "row body rule=hair\ncell column=0 scope=row \"y\"\ncell column=1 \"2\"");
    assert_no_part(state, "header=");
    assert_no_findings(state);
}

static void heads_of_two_levels_name_each_other(void **state) {
    bind_open(
        state, ROWS,
        "- table:\n"
        "    columns: [{header: A, key: true}, {header: B, columns: [{header: C}, {header: D}]}]\n"
        "    rows: [{cells: [a, b, c]}]\n",
        "t: x\n");
    assert_part(state, "cell column=0 row-span=2 scope=column id=\"h1\" \"A\"");
    assert_part(state, "cell column=1 column-span=2 scope=column id=\"h2\" \"B\"");
    assert_part(state, "cell column=2 scope=column id=\"h4\" header=\"h2\" \"D\"");
    assert_part(state, "cell column=2 header=\"h2\" header=\"h4\" header=\"h5\" \"c\"");
}

static void columns_come_of_loops(void **state) {
    bind_open(
        state, ROWS,
        "- table:\n"
        "    columns: [{header: A}, {each: i in r, header: \"{{i.a}}\", tint: i.a == \"y\"}]\n"
        "    rows: [{cells: [n, {each: i in r, text: \"{{i.b}}\"}]}]\n",
        PLAN);
    assert_part(state, "columns=4");
    assert_part(state, "tint");
    assert_part(state, "cell column=2 scope=column \"y\"");
    assert_part(state, "cell column=3 \"3\"");
}

static void an_explanation_stands_in_the_head(void **state) {
    bind_open(state, ROWS,
              "- table: {columns: [{header: A, explanation: e}], rows: [{cells: [x]}]}\n",
              "t: x\n");
    assert_part(state, "cell column=0 scope=column\nparagraph \"A\"\nparagraph "
                       "text-style=\"column-explanation\" \"e\"");
}

static void group_titles_head_the_cells_under_them(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{each: i in r, group: \"{{i.a}}\", remark: \"{{i.b | "
              "tal}} st\", drop-empty: true, "
              "rows: [{each: k in i.c, cells: [\"{{k}}\", n]}]}]}\n",
              PLAN);
    assert_part(state, "cell column=0 column-span=2 scope=column id=\"h3\" \"x\"");
    assert_part(state,
                "rule=thin\ncell column=0 scope=row id=\"h4\" header=\"h1\" header=\"h3\" \"p\"\n"
                "cell column=1 header=\"h2\" header=\"h3\" header=\"h4\" \"n\"");
    assert_part(state, "remark=\"1\\u00a0st\"");
    assert_no_part(state, "\"y\"");
}

static void an_empty_group_gives_one_empty_row_unless_dropped(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{each: i in r, group: \"{{i.a}}\", rows: [{each: k in "
              "i.c, cells: [\"{{k}}\"]}]}]}\n",
              PLAN);
    assert_part(
        state,
        "\"y\"\nrow body rule=thin\ncell column=0 header=\"h1\" header=\"h6\"\ncell column=1");
}

static void a_span_covers_the_rows_that_come(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{each: i in r, span: [\"{{i.a}}\"], rows: [{each: k in "
              "i.c, cells: [\"{{k}}\"]}]}]}\n",
              PLAN);
    assert_part(
        state,
        "row body\ncell column=0 row-span=2 scope=row id=\"h3\" header=\"h1\" repeat-label \"x\"\n"
        "cell column=1 header=\"h2\" header=\"h3\" \"p\"\nrow body rule=hair\n"
        "cell column=1 header=\"h2\" header=\"h3\" \"q\"\nrow body rule=thin\n"
        "cell column=0 scope=row id=\"h4\" header=\"h1\" \"y\"\n");
}

static void spans_nest(void **state) {
    bind_open(state, ROWS,
              "- table:\n"
              "    columns: [{header: A}, {header: B}, {header: C}]\n"
              "    rows:\n"
              "      - span: [yttre]\n"
              "        rows:\n"
              "          - {each: i in r, span: [\"{{i.a}}\"], drop-empty: true, rows: [{each: k "
              "in i.c, cells: [\"{{k}}\"]}]}\n",
              PLAN);
    assert_part(state, "cell column=0 row-span=3 header=\"h1\" repeat-label \"yttre\"\n"
                       "cell column=1 row-span=2 header=\"h2\" repeat-label \"x\"");
    assert_part(state, "row body rule=hair\ncell column=1 header=\"h2\" \"z\"");
}

static void parts_of_an_item_have_dotted_rules_and_stay_together(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO
              ", rows: [{each: i in r, span: [\"{{i.a}}\"], drop-empty: true, rows: [{parts: "
              "[{each: k in i.c, cells: [\"{{k}}\"]}]}]}]}\n",
              PLAN);
    assert_part(state, "row body keep-with-next\ncell column=0 row-span=2");
    assert_part(
        state,
        "row body rule=dotted continued-label\ncell column=1 header=\"h2\" header=\"h3\" \"q\"");
    assert_part(state, "row body rule=hair\ncell column=0 scope=row id=\"h4\" header=\"h1\" \"z\"");
}

static void sums_never_begin_a_page_and_end_in_a_foot(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{each: i in r, cells: [\"{{i.a}}\", \"{{i.b | tal}}\"]}, "
              "{total: [Summa, \"{{r.b | summa | tal}}\"]}]}\n",
              PLAN);
    assert_part(
        state,
        "row body rule=hair keep-with-next\ncell column=0 scope=row \"z\"\ncell column=1 \"3\"\n"
        "row-group foot\nrow total rule=thin\ncell column=0 scope=row \"Summa\"\ncell column=1 "
        "\"6\"");
}

static void only_the_result_of_several_sums_is_the_foot(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{cells: [a, b]}, {total: [S, c]}, {cells: [d, e]}, "
              "{total: [T, f]}, {result: [R, g]}]}\n",
              "t: x\n");
    assert_part(state, "\"f\"\nrow-group foot\nrow result rule=heavy");
    assert_part(state, "row body rule=thin keep-with-next\ncell column=0 scope=row \"d\"");
}

static void a_second_block_has_heads_of_its_own(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO
              ", rows: [{cells: [a, b]}, {block-head: [C, D]}, {cells: [c, d]}]}\n",
              "t: x\n");
    assert_part(
        state,
        "row block-head rule=thin keep-with-next\ncell column=0 scope=column id=\"h4\" \"C\"");
    assert_part(state, "cell column=1 header=\"h5\" header=\"h6\" \"d\"");
}

static void short_rows_are_filled_and_long_ones_told(void **state) {
    bind_open(state, ROWS,
              "- table: {" TWO ", rows: [{cells: [a]}, {each: i in r, cells: [{each: k in i.c, "
              "text: \"{{k}}\"}, b, c]}]}\n",
              "r:\n- {a: x, c: [p, q]}\n");
    assert_part(state, "cell column=0 scope=row \"a\"\ncell column=1\n");
    assert_finding(state, "[too-many-cells]");
}

static void empty_rows_are_made_to_fill_in(void **state) {
    bind_open(state, ROWS, "- table: {" TWO ", rows: [{empty: 3, height: 7}]}\n", "t: x\n");
    const Fixture *f = *state;
    assert_int_equal(find_node(f->document->root, SATS_NODE_TABLE)->as.table->n_rows, 4);
}

static void a_table_without_rows_is_dropped_or_says_so(void **state) {
    bind_open(state, ROWS,
              "- table: {caption: T, " TWO
              ", rows: [{each: i in r, cells: [\"{{i.a}}\"]}, {total: [S]}]}\n"
              "- table: {caption: U, empty: Inget., " TWO
              ", rows: [{each: i in r, cells: [\"{{i.a}}\"]}]}\n",
              "t: x\n");
    assert_no_part(state, "\"T\"");
    assert_part(state, "Tabell\\u00a01 \" \"U\"");
    assert_part(state, "cell column=0 column-span=2 muted\"Inget.\"");
}

static void notes_are_joined_to_their_calls(void **state) {
    bind_open(state, ROWS,
              "- table: {caption: \"T{*}\", " TWO
              ", rows: [{each: i in r, cells: [\"{{i.a}}\", \"{{i.b | tal}}\"]}], "
              "notes: [{mark: \"*\", text: n}, {mark: \"1)\", text: m}, {text: fri}]}\n",
              "r:\n- {a: \"x {1)}\", b: \"1250 {*}\"}\n");
    const Fixture *f = *state;
    const SatsNode *notes = find_node(f->document->root, SATS_NODE_NOTES);
    assert_ptr_equal(notes->first_child->as.note->call->parent->kind, SATS_NODE_CAPTION);
    assert_part(state, "\"x\" {1}note-mark+semibold\"1)\"");
    assert_part(state, "\"1\\u00a0250\" {1}note-mark+semibold\"*\"");
    assert_no_findings(state);
}

static void notes_without_their_other_end_are_told(void **state) {
    bind_open(
        state, ROWS,
        "- table: {" TWO
        ", rows: [{cells: [\"a{**}\"]}], notes: [{mark: \"*\", text: n}]}\n- paragraph: \"b{*}\"\n",
        "t: x\n");
    assert_finding(state, "[note-without-text]");
    assert_finding(state, "[text-without-mark]");
    assert_finding(state, "outside a table");
}

static void a_cell_of_one_paragraph_holds_its_runs(void **state) {
    bind_open(state, ROWS, "- table: {" TWO ", rows: [{cells: [\"a *b*\", \"{{t}}\"]}]}\n",
              "t: |\n  c\n\n  - d\n");
    assert_part(state, "cell column=0 scope=row \"a \" emphasis\"b\"\ncell column=1\nparagraph "
                       "\"c\"\nlist bullet");
}

static void a_dash_in_a_cell_is_muted(void **state) {
    bind_open(state, ROWS, "- table: {" TWO ", rows: [{cells: [a, –]}]}\n", "t: x\n");
    assert_part(state, "cell column=1 muted\"–\"");
}

static void marks_read_as_words(void **state) {
    bind_open(state, ROWS,
              "- table:\n    columns: [{header: A}, {header: B}, {header: C}, {header: D}]\n"
              "    rows:\n"
              "      - cells:\n"
              "          - {mark: {kind: status, value: \"1\", label: sen}}\n"
              "          - {mark: {kind: chip, value: \"12\", limit: \"3 8 12\", label: Hög}, "
              "text: \"(S=4, K=3)\"}\n"
              "          - {mark: {kind: cross, value: \"\"}}\n"
              "          - {mark: {kind: trend, value: snett}}\n",
              "t: x\n");
    assert_part(state, "avvikelse");
    assert_part(state, "12 Hög");
    assert_part(state, "text-style=\"chip-remark\" \"(S=4, K=3)\"");
    assert_finding(state, "[mark-value]");
}

static void cells_span_columns_and_rows(void **state) {
    bind_open(state, ROWS,
              "- table:\n    columns: [{header: A}, {header: B}, {header: C}]\n"
              "    rows: [{cells: [a, {text: b, span: rest}]}, {cells: [c, {text: d, span: 2}]}]\n",
              "t: x\n");
    assert_part(state, "cell column=1 column-span=2 \"b\"");
    assert_part(state, "cell column=1 column-span=2 \"d\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BIND_TEST(a_simple_table_needs_scope_only),
        BIND_TEST(heads_of_two_levels_name_each_other),
        BIND_TEST(columns_come_of_loops),
        BIND_TEST(an_explanation_stands_in_the_head),
        BIND_TEST(group_titles_head_the_cells_under_them),
        BIND_TEST(an_empty_group_gives_one_empty_row_unless_dropped),
        BIND_TEST(a_span_covers_the_rows_that_come),
        BIND_TEST(spans_nest),
        BIND_TEST(parts_of_an_item_have_dotted_rules_and_stay_together),
        BIND_TEST(sums_never_begin_a_page_and_end_in_a_foot),
        BIND_TEST(only_the_result_of_several_sums_is_the_foot),
        BIND_TEST(a_second_block_has_heads_of_its_own),
        BIND_TEST(short_rows_are_filled_and_long_ones_told),
        BIND_TEST(empty_rows_are_made_to_fill_in),
        BIND_TEST(a_table_without_rows_is_dropped_or_says_so),
        BIND_TEST(notes_are_joined_to_their_calls),
        BIND_TEST(notes_without_their_other_end_are_told),
        BIND_TEST(a_cell_of_one_paragraph_holds_its_runs),
        BIND_TEST(a_dash_in_a_cell_is_muted),
        BIND_TEST(marks_read_as_words),
        BIND_TEST(cells_span_columns_and_rows),
    };
    return cmocka_run_group_tests_name("bind.table", tests, NULL, NULL);
}
