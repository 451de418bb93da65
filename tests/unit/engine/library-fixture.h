/* A folder of its own for each test, with a plan, its template and a theme of small pages. */
#ifndef SATS_TESTS_LIBRARY_FIXTURE_H
#define SATS_TESTS_LIBRARY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "plansats.h"

#define SMALL_THEME                                                                                \
    "theme: liten\nextends: standard\npages:\n  portrait: {width: 100, height: 95, left: 10, "     \
    "right: 10, top: 12, bottom: 10, first-top: 12, prose-left: 8, prose-width: 72}\n"

typedef struct {
    char *folder, *path;
    SatsEngine *engine;
    SatsPlan *plan;
    char *text; /* the latest dump or report */
} Library;

static inline void library_put(Library *l, const char *name, const char *text) {
    g_autofree char *path = g_build_filename(l->folder, name, NULL);
    g_remove(path); /* without fsync, what is longer is not cut */
    assert_true(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                         NULL)); /* no fsync */
}

/* A template of that `data` (a flow map) and `body`, and a plan of those values. */
static inline void library_write(Library *l, const char *data, const char *body,
                                 const char *values) {
    g_autofree char *template_ = g_strdup_printf(
        "template: prov\ntitle: Prov\ntheme: liten\nlanguage: sv-SE\npage: portrait\ndata: %s\n"
        "document: {title: Prov}\nbody:\n%s",
        data, body);
    g_autofree char *plan = g_strconcat("mall: ./prov.yaml\n", values, NULL);
    library_put(l, "prov.yaml", template_);
    library_put(l, "themes/liten.yaml", SMALL_THEME);
    library_put(l, "plan.yaml", plan);
}

static inline SatsPlan *library_load(Library *l) {
    sats_plan_free(l->plan);
    l->plan = sats_plan_load(l->engine, l->path);
    assert_non_null(l->plan);
    return l->plan;
}

/* Writes, loads and dumps; there must be no findings. */
static inline const char *library_dump(Library *l, const char *stage) {
    sats_string_free(l->text);
    l->text = sats_plan_dump(l->plan, stage);
    if (l->text == NULL || sats_plan_errors(l->plan) > 0) {
        char *report = sats_plan_report(l->plan, SATS_REPORT_TEXT);
        print_error("%s%s\n", report, sats_plan_message(l->plan));
        sats_string_free(report);
        fail();
    }
    return l->text;
}

static inline int library_set_up(void **state) {
    Library *l = g_new0(Library, 1);
    l->folder = g_dir_make_tmp("plansats-library-XXXXXX", NULL);
    l->path = g_build_filename(l->folder, "plan.yaml", NULL);
    g_autofree char *themes = g_build_filename(l->folder, "themes", NULL);
    l->engine = sats_engine_new(NULL, NULL);
    *state = l;
    return g_mkdir(themes, 0700) != 0 || l->engine == NULL ? -1 : 0;
}

static inline void library_remove(const char *path) {
    GDir *folder = g_dir_open(path, 0, NULL);
    for (const char *name = folder == NULL ? NULL : g_dir_read_name(folder); name != NULL;
         name = g_dir_read_name(folder)) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        library_remove(child);
    }
    if (folder != NULL) {
        g_dir_close(folder);
    }
    g_remove(path);
}

static inline int library_tear_down(void **state) {
    Library *l = *state;
    sats_plan_free(l->plan);
    sats_engine_free(l->engine);
    library_remove(l->folder);
    sats_string_free(l->text);
    g_free(l->folder);
    g_free(l->path);
    g_free(l);
    return 0;
}

#define LIBRARY_TEST(name) cmocka_unit_test_setup_teardown(name, library_set_up, library_tear_down)

#endif
