/* batch/merge.c: many manifests become one. */
#include "batch/merge.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "batch/durable.h"
#include "batch/journal.h"

#define PATIENCE_MS 3000

typedef struct {
    char *suffix; /* "-1-of-4" */
    char *sha256; /* of the manifest file */
    SatsManifest *manifest;
    guint index, count;
} Shard;

typedef struct {
    const char *folder;
    GPtrArray *shards;   /* Shard */
    SatsManifest *whole; /* what stands there already; may be NULL */
    GPtrArray *records;  /* borrowed */
    SatsMergeCounts counts;
} Merge;

static gboolean misfit(GError **error, const char *english, const char *swedish, const char *what) {
    g_autofree char *en = g_strdup_printf("%s: %s", what, english);
    g_autofree char *sv = g_strdup_printf("%s: %s", what, swedish);
    return sats_batch_fail(error, SATS_BATCH_ERROR_DOCUMENT, "%s%.0s", "%.0s%s", en, sv);
}

/* ---- reading ---- */

static void shard_free(gpointer data) {
    Shard *shard = data;
    g_free(shard->suffix);
    g_free(shard->sha256);
    sats_manifest_free(shard->manifest);
    g_free(shard);
}

/* Digits at *at, which is set behind them. */
static gboolean take_number(const char **at, guint *out) {
    char *end = NULL;
    guint64 number = g_ascii_isdigit(**at) ? g_ascii_strtoull(*at, &end, 10) : 0;
    if (number == 0 || number > SATS_SHARD_MAX) {
        return FALSE;
    }
    *out = (guint)number;
    *at = end;
    return TRUE;
}

static gboolean take_word(const char **at, const char *word) {
    gboolean there = g_str_has_prefix(*at, word);
    *at += there ? strlen(word) : 0;
    return there;
}

/* "plansats-batch-2-of-8.json" → 2, 8 */
static gboolean parse_name(const char *name, guint *out_index, guint *out_count) {
    return take_word(&name, "plansats-batch-") && take_number(&name, out_index) &&
           take_word(&name, "-of-") && take_number(&name, out_count) && g_str_equal(name, ".json");
}

static gboolean read_shard(Merge *merge, const char *name, GError **error) {
    guint index = 0;
    guint count = 0;
    if (!parse_name(name, &index, &count)) {
        return TRUE;
    }
    g_autofree char *path = g_build_filename(merge->folder, name, NULL);
    GError *cause = NULL;
    SatsManifest *manifest = sats_manifest_read(path, &cause);
    if (manifest == NULL) {
        if (cause != NULL) {
            g_propagate_error(error, cause);
        }
        return cause == NULL;
    }
    Shard *shard = g_new0(Shard, 1);
    shard->suffix = g_strdup_printf("-%u-of-%u", index, count);
    shard->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)manifest->bytes,
                                                manifest->size);
    shard->manifest = manifest;
    shard->index = index;
    shard->count = count;
    g_ptr_array_add(merge->shards, shard);
    return TRUE;
}

static gint compare_shards(gconstpointer a, gconstpointer b) {
    const Shard *const *first = a;
    const Shard *const *second = b;
    return (*first)->index < (*second)->index ? -1 : (*first)->index > (*second)->index;
}

static gboolean read_all(Merge *merge, GError **error) {
    g_autoptr(GError) cause = NULL;
    GDir *entries = g_dir_open(merge->folder, 0, &cause);
    if (entries == NULL) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "%s", "%s", cause->message);
    }
    gboolean done = TRUE;
    for (const char *name = g_dir_read_name(entries); name != NULL && done;
         name = g_dir_read_name(entries)) {
        done = read_shard(merge, name, error);
    }
    g_dir_close(entries);
    g_ptr_array_sort(merge->shards, compare_shards);
    if (!done) {
        return FALSE;
    }
    GError *problem = NULL;
    g_autofree char *path = sats_manifest_path(merge->folder, "");
    merge->whole = sats_manifest_read(path, &problem);
    if (problem != NULL) {
        g_propagate_error(error, problem);
        return FALSE;
    }
    return TRUE;
}

/* ---- what an earlier merge has joined ---- */

/* Is every shard that is left in the whole already? Then that merge was killed before it was
 * through. */
