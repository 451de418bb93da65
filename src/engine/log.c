/* engine/log.c: findings as a SARIF log, and what the documentation says of a code. */
#include <string.h>

#include "base/codes.h"
#include "base/file.h"
#include "base/sarif.h"
#include "engine/engine-private.h"
#include "version.h"

#define MAX_PAGE_BYTES ((gsize)4 << 20)

struct SatsLog {
    SatsSarif *sarif;
};

/* ---- the page of codes ---- */

static const char *page_name(const SatsEngine *engine) {
    return engine->language == SATS_LANGUAGE_SWEDISH ? "checks.sv.md" : "checks.md";
}

static char *page_path(const SatsEngine *engine) {
    return g_build_filename(engine->data_folder, "docs", page_name(engine), NULL);
}

/* Where the page is to be read: on the web, when the build knows, else on this machine. */
static char *page_uri(const SatsEngine *engine) {
    if (*SATS_DOCS_URL != '\0') {
        return g_strconcat(SATS_DOCS_URL "/", page_name(engine), NULL);
    }
    g_autofree char *path = page_path(engine);
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    return g_file_test(whole, G_FILE_TEST_IS_REGULAR) ? g_filename_to_uri(whole, NULL, NULL) : NULL;
}

/* From the code's own heading up to the next one. */
static char *section_of(const char *page, const char *code) {
    g_autofree char *heading = g_strdup_printf("\n### %s\n", code);
    const char *start = strstr(page, heading);
    if (start == NULL) {
        return NULL;
    }
    const char *end = strstr(start + 1, "\n### ");
    const char *chapter = strstr(start + 1, "\n## ");
    end = end == NULL || (chapter != NULL && chapter < end) ? chapter : end;
    char *section =
        end == NULL ? g_strdup(start + 1) : g_strndup(start + 1, (gsize)(end - start - 1));
    return g_strchomp(section);
}

/* The row of a template's check, "| `code`, `other` | severity | text |", as if it were a section.
 */
static char *row_of(const char *page, const char *code) {
    g_autofree char *name = g_strdup_printf("`%s`", code);
    for (const char *row = strstr(page, "\n| `"); row != NULL; row = strstr(row + 1, "\n| `")) {
        g_autofree char *line = g_strndup(row + 1, strcspn(row + 1, "\n"));
        g_auto(GStrv) cells = g_strsplit(line, " | ", 3);
        if (g_strv_length(cells) < 3 || strstr(cells[0], name) == NULL) {
            continue;
        }
        char *end = strrchr(cells[2], '|');
        return g_strdup_printf("### %s\n%.*s.", code, (int)(end == NULL ? 0 : end - cells[2] - 1),
                               cells[2]);
    }
    return NULL;
}

char *sats_engine_explain(const SatsEngine *engine, const char *code) {
    g_autofree char *path = page_path(engine);
    gsize size = 0;
    g_autofree char *page = sats_file_read(path, MAX_PAGE_BYTES, &size, NULL);
    if (page == NULL) {
        return NULL;
    }
    return sats_code_find(code) != NULL ? section_of(page, code) : row_of(page, code);
}

/* ---- SARIF ---- */

SatsLog *sats_log_new(const SatsEngine *engine) {
    SatsLog *log = g_new0(SatsLog, 1);
    g_autofree char *help = page_uri(engine);
    log->sarif = sats_sarif_new(SATS_VERSION, help, engine->language);
    return log;
}

void sats_log_add(SatsLog *log, const SatsPlan *plan) {
    sats_sarif_add(log->sarif, plan->report);
    if (*sats_plan_message(plan) != '\0') {
        sats_sarif_fail(log->sarif, sats_plan_message(plan));
    }
}

char *sats_log_end(SatsLog *log) {
    char *text = sats_sarif_end(log->sarif);
    g_free(log);
    return text;
}
