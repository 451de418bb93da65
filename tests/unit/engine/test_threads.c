/* However many threads a plan is set with, its pages, its file and what is told of it are the same
 * to the byte. */
#include "unit/engine/library-fixture.h"

#define EXAMPLES SATS_TEST_DIR "/../examples"
#define DATA     "{delar: {of: {keys: {rubrik: line, text: text, punkter: {of: line}, sida: line}}}}"
/* Sections that begin with lists, turn the page, have heads, columns, tables and notes of their
 * own. */
#define BODY                                                                                       \
    "  - paragraph: \"Först {{ref sist}}, sidan {{sidref sist}}.\"\n"                             \
    "  - contents: {title: Innehåll, depth: 2}\n"                                                 \
    "  - each: d in delar\n"                                                                       \
    "    group:\n"                                                                                 \
    "      - {when: \"d.sida == 'bryt'\", break: landscape}\n"                                     \
    "      - {when: \"d.sida == 'vänd'\", break: portrait}\n"                                     \
    "  - each: d in delar\n"                                                                       \
    "    section:\n"                                                                               \
    "      title: \"{{d.rubrik}}\"\n"                                                              \
    "      body:\n"                                                                                \
    "        - list: [{each: p in d.punkter, text: \"{{p}}\"}]\n"                                  \
    "        - text: \"{{d.text}}\"\n"                                                             \
    "        - {when: \"d.sida == 'bryt'\", break: landscape}\n"                                   \
    "        - columns: {columns: [[{text: \"{{d.text}}\"}], [{text: \"{{d.text}}\"}]]}\n"         \
    "        - section:\n"                                                                         \
    "            title: \"Om {{d.rubrik}}\"\n"                                                     \
    "            body:\n"                                                                          \
    "              - {when: \"d.sida == 'vänd'\", break: landscape}\n"                            \
    "              - table:\n"                                                                     \
    "                  caption: \"Tabell för {{d.rubrik}}\"\n"                                    \
    "                  widths: alla\n"                                                             \
    "                  columns: [{header: Punkt, key: true}, {header: Text}]\n"                    \
    "                  rows: [{each: p in d.punkter, cells: [\"{{p}}\", \"{{d.rubrik}}\"]}]\n"     \
    "              - {when: \"d.sida == 'vänd'\", break: portrait}\n"                             \
    "              - text: \"{{d.text}}\"\n"                                                       \
    "  - section: {title: Sist, id: sist, page: landscape, head: {left: Huvud, right: Sist},\n"    \
    "             body: [{text: Slutet.}]}\n"                                                      \
    "  - paragraph: Efter alla avsnitt.\n"

/* ---- what a plan becomes ---- */

typedef struct {
    SatsStatus status;
    GBytes *bytes;
    char *pages, *report, *message;
} Product;

static int collect(void *context, int page, const void *bytes, size_t size) {
    (void)page;
    g_byte_array_append(context, bytes, (guint)size);
    return 1;
}

static void make(Product *product, const char *path, int threads) {
    SatsEngine *engine = sats_engine_new(&(SatsEngineOptions){.threads = threads}, NULL);
    SatsPlan *plan = sats_plan_load(engine, path);
    GByteArray *bytes = g_byte_array_new();
    product->status = sats_plan_render(plan, NULL, collect, bytes);
    product->bytes = g_byte_array_free_to_bytes(bytes);
    product->pages = sats_plan_dump(plan, "pages");
    product->report = sats_plan_report(plan, SATS_REPORT_JSON);
    product->message = g_strdup(sats_plan_message(plan));
    sats_plan_free(plan);
    sats_engine_free(engine);
}

static void clear(Product *product) {
    g_bytes_unref(product->bytes);
    sats_string_free(product->pages);
    sats_string_free(product->report);
    g_free(product->message);
}

