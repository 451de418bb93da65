/* Checks: sums, unique values, references, order, products, and placeholders left. */
#include "check/check.h"

#include "unit/template/fixture.h"

#define HEAD                                                                                       \
    "template: t\n"                                                                                \
    "data:\n"                                                                                      \
    "  summa: number\n"                                                                            \
    "  från: date\n"                                                                              \
    "  till: date\n"                                                                               \
    "  text: text\n"                                                                               \
    "  datum: {type: date, placeholder: '[Skriv datum]'}\n"                                        \
    "  rader: {of: {keys: {id: id, belopp: amount, s: number, k: number, v: number}}}\n"           \
    "  grupper: {of: {keys: {namn: line, summa: number, rader: {of: {keys: {belopp: "              \
    "number}}}}}}\n"                                                                               \
    "  åtgärder: {of: {keys: {till: {of: id}}}}\n"                                               \
    "document: {title: x}\n"                                                                       \
    "body: []\n"                                                                                   \
    "checks:\n"

static void check_plan(Fixture *f, const char *checks, gboolean final, const char *plan) {
    char *template_ = g_strconcat(HEAD, checks, NULL);
    if (!load(f, template_))
        print_findings(f);
    g_free(template_);
    assert_non_null(f->template_);
    sats_check(f->template_, read_plan(f, plan), final, NULL, f->report);
}

static void a_sum_that_disagrees_tells_the_difference(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {sum: rader.belopp, equals: summa}\n", FALSE,
               "rader: [{belopp: 421 000}, {belopp: 800}, {belopp: –}]\nsumma: 421 900\n");
    assert_finding(f, "sum", 2, 8,
                   "är 421\xc2\xa0"
                   "800, ska vara 421\xc2\xa0"
                   "900, skiljer 100");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_sum_within_tolerance_or_without_a_total_passes(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {sum: rader.belopp, equals: summa, tolerance: 0.1}\n", FALSE,
               "rader: [{belopp: 1.25}, {belopp: 2}]\nsumma: 3,3\n");
    check_plan(f, "  - {sum: rader.belopp, equals: summa}\n", FALSE, "rader: [{belopp: 1}]\n");
    check_plan(f, "  - {sum: rader.belopp, equals: 100}\n", FALSE,
               "rader: [{belopp: 60}, {belopp: 40}]\n");
    assert_no_findings(f);
}

static void each_makes_the_check_for_each_item(void **state) {
    Fixture *f = *state;
    check_plan(f,
               "  - {each: g in grupper, sum: g.rader.belopp, equals: g.summa, code: gruppsumma, "
               "severity: warning, message: 'Gruppen {{g.namn}} stämmer inte'}\n",
               FALSE,
               "grupper:\n  - {namn: A, summa: 3, rader: [{belopp: 1}, {belopp: 2}]}\n"
               "  - {namn: B, summa: 4, rader: [{belopp: 1}]}\n  - {namn: C, summa: 1}\n");
    assert_finding(f, "gruppsumma", 3, 22, "Gruppen B stämmer inte");
    assert_finding(f, "gruppsumma", 4, 22, "är 0, ska vara 1");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 2);
}

static void values_that_should_be_unique_name_the_first_line(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {unique: rader.id}\n", FALSE,
               "rader:\n  - {id: A1}\n  - {id: A2}\n  - {id: A1}\n  - {belopp: 1}\n");
    assert_finding(f, "unique", 4, 10, "rad 2");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void references_lead_somewhere_and_cover(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {reference: åtgärder.till, to: rader.id, covers: true}\n", FALSE,
               "rader: [{id: uppdrag-1}, {id: uppdrag-2}]\n"
               "åtgärder:\n  - till: [uppdrag-1, updrag-1]\n");
    assert_finding(f, "reference", 3, 23, "uppdrag-1");
    assert_finding(f, "reference", 1, 31, "uppdrag-2");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void dates_come_in_order(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {order: [från, till]}\n", FALSE, "från: 2024-02-01\ntill: 2024-01-31\n");
    assert_finding(f, "order", 2, 7, "2024-01-31");
    check_plan(f, "  - {order: [från, till]}\n", FALSE, "från: 2024-02-01\ntill: '[xx]'\n");
    check_plan(f, "  - {order: [från, till]}\n", FALSE, "från: 2024-02-01\ntill: 2024-02-01\n");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void products_agree(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {each: r in rader, product: r.v, of: [r.s, r.k]}\n", FALSE,
               "rader:\n  - {s: 4, k: 3, v: 12}\n  - {s: 4, k: 3, v: 11}\n  - {s: 4}\n");
    assert_finding(f, "product", 3, 21, "är 11, ska vara 12, skiljer 1");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void when_leaves_checks_out(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {sum: rader.belopp, equals: summa, when: summa > 100}\n", FALSE,
               "rader: [{belopp: 1}]\nsumma: 3\n");
    assert_no_findings(f);
}

static void placeholders_are_errors_in_final_documents_only(void **state) {
    Fixture *f = *state;
    const char *plan =
        "datum: 2024-01-01\n"
        "text: Beslut § xxx den [datum] 20xx, se [länk](http://xx.se), kapitel XX^[n]\n";
    check_plan(f, "  []\n", FALSE, plan);
    assert_no_findings(f);
    check_plan(f, "  []\n", TRUE, plan);
    assert_finding(f, "placeholder", 2, 16, "xxx");
    assert_finding(f, "placeholder", 2, 24, "[datum]");
    assert_finding(f, "placeholder", 2, 32, "20xx");
    assert_int_equal(sats_report_length(f->report), 3); /* not the link's target, not twenty */
}

static void a_missing_value_with_a_placeholder_is_an_error_when_final(void **state) {
    Fixture *f = *state;
    check_plan(f, "  []\n", TRUE, "text: klart\n");
    assert_finding(f, "placeholder", 1, 1, "[Skriv datum]");
}

static void mistakes_in_checks_are_found_when_the_template_loads(void **state) {
    Fixture *f = *state;
    put(f, "t.yaml",
        HEAD "  - {summa: x}\n  - {sum: rader.belopp}\n  - {order: från}\n"
             "  - {product: summa, of: [summa]}\n  - {unique: rader.idd}\n");
    assert_null(load_named(f, "t"));
    assert_finding(f, "check-words", 14, 5, "sum");
    assert_finding(f, "check-words", 15, 0, "equals");
    assert_finding(f, "check-words", 16, 0, "order");
    assert_finding(f, "check-words", 17, 0, "of");
    assert_finding(f, "unknown-path", 18, 0, "id");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_sum_that_disagrees_tells_the_difference),
        with_fixture(a_sum_within_tolerance_or_without_a_total_passes),
        with_fixture(each_makes_the_check_for_each_item),
        with_fixture(values_that_should_be_unique_name_the_first_line),
        with_fixture(references_lead_somewhere_and_cover),
        with_fixture(dates_come_in_order),
        with_fixture(products_agree),
        with_fixture(when_leaves_checks_out),
        with_fixture(placeholders_are_errors_in_final_documents_only),
        with_fixture(a_missing_value_with_a_placeholder_is_an_error_when_final),
        with_fixture(mistakes_in_checks_are_found_when_the_template_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
