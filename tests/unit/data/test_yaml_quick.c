/* Unit tests of the quick way through YAML: it gives what libyaml gives, findings and all. */
#include "data/yaml-parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    char *dump, *findings;
} Outcome;

static void dump_lengths(GString *out, const SatsValue *value) {
    g_string_append_printf(out, "%u ", value->place.length);
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++)
        dump_lengths(out, value->as.items[i]);
    for (guint32 i = 0; value->kind == SATS_VALUE_MAP && i < value->length; i++) {
        const SatsEntry *entry = &value->as.entries[i];
        g_string_append_printf(out, "%u:%u+%u ", entry->place.line, entry->place.column,
                               entry->place.length);
        dump_lengths(out, entry->value);
    }
}

static Outcome read_by(const char *text, gsize length, gboolean quick) {
    g_autoptr(SatsSources) sources = sats_sources_new();
    g_autoptr(SatsArena) arena = sats_arena_new();
    g_autoptr(SatsReport) report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    const SatsSource *source = sats_sources_add(sources, "p", text, length);
    SatsReadLimits limits = {.max_nodes = 20000, .max_depth = 40};
    const SatsValue *root = sats_yaml_read_by(source, &limits, arena, report, quick);
    g_autofree char *dump = sats_value_dump(root);
    GString *out = g_string_new(dump);
    if (root != NULL)
        dump_lengths(out, root);
    return (Outcome){g_string_free(out, FALSE), sats_report_to_text(report, FALSE)};
}

static void assert_same(const char *text, gsize length) {
    Outcome quick = read_by(text, length, TRUE), slow = read_by(text, length, FALSE);
    if (strcmp(quick.dump, slow.dump) != 0)
        print_message("---- differs:\n%.*s\n----\n", (int)length, text);
    assert_string_equal(quick.dump, slow.dump);
    /* after a syntax error a finding that is true may come a little further */
    if (strstr(slow.findings, "yaml-syntax") == NULL)
        assert_string_equal(quick.findings, slow.findings);
    g_free(quick.dump);
    g_free(quick.findings);
    g_free(slow.dump);
    g_free(slow.findings);
}

static gboolean take_all(void *context, const yaml_event_t *event) {
    (void)context;
    (void)event;
    return TRUE;
}

static gboolean is_quick(const char *text, gsize length) {
    gboolean whole = FALSE;
    SatsYamlText yaml = {.text = text, .length = length};
    sats_yaml_quick(&yaml, take_all, NULL, &whole);
    return whole;
}

static void ordinary_forms_go_the_quick_way(void **state) {
    static const char *const texts[] = {
        "a: 1\nb:\n  - c\n  - d: e\n    f: [1, {g: h}]\n",
        "a:\n- 1\n- - 2\n  - 3\n-\nb: \n",
        "a:\n- 1\n- - 2\n  - 3\nb: \nc: # here\n\n# and\nd:\n",
        "text: |\n  one\n\n   two\n  three\nb: >-\n  one\n  two\n\n  three\n   four\n\nc: |+\n  x\n\n",
        "text: |\n  at the end\n  there is no line end",
        "a: one\n  two\n\n  three # four\nb: {c: one\n two,\n # five\n d: \"x\n  y\\n \\\"z\n\n  w\"}\n",
        "s: \"a\\u00ADb\"\na: 'it''s'\n'b c': \"\"\n\"d\" : å#ö - ? x\n",
        "a: &x {n: 1}\nb: *x\nc: &y\n  d: 1\ne: [*x, *y]\nf: !csv fil.csv\ng: &z !!str 1\n",
        "# head\n\n- {a: b, c: [ 1 , 2 ]} # tail\n- \"{{x}}\"\n- -1\n",
        "a:\n  one\n  two\nb:\n  \"three\"\nc:\n  [1,\n 2]\n"};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_same(texts[i], strlen(texts[i]));
        if (strstr(texts[i], "!!") == NULL && strstr(texts[i], "\n-\nb") == NULL)
            if (!is_quick(texts[i], strlen(texts[i])))
                fail_msg("not quick: %s", texts[i]);
    }
}

static void what_might_be_something_else_is_left_to_libyaml(void **state) {
    static const char *const texts[] = {
        "a: {{b}}\n",        "- [a, b]: c\n",      "- {a: b} : c\n",    "[a: b]\n",
        "[[a]: b]\n",        "- [*a : b]\n",       "? a\n: b\n",        "---\na: 1\n",
        "a: 1\n---\nb: 2\n", "a: 1\n...\n",        "%YAML 1.1\n",       "a: b: c\n",
        "a:\n  b\n c: d\n",  "a: \"x\" y\n",       "a: [1,,2]\n",       "a: [1,]\n",
        "a:\n - b\nc\n",     "a: |2\n   x\n",      "a: |\nb: c\n",      "a: |\n    \n  x\n",
        "a: \"\\u00e5\\x41\"\n",  "a: \"x\\\n  y\"\n",  "a: 'x\n--- y'\n",   "a: x\n\tb\n",
        "- &x a: b\n",       "a: *x\n",            "*x : a\n",          "a: &x\nb: 1\n",
        "a: - b\n",          "a: {b, c: d}\n",     "a: {b: , c: d}\n",  "a: [b?]\n",
        "a: [b:,c]\n",       "a: @b\n",            "a: `b\n",           "- a\n -b\n",
        "a: &x - b\n",       "a: \"\n",            "a: 'b",             "a: [\n",
        "a: &å 1\n",         "\"a\n b\": c\n",     "a\n b: c\n",        "  a: b\n",
        "a:\n  - b\n c: d\n", "- a: b\n - c\n",    "a: b #c\n  d\n",    "a: {\"b\":c}\n",
        "a: #\n>-\n #\n",  "- \n|\n x\n"};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_same(texts[i], strlen(texts[i]));
}

