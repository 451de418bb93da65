/* Themes: the standard one whole, others on top of it, and what is wrong in them. */
#include "unit/template/fixture.h"

#include "template/theme.h"

#define MM (72.0 / 25.4)

static void assert_near(double a, double b) {
    assert_true(a - b < 1e-6 && b - a < 1e-6);
}

static const SatsTheme *theme(Fixture *f, const char *name) {
    const char *const folders[] = {f->folder, SATS_TEST_TEMPLATES_DIR, NULL};
    return sats_theme_load(name, folders, f->sources, f->arena, f->report, NULL);
}

static void the_standard_theme_holds_the_measures_of_the_look(void **state) {
    Fixture *f = *state;
    const SatsTheme *standard = theme(f, "standard");
    assert_no_findings(f);
    assert_non_null(standard);
    const SatsPageKind *page = sats_theme_page(standard, "portrait");
    assert_near(page->width_pt, 210 * MM);
    assert_near(page->prose_width_pt, 126.5 * MM);
    const SatsTextStyle *body = sats_theme_style(standard, "body");
    assert_near(body->size_pt, 10.5);
    assert_near(body->leading_pt, 15);
    assert_int_equal(body->rgb, 0x16202A);
    assert_string_equal(body->family, "Source Sans 3");
    assert_int_equal(sats_theme_style(standard, "h1")->number_rgb, 0x0E4A63);
    const SatsTableStyle *dense = sats_theme_table(standard, "dense");
    assert_near(dense->rule_top_pt, 1.1);
    assert_near(dense->pad_above_pt, 3);
    assert_near(dense->pad_side_pt, 2 * MM);
    assert_near(sats_theme_length_pt(standard, "signature.hand"), 16 * MM);
    assert_near(sats_theme_length_pt(standard, "head.rule"), 0.5);
    assert_near(sats_theme_number(standard, "chart.hairlines"), 4);
    assert_string_equal(sats_theme_word(standard, "forts"), "(forts.)");
    assert_null(sats_theme_style(standard, "saknas"));
}

static void a_theme_changes_only_what_it_names(void **state) {
    Fixture *f = *state;
    put(f, "themes/eget.yaml",
        "theme: eget\nfamily: Egen\ncolours: {accent: \"#7A1E2C\"}\n"
        "styles: {h1: {size: 20, leading: 24}}\nlengths: {list: {indent: 3}}\n"
        "words: {tabell: Tab.}\n");
    const SatsTheme *own = theme(f, "eget");
    assert_no_findings(f);
    assert_near(sats_theme_style(own, "h1")->size_pt, 20);
    assert_int_equal(sats_theme_style(own, "h1")->weight, 600);
    assert_int_equal(sats_theme_style(own, "h2")->number_rgb, 0x7A1E2C);
    assert_string_equal(sats_theme_style(own, "body")->family, "Egen");
    assert_near(sats_theme_length_pt(own, "list.indent"), 3 * MM);
    assert_string_equal(sats_theme_word(own, "tabell"), "Tab.");
}

static void colours_made_from_another_follow_it(void **state) {
    Fixture *f = *state;
    put(f, "themes/eget.yaml",
        "theme: eget\ncolours: {accent: \"#7A1E2C\", ljus: accent 50 %, ljusare: ljus 50 %}\n");
    const SatsTheme *own = theme(f, "eget");
    assert_no_findings(f);
    guint32 rgb = 0;
    assert_true(sats_theme_colour(own, "planned-outline", &rgb));
    assert_int_equal(rgb, 0x7A1E2C);
    assert_true(sats_theme_colour(own, "ljus", &rgb));
    assert_int_equal(rgb, 0xBD8F96);
    assert_true(sats_theme_colour(own, "ljusare", &rgb));
    assert_int_equal(rgb, 0xDEC7CA);
}

static void colours_made_from_nothing_are_found_once(void **state) {
    Fixture *f = *state;
    put(f, "themes/fel.yaml",
        "theme: fel\ncolours: {a: b 20 %, b: saknas, c: d, d: c, e: a 120 %, f: a 2}\n");
    assert_null(theme(f, "fel"));
    assert_finding(f, "theme-colour", 2, 25, "b");
    assert_finding(f, "theme-colour", 2, 36, "c");
    assert_finding(f, "theme-colour", 2, 42, "d");
    assert_finding(f, "theme-colour", 2, 48, "e");
    assert_finding(f, "theme-colour", 2, 60, "f");
    assert_int_equal(sats_report_count(f->report, SATS_ERROR), 5);
}

static void a_nearer_standard_theme_stands_on_the_library_s(void **state) {
    Fixture *f = *state;
    put(f, "themes/standard.yaml", "theme: standard\ncolours: {accent: \"#333333\"}\n");
    const SatsTheme *own = theme(f, "standard");
    assert_no_findings(f);
    assert_int_equal(sats_theme_style(own, "h1")->number_rgb, 0x333333);
}

