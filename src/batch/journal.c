/* batch/journal.c: appends what is finished; reads what an earlier run left. */
#include "batch/journal.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/durable.h"
#include "batch/error.h"
#include "plansats.h"

#define PATIENCE_MS 3000
#define MAX_BYTES   ((gsize)1 << 30)

struct SatsJournal {
    char *folder, *suffix, *path;
    SatsShard shard;
    int folder_lock; /* of the whole folder; for shards, shared; else the journal itself */
    int file;
    off_t length; /* of what is whole */
    GString *pending;
    GHashTable
        *records;      /* plan -> SatsRecord: the manifests', then the journal's, then this run's */
    GHashTable *fresh; /* plans that this run has appended */
};

/* ---- what is known ---- */

static void record_free(gpointer record) {
    sats_record_free(record);
}

/* Takes the record over. */
static void know(SatsJournal *journal, SatsRecord *record) {
    g_hash_table_replace(journal->records, g_strdup(record->plan), record);
}

static gboolean read_manifest(SatsJournal *journal, const char *suffix, GError **error) {
    GError *cause = NULL;
    g_autofree char *path = sats_manifest_path(journal->folder, suffix);
    g_autoptr(SatsManifest) manifest = sats_manifest_read(path, &cause);
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    for (guint i = 0; manifest != NULL && i < manifest->records->len; i++) {
        know(journal, sats_record_copy(g_ptr_array_index(manifest->records, i)));
    }
    return TRUE;
}

/* The lines that are whole; what follows the last of them is cut off. */
static gboolean read_lines(SatsJournal *journal, GError **error) {
    gsize size = 0;
    g_autoptr(GError) cause = NULL;
    g_autofree char *bytes = sats_file_read(journal->path, MAX_BYTES, &size, &cause);
    if (bytes == NULL) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "%s", "%s", cause->message);
    }
    gsize at = 0;
    for (;;) {
        const char *end = memchr(bytes + at, '\n', size - at);
        if (end == NULL) {
            break;
        }
        gsize length = (gsize)(end - bytes) - at;
        g_autoptr(SatsJson) json = sats_json_parse(bytes + at, length);
        SatsRecord *record = json == NULL ? NULL : sats_record_from_json(json);
        if (record != NULL) {
            know(journal, record);
        }
        at += length + 1;
    }
    journal->length = (off_t)at;
    if (at < size && ftruncate(journal->file, journal->length) != 0) {
        return sats_batch_fail_errno(error, journal->path, errno);
    }
    return TRUE;
}

/* ---- opening ---- */

static gboolean lock_failed(const SatsJournal *journal, const char *path, GError **error) {
    if (errno != EWOULDBLOCK) {
        return sats_batch_fail_errno(error, path, errno);
    }
    return sats_batch_fail(error, SATS_BATCH_ERROR_BUSY, "another batch is at work in %s",
                           "en annan körning arbetar i %s", journal->folder);
}

static gboolean lock(SatsJournal *journal, GError **error) {
    if (journal->shard.count > 0) {
        g_autofree char *whole = sats_journal_path(journal->folder, "");
        journal->folder_lock = sats_durable_lock(whole, TRUE, PATIENCE_MS);
        if (journal->folder_lock < 0) {
            return lock_failed(journal, whole, error);
        }
    }
    journal->file = sats_durable_lock(journal->path, FALSE, PATIENCE_MS);
    return journal->file >= 0 || lock_failed(journal, journal->path, error);
}

static gboolean read_all(SatsJournal *journal, GError **error) {
    return read_manifest(journal, "", error) &&
           (journal->shard.count == 0 || read_manifest(journal, journal->suffix, error)) &&
           read_lines(journal, error);
}

SatsJournal *sats_journal_open(const char *folder, const SatsShard *shard, GError **error) {
    SatsJournal *journal = g_new0(SatsJournal, 1);
    journal->folder = g_strdup(folder);
    journal->suffix = sats_shard_suffix(shard);
    journal->path = sats_journal_path(folder, journal->suffix);
    journal->shard = *shard;
    journal->folder_lock = -1;
    journal->file = -1;
    journal->pending = g_string_new(NULL);
    journal->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, record_free);
    journal->fresh = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!lock(journal, error) || !read_all(journal, error)) {
        sats_journal_free(journal);
        return NULL;
    }
    sats_durable_clean(folder, journal->suffix, shard->count == 0);
    return journal;
}

/* The last shard out removes the lock file of the whole folder, if no run's lines stand in it. */
static void leave_folder(const SatsJournal *journal) {
    struct stat status;
    g_autofree char *whole = sats_journal_path(journal->folder, "");
    if (flock(journal->folder_lock, LOCK_EX | LOCK_NB) == 0 &&
        fstat(journal->folder_lock, &status) == 0 && status.st_size == 0) {
        unlink(whole);
    }
    close(journal->folder_lock);
}

