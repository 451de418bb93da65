/* A plan's data against the declarations. */
#include "unit/template/fixture.h"

#define TEMPLATE                                                                                   \
    "template: t\n"                                                                                \
    "data:\n"                                                                                      \
    "  titel: {type: line, required: true, help: Dokumentets titel, example: Plan 2024}\n"         \
    "  datum: date\n"                                                                              \
    "  n: {type: number, min: 0, max: 5}\n"                                                        \
    "  i: integer\n"                                                                               \
    "  m: amount\n"                                                                                \
    "  b: bool\n"                                                                                  \
    "  s: {choices: [utkast, beslutad]}\n"                                                         \
    "  bild: image\n"                                                                              \
    "  text: text\n"                                                                               \
    "  punkter: {type: list, of: line, min: 1, max: 2}\n"                                          \
    "  rader: {of: {keys: {namn: {type: line, required: true}, öppen: {type: map, open: "         \
    "true}}}}\n"                                                                                   \
    "  tabell: table\n"                                                                            \
    "  fritt: blocks\n"                                                                            \
    "  plats: {type: line, required: true, placeholder: '[Skriv plats]'}\n"                        \
    "document: {title: x}\n"                                                                       \
    "body: []\n"

static void validate(Fixture *f, const char *plan) {
    assert_non_null(load(f, TEMPLATE));
    sats_template_validate(f->template_, read_plan(f, plan), f->report);
}

static void a_right_plan_has_no_findings(void **state) {
    validate(
        *state,
        "mall: t\ntitel: Plan\ndatum: 2024-02-29\nn: 3,5\ni: 1 250\nm: '– {*}'\nb: nej\n"
        "s: utkast\nbild: bilder/karta.svg\ntext: |\n  Ett stycke\n\n  till\npunkter: [a, b]\n"
        "rader: [{namn: a, öppen: {vad: som helst}}]\n"
        "tabell: {rubrik: R, kolumner: [A, {rubrik: B, under: U, justering: höger}], "
        "rader: [[a, 1], {summa: [S, 1]}, {grupp: G}], noter: ['* x', {märke: '*', text: y}]}\n"
        "fritt: [{rubrik: R, text: t, underavsnitt: [{rubrik: U, tabell: {kolumner: [A], "
        "rader: []}}]}]\n");
    assert_no_findings(*state);
}

static void placeholders_stand_for_any_value(void **state) {
    validate(*state, "titel: '[titel]'\ndatum: '[Skriv datum]'\nn: '[xx]'\ns: '[val]'\n");
    assert_no_findings(*state);
}

static void unknown_keys_are_found_at_every_depth(void **state) {
    Fixture *f = *state;
    validate(
        f,
        "titel: x\ndatm: 2024-01-01\nrader:\n  - namn: a\n    nman: b\n"
        "fritt:\n  - rubrik: a\n    texxt: b\n    tabell:\n      kolumner: [{rubrik: a, undr: b}]\n"
        "tabell: {kolumer: [a]}\n");
    assert_finding(f, "unknown-key", 2, 1, "datum");
    assert_finding(f, "unknown-key", 5, 5, "namn");
    assert_finding(f, "unknown-key", 8, 5, "text");
    assert_finding(f, "unknown-key", 10, 30, "under");
    assert_finding(f, "unknown-key", 11, 10, "kolumner");
}

static void missing_and_empty_values_are_found(void **state) {
    Fixture *f = *state;
    validate(f, "datum: 2024-01-01\nrader:\n  - öppen: {a: b}\n  - namn:\n");
    assert_finding(f, "missing", 1, 1, "'titel' saknas");
    assert_finding(f, "missing", 1, 1, "Plan 2024");
    assert_finding(f, "missing", 3, 5, "'namn' saknas");
    assert_finding(f, "missing", 4, 5, "tom");
    assert_int_equal(sats_report_length(f->report), 3);
}

static void wrong_types_say_what_was_expected(void **state) {
    Fixture *f = *state;
    validate(f, "titel: [a, b]\ndatum: 2024-02-30\nn: många\ni: 1,5\nb: kanske\ns: utkst\n"
                "punkter: a\nrader: {namn: x}\ntext: {a: b}\ntabell: x\nfritt: {rubrik: x}\n"
                "m: [xx]\n");
    assert_finding(f, "wrong-type", 1, 8, "en lista");
    assert_finding(f, "wrong-type", 2, 8, "2024-02 har 29 dagar");
    assert_finding(f, "wrong-type", 3, 4, "ett tal");
    assert_finding(f, "wrong-type", 4, 4, "ett heltal");
    assert_finding(f, "wrong-type", 5, 4, "ja eller nej");
    assert_finding(f, "unknown-choice", 6, 4, "utkast");
    assert_finding(f, "wrong-type", 7, 10, "en lista");
    assert_finding(f, "wrong-type", 8, 8, "en lista");
    assert_finding(f, "wrong-type", 9, 7, "en text");
    assert_finding(f, "wrong-type", 10, 9, "en tabell");
    assert_finding(f, "wrong-type", 11, 8, "avsnitt");
    assert_finding(f, "wrong-type", 12, 4, "citattecken");
}

static void a_line_is_one_line(void **state) {
    Fixture *f = *state;
    validate(f, "titel: |\n  ett\n  två\n");
    assert_finding(f, "wrong-type", 1, 0, "en rad text");
}

static void ranges_are_kept(void **state) {
    Fixture *f = *state;
    validate(f, "titel: x\nn: 5,1\npunkter: [a, b, c]\n");
    assert_finding(f, "out-of-range", 2, 4, "mer än 5");
    assert_finding(f, "out-of-range", 3, 10, "högst 2");
}

static void images_stay_in_the_plans_folder(void **state) {
    Fixture *f = *state;
    static const char *const wrong[] = {"/etc/bild.png", "../bild.png", "a/../../bild.png",
                                        "http://x/bild.png", "bild.gif"};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        guint before = sats_report_length(f->report);
        char *plan = g_strdup_printf("titel: x\nbild: %s\n", wrong[i]);
        validate(f, plan);
        g_free(plan);
        assert_true(sats_report_length(f->report) > before);
    }
    assert_finding(f, "image-path", 2, 7, "planens mapp");
}

static void free_tables_have_as_many_cells_as_columns(void **state) {
    Fixture *f = *state;
    validate(f, "titel: x\ntabell:\n  kolumner: [A, B]\n  rader:\n    - [a, b]\n    - [a, b, c]\n"
                "    - {summa: [a, b, c]}\n");
    assert_finding(f, "row-width", 6, 7, "3");
    assert_finding(f, "row-width", 7, 7, "3");
    assert_int_equal(sats_report_length(f->report), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_right_plan_has_no_findings),
        with_fixture(placeholders_stand_for_any_value),
        with_fixture(unknown_keys_are_found_at_every_depth),
        with_fixture(missing_and_empty_values_are_found),
        with_fixture(wrong_types_say_what_was_expected),
        with_fixture(a_line_is_one_line),
        with_fixture(ranges_are_kept),
        with_fixture(images_stay_in_the_plans_folder),
        with_fixture(free_tables_have_as_many_cells_as_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
