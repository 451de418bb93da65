/* Checks of all kinds, placeholders left, and what nothing shows. */
#include "bind/bind.h"
#include "check/check.h"
#include "check/unused.h"

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
    "  grupper: {of: {keys: {namn: line, summa: number, poster: {parts: post, of: {keys: "         \
    "{post: line, belopp: amount}}}, rader: {of: {keys: {belopp: "                                 \
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
                   "raderna blir 421\xc2\xa0"
                   "800, inte 421\xc2\xa0"
                   "900 som det står, skiljer 100");
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
    assert_finding(f, "gruppsumma", 4, 22, "raderna blir 0, inte 1 som det står");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 2);
}

static void a_running_sum_goes_on_from_item_to_item(void **state) {
    Fixture *f = *state;
    check_plan(f,
               "  - {each: g in grupper, running: true, sum: g.rader.belopp, equals: g.summa, "
               "code: hittills}\n",
               FALSE,
               "grupper:\n  - {namn: A, rader: [{belopp: 1}, {belopp: 2}]}\n"
               "  - {namn: B, summa: 7, rader: [{belopp: 4}]}\n"
               "  - {namn: C, summa: 5, rader: [{belopp: 5}]}\n");
    assert_finding(f, "hittills", 4, 22, "raderna blir 12, inte 5 som det står, skiljer 7");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_running_sum_may_leave_items_out(void **state) {
    Fixture *f = *state;
    check_plan(
        f,
        "  - {each: r in rader, when: r.id == \"S\", running: r.id == \"P\", sum: r.belopp, "
        "equals: r.belopp, rounded: true, code: hittills}\n",
        FALSE,
        "rader:\n  - {id: P, belopp: 2}\n  - {id: varav, belopp: 1}\n  - {id: P, belopp: 3}\n"
        "  - {id: S, belopp: 6}\n  - {id: P, belopp: 4}\n  - {id: S, belopp: 12}\n");
    assert_finding(f, "hittills", 7, 21, "raderna blir 9, inte 12 som det står, skiljer 3");
    assert_int_equal(sats_report_length(f->report), 1); /* 6 for 5 is what rounding can make */
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
    assert_finding(f, "product", 3, 21, "det blir 12, inte 11 som det står, skiljer 1");
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

/* As sats_bind() counts them. */
static void brackets_are_read_as_the_document_reads_them(void **state) {
    Fixture *f = *state;
    check_plan(f, "  []\n", TRUE,
               "datum: 2024-01-01\ntext: |\n  Se [webb](https://x och [1], [2–4], [^1], \\[sic\\] "
               "samt [[x]].\n\n"
               "  [Skriv\n  namn] [a [b] c](https://xx) [c][d] ^[e [f]]\n");
    assert_finding(f, "placeholder", 3, 58, "'[[x]]'");
    assert_finding(f, "placeholder", 5, 3, "'[Skriv namn]'");
    assert_finding(f, "placeholder", 6, 12, "'[b]'");
    assert_finding(f, "placeholder", 6, 31, "'[c]'");
    assert_finding(f, "placeholder", 6, 34, "'[d]'");
    assert_finding(f, "placeholder", 6, 42, "'[f]'");
    assert_int_equal(sats_report_length(f->report), 6);
}

static void parts_of_the_row_above_count_in_no_sum(void **state) {
    Fixture *f = *state;
    const char *checks = "  - {each: g in grupper, sum: g.poster.belopp, equals: g.summa}\n"
                         "  - {sum: grupper.poster.belopp, equals: summa}\n"
                         "  - {each: g in grupper, unique: g.poster.post}\nparts: [varav]\n";
    check_plan(
        f, checks, FALSE,
        "summa: 18\ngrupper:\n"
        "  - poster: [{post: A, belopp: 5}, {post: – Varav x, belopp: 4}, {post: B, belopp: 1},"
        " {post: – Varav x, belopp: 1}]\n    summa: 6\n"
        "  - poster: [{post: varav y, belopp: 3}, {post: C, belopp: –}, {post: varav z, belopp: 2},"
        " {post: varavid, belopp: 7}]\n    summa: 12\n");
    assert_no_findings(f);
    check_plan(f, checks, FALSE,
               "grupper:\n  - poster: [{post: A, belopp: 5}, {post: varav x, belopp: 4}]\n"
               "    summa: 9\n");
    assert_finding(f, "sum", 3, 12, "blir 5, inte 9");
}

static void a_missing_value_with_a_placeholder_is_an_error_when_final(void **state) {
    Fixture *f = *state;
    check_plan(f, "  []\n", TRUE, "text: klart\n");
    assert_finding(f, "placeholder", 1, 1, "[Skriv datum]");
}

/* ---- rows, roundings, parts, units ---- */

static void a_row_adds_up_over_several_paths(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {each: r in rader, sum: [r.s, r.k], equals: r.v}\n", FALSE,
               "rader:\n  - {s: 4, k: 3, v: 7}\n  - {s: 4, k: 3, v: 8}\n  - {s: 4}\n");
    assert_finding(f, "sum", 3, 21, "det blir 7, inte 8 som det står, skiljer 1");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void rounded_numbers_may_differ_by_what_rounding_makes(void **state) {
    Fixture *f = *state;
    const char *plan = "rader: [{belopp: 1.4}, {belopp: 1}, {belopp: 1.3}]\nsumma: 3.9\n";
    check_plan(f, "  - {sum: rader.belopp, equals: summa, rounded: true}\n", FALSE, plan);
    assert_no_findings(f); /* 0,2 of 4 · 0,05 */
    check_plan(f, "  - {sum: rader.belopp, equals: summa, rounded: från}\n", FALSE, plan);
    assert_finding(f, "sum", 2, 8, "skiljer 0,2");
    check_plan(f, "  - {sum: rader.belopp, equals: summa, rounded: true, code: grovt}\n", FALSE,
               "rader: [{belopp: 1.4}, {belopp: 1}, {belopp: 1.3}]\nsumma: 4.0\n");
    assert_finding(f, "grovt", 2, 8, "skiljer 0,3");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void a_tolerance_may_come_from_the_plan(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {sum: rader.belopp, equals: 10, tolerance: summa}\n", FALSE,
               "rader: [{belopp: 7}]\nsumma: 3\n");
    assert_no_findings(f);
    check_plan(f, "  - {sum: rader.belopp, equals: 10, tolerance: summa}\n", FALSE,
               "rader: [{belopp: 7}]\nsumma: 2\n");
    assert_finding(f, "sum", 1, 18, "raderna blir 7, inte 10 som mallen kräver, skiljer 3");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_part_may_be_less_than_its_total_but_not_more(void **state) {
    Fixture *f = *state;
    const char *check = "  - {sum: rader.belopp, equals: summa, partial: true}\n";
    check_plan(f, check, FALSE, "rader: [{belopp: 32.5}]\nsumma: 36.9\n");
    check_plan(f, check, FALSE, "rader: [{belopp: -5}]\nsumma: -6\n");
    assert_no_findings(f);
    check_plan(f, check, FALSE, "rader: [{belopp: 32.5}]\nsumma: 30\n");
    assert_finding(f, "sum", 2, 8, "delarna blir 32,5, mer än helheten 30, skiljer 2,5");
    check_plan(f, check, FALSE, "rader: [{belopp: -7}]\nsumma: 6\n");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void amounts_in_different_units_are_compared_in_the_totals(void **state) {
    Fixture *f = *state;
    const char *check =
        "  - {sum: rader.belopp, equals: summa, units: ['{{text}}', Belopp i tkr]}\n"
        "units: {kr: 1, tkr: 1000, tusental: 1000, mnkr: 1000000}\n";
    check_plan(f, check, FALSE,
               "text: Belopp i mnkr\nrader: [{belopp: 265.7}, {belopp: 77.6}]\nsumma: 343 311\n");
    check_plan(f, check, FALSE, /* the larger of the units that a text names */
               "text: Tusental kr\nrader: [{belopp: 343 311}]\nsumma: 343 311\n");
    check_plan(f, check, FALSE, "text: Antal\nrader: [{belopp: 1}]\nsumma: 2\n");
    assert_no_findings(f);
    check_plan(f, check, FALSE,
               "text: Belopp i mnkr\nrader: [{belopp: 265.7}, {belopp: 77.6}]\nsumma: 343 411\n");
    assert_finding(f, "sum", 3, 8,
                   "raderna blir 343\xc2\xa0"
                   "300, inte 343\xc2\xa0"
                   "411 som det står, skiljer 111");
    check_plan(f, check, FALSE, "text: tkr\nrader: [{belopp: 1}]\nsumma: 2\n");
    assert_int_equal(sats_report_length(f->report), 2); /* in one unit: exactly */
}

static void what_is_too_long_for_roundings_is_compared_all_the_same(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {each: r in rader, product: r.v, of: [r.s, r.k]}\n", FALSE,
               "rader: [{s: 1.00001, k: 2.0001, v: 2}]\n");
    assert_finding(f, "product", 1, 36, "det blir 2,000120001");
    check_plan(f,
               "  - {sum: rader.belopp, equals: summa, units: [mdkr, kr], code: lång}\n"
               "units: {kr: 1, mdkr: 1000000000}\n",
               FALSE, "rader: [{belopp: 25.5}]\nsumma: 25 600 000 001\n");
    assert_finding(f, "lång", 2, 8, "skiljer 100");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void differences_and_quotients_agree(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {each: r in rader, difference: r.v, of: [r.s, r.k]}\n", FALSE,
               "rader:\n  - {s: 4, k: 3, v: 1}\n  - {s: 4, k: 7, v: 3}\n");
    assert_finding(f, "difference", 3, 21,
                   "det blir \xe2\x88\x92"
                   "3, inte 3 som det står, skiljer 6");
    check_plan(
        f, "  - {each: r in rader, quotient: r.v, of: [r.s, r.k]}\n", FALSE,
        "rader:\n  - {s: 2, k: 3, v: 0.67}\n  - {s: 2, k: 3, v: 0.66}\n  - {s: 2, k: 0, v: 1}\n");
    assert_finding(f, "quotient", 3, 21, "det blir 0,6667, inte 0,66 som det står");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void numbers_stay_on_their_scale(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {range: [rader.s, rader.k], from: 1, to: summa}\n", FALSE,
               "summa: 4\nrader:\n  - {s: 4, k: 5}\n  - {s: 0, k: 1}\n");
    assert_finding(f, "range", 3, 15, "är 5, ska vara högst 4");
    assert_finding(f, "range", 4, 9, "är 0, ska vara minst 1");
    assert_int_equal(sats_report_length(f->report), 2);
    check_plan(f, "  - {range: rader.s, from: 1, to: summa}\n", FALSE, "rader: [{s: 4}]\n");
    assert_int_equal(sats_report_length(f->report), 2); /* an end that is not given is none */
}

/* ---- rows, near duplicates, what is required ---- */

static void a_row_that_stands_twice_names_the_first_line(void **state) {
    Fixture *f = *state;
    const char *plan = "rader:\n  - {id: A, belopp: 1}\n  - {belopp: 1, id: A, s: null}\n"
                       "  - {id: A, belopp: 2}\n";
    check_plan(f, "  - {unique: rader}\n", FALSE, plan);
    assert_finding(f, "unique", 3, 5, "rad 2"); /* whatever the order of keys */
    assert_int_equal(sats_report_length(f->report), 1);
    check_plan(f, "  - {unique: rader, by: [id], code: id}\n", FALSE, plan);
    assert_finding(f, "id", 4, 5, "'A' finns redan på rad 2");
    check_plan(f, "  - {unique: rader, code: alias}\n", FALSE, "rader:\n  - &a {id: A}\n  - *a\n");
    assert_finding(f, "alias", 2, 0, "genom ett alias");
}

static void values_of_two_tables_may_not_meet(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {unique: [rader.id, åtgärder.till]}\n", FALSE,
               "rader: [{id: A1}]\nåtgärder:\n  - {till: [A2, A1]}\n");
    assert_finding(f, "unique", 3, 17, "rad 1");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void what_is_almost_the_same_is_a_warning(void **state) {
    Fixture *f = *state;
    check_plan(
        f, "  - {unique: rader.id, near: true}\n", FALSE,
        "rader:\n  - {id: Kontroll av löneutbetalningar}\n  - {id: Kontroll av löneutbetalingar}\n"
        "  - {id: RF24-12}\n  - {id: rf24 12}\n  - {id: RF24-13}\n");
    assert_finding(f, "near-duplicate", 3, 10, "på rad 2");
    assert_finding(f, "near-duplicate", 5, 10, "'rf24 12' är nästan lika med 'RF24-12' på rad 4");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 2);
    assert_int_equal(sats_report_length(f->report), 2);
}

static void what_is_required_is_told_where_it_is_missing(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {each: r in rader, when: r.id, requires: [r.belopp, r.s]}\n", FALSE,
               "rader:\n  - {id: A, belopp: –, s: 1}\n  - {id: B, s: 1}\n  - {belopp: 1}\n"
               "  - {id: C, belopp: '[xx]', s: null}\n");
    assert_finding(f, "requires", 3, 5, "'belopp' saknas");
    assert_finding(f, "requires", 5, 5, "'s' saknas");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void what_no_one_names_is_found_by_itself(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {covered: rader.id, by: åtgärder.till, severity: warning}\n", FALSE,
               "rader: [{id: A}, {id: B}]\nåtgärder: [{till: [A, C]}]\n");
    assert_finding(f, "covered", 1, 23, "'B'");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 1);
    assert_int_equal(sats_report_length(f->report), 1);
}