void sats_journal_free(SatsJournal *journal) {
    if (journal == NULL) {
        return;
    }
    struct stat status;
    if (journal->file >= 0) {
        if (fstat(journal->file, &status) == 0 && status.st_size == 0) {
            unlink(journal->path);
        }
        close(journal->file);
    }
    if (journal->folder_lock >= 0) {
        leave_folder(journal);
    }
    g_string_free(journal->pending, TRUE);
    g_hash_table_unref(journal->records);
    g_hash_table_unref(journal->fresh);
    g_free(journal->folder);
    g_free(journal->suffix);
    g_free(journal->path);
    g_free(journal);
}

/* ---- writing ---- */

const SatsRecord *sats_journal_lookup(const SatsJournal *journal, const char *plan) {
    return g_hash_table_lookup(journal->records, plan);
}

void sats_journal_append(SatsJournal *journal, SatsRecord *record) {
    g_autoptr(SatsJson) json = sats_record_to_json(record);
    sats_json_write(journal->pending, json);
    g_string_append_c(journal->pending, '\n');
    g_hash_table_add(journal->fresh, g_strdup(record->plan));
    know(journal, record);
}

static int append_pending(SatsJournal *journal) {
    gsize done = 0;
    while (done < journal->pending->len) {
        ssize_t n = pwrite(journal->file, journal->pending->str + done,
                           journal->pending->len - done, journal->length + (off_t)done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? errno : EIO;
        }
        done += (gsize)n;
    }
    return fdatasync(journal->file) == 0 || errno == EINVAL ? 0 : errno;
}

gboolean sats_journal_flush(SatsJournal *journal, GError **error) {
    if (journal->pending->len == 0) {
        return TRUE;
    }
    int number = append_pending(journal);
    if (number != 0) {
        (void)ftruncate(journal->file, journal->length);
        return sats_batch_fail_errno(error, journal->path, number);
    }
    journal->length += (off_t)journal->pending->len;
    g_string_truncate(journal->pending, 0);
    return TRUE;
}

/* ---- closing ---- */

/* An older record is kept while its output stands, and no plan of this run has taken the name. */
static gboolean still_stands(const SatsJournal *journal, const SatsRecord *record,
                             GHashTable *claimed) {
    if (record->output == NULL || g_hash_table_contains(claimed, record->output)) {
        return FALSE;
    }
    struct stat status;
    g_autofree char *path = g_canonicalize_filename(record->output, journal->folder);
    return stat(path, &status) == 0 && status.st_size == record->size;
}

static GPtrArray *records_to_keep(const SatsJournal *journal, GHashTable *mine) {
    GPtrArray *kept = g_ptr_array_new();
    g_autoptr(GHashTable) claimed = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer plan = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, journal->records);
    while (g_hash_table_iter_next(&iter, &plan, &value)) {
        const SatsRecord *record = value;
        if (g_hash_table_contains(journal->fresh, plan)) {
            g_ptr_array_add(kept, value);
            if (record->output != NULL) {
                g_hash_table_add(claimed, record->output);
            }
        }
    }
    g_hash_table_iter_init(&iter, journal->records);
    while (g_hash_table_iter_next(&iter, &plan, &value)) {
        gboolean here = journal->shard.count == 0 || g_hash_table_contains(mine, plan);
        if (!g_hash_table_contains(journal->fresh, plan) && here &&
            still_stands(journal, value, claimed)) {
            g_ptr_array_add(kept, value);
        }
    }
    return kept;
}

static SatsJson *head_of(const SatsJournal *journal, const SatsManifestHead *head) {
    SatsJson *json = sats_json_map_new();
    sats_json_put_text(json, "version", sats_version());
    if (journal->shard.count > 0) {
        sats_json_put_number(json, "shard", journal->shard.index);
        sats_json_put_number(json, "shards", journal->shard.count);
    }
    sats_json_put_number(json, "planned", head->plans);
    sats_json_put_text(json, "list-hash", head->list);
    sats_json_put(json, "complete", sats_json_bool_new(head->complete));
    return json;
}

gboolean sats_journal_close(SatsJournal *journal, const SatsManifestHead *head, GHashTable *mine,
                            GError **error) {
    if (!sats_journal_flush(journal, error)) {
        return FALSE;
    }
    int number = sats_durable_sync_folder(journal->folder);
    if (number != 0) {
        return sats_batch_fail_errno(error, journal->folder, number);
    }
    g_autoptr(GPtrArray) kept = records_to_keep(journal, mine);
    if (!sats_manifest_write(journal->folder, journal->suffix, head_of(journal, head), kept,
                             error)) {
        return FALSE;
    }
    /* sats_journal_free removes an empty journal */
    if (ftruncate(journal->file, 0) != 0) {
        return sats_batch_fail_errno(error, journal->path, errno);
    }
    journal->length = 0;
    return TRUE;
}
