/* unit/template/fixture.h: a folder of its own for each test, with templates written into it. */
#ifndef SATS_TESTS_TEMPLATE_FIXTURE_H
#define SATS_TESTS_TEMPLATE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "template/eval.h"

typedef struct {
    char *folder;
    GPtrArray *files; /* to remove, in order of making */
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    const SatsTemplate *template_;
    const SatsValue *plan;
} Fixture;

static inline int fixture_setup(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->folder = g_dir_make_tmp("sats-XXXXXX", NULL);
    f->files = g_ptr_array_new_with_free_func(g_free);
    f->sources = sats_sources_new();
    f->arena = sats_arena_new();
    f->report = sats_report_new(SATS_LANGUAGE_SWEDISH);
    *state = f;
    return f->folder ? 0 : -1;
}

static inline int fixture_teardown(void **state) {
    Fixture *f = *state;
    for (guint i = f->files->len; i-- > 0;)
        g_remove(f->files->pdata[i]);
    g_rmdir(f->folder);
    g_ptr_array_free(f->files, TRUE);
    sats_report_free(f->report);
    sats_arena_free(f->arena);
    sats_sources_free(f->sources);
    g_free(f->folder);
    g_free(f);
    return 0;
}

/* Writes a file, "sections/x.yaml" or "x.yaml", into the folder. */
static inline void put(Fixture *f, const char *name, const char *text) {
    char *path = g_build_filename(f->folder, name, NULL);
    char *folder = g_path_get_dirname(path);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
        g_ptr_array_add(f->files, g_strdup(folder));
    }
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_ptr_array_add(f->files, path);
    g_free(folder);
}

/* Loads a template by name, from the folder and then the source tree's own templates. */
static inline const SatsTemplate *load_named(Fixture *f, const char *name) {
    const char *const folders[] = {SATS_TEST_TEMPLATES_DIR, NULL};
    SatsTemplateOptions options = {folders, f->folder, NULL};
    f->template_ = sats_template_load(name, &options, f->sources, f->arena, f->report);
    return f->template_;
}

static inline const SatsTemplate *load(Fixture *f, const char *text) {
    put(f, "t.yaml", text);
    return load_named(f, "t");
}

static inline const SatsValue *read_plan(Fixture *f, const char *text) {
    const SatsSource *source = sats_sources_add(f->sources, "plan.yaml", text, strlen(text));
    f->plan = sats_yaml_read(source, NULL, f->arena, f->report);
    assert_non_null(f->plan);
    return f->plan;
}

static inline void print_findings(Fixture *f) {
    char *text = sats_report_to_text(f->report, FALSE);
    print_error("%s\n", text);
    g_free(text);
}

static inline void assert_no_findings(Fixture *f) {
    if (sats_report_length(f->report) > 0)
        print_findings(f);
    assert_int_equal(sats_report_length(f->report), 0);
}

/* A finding of that code at line:column (0: anywhere) whose message or hint holds `words`. */
static inline void assert_finding(Fixture *f, const char *code, guint line, guint column,
                                  const char *words) {
    for (guint i = 0; i < sats_report_length(f->report); i++) {
        const SatsFinding *finding = sats_report_at(f->report, i);
        if (strcmp(finding->code, code) == 0 && (!line || finding->place.line == line) &&
            (!column || finding->place.column == column) &&
            (strstr(finding->message, words) || (finding->hint && strstr(finding->hint, words))))
            return;
    }
    print_findings(f);
    fail_msg("no finding [%s] at %u:%u with '%s'", code, line, column, words);
}

/* The plain text of the template's block number `index`, a paragraph, for the plan. */
static inline const char *paragraph(Fixture *f, guint index) {
    SatsDataScope *scope = sats_scope_new(f->template_, f->plan, f->arena);
    assert_true(index < f->template_->body.n);
    const SatsBlock *block = f->template_->body.items[index];
    assert_int_equal(block->kind, SATS_BLOCK_PARAGRAPH);
    return sats_text_plain(block->as.text, scope, f->arena, f->report);
}

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