/* ---- order and periods ---- */

static void a_list_comes_in_order(void **state) {
    Fixture *f = *state;
    check_plan(
        f, "  - {order: rader.id}\n", FALSE,
        "rader:\n  - {id: 2023-08}\n  - {id: kv 4 2023}\n  - {id: senare}\n  - {id: 2023-Q3}\n");
    assert_finding(f, "order", 5, 10, "2023-Q3 kommer före kv 4 2023");
    check_plan(f, "  - {order: rader.s, descending: true, code: nyast}\n", FALSE,
               "rader: [{s: 3}, {s: 3}, {s: 1}, {}, {s: 2}]\n");
    assert_finding(f, "nyast", 1, 41, "2 kommer efter 1");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void a_title_names_years_of_its_columns(void **state) {
    Fixture *f = *state;
    const char *some = "  - {period: text, of: rader.id}\n";
    const char *all = "  - {period: text, of: rader.id, exact: true, code: alla}\n";
    check_plan(f, some, FALSE,
               "text: Budget 2023 och 2024\nrader: [{id: Budget 2023}, {id: 2024}]\n");
    check_plan(f, some, FALSE,
               "text: Budget 2020\nrader: [{id: Utfall 2019}, {id: Budget 2020}]\n");
    check_plan(f, some, FALSE, "text: Budget\nrader: [{id: 2019}]\n");
    check_plan(f, some, FALSE, "text: Budget 2023\nrader: [{id: Belopp}]\n");
    check_plan(f, some, FALSE, "text: Dnr 20231234 år 2019-08\nrader: [{id: 2019}]\n");
    check_plan(f, all, FALSE, "text: Plan 2023–25\nrader: [{id: 2023}, {id: 2024}, {id: 2025}]\n");
    assert_no_findings(f);
    check_plan(f, some, FALSE, "text: Plan 2024–2026\nrader: [{id: 2024}, {id: 2025}]\n");
    assert_finding(f, "period", 1, 7, "rubriken säger 2024–2026, innehållet 2024–2025");
    check_plan(f, all, FALSE,
               "text: Plan 2020 - 2022\nrader: [{id: 2018}, {id: 2020}, {id: 2021}, {id: 2022}]\n");
    assert_finding(f, "alla", 1, 7, "innehållet 2018, 2020–2022");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void heads_name_years_in_order(void **state) {
    Fixture *f = *state;
    const char *check = "  - {order: rader.id, years: true}\n";
    const char *strict = "  - {order: rader.id, years: true, strict: true, code: följd}\n";
    check_plan(f, check, FALSE,
               "rader: [{id: Utfall 2023}, {id: Budget 2023}, {id: Belopp}, {id: Plan 2024-26}]\n");
    check_plan(f, strict, FALSE, "rader: [{id: 2023}, {id: Plan 2024}, {id: \"2025{*}\"}]\n");
    assert_no_findings(f);
    check_plan(f, check, FALSE, "rader:\n  - {id: 2023}\n  - {id: 2024}\n  - {id: 2024}\n");
    assert_finding(f, "order", 4, 10, "2024 kommer inte efter 2024, som det ska följa på");
    check_plan(f, check, FALSE, "rader: [{id: Plan 2026}, {id: Plan 2025}]\n");
    assert_finding(f, "order", 1, 31, "Plan 2025 kommer före Plan 2026");
    check_plan(f, strict, FALSE, "rader: [{id: Budget 2024}, {id: Plan 2024}]\n");
    assert_finding(f, "följd", 1, 33, "Plan 2024 kommer inte efter Budget 2024");
    assert_int_equal(sats_report_length(f->report), 3);
}

static void heads_of_several_years_are_out_of_order_only_as_a_whole(void **state) {
    Fixture *f = *state;
    const char *strict = "  - {order: rader.id, years: true, strict: true}\n";
    check_plan(f, strict, FALSE,
               "rader:\n  - {id: Budget 2024}\n  - {id: Budget 2025 (2023 års priser)}\n"
               "  - {id: Plan 2026 (2023 års priser)}\n  - {id: Förändring 2025–2026}\n");
    assert_no_findings(f);
    check_plan(f, strict, FALSE, "rader: [{id: Plan 2026–2027}, {id: Budget 2024–2025}]\n");
    assert_finding(f, "order", 1, 36, "Budget 2024–2025 kommer före Plan 2026–2027");
    check_plan(f, strict, FALSE, "rader:\n  - {id: Plan 2026–2027}\n  - {id: Plan 2026–2027}\n");
    assert_finding(f, "order", 3, 10, "kommer inte efter Plan 2026–2027");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void a_strict_order_has_nothing_twice(void **state) {
    Fixture *f = *state;
    check_plan(f, "  - {order: rader.s, descending: true, strict: true}\n", FALSE,
               "rader: [{s: 3}, {s: 2}, {s: 2}]\n");
    assert_finding(f, "order", 1, 29, "2 kommer inte före 2, som det ska komma före");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_date_lies_in_the_years_that_a_text_names(void **state) {
    Fixture *f = *state;
    const char *check = "  - {within: [från, till], of: text, early: 6}\n";
    check_plan(f, check, FALSE, "från: 2023-07-01\ntill: 2026-12-31\ntext: Plan 2024–2026\n");
    check_plan(f, check, FALSE, "från: 2023-01-01\ntext: Plan\n");
    check_plan(f, check, FALSE, "datum: 2023-01-01\ntext: Plan 2024\n");
    assert_no_findings(f);
    check_plan(f, check, FALSE, "från: 2023-06-30\ntill: 2027-01-01\ntext: Plan 2024–26\n");
    assert_finding(f, "within", 1, 7, "2023-06-30 ligger inte i 2024–2026");
    assert_finding(f, "within", 2, 7, "2027-01-01 ligger inte i 2024–2026");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void rows_that_are_not_filled_in_are_not_the_same(void **state) {
    Fixture *f = *state;
    const char *check = "  - {unique: rader, by: [id, s]}\n";
    check_plan(f, check, FALSE,
               "rader: [{id: \"[Skriv namn]\"}, {id: \"[Skriv namn]\"}, {k: 1}]\n");
    check_plan(f, check, FALSE, "rader: [{id: A, s: \"[Namn]\"}, {id: A, s: \"[Namn]\"}]\n");
    assert_no_findings(f);
    check_plan(f, check, FALSE, "rader: [{id: A}, {id: A, k: 1}]\n");
    assert_finding(f, "unique", 1, 18, "'A' finns redan");
}

static void a_message_may_be_in_each_language(void **state) {
    Fixture *f = *state;
    const char *check = "  - {requires: text, message: {sv: Text behövs, en: A text is needed}}\n";
    check_plan(f, check, FALSE, "datum: 2024-01-01\n");
    assert_finding(f, "requires", 1, 1, "Text behövs");
    sats_report_free(f->report);
    f->report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    check_plan(f, check, FALSE, "datum: 2024-01-01\n");
    assert_finding(f, "requires", 1, 1, "A text is needed");
    assert_int_equal(sats_report_length(f->report), 1);
}

static void a_check_of_final_documents_leaves_drafts_alone(void **state) {
    Fixture *f = *state;
    const char *check = "  - {requires: text, final: true, code: text}\n";
    check_plan(f, check, FALSE, "datum: 2024-01-01\n");
    assert_no_findings(f);
    check_plan(f, check, TRUE, "datum: 2024-01-01\n");
    assert_finding(f, "text", 1, 1, "'text' saknas");
}

/* ---- what nothing shows ---- */

static void unused_plan(Fixture *f, const char *body, const char *plan) {
    g_autofree char *template_ = g_strconcat(
        "template: t\n"
        "data:\n"
        "  chef: {keys: {namn: line, roll: line}}\n"
        "  rader: {of: {keys: {id: id, text: line, inre: {type: id, unprinted: true}}}}\n"
        "  flagga: bool\n"
        "  läge: {type: line, default: utkast}\n"
        "  ord: {of: line}\n"
        "document: {title: x}\nchecks: [{unique: rader.id}]\n",
        body, NULL);
    if (!load(f, template_))
        print_findings(f);
    assert_non_null(f->template_);
    const SatsValue *value = read_plan(f, plan);
    g_autofree guint8 *used = g_new0(guint8, f->template_->n_decls);
    sats_check(f->template_, value, FALSE, used, f->report);
    sats_document_free(sats_bind(f->template_, value, &(SatsBindOptions){.used = used}, f->report));
    sats_check_unused(f->template_, value, used, f->report);
}

static void what_nothing_shows_or_checks_is_a_warning(void **state) {
    Fixture *f = *state;
    unused_plan(f, "body: [{when: chef.namn, paragraph: '{{chef.namn}}, {{chef.roll}}'}]\n",
                "chef: {roll: Chef}\nrader:\n  - {id: A, inre: x}\n  - {id: B, text: Text}\n"
                "  - {id: C, text: Text}\nflagga: ja\nord: [a]\n");
    assert_finding(f, "unused", 1, 1, "'chef'");
    assert_finding(f, "unused", 4, 13, "'text'"); /* once */
    assert_finding(f, "unused", 6, 1, "'flagga'");
    assert_finding(f, "unused", 7, 1, "'ord'");
    assert_int_equal(sats_report_count(f->report, SATS_WARNING), 4);
    assert_int_equal(sats_report_length(f->report), 4);
}

static void defaults_and_placeholders_need_not_be_used(void **state) {
    Fixture *f = *state;
    unused_plan(f, "body: []\n",
                "chef: {namn: '[Skriv namn]', roll: ' [Skriv roll] '}\nflagga: nej\nläge: utkast\n"
                "ord: ['[Skriv ord]', '']\n");
    assert_no_findings(f);
    unused_plan(f, "body: []\n",
                "chef: {namn: '[Skriv namn]', roll: Chef}\nläge: klart\nord: ['[Skriv]', a]\n");
    assert_finding(f, "unused", 1, 1, "'chef'");
    assert_finding(f, "unused", 2, 1, "'läge'");
    assert_finding(f, "unused", 3, 1, "'ord'");
    assert_int_equal(sats_report_length(f->report), 3);
}

static void what_is_read_anywhere_is_used(void **state) {
    Fixture *f = *state;
    unused_plan(f,
                "body:\n  - {when: chef.namn, paragraph: '{{chef.namn}}, {{chef.roll}}'}\n"
                "  - {each: r in rader, when: flagga, paragraph: '{{r.text}}'}\n"
                "  - {each: o in ord, paragraph: '{{o}}'}\n",
                "chef: {namn: A, roll: ''}\nrader: [{id: A, text: T}]\nflagga: ja\nord: [a, b]\n");
    assert_no_findings(f);
}

/* ---- templates ---- */

static void checks_go_with_the_sections_that_an_extending_template_removes(void **state) {
    Fixture *f = *state;
    put(f, "sections/a.yaml", "section: a\ndata: {a: number}\nbody: []\n");
    put(f, "sections/b.yaml",
        "section: b\ndata: {b: number}\nbody: []\nchecks: [{range: [a, b], from: 0}]\n");
    put(f, "bas.yaml",
        "template: bas\ndocument: {title: x}\nbody: [{include: a}, {include: b}]\n"
        "checks: [{order: [a, b]}, {range: b, from: 0}]\n");
    if (!load(f, "template: t\nextends: bas\nremove: [a]\n"))
        print_findings(f);
    assert_non_null(f->template_);
    assert_int_equal(f->template_->n_checks, 1);
    put(f, "egen.yaml",
        "template: egen\nextends: bas\nremove: [a]\nchecks: [{range: a, from: 0}]\n");
    assert_null(load_named(f, "egen")); /* its own checks are held to what it has */
    assert_finding(f, "unknown-path", 4, 18, "'a'");
}

static void mistakes_in_checks_are_found_when_the_template_loads(void **state) {
    Fixture *f = *state;
    put(f, "t.yaml",
        HEAD "  - {summa: x}\n  - {sum: rader.belopp}\n  - {order: från}\n"
             "  - {product: summa, of: [summa]}\n  - {unique: rader.idd}\n"
             "  - {sum: rader.belopp, equals: summa, running: true}\n");
    assert_null(load_named(f, "t"));
    assert_finding(f, "check-words", 14, 5, "sum");
    assert_finding(f, "check-words", 15, 0, "equals");
    assert_finding(f, "check-words", 16, 0, "order");
    assert_finding(f, "check-words", 17, 0, "of");
    assert_finding(f, "unknown-path", 18, 0, "id");
    assert_finding(f, "check-words", 19, 5, "each");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_sum_that_disagrees_tells_the_difference),
        with_fixture(a_sum_within_tolerance_or_without_a_total_passes),
        with_fixture(each_makes_the_check_for_each_item),
        with_fixture(a_running_sum_goes_on_from_item_to_item),
        with_fixture(a_running_sum_may_leave_items_out),
        with_fixture(values_that_should_be_unique_name_the_first_line),
        with_fixture(references_lead_somewhere_and_cover),
        with_fixture(dates_come_in_order),
        with_fixture(products_agree),
        with_fixture(when_leaves_checks_out),
        with_fixture(placeholders_are_errors_in_final_documents_only),
        with_fixture(brackets_are_read_as_the_document_reads_them),
        with_fixture(parts_of_the_row_above_count_in_no_sum),
        with_fixture(a_missing_value_with_a_placeholder_is_an_error_when_final),
        with_fixture(a_row_adds_up_over_several_paths),
        with_fixture(rounded_numbers_may_differ_by_what_rounding_makes),
        with_fixture(a_tolerance_may_come_from_the_plan),
        with_fixture(a_part_may_be_less_than_its_total_but_not_more),
        with_fixture(amounts_in_different_units_are_compared_in_the_totals),
        with_fixture(what_is_too_long_for_roundings_is_compared_all_the_same),
        with_fixture(differences_and_quotients_agree),
        with_fixture(numbers_stay_on_their_scale),
        with_fixture(a_row_that_stands_twice_names_the_first_line),
        with_fixture(values_of_two_tables_may_not_meet),
        with_fixture(what_is_almost_the_same_is_a_warning),
        with_fixture(what_is_required_is_told_where_it_is_missing),
        with_fixture(what_no_one_names_is_found_by_itself),
        with_fixture(a_list_comes_in_order),
        with_fixture(a_title_names_years_of_its_columns),
        with_fixture(heads_name_years_in_order),
        with_fixture(heads_of_several_years_are_out_of_order_only_as_a_whole),
        with_fixture(a_strict_order_has_nothing_twice),
        with_fixture(a_date_lies_in_the_years_that_a_text_names),
        with_fixture(rows_that_are_not_filled_in_are_not_the_same),
        with_fixture(a_message_may_be_in_each_language),
        with_fixture(a_check_of_final_documents_leaves_drafts_alone),
        with_fixture(what_nothing_shows_or_checks_is_a_warning),
        with_fixture(defaults_and_placeholders_need_not_be_used),
        with_fixture(what_is_read_anywhere_is_used),
        with_fixture(checks_go_with_the_sections_that_an_extending_template_removes),
        with_fixture(mistakes_in_checks_are_found_when_the_template_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