/* Says what differs; TRUE when nothing does. */
static gboolean is_same(const Product *a, const Product *b, const char *path, int threads) {
    const char *what = a->status != b->status                ? "status"
                       : g_strcmp0(a->pages, b->pages) != 0  ? "pages"
                       : strcmp(a->report, b->report) != 0   ? "report"
                       : strcmp(a->message, b->message) != 0 ? "message"
                       : !g_bytes_equal(a->bytes, b->bytes)  ? "bytes"
                                                             : NULL;
    if (what != NULL) {
        print_error("%s: other %s with %d threads\n", path, what, threads);
    }
    return what == NULL;
}

/* With one thread, and several times with each of some numbers of them: they take the parts of the
 * document in another order each time. */
static void assert_alike(const char *path, SatsStatus status, guint times) {
    static const int THREADS[] = {2, 3, 4, 64};
    Product alone;
    make(&alone, path, 1);
    gboolean same = TRUE;
    for (guint i = 0; i < times * G_N_ELEMENTS(THREADS); i++) {
        int threads = THREADS[i % G_N_ELEMENTS(THREADS)];
        Product product;
        make(&product, path, threads);
        same = is_same(&alone, &product, path, threads) && same;
        clear(&product);
    }
    SatsStatus found = alone.status;
    if (found != status) {
        print_error("%s: %s%s\n", path, alone.report, alone.message);
    }
    clear(&alone);
    assert_int_equal(found, status);
    assert_true(same);
}

/* ---- generated plans ---- */

static const char *page_of(guint i, guint seed) {
    static const char *const PAGES[] = {"", "bryt", "", "vänd", ""};
    return PAGES[(i * seed + i / 3) % G_N_ELEMENTS(PAGES)];
}

static void write_plan(Library *l, guint n, guint seed) {
    GString *values = g_string_new(n == 0 ? "" : "delar:\n");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(
            values,
            "  - rubrik: Del %u om verksamhetsutveckling\n    sida: \"%s\"\n    text: |\n"
            "      Förvaltningens ansvarsfördelning %u beskrivs här^[Noten %u står vid foten.], "
            "och\n"
            "      målen ”för nämnden” följs upp – varje kvartal – i delårsrapporten "
            "\xE2\x97\x90.\n\n"
            "      - en punkt i texten^[Noten %u, den andra.]\n      - och en till\n    punkter:\n",
            i, page_of(i, seed), i * seed, i, i);
        for (guint k = 0; k < 1 + (i + seed) % 5; k++) {
            g_string_append_printf(values, "      - Punkt %u i del %u\n", k, i);
        }
    }
    library_write(l, DATA, BODY, values->str);
    g_string_free(values, TRUE);
}

static void generated_plans_are_alike(void **state) {
    Library *l = *state;
    for (guint seed = 1; seed <= 4; seed++) {
        write_plan(l, 45, seed);
        assert_alike(l->path, SATS_STATUS_DONE, 2);
    }
}

static void few_sections_or_none_are_alike(void **state) {
    Library *l = *state;
    for (guint n = 0; n < 4; n++) {
        write_plan(l, n, 1);
        assert_alike(l->path, SATS_STATUS_DONE, 1);
    }
}

/* Tables that share their widths, on pages of different kinds. */
static void tables_in_common_are_alike(void **state) {
    Library *l = *state;
    GString *values = g_string_new("delar:\n");
    for (guint i = 0; i < 60; i++) {
        g_string_append_printf(values, "  - {rubrik: \"%u%.*s\", text: x, sida: \"%s\", punkter: [",
                               i, (int)(i * 7 % 40), "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
                               page_of(i, 2));
        for (guint k = 0; k < 20; k++) {
            g_string_append_printf(values, "%sp%u", k > 0 ? ", " : "", i * k);
        }
        g_string_append(values, "]}\n");
    }
    library_write(l, DATA, BODY, values->str);
    g_string_free(values, TRUE);
    assert_alike(l->path, SATS_STATUS_DONE, 2);
}

