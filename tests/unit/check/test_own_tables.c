/* Sums in tables of a plan's own. */
#include "check/own-tables.h"

#include "unit/template/fixture.h"

#define TEMPLATE                                                                                   \
    "template: t\n"                                                                                \
    "parts: [varav, i det]\n"                                                                      \
    "data: {tabell: table, delar: {of: {keys: {tillägg: blocks}}}}\n"                             \
    "document: {title: x}\n"                                                                       \
    "body: []\n"

static void check_tables(Fixture *f, const char *plan) {
    assert_non_null(load(f, TEMPLATE));
    sats_check_own_tables(f->template_, read_plan(f, plan), f->report);
}

/* A table of two columns with these rows. */
static void check_rows(Fixture *f, const char *rows) {
    char *plan = g_strconcat("tabell:\n  kolumner: [A, B]\n  rader:\n", rows, NULL);
    check_tables(f, plan);
    g_free(plan);
}

static void a_sum_that_is_not_that_of_its_rows_is_told(void **state) {
    Fixture *f = *state;
    check_rows(f, "    - [a, 1.1]\n    - {celler: [b, \"2,2{*}\"]}\n    - [c, –]\n    - [d]\n"
                  "    - {summa: [S, 3.4]}\n");
    assert_finding(f, "table-sum", 8, 19, "raderna blir 3,3, inte 3,4 som det står, skiljer 0,1");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 1);
}

