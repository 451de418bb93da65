/* How grave findings are, as templates set it. */
#include "unit/template/fixture.h"

#define TEMPLATE                                                                                   \
    "template: t\n"                                                                                \
    "data: {l: {of: line}, n: {type: number, max: 5}}\n"                                           \
    "document: {title: x}\n"                                                                       \
    "body: []\n"                                                                                   \
    "checks: [{unique: l, code: lika}]\n"

static void expect(Fixture *f, const char *code, SatsSeverity severity) {
    for (guint i = 0; i < sats_report_length(f->report); i++) {
        const SatsFinding *finding = sats_report_at(f->report, i);
        if (strcmp(finding->code, code) == 0) {
            assert_int_equal(finding->severity, severity);
            return;
        }
    }
    print_findings(f);
    fail_msg("no finding [%s]", code);
}

/* Loads a template that says `severity`, and validates a plan whose n is too great. */
static void validate(Fixture *f, const char *severity, gboolean final) {
    g_autofree char *text = g_strconcat(TEMPLATE, severity, NULL);
    assert_non_null(load(f, text));
    read_plan(f, "mall: t\nn: 9\n");
    sats_template_set_severities(f->template_, final, f->report);
    sats_template_validate(f->template_, f->plan, f->report);
}

static void a_word_holds_for_drafts_and_final_documents(void **state) {
    validate(*state, "severity: {out-of-range: warning}\n", FALSE);
    expect(*state, "out-of-range", SATS_WARNING);
}

static void final_documents_may_be_judged_harder(void **state) {
    validate(*state, "severity: {out-of-range: {draft: note, final: error}}\n", FALSE);
    expect(*state, "out-of-range", SATS_NOTE);
}

static void what_is_said_of_drafts_says_nothing_of_final_documents(void **state) {
    validate(*state, "severity: {out-of-range: {draft: off}}\n", TRUE);
    expect(*state, "out-of-range", SATS_ERROR);
}

static void a_code_can_be_turned_off(void **state) {
    validate(*state, "severity: {out-of-range: off}\n", TRUE);
    assert_no_findings(*state);
}

static void a_declared_check_can_be_set_by_its_code(void **state) {
    Fixture *f = *state;
    assert_non_null(load(f, TEMPLATE "severity: {lika: {draft: off, final: warning}}\n"));
    assert_no_findings(f);
    assert_int_equal(f->template_->n_severities, 1);
    sats_template_set_severities(f->template_, TRUE, f->report);
    sats_report_add(f->report, SATS_ERROR, "lika", NULL, "x", "x");
    expect(f, "lika", SATS_WARNING);
}

static void a_template_that_extends_another_has_the_last_word(void **state) {
    Fixture *f = *state;
    put(f, "grund.yaml",
        TEMPLATE "severity: {out-of-range: off, comma: error, lika: {final: warning}}\n");
    assert_non_null(load(f, "template: t\nextends: grund\n"
                            "severity: {out-of-range: warning, lika: {draft: note}}\n"));
    assert_no_findings(f);
    assert_int_equal(f->template_->n_severities, 3);
    sats_template_set_severities(f->template_, TRUE, f->report);
    sats_template_validate(f->template_, read_plan(f, "mall: t\nn: 9\n"), f->report);
    expect(f, "out-of-range", SATS_WARNING);
    sats_report_add(f->report, SATS_WARNING, "comma", NULL, "x", "x");
    expect(f, "comma", SATS_ERROR);
    sats_report_add(f->report, SATS_ERROR, "lika", NULL, "x", "x");
    expect(f, "lika", SATS_ERROR);
}

static void an_unknown_code_is_an_error_with_a_suggestion(void **state) {
    Fixture *f = *state;
    assert_null(load(f, TEMPLATE "severity:\n  missing-alr: error\n  likaa: off\n"));
    assert_finding(f, "unknown-code", 7, 3, "missing-alt");
    assert_finding(f, "unknown-code", 8, 3, "'lika'");
}

static void an_extended_template_may_speak_of_what_is_removed(void **state) {
    Fixture *f = *state;
    put(f, "sections/s.yaml",
        "section: s\ndata: {k: {of: line}}\nbody: []\nchecks: [{unique: k, code: sektionens}]\n");
    put(f, "grund.yaml",
        "template: grund\ndata: {n: number}\ndocument: {title: x}\nbody: [{include: s}]\n"
        "severity: {sektionens: warning}\n");
    assert_non_null(load(f, "template: t\nextends: grund\nremove: [s]\n"));
    assert_no_findings(f);
    assert_int_equal(f->template_->n_severities, 0);
}

static void an_error_that_leaves_no_document_stays_one(void **state) {
    Fixture *f = *state;
    assert_null(load(f, TEMPLATE "severity:\n  yaml-syntax: warning\n  glyph: {draft: off}\n"
                                 "  wrong-type: error\n"));
    assert_finding(f, "severity", 7, 16, "yaml-syntax");
    assert_finding(f, "severity", 8, 18, "glyph");
    assert_int_equal(sats_report_length(f->report), 2);
}

static void other_words_are_findings(void **state) {
    Fixture *f = *state;
    assert_null(load(f, TEMPLATE "severity: {missing: {drfat: off}, comma: erorr}\n"));
    assert_finding(f, "unknown-word", 6, 22, "draft");
    assert_finding(f, "unknown-word", 6, 42, "error");
    assert_null(load(f, TEMPLATE "severity: [missing]\n"));
    assert_finding(f, "template-type", 6, 11, "missing-alt: error");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_word_holds_for_drafts_and_final_documents),
        with_fixture(final_documents_may_be_judged_harder),
        with_fixture(what_is_said_of_drafts_says_nothing_of_final_documents),
        with_fixture(a_code_can_be_turned_off),
        with_fixture(a_declared_check_can_be_set_by_its_code),
        with_fixture(a_template_that_extends_another_has_the_last_word),
        with_fixture(an_unknown_code_is_an_error_with_a_suggestion),
        with_fixture(an_extended_template_may_speak_of_what_is_removed),
        with_fixture(an_error_that_leaves_no_document_stays_one),
        with_fixture(other_words_are_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