/* More findings than are kept: how many there were is told too. */
static void findings_are_alike(void **state) {
    Library *l = *state;
    GString *values = g_string_new("delar:\n");
    for (guint i = 0; i < 40; i++) {
        g_string_append_printf(values, "  - {rubrik: R%u, sida: \"\", text: x, punkter: [", i);
        for (guint k = 0; k < 40; k++) {
            g_string_append_printf(values, "%s\"%u \xCD\xB8\"", k > 0 ? ", " : "", k);
        }
        g_string_append(values, "]}\n");
    }
    library_write(l, DATA, BODY, values->str);
    g_string_free(values, TRUE);
    assert_alike(l->path, SATS_STATUS_DOCUMENT, 2);
}

/* Which of several missing fonts is told does not depend on who came first. */
static void failures_are_alike(void **state) {
    Library *l = *state;
    write_plan(l, 45, 1);
    library_put(l, "themes/liten.yaml",
                SMALL_THEME "styles:\n  h1: {weight: 300}\n  h2: {weight: 200}\n"
                            "  body: {weight: 500}\n  footnote: {weight: 800}\n");
    assert_alike(l->path, SATS_STATUS_SYSTEM, 4);
}

/* The fonts that were opened beforehand are not those that are wanted. */
static void plans_with_fonts_of_their_own_are_alike(void **state) {
    Library *l = *state;
    g_autofree char *bytes = NULL;
    gsize size = 0;
    g_autofree char *folder = g_build_filename(l->folder, "themes", "typsnitt", NULL);
    g_autofree char *copy = g_build_filename(folder, "Egen.ttf", NULL);
    assert_true(
        g_file_get_contents(SATS_TEST_FONTS_DIR "/NotoSansSymbols2-Regular.ttf", &bytes, &size, NULL));
    assert_int_equal(g_mkdir(folder, 0700), 0);
    assert_true(g_file_set_contents(copy, bytes, (gssize)size, NULL));
    write_plan(l, 45, 2);
    library_put(l, "themes/liten.yaml", SMALL_THEME "fonts: [typsnitt]\n");
    assert_alike(l->path, SATS_STATUS_DONE, 1);
}

/* ---- examples ---- */

static void examples_are_alike(void **state) {
    (void)state;
    GDir *folder = g_dir_open(EXAMPLES, 0, NULL);
    assert_non_null(folder);
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *path = g_build_filename(EXAMPLES, name, "plan.yaml", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            assert_alike(path, SATS_STATUS_DONE, 1);
        }
    }
    g_dir_close(folder);
}

/* ---- what is begun beforehand ---- */

/* Fonts are opened and words shaped while a plan is read; a plan may be given up at any time. */
static void a_plan_may_be_given_up_at_once(void **state) {
    Library *l = *state;
    write_plan(l, 45, 1);
    for (guint i = 0; i < 20; i++) {
        SatsEngine *engine = sats_engine_new(&(SatsEngineOptions){.threads = 4}, NULL);
        SatsPlan *plan = sats_plan_load(engine, l->path);
        SatsPlan *none = sats_plan_load(engine, "/nonexistent/plan.yaml");
        SatsPlan *other = sats_plan_load(engine, l->path);
        sats_plan_free(i % 2 == 0 ? plan : other);
        sats_plan_free(none);
        if (i % 3 == 0) {
            sats_plan_check(i % 2 == 0 ? other : plan, 0);
        }
        sats_plan_free(i % 2 == 0 ? other : plan);
        sats_engine_free(engine);
    }
    for (guint i = 0; i < 20; i++) {
        SatsEngine *engine = sats_engine_new(&(SatsEngineOptions){.threads = 4}, NULL);
        SatsPlan *plan = sats_plan_load(engine, i % 2 == 0 ? l->path : "/nonexistent/plan.yaml");
        assert_non_null(plan);
        sats_plan_free(plan);
        sats_engine_free(engine);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        LIBRARY_TEST(generated_plans_are_alike),
        LIBRARY_TEST(few_sections_or_none_are_alike),
        LIBRARY_TEST(tables_in_common_are_alike),
        LIBRARY_TEST(findings_are_alike),
        LIBRARY_TEST(failures_are_alike),
        LIBRARY_TEST(plans_with_fonts_of_their_own_are_alike),
        LIBRARY_TEST(examples_are_alike),
        LIBRARY_TEST(a_plan_may_be_given_up_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