static gboolean all_joined(const Merge *merge) {
    const SatsJson *joined =
        merge->whole == NULL ? NULL : sats_json_get(merge->whole->json, "joined", SATS_JSON_MAP);
    for (guint i = 0; i < merge->shards->len; i++) {
        const Shard *shard = g_ptr_array_index(merge->shards, i);
        if (joined == NULL ||
            g_strcmp0(sats_json_get_text(joined, shard->suffix + 1), shard->sha256) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

static void remove_shards(const Merge *merge) {
    for (guint i = 0; i < merge->shards->len; i++) {
        const Shard *shard = g_ptr_array_index(merge->shards, i);
        g_autofree char *path = sats_manifest_path(merge->folder, shard->suffix);
        unlink(path);
    }
    (void)sats_durable_sync_folder(merge->folder);
}

/* ---- verifying ---- */

static gboolean check_shard(const Shard *shard, const Shard *first, GError **error) {
    const SatsJson *json = shard->manifest->json;
    const char *list = sats_json_get_text(json, "list-hash");
    if (shard->count != first->count) {
        return misfit(error, "another split than the first's", "en annan delning än den förstas",
                      shard->suffix + 1);
    }
    if (list == NULL ||
        g_strcmp0(list, sats_json_get_text(first->manifest->json, "list-hash")) != 0) {
        return misfit(error, "another list of plans than the first's",
                      "en annan lista av planer än den förstas", shard->suffix + 1);
    }
    if (!sats_json_get_bool(json, "complete")) {
        return misfit(error, "was interrupted: run it again", "blev avbruten: kör den igen",
                      shard->suffix + 1);
    }
    return TRUE;
}

static gboolean check_shards(const Merge *merge, GError **error) {
    const Shard *first = g_ptr_array_index(merge->shards, 0);
    g_autoptr(GString) missing = g_string_new(NULL);
    for (guint i = 1, at = 0; i <= first->count; i++) {
        const Shard *shard = at < merge->shards->len ? g_ptr_array_index(merge->shards, at) : NULL;
        if (shard != NULL && shard->count != first->count) {
            return check_shard(shard, first, error);
        }
        if (shard != NULL && shard->index == i) {
            at++;
        } else if (missing->len < 100) {
            g_string_append_printf(missing, " %u", i);
        }
    }
    for (guint i = 0; i < merge->shards->len; i++) {
        if (!check_shard(g_ptr_array_index(merge->shards, i), first, error)) {
            return FALSE;
        }
    }
    return missing->len == 0 ||
           sats_batch_fail(error, SATS_BATCH_ERROR_DOCUMENT, "of %u shards these are missing:%s",
                           "av %u delar saknas dessa:%s", first->count, missing->str);
}

static gboolean check_output(const Merge *merge, const SatsRecord *record, GHashTable *outputs,
                             GError **error) {
    if (!g_hash_table_add(outputs, record->output)) {
        return misfit(error, "is the output of two plans", "är två planers utfil", record->output);
    }
    g_autofree char *path = g_canonicalize_filename(record->output, merge->folder);
    g_autofree char *sha256 = sats_durable_sha256(path, record->size);
    return g_strcmp0(sha256, record->sha256) == 0 ||
           misfit(error, "is not the file that the manifest tells of",
                  "är inte filen som manifestet talar om", record->output);
}

static gboolean verify(Merge *merge, gint64 planned, GError **error) {
    g_autoptr(GHashTable) plans = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) outputs = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < merge->records->len; i++) {
        const SatsRecord *record = g_ptr_array_index(merge->records, i);
        if (!g_hash_table_add(plans, record->plan)) {
            return misfit(error, "is in two shards", "finns i två delar", record->plan);
        }
        if (record->status == SATS_RECORD_DONE && !check_output(merge, record, outputs, error)) {
            return FALSE;
        }
        merge->counts.failed += record->status != SATS_RECORD_DONE;
    }
    merge->counts.plans = merge->records->len;
    return planned < 0 || planned == merge->records->len ||
           sats_batch_fail(error, SATS_BATCH_ERROR_DOCUMENT, "the shards hold %u of %d plans",
                           "delarna har %u av %d planer", merge->records->len, (int)planned);
}

/* ---- joining ---- */

static void gather(const Merge *merge, const SatsManifest *manifest) {
    for (guint i = 0; i < manifest->records->len; i++) {
        g_ptr_array_add(merge->records, g_ptr_array_index(manifest->records, i));
    }
}

static gboolean join(Merge *merge, GError **error) {
    const Shard *first = g_ptr_array_index(merge->shards, 0);
    if (!check_shards(merge, error)) {
        return FALSE;
    }
    SatsJson *joined = sats_json_map_new();
    for (guint i = 0; i < merge->shards->len; i++) {
        const Shard *shard = g_ptr_array_index(merge->shards, i);
        gather(merge, shard->manifest);
        sats_json_put_text(joined, shard->suffix + 1, shard->sha256);
    }
    gint64 planned = sats_json_get_number(first->manifest->json, "planned", -1);
    SatsJson *head = sats_json_map_new();
    sats_json_put_text(head, "version", sats_version());
    sats_json_put_number(head, "planned", planned);
    sats_json_put_text(head, "list-hash", sats_json_get_text(first->manifest->json, "list-hash"));
    sats_json_put(head, "complete", sats_json_bool_new(TRUE));
    sats_json_put(head, "joined", joined);
    if (!verify(merge, planned, error)) {
        sats_json_free(head);
        return FALSE;
    }
    merge->counts.shards = merge->shards->len;
    if (!sats_manifest_write(merge->folder, "", head, merge->records, error)) {
        return FALSE;
    }
    remove_shards(merge);
    return TRUE;
}

static gboolean merge_all(Merge *merge, GError **error) {
    if (!read_all(merge, error)) {
        return FALSE;
    }
    if (merge->shards->len > 0 && !all_joined(merge)) {
        return join(merge, error);
    }
    if (merge->whole == NULL) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_DOCUMENT, "%s: there is no manifest",
                               "%s: det finns inget manifest", merge->folder);
    }
    gather(merge, merge->whole);
    if (!verify(merge, -1, error)) {
        return FALSE;
    }
    remove_shards(merge);
    return TRUE;
}

