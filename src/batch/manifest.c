/* batch/manifest.c: a manifest: a line for the run, then a line for each plan. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/durable.h"
#include "batch/error.h"
#include "batch/journal.h"

#define FORMAT    1
#define MAX_BYTES ((gsize)1 << 30)

char *sats_manifest_path(const char *folder, const char *suffix) {
    return g_strdup_printf("%s/plansats-batch%s.json", folder, suffix);
}

char *sats_journal_path(const char *folder, const char *suffix) {
    return g_strdup_printf("%s/plansats-batch%s.journal", folder, suffix);
}

void sats_manifest_free(SatsManifest *manifest) {
    if (manifest != NULL) {
        sats_json_free(manifest->json);
        g_ptr_array_unref(manifest->records);
        g_free(manifest->bytes);
        g_free(manifest);
    }
}

static void record_free(gpointer record) {
    sats_record_free(record);
}

static gboolean read_records(SatsManifest *manifest) {
    const SatsJson *plans = sats_json_get(manifest->json, "plans", SATS_JSON_LIST);
    if (plans == NULL || sats_json_get_number(manifest->json, "plansats-batch", 0) != FORMAT) {
        return FALSE;
    }
    for (guint i = 0; i < plans->values->len; i++) {
        SatsRecord *record = sats_record_from_json(g_ptr_array_index(plans->values, i));
        if (record == NULL) {
            return FALSE;
        }
        g_ptr_array_add(manifest->records, record);
    }
    return TRUE;
}

SatsManifest *sats_manifest_read(const char *path, GError **error) {
    g_autoptr(GError) cause = NULL;
    g_autoptr(SatsManifest) manifest = g_new0(SatsManifest, 1);
    manifest->records = g_ptr_array_new_with_free_func(record_free);
    manifest->bytes = sats_file_read(path, MAX_BYTES, &manifest->size, &cause);
    if (manifest->bytes == NULL) {
        if (access(path, F_OK) == 0 || errno != ENOENT) {
            sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "%s", "%s", cause->message);
        }
        return NULL;
    }
    manifest->json = sats_json_parse(manifest->bytes, manifest->size);
    if (manifest->json == NULL || !read_records(manifest)) {
        sats_batch_fail(
            error, SATS_BATCH_ERROR_SYSTEM,
            "%s is no manifest of this version of plansats: move it away to begin anew",
            "%s är inget manifest av denna version av plansats: flytta undan den för att börja om",
            path);
        return NULL;
    }
    return g_steal_pointer(&manifest);
}

static gint compare_plans(gconstpointer a, gconstpointer b) {
    const SatsRecord *const *first = a;
    const SatsRecord *const *second = b;
    return strcmp((*first)->plan, (*second)->plan);
}

gboolean sats_manifest_write(const char *folder, const char *suffix, SatsJson *head,
                             GPtrArray *records, GError **error) {
    g_ptr_array_sort(records, compare_plans);
    g_autoptr(GString) text = g_string_new("{\"plansats-batch\": ");
    g_string_append_printf(text, "%d", FORMAT);
    for (guint i = 0; i < head->keys->len; i++) {
        g_string_append_printf(text,
                               ",\n \"%s\": ", (const char *)g_ptr_array_index(head->keys, i));
        sats_json_write(text, g_ptr_array_index(head->values, i));
    }
    g_string_append(text, ",\n \"plans\": [");
    for (guint i = 0; i < records->len; i++) {
        g_autoptr(SatsJson) json = sats_record_to_json(g_ptr_array_index(records, i));
        g_string_append(text, i == 0 ? "\n  " : ",\n  ");
        sats_json_write(text, json);
    }
    g_string_append(text, "\n]}\n");
    sats_json_free(head);
    g_autofree char *path = sats_manifest_path(folder, suffix);
    g_autofree char *temporary = sats_durable_temporary(folder, suffix, 0);
    int number = sats_durable_write(path, temporary, text->str, text->len);
    return number == 0 || sats_batch_fail_errno(error, path, number);
}
