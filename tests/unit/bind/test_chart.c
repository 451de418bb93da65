/* Charts: numbers with their decimals, gaps, times, what is said of them, tables of their data. */
#include "bind/chart.h"
#include "unit/bind/fixture.h"

#define MONTHS "{m: {of: {keys: {n: line, v: amount}}}, l: {of: amount}}"
#define PLAN                                                                                       \
    "m:\n- {n: jan, v: 4.1}\n- {n: feb}\n- {n: mar, v: 5}\n- {n: apr, v: –}\nl: [1, null, 3]\n"
#define X "x: {each: i in m, label: \"{{i.n}}\"}, "

static void numbers_have_as_many_decimals_as_the_one_with_most(void **state) {
    bind_open(state, MONTHS, "- figure: {kind: line, " X "series: {value: \"{{i.v}}\"}}\n", PLAN);
    assert_part(state, "line main 4,1 / 5,0 /");
    assert_no_findings(state);
}

static void a_filter_or_the_template_says_how_many(void **state) {
    bind_open(state, MONTHS,
              "- figure: {kind: bar, " X "series: {value: \"{{i.v | decimal:2}}\"}}\n"
              "- figure: {kind: bar, decimals: 0, sign: true, " X "series: {value: \"{{i.v}}\"}}\n",
              PLAN);
    assert_part(state, "bars main 4,10 / 5,00 /");
    assert_part(state, "bars main +4 / +5 /");
}

static void a_path_through_a_list_keeps_its_gaps(void **state) {
    bind_open(state, MONTHS,
              "- figure: {kind: line, " X "series: [{label: A, values: \"{{m.v}}\"}, "
              "{label: B, values: \"{{l}}\"}]}\n",
              PLAN);
    assert_part(state, "line main label \"A\" 4,1 / 5,0 /");
    assert_part(state, "line comparison label \"B\" 1,0 / 3,0 /");
}

static void looks_are_given_in_turn_but_never_twice(void **state) {
    bind_open(state, MONTHS,
              "- figure: {kind: bar, x: [a], series: [{label: A, values: [1]}, "
              "{label: B, values: [1], style: main}, {label: C, values: [1]}]}\n",
              PLAN);
    assert_part(state, "bars comparison label \"A\"");
    assert_part(state, "bars main label \"B\"");
    assert_part(state, "bars planned label \"C\"");
}

static void the_alternative_text_says_the_data(void **state) {
    bind_open(state, MONTHS,
              "- figure: {kind: line, title: Det steg, subtitle: Procent, " X
              "series: {value: \"{{i.v}}\"}, target: {label: Mål, value: \"4,7\"}}\n",
              PLAN);
    assert_part(state,
                "alt=\"Linjediagram: Det steg. Procent. Jan 4,1, feb saknas, mar 5,0. Mål 4,7.\"");
}

static void given_alternative_text_counts(void **state) {
    bind_open(state, MONTHS, "- figure: {kind: bar, alt: Eget, x: [a], series: {values: [1]}}\n",
              PLAN);
    assert_part(state, "chart alt=\"Eget\"");
}

static void a_table_of_the_data_follows_on_request(void **state) {
    bind_open(state, MONTHS,
              "- figure: {kind: bar, table: after, header: Månad, " X
              "series: {label: Utfall, value: \"{{i.v}}\"}}\n",
              PLAN);
    assert_part(state, "cell column=0 scope=column \"Månad\"");
    assert_part(state, "cell column=0 scope=row \"mar\"\ncell column=1 \"5,0\"");
}

static void a_table_beside_makes_columns(void **state) {
    bind_open(state, MONTHS,
              "- paragraph: före\n"
              "- figure: {kind: bar, caption: C, table: beside, x: [a], series: {values: [1]}}\n",
              PLAN);
    assert_part(state, "paragraph \"före\"\ncolumns 2");
    assert_part(state, "column\nfigure");
    assert_part(state, "column\ntable");
}

static void words_where_numbers_are_needed_are_told(void **state) {
    bind_open(state, "{m: {of: {keys: {n: line, v: any}}}}",
              "- figure: {kind: bar, " X "series: {value: \"{{i.v}}\"}}\n",
              "m: [{n: a, v: fyra}]\n");
    Fixture *f = *state;
    assert_non_null(
        strstr(f->findings, "plan.yaml:1:15: error: 'fyra' is no number [chart-number]"));
}

static void risks_stand_on_the_scale_or_are_told(void **state) {
    bind_open(state, "{r: {of: {keys: {s: number, k: number}}}}",
              "- figure: {kind: heatmap, rows: [a, b], columns: [c, d], "
              "items: [{each: i in r, s: \"{{i.s}}\", k: \"{{i.k}}\"}], "
              "classes: [{from: 1, to: 3, label: L}, {from: 4, label: H}]}\n",
              "r: [{s: 2, k: 2}, {k: 1}, {s: 3, k: 1}]\n");
    Fixture *f = *state;
    assert_part(state, "item label \"1\" row=2 column=2");
    assert_part(state, "class 4-4 risk-very-high label \"H\"");
    assert_non_null(
        strstr(f->findings, "plan.yaml:1:31: error: 3 is no step of the scale from 1 to 2"));
}

static double months(const char *text, gboolean end) {
    double value = -1;
    return sats_chart_time_parse(text, end, &value) ? value : -1;
}

static void times_are_read_as_plans_write_them(void **state) {
    (void)state;
    assert_true(months("2023", FALSE) == 2023 * 12);
    assert_true(months("2023", TRUE) == 2024 * 12);
    assert_true(months("2023-Q3", FALSE) == 2023 * 12 + 6);
    assert_true(months("kv 3 2023", TRUE) == 2023 * 12 + 9);
    assert_true(months("Q3-23", TRUE) == 2023 * 12 + 9);
    assert_true(months("2023-08", TRUE) == 2023 * 12 + 8);
    assert_true(months("augusti 2023", FALSE) == 2023 * 12 + 7);
    assert_true(months("31 aug 2023", TRUE) == 2023 * 12 + 8);
    assert_true(months("2024-02-29", TRUE) == 2024 * 12 + 2);
    assert_true(months("2023-01-01", FALSE) == 2023 * 12);
}

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"",        "hösten",  "2023-13",     "2023-02-30",
                                        "2023-Q5", "23-08-1", "2023-08-31x", "12345",
                                        "0000",    "juni"};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_true(months(wrong[i], FALSE) < 0);
    assert_true(months(NULL, FALSE) < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BIND_TEST(numbers_have_as_many_decimals_as_the_one_with_most),
        BIND_TEST(a_filter_or_the_template_says_how_many),
        BIND_TEST(a_path_through_a_list_keeps_its_gaps),
        BIND_TEST(looks_are_given_in_turn_but_never_twice),
        BIND_TEST(the_alternative_text_says_the_data),
        BIND_TEST(given_alternative_text_counts),
        BIND_TEST(a_table_of_the_data_follows_on_request),
        BIND_TEST(a_table_beside_makes_columns),
        BIND_TEST(words_where_numbers_are_needed_are_told),
        BIND_TEST(risks_stand_on_the_scale_or_are_told),
        cmocka_unit_test(times_are_read_as_plans_write_them),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