static const char *const folders[] = {"templates", "templates/sections", "templates/themes",
                                      "examples/fds-2020", "examples/regionkontoret-2024",
                                      "examples/verksamhetsplan-2020",
                                      "examples/delarsrapport-2023"};

typedef void Visit(const char *name, const char *text, gsize length);

static void visit_files(Visit *visit) {
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename(SATS_TEST_TEMPLATES_DIR, "..", folders[i], NULL);
        GDir *dir = g_dir_open(folder, 0, NULL);
        assert_non_null(dir);
        for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_autofree char *text = NULL;
            gsize length = 0;
            if (!g_str_has_suffix(name, ".yaml") ||
                !g_file_get_contents(path, &text, &length, NULL))
                continue;
            visit(name, text, length);
            n++;
        }
        g_dir_close(dir);
    }
    assert_true(n > 40);
}

static void visit_whole(const char *name, const char *text, gsize length) {
    assert_same(text, length);
    /* a list with a lone pair in it, "[a: b]", is libyaml's */
    if (!is_quick(text, length) && !g_str_has_prefix(name, "delarsrapport-bilder"))
        fail_msg("%s is not read the quick way", name);
}

static void our_own_files_go_the_quick_way(void **state) {
    (void)state;
    visit_files(visit_whole);
}

/* A few lines of each file with something put in, taken out or doubled. */
static void visit_broken(const char *name, const char *text, gsize length) {
    static const char *const bits[] = {
        ":",   ": ", " ",  "\n", "\n ", "\n  ", "- ",  "#",  " #",   ",",   "[",  "]",   "{",
        "}",   "\"", "'",  "|",  ">\n", "&a ",  "*a",  "!x ", "\\",  "? ",  "-",  "\n-", "\n#",
        "---", "%",  "\t", "\r", "...", "\n\n", ": |\n  ", "]:", "å", "~"};
    g_autoptr(GRand) random = g_rand_new_with_seed(g_str_hash(name));
    for (guint i = 0; i < 150 && length > 0; i++) {
        gsize from = (gsize)g_rand_int_range(random, 0, (gint32)length);
        while (from > 0 && text[from - 1] != '\n')
            from--;
        gsize size = (gsize)g_rand_int_range(random, 20, 400);
        size = MIN(size, length - from);
        GString *piece = g_string_new_len(text + from, (gssize)size);
        gint n_changes = g_rand_int_range(random, 0, 4);
        for (gint k = 0; k < n_changes && piece->len > 2; k++) {
            gssize at = g_rand_int_range(random, 0, (gint32)piece->len);
            gssize taken = g_rand_int_range(random, 1, 4);
            if (g_rand_int_range(random, 0, 3) == 0)
                g_string_erase(piece, at, MIN(taken, (gssize)piece->len - at));
            else
                g_string_insert(piece, at, bits[g_rand_int_range(random, 0, G_N_ELEMENTS(bits))]);
        }
        assert_same(piece->str, piece->len);
        g_string_free(piece, TRUE);
    }
}

static void broken_files_are_what_they_are_to_libyaml(void **state) {
    (void)state;
    visit_files(visit_broken);
}

/* Every short text of the signs that matter. */
static void short_texts_are_what_they_are_to_libyaml(void **state) {
    static const char *const signs[] = {"a", "b", ":", ": ", " ", "\n", "- ", "#", ",", "[", "]",
                                        "{", "}", "\"", "'", "|", "&x", "*x", "\n  ", ">-\n ", "1,2"};
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (guint i = 0; i < 40000; i++) {
        GString *text = g_string_new(i % 3 == 0 ? "a: " : i % 3 == 1 ? "- " : "");
        for (gint n = g_rand_int_range(random, 1, 12); n > 0; n--)
            g_string_append(text, signs[g_rand_int_range(random, 0, G_N_ELEMENTS(signs))]);
        assert_same(text->str, text->len);
        g_string_free(text, TRUE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_forms_go_the_quick_way),
        cmocka_unit_test(what_might_be_something_else_is_left_to_libyaml),
        cmocka_unit_test(our_own_files_go_the_quick_way),
        cmocka_unit_test(broken_files_are_what_they_are_to_libyaml),
        cmocka_unit_test(short_texts_are_what_they_are_to_libyaml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
