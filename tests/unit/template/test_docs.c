/* The reference page's examples, all of them, and its table of filters. */
#include "unit/template/fixture.h"

#define DOCS SATS_TEST_TEMPLATES_DIR "/../docs/template-format.md"

static char *page;      /* the whole page */
static char *page_data; /* its ```yaml data block, indented */

/* The next fenced block from *at on: its info string and text. Caller frees both. */
static gboolean next_block(const char **at, char **out_info, char **out_text) {
    const char *open = g_str_has_prefix(*at, "```") ? *at : strstr(*at, "\n```");
    if (!open)
        return FALSE;
    open = strstr(open, "```") + 3;
    const char *line_end = strchr(open, '\n');
    const char *close = strstr(line_end, "\n```");
    *out_info = g_strndup(open, (gsize)(line_end - open));
    *out_text = g_strndup(line_end + 1, (gsize)(close - line_end));
    *at = close + 4;
    return TRUE;
}

static char *indent(const char *text, const char *by) {
    char **lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);
    for (guint i = 0; lines[i]; i++)
        g_string_append_printf(out, "%s%s\n", *lines[i] ? by : "", lines[i]);
    g_strfreev(lines);
    return g_string_free(out, FALSE);
}

static int read_page(void **state) {
    (void)state;
    if (!g_file_get_contents(DOCS, &page, NULL, NULL))
        return -1;
    const char *at = page;
    for (char *info, *text; next_block(&at, &info, &text);) {
        if (strcmp(info, "yaml data") == 0)
            page_data = indent(text, "  ");
        g_free(info);
        g_free(text);
    }
    return page_data ? 0 : -1;
}

static int free_page(void **state) {
    (void)state;
    g_free(page);
    g_free(page_data);
    return 0;
}

/* An example as a whole template: itself, or put into one by what it begins with. */
static void run_example(Fixture *f, const char *info, const char *text) {
    char *body = NULL;
    if (g_str_has_prefix(text, "theme:")) {
        put(f, "themes/egen.yaml", text);
        const char *const folders[] = {f->folder, SATS_TEST_TEMPLATES_DIR, NULL};
        assert_non_null(sats_theme_load("egen", folders, f->sources, f->arena, f->report, NULL));
    } else if (strcmp(info, "yaml plan") == 0) {
        body = g_strdup_printf("template: t\ndata:\n%sdocument: {title: x}\nbody: []\n", page_data);
        assert_non_null(load(f, body));
        char *plan = g_strconcat("titel: x\n", text, NULL);
        sats_template_validate(f->template_, read_plan(f, plan), f->report);
        g_free(plan);
    } else if (g_str_has_prefix(text, "template:")) {
        body = g_strdup(text);
    } else if (g_str_has_prefix(text, "section:")) {
        put(f, "sections/prov.yaml", text);
        body = g_strdup("template: t\ndocument: {title: x}\nbody: [{include: prov}]\n");
    } else if (g_str_has_prefix(text, "checks:")) {
        body = g_strdup_printf("template: t\ndata:\n%sdocument: {title: x}\nbody: []\n%s",
                               page_data, text);
    } else if (strcmp(info, "yaml") == 0) {
        char *blocks = indent(text, "  ");
        body = g_strdup_printf("template: t\ndata:\n%sdocument: {title: x}\nbody:\n%s", page_data,
                               blocks);
        g_free(blocks);
    }
    if (body && strcmp(info, "yaml plan") != 0)
        load(f, body);
    g_free(body);
    if (sats_report_count(f->report, SATS_ERROR) > 0)
        print_error("%s\n", text);
}

static void every_example_on_the_page_loads(void **state) {
    Fixture *f = *state;
    const char *at = page;
    guint n = 0;
    for (char *info, *text; next_block(&at, &info, &text); n++) {
        if (g_str_has_prefix(info, "yaml") && strcmp(info, "yaml data") != 0)
            run_example(f, info, text);
        g_free(info);
        g_free(text);
        assert_no_findings(f);
    }
    assert_true(n > 10);
}

static void every_filter_stands_on_the_page(void **state) {
    (void)state;
    const char *table = strstr(page, "### Filters");
    assert_non_null(table);
    for (guint i = 0; i < sats_filter_count(); i++) {
        char *name = g_strdup_printf("`%s", sats_filter_at(i)->name);
        if (!strstr(table, name))
            fail_msg("the filter %s is not on the page", name);
        g_free(name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(every_example_on_the_page_loads),
        cmocka_unit_test(every_filter_stands_on_the_page),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