static void subtotals_begin_anew_after_sums_and_titles(void **state) {
    Fixture *f = *state;
    check_rows(f, "    - [a, 1]\n    - {grupp: G}\n    - [b, 2]\n    - {delsumma: [D, 2]}\n"
                  "    - [c, 3]\n    - {delsumma: [E, 3]}\n    - [d, 4]\n    - {delsumma: [F, 9]}\n"
                  "    - {summa: [S, 10]}\n");
    assert_finding(f, "table-sum", 11, 22, "raderna blir 4, inte 9");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_sum_is_of_what_came_since_the_last_or_of_all(void **state) {
    Fixture *f = *state;
    check_rows(f, "    - [a, 1]\n    - {summa: [S, 1]}\n    - [b, 2]\n    - {summa: [T, 2]}\n"
                  "    - {summa: [U, 3]}\n    - {resultat: [R, -1]}\n");
    assert_no_findings(f);
    check_rows(f, "    - {delsumma: [D, 4]}\n    - {delsumma: [E, 5]}\n    - {summa: [S, 8]}\n");
    assert_finding(f, "table-sum", 6, 19, "raderna blir 9, inte 8");
}

static void where_words_stand_nothing_is_told(void **state) {
    Fixture *f = *state;
    check_rows(f, "    - [a, 1]\n    - [b, cirka 2]\n    - {summa: [S, 4]}\n");
    check_rows(f, "    - [a, 1]\n    - {summa: [S, okänt]}\n");
    check_rows(f, "    - [a, 9223372036854775807]\n    - [a, 1]\n    - {summa: [S, 4]}\n");
    check_tables(f, "tabell:\n  kolumner: [A, {rubrik: B, summeras: nej}]\n"
                    "  rader: [[a, 1], [b, 3], {summa: [S, 2]}]\n");
    check_tables(f, "tabell: {kolumner: A, rader: [x, {summa: [1]}, {summa: x}]}\n");
    check_tables(f, "tabell: {rader: [[1], {summa: [2]}]}\n");
    assert_no_findings(f);
}

static void a_number_in_bold_is_a_number(void **state) {
    Fixture *f = *state;
    check_rows(f,
               "    - [a, \"**1**\"]\n    - [b, \"*2*{*}\"]\n    - {summa: [S, \"**3{*}**\"]}\n");
    assert_no_findings(f);
    check_rows(f, "    - [a, 1]\n    - [b, 2]\n    - {summa: [S, \"**9**\"]}\n");
    assert_finding(f, "table-sum", 6, 19, "raderna blir 3, inte 9 som det står, skiljer 6");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void parts_of_the_row_above_do_not_count(void **state) {
    Fixture *f = *state;
    check_rows(f,
               "    - [a, 5]\n    - [varav b, 2]\n    - [\"– *Varav* c\", 1]\n    - [I det d, 1]\n"
               "    - [varavid, 3]\n    - {summa: [S, 8]}\n");
    check_rows(
        f, "    - {grupp: G}\n    - [varav b, 2]\n    - [varav c, 1]\n    - {delsumma: [S, 3]}\n"
           "    - [varav d, 2]\n    - {summa: [S, 3]}\n");
    check_rows(f, "    - [a, –]\n    - [varav b, 2]\n    - [varav c, 1]\n    - {summa: [S, 3]}\n");
    assert_no_findings(f);
    check_rows(f, "    - [a, 5]\n    - [varav b, 2]\n    - {summa: [S, 7]}\n");
    assert_finding(f, "table-sum", 6, 19, "raderna blir 5, inte 7");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_part_is_not_larger_than_its_whole(void **state) {
    Fixture *f = *state;
    check_rows(f, "    - [a, 5]\n    - [varav b, 5]\n    - [c, -5]\n    - [varav d, -4]\n"
                  "    - [varav e, x]\n    - [f, 0]\n    - [varav g, 1]\n    - {summa: [S, 0]}\n");
    check_rows(f, "    - [netto, 5]\n    - [varav b, 9]\n    - [varav c, -4]\n"
                  "    - {summa: [S, 5]}\n");
    assert_no_findings(f);
    check_rows(f, "    - [a, 5]\n    - [varav b, 6]\n    - [c, -5]\n    - [varav d, -6.5]\n"
                  "    - {summa: [S, 0]}\n");
    assert_finding(f, "table-sum", 5, 17, "delen är 6, mer än 5");
    assert_finding(f, "table-sum", 7, 17, "delen är −6,5, mer än −5");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void a_year_at_two_columns_is_told(void **state) {
    Fixture *f = *state;
    check_tables(
        f,
        "tabell: {kolumner: [A, 2023, {rubrik: \"**2024**{*}\"}, 2024, Plan 2024, Utfall 2023]}\n");
    assert_finding(f, "table-years", 1, 55, "kolumn 3 och 4 har båda rubriken '2024'");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_first_row_parts_columns_by_words_that_differ(void **state) {
    Fixture *f = *state;
    check_tables(f,
                 "tabell: {kolumner: [A, 2023, 2023, 2024, 2024], rader: [[x, ja, ja, 3, 4]]}\n");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 2);
}

static void heads_without_years_and_tables_side_by_side_may_repeat(void **state) {
    Fixture *f = *state;
    check_tables(
        f, "tabell: {kolumner: [A, Antal, Andel, Antal, Andel, \"\", \"\", {bredd: 2}, {}]}\n");
    check_tables(f, "tabell: {kolumner: [Post, 2023, 2024, Post, 2023, 2024]}\n");
    check_tables(f, "tabell: {kolumner: ['', 2023, 2024, '', 2023, 2024]}\n");
    check_tables(f, "tabell: {kolumner: [Post, Budget 2023, Utfall 2023, 2023, 2023 %]}\n");
    check_tables(f, "tabell: {kolumner: [Post, 2023, 2023, 2024, 2024], rader: [{celler: ['', "
                    "Intäkt, Kostnad, Intäkt, Kostnad]}, [a, 1, 2, 3, 4]]}\n");
    assert_no_findings(f);
}

static void a_year_under_another_head_is_another(void **state) {
    Fixture *f = *state;
    check_tables(f, "tabell: {kolumner: [A, {rubrik: 2024, under: Besök}, {rubrik: 2024, under: "
                    "Telefon}, 2024, {rubrik: Utfall, under: 2023}, {rubrik: Utfall, under: "
                    "2024}, {under: 2024}, {under: 2024}]}\n");
    assert_no_findings(f);
    check_tables(f, "tabell: {kolumner: [A, {rubrik: 2024, under: \"**Besök**{*}\"}, {rubrik: "
                    "2024, under: Besök}]}\n");
    assert_finding(f, "table-years", 1, 72, "kolumn 2 och 3 har båda rubriken 'Besök: 2024'");
    check_tables(f, "tabell: {kolumner: [{rubrik: Utfall, under: 2024}, {rubrik: Utfall, under: "
                    "2024}]}\n");
    assert_finding(f, "table-years", 1, 61, "kolumn 1 och 2 har båda rubriken '2024: Utfall'");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void heads_over_heads_make_no_difference_to_sums(void **state) {
    Fixture *f = *state;
    check_tables(f, "tabell:\n  kolumner: [A, {rubrik: B, under: X}, {rubrik: C, under: X, "
                    "summeras: nej}]\n  rader: [[a, 1, 1], [b, 3, 3], {summa: [S, 5, 2]}]\n");
    assert_finding(f, "table-sum", 3, 45, "raderna blir 4, inte 5");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void tables_are_found_in_sections_in_sections(void **state) {
    Fixture *f = *state;
    check_tables(f,
                 "delar:\n  - tillägg: text\n  - tillägg:\n    - rubrik: A\n      underavsnitt:\n"
                 "      - tabeller:\n        - kolumner: [B]\n          rader:\n"
                 "          - [1]\n          - {summa: [2]}\n");
    assert_finding(f, "table-sum", 10, 22, "1, inte 2");
    assert_int_equal(sats_report_length(f->report), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_sum_that_is_not_that_of_its_rows_is_told),
        with_fixture(subtotals_begin_anew_after_sums_and_titles),
        with_fixture(a_sum_is_of_what_came_since_the_last_or_of_all),
        with_fixture(where_words_stand_nothing_is_told),
        with_fixture(a_number_in_bold_is_a_number),
        with_fixture(parts_of_the_row_above_do_not_count),
        with_fixture(a_part_is_not_larger_than_its_whole),
        with_fixture(a_year_at_two_columns_is_told),
        with_fixture(a_first_row_parts_columns_by_words_that_differ),
        with_fixture(heads_without_years_and_tables_side_by_side_may_repeat),
        with_fixture(a_year_under_another_head_is_another),
        with_fixture(heads_over_heads_make_no_difference_to_sums),
        with_fixture(tables_are_found_in_sections_in_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