static void pale_text_is_a_warning_at_its_colour(void **state) {
    Fixture *f = *state;
    put(f, "themes/blekt.yaml", "theme: blekt\ncolours:\n  muted: \"#AAAAAA\"\n");
    assert_non_null(theme(f, "blekt"));
    assert_finding(f, "contrast", 3, 10, "2,3");
    assert_int_equal(sats_report_length(f->report), 1);
    assert_near(sats_theme_contrast(0x000000, 0xFFFFFF), 21.0);
}

static void unknown_names_are_findings_with_suggestions(void **state) {
    Fixture *f = *state;
    put(f, "themes/fel.yaml",
        "theme: fel\nfamilj: x\ncolours: {accent: blue}\n"
        "styles: {egen: {from: bdy, colour: blek, sise: 3}}\n"
        "lengths: {list: {indnt: 2}}\nwords: {tabel: x}\ntables: {egen: {text: tabl}}\n"
        "pages: {portrait: {left: 180}}\n");
    assert_null(theme(f, "fel"));
    assert_finding(f, "unknown-word", 2, 1, "family");
    assert_finding(f, "theme-colour", 3, 19, "accent");
    assert_finding(f, "unknown-style", 4, 23, "body");
    assert_finding(f, "unknown-word", 4, 42, "size");
    assert_finding(f, "unknown-colour", 4, 10, "blek");
    assert_finding(f, "unknown-word", 5, 18, "list.indent");
    assert_finding(f, "unknown-word", 6, 9, "tabell");
    assert_finding(f, "unknown-style", 7, 10, "table");
    assert_finding(f, "theme-page", 8, 9, "portrait");
}

static void a_theme_that_extends_itself_is_found(void **state) {
    Fixture *f = *state;
    put(f, "themes/a.yaml", "theme: a\nextends: b\n");
    put(f, "themes/b.yaml", "theme: b\nextends: a\n");
    assert_null(theme(f, "a"));
    assert_finding(f, "theme-cycle", 2, 10, "a");
    assert_null(theme(f, "standrd"));
    assert_finding(f, "unknown-theme", 0, 0, "standard");
}

/* A theme with nothing under it: another is never without a style that the standard one has. */
static void a_root_theme_names_all_styles_of_its_tables(void **state) {
    Fixture *f = *state;
    put(f, "themes/standard.yaml",
        "theme: standard\nfamily: Egen\nstyles: {body: {size: 10, leading: 12}}\n"
        "tables: {standard: {text: body}}\n");
    const char *const folders[] = {f->folder, NULL};
    assert_null(sats_theme_load("standard", folders, f->sources, f->arena, f->report, NULL));
    assert_finding(f, "theme-table", 4, 0, "standard");
}

static const SatsTheme *lowest(Fixture *f) {
    const char *const folders[] = {f->folder, NULL};
    put(f, "themes/standard.yaml",
        "theme: standard\nfamily: Egen\nstyles:\n  body: {size: 10, leading: 12}\n");
    return sats_theme_load("standard", folders, f->sources, f->arena, f->report, NULL);
}

static void a_theme_that_stands_on_no_other_has_all_names(void **state) {
    Fixture *f = *state;
    assert_null(lowest(f));
    assert_finding(f, "theme-names", 1, 1, "ordet 'enheter' och ");
    assert_finding(f, "theme-names", 4, 3, "stilen 'title' och ");
    assert_int_equal(sats_report_length(f->report), 8);
}

/* It was made by a version that asked for less. */
static void a_theme_out_of_a_pdf_is_given_what_it_lacks(void **state) {
    Fixture *f = *state;
    sats_sources_show_as(f->sources, f->folder, "gammal.pdf");
    const SatsTheme *old = lowest(f);
    assert_no_findings(f);
    assert_near(sats_theme_style(old, "body")->size_pt, 10);
    assert_string_equal(sats_theme_style(old, "h1")->family, "Egen");
    assert_string_equal(sats_theme_word(old, "forts"), "(forts.)");
}

static void a_theme_that_cannot_be_read_is_told_of_where_it_is_named(void **state) {
    Fixture *f = *state;
    put(f, "themes/eget.yaml", "theme: eget\nextends: mapp\n");
    put(f, "themes/mapp.yaml/x", "");
    assert_null(theme(f, "eget"));
    assert_finding(f, "template-missing", 2, 10, "det är en mapp");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_root_theme_names_all_styles_of_its_tables),
        with_fixture(the_standard_theme_holds_the_measures_of_the_look),
        with_fixture(a_theme_changes_only_what_it_names),
        with_fixture(colours_made_from_another_follow_it),
        with_fixture(colours_made_from_nothing_are_found_once),
        with_fixture(a_nearer_standard_theme_stands_on_the_library_s),
        with_fixture(pale_text_is_a_warning_at_its_colour),
        with_fixture(unknown_names_are_findings_with_suggestions),
        with_fixture(a_theme_that_extends_itself_is_found),
        with_fixture(a_theme_that_stands_on_no_other_has_all_names),
        with_fixture(a_theme_out_of_a_pdf_is_given_what_it_lacks),
        with_fixture(a_theme_that_cannot_be_read_is_told_of_where_it_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
