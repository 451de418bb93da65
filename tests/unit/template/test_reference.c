/* The reference page: each key of the declarations, told once; and the scaffold's comments. */
#include "template/describe.h"
#include "unit/template/fixture.h"

static const char TEMPLATE[] =
    "template: t\ntitle: Prov\ndescription: En provmall.\n"
    "data:\n"
    "  titel: {type: line, required: true, help: \"Titel | *rubrik*\", example: A|B}\n"
    "  status: {choices: [utkast, klar], default: utkast, help: Läget}\n"
    "  datum: {type: date, placeholder: \"[Skriv datum]\", help: Dagen}\n"
    "  mått: {help: Måtten, min: 3, max: 3, of: line}\n"
    "  ordning: {help: Ordningen, min: 1, max: 3, of: {choices: [a, b]}}\n"
    "  poster: {help: Posterna, of: {keys: {belopp: {type: number, min: 0, help: Talet}}}}\n"
    "document: {title: x}\n"
    "body: [{include: prov}, {section: {id: ett, title: \"{{status}}: {{titel}}\", body: [{group: "
    "[{table: {id: två, caption: Tabellen, columns: [A], rows: [[a]]}}]}]}}]\n";
static const char SECTION[] =
    "section: prov\ndata: {prov: {help: Provet, keys: {djup: {help: Djupt, of: {of: {keys: {nr: "
    "{type: id, help: Numret}}}}}}}}\nbody: []\n";

static char *reference(Fixture *f, SatsLanguage language) {
    put(f, "sections/prov.yaml", SECTION);
    assert_non_null(load(f, TEMPLATE));
    assert_no_findings(f);
    return sats_template_reference(f->template_, language);
}

static void assert_line(const char *page, const char *line) {
    char *whole = g_strdup_printf("\n%s\n", line);
    if (strstr(page, whole) == NULL)
        fail_msg("no line '%s' in:\n%s", line, page);
    g_free(whole);
}

static void a_row_tells_type_obligation_help_and_values(void **state) {
    char *page = reference(*state, SATS_LANGUAGE_ENGLISH);
    assert_true(g_str_has_prefix(page, "# Prov\n\nEn provmall.\n"));
    assert_line(page,
                "| `titel` | line of text | yes | Titel \\| \\*rubrik\\* | such as `A\\|B` |");
    assert_line(page, "| `status` | one of the choices |  | Läget | `utkast`, `klar`; default "
                      "`utkast` |");
    assert_line(page, "| `datum` | date | when final | Dagen | until given `[Skriv datum]` |");
    assert_line(page, "| `ordning` | list: one of the choices |  | Ordningen | 1–3 items; `a`, "
                      "`b` |");
    assert_line(page, "| `mått` | list: line of text |  | Måtten | 3 items |");
    assert_line(page, "| `poster[].belopp` | number |  | Talet | at least 0 |");
    g_free(page);
}

static void what_a_section_declares_has_a_heading(void **state) {
    char *page = reference(*state, SATS_LANGUAGE_ENGLISH);
    assert_line(page, "## prov\nSection `prov`.\n");
    assert_line(page, "| `prov.djup[][].nr` | identifier |  | Numret |  |");
    assert_true(strstr(page, "## prov") > strstr(page, "`poster`"));
    g_free(page);
}

static void what_has_an_id_can_be_referred_to(void **state) {
    char *page = reference(*state, SATS_LANGUAGE_ENGLISH);
    assert_line(page, "| `ett` | section | utkast: … |");
    assert_line(page, "| `två` | table | Tabellen |");
    g_free(page);
}

static void the_pages_words_follow_the_language(void **state) {
    char *page = reference(*state, SATS_LANGUAGE_SWEDISH);
    assert_line(page, "| nyckel | typ | krävs | vad det är | värden |");
    assert_line(page, "| `datum` | datum | slutligt | Dagen | tills det anges `[Skriv datum]` |");
    g_free(page);
}

static void a_scaffold_names_the_choices(void **state) {
    Fixture *f = *state;
    g_free(reference(f, SATS_LANGUAGE_SWEDISH));
    char *scaffold = sats_template_scaffold(f->template_, "prov");
    assert_line(scaffold, "# Läget (ett av: utkast, klar)\nstatus: \"utkast\"");
    assert_line(scaffold, "# Ordningen (ett av: a, b)\nordning:\n  - \"a\"");
    g_free(scaffold);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_row_tells_type_obligation_help_and_values),
        with_fixture(what_a_section_declares_has_a_heading),
        with_fixture(what_has_an_id_can_be_referred_to),
        with_fixture(a_scaffold_names_the_choices),
        with_fixture(the_pages_words_follow_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
