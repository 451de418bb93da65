/* What is taller than a page is divided, and whole when its parts are read one after another. */
#include "unit/engine/library-fixture.h"

#define DATA "{ord: line}"

/* Many numbered words, so that one that is missing or out of order is seen. */
static char *words(guint n) {
    GString *text = g_string_new("ord: ");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(text, "ord%04u ", i);
    }
    return g_string_free(text, FALSE);
}

static void set(void **state, const char *body, guint n) {
    Library *l = *state;
    g_autofree char *values = words(n);
    g_autofree char *lined = g_strconcat(values, "\n", NULL);
    library_write(l, DATA, body, lined);
    library_load(l);
    library_dump(l, "pages");
}

/* Each word once among the content, in order; how many pages they are on. */
static guint read_words(void **state, guint n) {
    const Library *l = *state;
    guint next = 0;
    guint page = 0;
    guint first = 0;
    g_auto(GStrv) rows = g_strsplit(l->text, "\n", -1);
    for (char **row = rows; *row != NULL; row++) {
        page += g_str_has_prefix(*row, "page ") ? 1U : 0U;
        if (!g_str_has_prefix(*row, "  line ")) {
            continue;
        }
        for (const char *word = strstr(*row, "ord0"); word != NULL;
             word = strstr(word + 1, "ord0")) {
            assert_int_equal(g_ascii_strtoull(word + 3, NULL, 10), next);
            first = next++ == 0 ? page : first;
        }
    }
    assert_int_equal(next, n);
    return page - first + 1;
}

static void assert_warned(void **state, gboolean wanted) {
    Library *l = *state;
    char *report = sats_plan_report(l->plan, SATS_REPORT_TEXT);
    gboolean warned = strstr(report, "[overfull-page]") != NULL;
    sats_string_free(report);
    assert_int_equal(warned, wanted);
}

static void a_table_head_is_divided(void **state) {
    set(state, "  - table: {columns: ['{{ord}}', B], rows: [[a, b], [c, d]]}\n", 600);
    assert_true(read_words(state, 600) > 2);
    assert_warned(state, TRUE);
}

static void a_caption_is_divided(void **state) {
    set(state, "  - table: {caption: '{{ord}}', columns: [A, B], rows: [[a, b], [c, d]]}\n", 600);
    assert_true(read_words(state, 600) > 2);
    assert_warned(state, TRUE);
}

static void fields_are_divided(void **state) {
    set(state, "  - fields: {fields: [{label: Etikett, value: '{{ord}}'}]}\n", 300);
    assert_true(read_words(state, 300) > 2);
    assert_warned(state, TRUE);
}

static void a_heading_is_divided_between_its_lines(void **state) {
    set(state, "  - section: {title: '{{ord}}', body: [{text: Text}]}\n", 300);
    assert_true(read_words(state, 300) > 2);
}

static void a_footnote_goes_on_on_the_next_page(void **state) {
    set(state, "  - {text: 'Stycket^[{{ord}}] är kort.'}\n", 600);
    assert_true(read_words(state, 600) > 1);
    assert_warned(state, TRUE);
}

static void a_footnote_from_a_cell_goes_on_on_the_next_page(void **state) {
    set(state, "  - table: {columns: [A, B], rows: [['Cell^[{{ord}}]', b], [c, d]]}\n", 600);
    assert_true(read_words(state, 600) > 1);
}

static void many_footnotes_of_one_line_go_on_too(void **state) {
    GString *body = g_string_new("  - {text: 'A");
    for (guint i = 0; i < 40; i++) {
        g_string_append_printf(body, "^[ord%04u en not]", i);
    }
    g_string_append(body, "'}\n");
    set(state, body->str, 1);
    g_string_free(body, TRUE);
    assert_true(read_words(state, 40) > 1);
    assert_warned(state, FALSE);
}

static void what_fits_is_not_divided(void **state) {
    set(state, "  - table: {columns: ['{{ord}}', B], rows: [[a, b]]}\n", 40);
    assert_int_equal(read_words(state, 40), 1);
    assert_warned(state, FALSE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        LIBRARY_TEST(a_table_head_is_divided),
        LIBRARY_TEST(a_caption_is_divided),
        LIBRARY_TEST(fields_are_divided),
        LIBRARY_TEST(a_heading_is_divided_between_its_lines),
        LIBRARY_TEST(a_footnote_goes_on_on_the_next_page),
        LIBRARY_TEST(a_footnote_from_a_cell_goes_on_on_the_next_page),
        LIBRARY_TEST(many_footnotes_of_one_line_go_on_too),
        LIBRARY_TEST(what_fits_is_not_divided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
