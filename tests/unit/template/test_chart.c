/* Charts in templates: what their words compile to, and what is refused. */
#include "template/chart.h"
#include "unit/template/fixture.h"

#define DATA                                                                                       \
    "template: t\n"                                                                                \
    "data:\n"                                                                                      \
    "  titel: line\n"                                                                              \
    "  m: {of: {keys: {namn: line, tal: number}}}\n"                                               \
    "  s: {of: {keys: {namn: line, tal: {of: number}, ord: {of: line}}}}\n"                        \
    "document: {title: x}\n"                                                                       \
    "body:\n"

static const SatsChartSpec *chart(Fixture *f) {
    const SatsBlock *block = f->template_->body.items[0];
    assert_int_equal(block->kind, SATS_BLOCK_FIGURE);
    assert_non_null(block->as.figure->compiled);
    return block->as.figure->compiled;
}

static void a_series_value_stands_in_the_loop_of_x(void **state) {
    load(*state,
         DATA "  - figure:\n"
              "      kind: line\n"
              "      x: {each: a in m, label: \"{{a.namn}}\"}\n"
              "      series: [{each: b in s, label: \"{{b.namn}}\", value: \"{{a.tal}}\"}]\n");
    assert_no_findings(*state);
    const SatsChartSpec *spec = chart(*state);
    assert_int_equal(spec->kind, SATS_CHART_LINE);
    const SatsChartItem *series = &spec->series.items[0];
    assert_int_equal(series->value->pieces[0].expr->path.slot, spec->x.items[0].guard.each->slot);
    assert_int_not_equal(series->guard.each->slot, spec->x.items[0].guard.each->slot);
}

static void a_series_loop_does_not_see_x(void **state) {
    load(*state, DATA "  - figure:\n"
                      "      kind: line\n"
                      "      x: {each: a in m, label: \"{{a.namn}}\"}\n"
                      "      series: [{each: b in a.tal, value: \"{{a.tal}}\"}]\n");
    assert_finding(*state, "unknown-path", 11, 0, "a");
}

static void an_item_may_stand_alone_or_be_a_text(void **state) {
    load(*state, DATA "  - figure: {kind: bar, x: [a, b], series: {values: [1, \"2,5\"]}}\n");
    assert_no_findings(*state);
    assert_int_equal(chart(*state)->x.n, 2);
    assert_int_equal(chart(*state)->series.n, 1);
    assert_int_equal(chart(*state)->series.items[0].n_list, 2);
}

static void text_is_no_number(void **state) {
    load(*state, DATA "  - figure:\n"
                      "      kind: bar\n"
                      "      x: {each: a in m, label: x}\n"
                      "      series:\n"
                      "        - {value: \"{{a.namn}}\"}\n"
                      "        - {value: fyra}\n"
                      "        - {values: \"{{s.ord}}\"}\n"
                      "        - {values: \"{{titel}}\"}\n");
    assert_finding(*state, "chart-number", 12, 22, "tal");
    assert_finding(*state, "chart-number", 13, 0, "tal");
    assert_finding(*state, "chart-number", 14, 0, "tal");
    assert_finding(*state, "chart-values", 15, 0, "'value'");
}

static void unknown_words_get_the_nearest(void **state) {
    load(*state,
         DATA "  - figure: {kind: bar, titel: y, x: [a], series: {value: 1, styl: main}}\n"
              "  - figure: {kind: gant}\n"
              "  - figure: {kind: heatmap, rows: [a], columns: [b], classes: [{form: 1}]}\n");
    assert_finding(*state, "unknown-word", 8, 0, "title");
    assert_finding(*state, "unknown-word", 8, 0, "style");
    assert_finding(*state, "unknown-word", 9, 0, "gantt");
    assert_finding(*state, "unknown-word", 10, 0, "from");
}

static void what_a_kind_needs_is_asked_for(void **state) {
    load(*state, DATA "  - figure: {kind: bar}\n"
                      "  - figure: {kind: gantt, from: 2023}\n"
                      "  - figure: {kind: organisation}\n"
                      "  - figure: {kind: heatmap, rows: [a]}\n");
    assert_finding(*state, "chart-missing", 8, 0, "'x'");
    assert_finding(*state, "chart-missing", 8, 0, "'series'");
    assert_finding(*state, "chart-missing", 9, 0, "'to'");
    assert_finding(*state, "chart-missing", 10, 0, "'root'");
    assert_finding(*state, "chart-missing", 11, 0, "'classes'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_series_value_stands_in_the_loop_of_x),
        with_fixture(a_series_loop_does_not_see_x),
        with_fixture(an_item_may_stand_alone_or_be_a_text),
        with_fixture(text_is_no_number),
        with_fixture(unknown_words_get_the_nearest),
        with_fixture(what_a_kind_needs_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