static int hold_folder(const char *folder, GError **error) {
    g_autofree char *path = sats_journal_path(folder, "");
    int lock =
        g_file_test(folder, G_FILE_TEST_IS_DIR) ? sats_durable_lock(path, FALSE, PATIENCE_MS) : -1;
    if (lock < 0 && errno == EWOULDBLOCK) {
        sats_batch_fail(error, SATS_BATCH_ERROR_BUSY, "a batch is at work in %s",
                        "en körning arbetar i %s", folder);
    } else if (lock < 0) {
        sats_batch_fail_errno(error, folder, errno != 0 ? errno : ENOENT);
    }
    return lock;
}

SatsStatus sats_merge_run(const char *folder, const SatsMergeListener *listener,
                          SatsMergeCounts *out_counts, GError **error) {
    g_autofree char *whole = g_canonicalize_filename(folder, NULL);
    GError *failure = NULL;
    errno = 0;
    int lock = hold_folder(whole, &failure);
    Merge merge = {.folder = whole,
                   .shards = g_ptr_array_new_with_free_func(shard_free),
                   .records = g_ptr_array_new()};
    gboolean done = lock >= 0 && merge_all(&merge, &failure);
    for (guint i = 0;
         done && listener != NULL && listener->failed != NULL && i < merge.records->len; i++) {
        const SatsRecord *record = g_ptr_array_index(merge.records, i);
        if (record->status != SATS_RECORD_DONE) {
            listener->failed(listener->context, record);
        }
    }
    if (lock >= 0) {
        g_autofree char *path = sats_journal_path(whole, "");
        if (lseek(lock, 0, SEEK_END) == 0) {
            unlink(path);
        }
        sats_durable_clean(whole, "", TRUE);
        close(lock);
    }
    *out_counts = merge.counts;
    g_ptr_array_unref(merge.records);
    g_ptr_array_unref(merge.shards);
    sats_manifest_free(merge.whole);
    SatsStatus status = done ? (merge.counts.failed > 0 ? SATS_STATUS_DOCUMENT : SATS_STATUS_DONE)
                        : failure->code == SATS_BATCH_ERROR_DOCUMENT ? SATS_STATUS_DOCUMENT
                                                                     : SATS_STATUS_SYSTEM;
    if (failure != NULL) {
        g_propagate_error(error, failure);
    }
    return status;
}
