/* A plan bound with a template, both given as text; for the tests of bind.
 *
 * bind_open() leaves the document, its dump and the findings in the fixture; all go in the
 * teardown, which runs also when a test fails. */
#ifndef TESTS_UNIT_BIND_FIXTURE_H
#define TESTS_UNIT_BIND_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bind/bind.h"

typedef struct {
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    SatsDocument *document;
    char *dump, *findings, *folder;
} Fixture;

static int fixture_setup(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->sources = sats_sources_new();
    f->arena = sats_arena_new();
    f->report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    f->folder = g_dir_make_tmp("plansats-bind-XXXXXX", NULL);
    *state = f;
    return f->folder == NULL ? -1 : 0;
}

static int fixture_teardown(void **state) {
    Fixture *f = *state;
    g_autofree char *path = g_build_filename(f->folder, "prov.yaml", NULL);
    g_remove(path);
    g_rmdir(f->folder);
    sats_document_free(f->document);
    sats_report_free(f->report);
    sats_arena_free(f->arena);
    sats_sources_free(f->sources);
    g_free(f->dump);
    g_free(f->findings);
    g_free(f->folder);
    g_free(f);
    return 0;
}

/* `data`: the template's declarations, one flow map; `body`: its blocks; `plan`: the values. */
static inline void bind_open_as(Fixture *f, const char *data, const char *body, const char *plan,
                                gboolean final) {
    static const char *const folders[] = {SATS_TEST_TEMPLATES_DIR, NULL};
    g_autofree char *text = g_strdup_printf("template: prov\ntitle: Prov\ntheme: standard\n"
                                            "language: sv-SE\npage: portrait\ndata: %s\n"
                                            "document: {title: Prov}\nbody:\n%s",
                                            data, body);
    g_autofree char *path = g_build_filename(f->folder, "prov.yaml", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    SatsTemplateOptions options = {.folders = folders};
    const SatsTemplate *template_ =
        sats_template_load(path, &options, f->sources, f->arena, f->report);
    f->findings = sats_report_to_text(f->report, FALSE);
    if (template_ == NULL || sats_report_count(f->report, SATS_ERROR) > 0)
        fail_msg("the template does not load:\n%s", f->findings);
    const SatsSource *source = sats_sources_add(f->sources, "plan.yaml", plan, strlen(plan));
    const SatsValue *value = sats_yaml_read(source, NULL, f->arena, f->report);
    f->document = sats_bind(template_, value, &(SatsBindOptions){.final_ = final}, f->report);
    f->dump = sats_document_dump(f->document);
    g_free(f->findings);
    f->findings = sats_report_to_text(f->report, FALSE);
}

static inline void bind_open(void **state, const char *data, const char *body, const char *plan) {
    bind_open_as(*state, data, body, plan, FALSE);
}

/* Lines are compared without their indentation; `part` may hold several, each with a line end. */
static inline void assert_part(void **state, const char *part) {
    Fixture *f = *state;
    g_auto(GStrv) lines = g_strsplit(f->dump, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        g_strstrip(*line);
    g_autofree char *flat = g_strjoinv("\n", lines);
    if (strstr(flat, part) == NULL)
        fail_msg("not in the document: %s\n%s\n%s", part, f->dump, f->findings);
}

static inline void assert_no_part(void **state, const char *part) {
    Fixture *f = *state;
    if (strstr(f->dump, part) != NULL)
        fail_msg("in the document: %s\n%s", part, f->dump);
}

static inline void assert_finding(void **state, const char *part) {
    Fixture *f = *state;
    if (strstr(f->findings, part) == NULL)
        fail_msg("not among the findings: %s\n%s", part, f->findings);
}

static inline void assert_no_findings(void **state) {
    Fixture *f = *state;
    if (sats_report_length(f->report) > 0)
        fail_msg("unexpected findings:\n%s", f->findings);
}

/* The first node of a kind, in reading order. */
static inline const SatsNode *find_node(const SatsNode *node, SatsNodeKind kind) {
    if (node->kind == kind)
        return node;
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        const SatsNode *found = find_node(child, kind);
        if (found != NULL)
            return found;
    }
    return NULL;
}

#define BIND_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
