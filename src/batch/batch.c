/* batch/batch.c: one run over many plans. */
#include "batch/batch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/processors.h"
#include "base/utf8.h"
#include "batch/durable.h"
#include "batch/job.h"
#include "batch/journal.h"
#include "batch/pool.h"

#define MAX_WORKERS 256
#define COMMIT_US   100000

/* A plan on its way. */
typedef struct {
    const SatsBatchPlan *plan;
    gboolean mine;       /* in this shard */
    gboolean settled;    /* unchanged, or failed before it was rendered */
    char *name;          /* of the output; NULL: not known (yet) */
    SatsRecord *unnamed; /* why it has no name */
    char *temporary;     /* while it is rendered */
} Item;

/* Rendered to its temporary file. */
typedef struct {
    Item *item;
    SatsRecord *record;
} Finished;

typedef struct {
    const SatsBatchOptions *options;
    const SatsBatchListener *listener;
    char *folder;
    SatsShard shard;
    char *suffix;
    GPtrArray *plans; /* SatsBatchPlan, all shards' */
    Item *items;      /* one for each */
    SatsPattern *pattern;
    SatsEngine *engine;
    SatsJobs jobs;
    SatsPool *pool;
    SatsJournal *journal;
    SatsBatchCounts counts;
    GPtrArray *finished; /* Finished: rendered, not on disk under their names */
    gint64 began, committed;
    GError *trouble; /* that ends the run; from within a callback */
} Batch;

/* ---- telling ---- */

static void count_time(Batch *batch) {
    batch->counts.seconds = (double)(g_get_monotonic_time() - batch->began) / G_USEC_PER_SEC;
    batch->counts.left =
        batch->counts.total - batch->counts.made - batch->counts.unchanged - batch->counts.failed;
}

static void tell(Batch *batch, const Item *item, const SatsRecord *record, gboolean unchanged) {
    guint *count = unchanged                            ? &batch->counts.unchanged
                   : record->status == SATS_RECORD_DONE ? &batch->counts.made
                                                        : &batch->counts.failed;
    (*count)++;
    count_time(batch);
    if (batch->listener->plan != NULL) {
        batch->listener->plan(batch->listener->context, item->plan->path, record, unchanged,
                              &batch->counts);
    }
}

/* ---- beginning ---- */

static gboolean make_folder(Batch *batch, GError **error) {
    if (g_mkdir_with_parents(batch->folder, 0777) != 0) {
        return sats_batch_fail_errno(error, batch->folder, errno);
    }
    return TRUE;
}

static gboolean collect(Batch *batch, GError **error) {
    batch->plans = sats_plans_collect(batch->options->arguments, batch->folder, error);
    if (batch->plans == NULL) {
        return FALSE;
    }
    batch->items = g_new0(Item, batch->plans->len);
    for (guint i = 0; i < batch->plans->len; i++) {
        batch->items[i].plan = g_ptr_array_index(batch->plans, i);
        batch->items[i].mine = sats_shard_holds(&batch->shard, i);
        batch->counts.total += batch->items[i].mine ? 1 : 0;
    }
    return TRUE;
}

/* Compiles what templates the plans name, once for all workers. */
static void preload(Batch *batch) {
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < batch->plans->len; i++) {
        char *name = sats_plans_peek_template(batch->items[i].plan->path);
        gboolean shared =
            name != NULL && strchr(name, '/') == NULL && !g_str_has_suffix(name, ".yaml");
        if (!shared || g_hash_table_contains(seen, name)) {
            g_free(name);
            continue;
        }
        (void)sats_engine_preload(batch->engine, name);
        g_hash_table_add(seen, name);
    }
}

static gboolean prepare(Batch *batch, GError **error) {
    char *message = NULL;
    const SatsBatchOptions *options = batch->options;
    guint processors = sats_processors();
    guint wanted = options->workers > 0 ? (guint)options->workers : processors;
    guint workers = CLAMP(wanted, 1, MIN(MAX_WORKERS, MAX(batch->counts.total, 1)));
    SatsEngineOptions engine = options->engine;
    engine.threads = (int)MAX(processors / workers, 1);
    batch->engine = sats_engine_new(&engine, &message);
    if (batch->engine == NULL) {
        sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "%s", "%s", message);
        sats_string_free(message);
        return FALSE;
    }
    preload(batch);
    batch->jobs = (SatsJobs){.engine = batch->engine,
                             .render = options->render,
                             .pattern = batch->pattern,
                             .folder = batch->folder};
    SatsPoolOptions pool = {.workers = workers,
                            .timeout_s = options->timeout_s,
                            .memory = (gsize)options->memory_mb << 20,
                            .work = sats_job_work,
                            .context = &batch->jobs,
                            .stop = options->stop};
    batch->pool = sats_pool_new(&pool);
    return TRUE;
}

/* ---- a plan is finished ---- */

static SatsRecord *lost_record(const Item *item, const SatsPoolAnswer *answer) {
    static const SatsRecordStatus STATUS[] = {[SATS_POOL_ANSWERED] = SATS_RECORD_CRASHED,
                                              [SATS_POOL_CRASHED] = SATS_RECORD_CRASHED,
                                              [SATS_POOL_TIMEOUT] = SATS_RECORD_TIMEOUT,
                                              [SATS_POOL_MEMORY] = SATS_RECORD_MEMORY};
    SatsRecord *record = sats_record_new(item->plan->key, STATUS[answer->outcome]);
    if (answer->outcome == SATS_POOL_CRASHED) {
        record->message = g_strdup(answer->text);
    }
    return record;
}

/* Takes the record over. */
static void settle(Batch *batch, Item *item, SatsRecord *record) {
    item->settled = TRUE;
    sats_journal_append(batch->journal, record);
    tell(batch, item, record, FALSE);
}

/* ---- outputs get their names ----
 *
 * Flushing a file to disk takes as long as rendering a plan. So workers only begin it, and this
 * process waits for the outputs of a tenth of a second together: one wait for all, while the
 * workers go on. Then come their names, then the journal: nothing is named that is not whole on
 * disk, and nothing is recorded that has no name.
 */

static void finished_free(gpointer data) {
    Finished *finished = data;
    sats_record_free(finished->record);
    g_free(finished);
}

/* Some failures are this name's alone; after the others, no output can be written. */
static gboolean concerns_all(int number) {
    return number != EISDIR && number != ENOTDIR && number != EEXIST && number != ENOTEMPTY &&
           number != ENAMETOOLONG;
}

/* Gives the output its name. 0 or errno. */
static int take_output(const Batch *batch, const Item *item) {
    g_autofree char *path = g_build_filename(batch->folder, item->name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    gboolean below = strchr(item->name, '/') != NULL;
    if (below && g_mkdir_with_parents(folder, 0777) != 0) {
        return errno;
    }
    if (rename(item->temporary, path) != 0) {
        return errno;
    }
    return below ? sats_durable_sync_folder(folder) : 0;
}

static gboolean name_output(Batch *batch, Finished *finished) {
    Item *item = finished->item;
    int number = take_output(batch, item);
    if (number != 0) {
        unlink(item->temporary);
    }
    if (number != 0 && concerns_all(number)) {
        return sats_batch_fail_errno(&batch->trouble, item->name, number);
    }
    if (number != 0) {
        sats_record_free(finished->record);
        finished->record = sats_record_new(item->plan->key, SATS_RECORD_SYSTEM);
        finished->record->message = g_strdup_printf("%s: %s", item->name, g_strerror(number));
    }
    settle(batch, item, g_steal_pointer(&finished->record));
    return TRUE;
}

/* FALSE: the run must end, `trouble` says why; outputs that have no name yet are left to be cleaned
 * up. */
static gboolean commit(Batch *batch) {
    gboolean on = batch->trouble == NULL;
    for (guint i = 0; on && i < batch->finished->len; i++) {
        const Finished *finished = g_ptr_array_index(batch->finished, i);
        int number = sats_durable_sync_file(finished->item->temporary);
        on = number == 0 || sats_batch_fail_errno(&batch->trouble, finished->item->name, number);
    }
    for (guint i = 0; on && i < batch->finished->len; i++) {
        on = name_output(batch, g_ptr_array_index(batch->finished, i));
    }
    g_ptr_array_set_size(batch->finished, 0);
    batch->committed = g_get_monotonic_time();
    GError *failure = NULL;
    if (!sats_journal_flush(batch->journal, &failure)) {
        if (batch->trouble == NULL) {
            g_propagate_error(&batch->trouble, failure);
        } else {
            g_clear_error(&failure);
        }
    }
    return batch->trouble == NULL;
}

static void rendered(void *context, guint index, const SatsPoolAnswer *answer) {
    Batch *batch = context;
    Item *item = &batch->items[index];
    SatsRecord *record =
        answer->outcome == SATS_POOL_ANSWERED ? sats_job_render_answer(answer->text) : NULL;
    if (record == NULL) {
        record = lost_record(item, answer);
    }
    record->seconds = answer->seconds;
    if (record->status == SATS_RECORD_DONE) {
        Finished *finished = g_new(Finished, 1);
        *finished = (Finished){item, record};
        g_ptr_array_add(batch->finished, finished);
        return;
    }
    unlink(item->temporary);
    if (record->status != SATS_RECORD_DISK) {
        settle(batch, item, record);
        return;
    }
    if (batch->trouble == NULL) {
        sats_batch_fail(&batch->trouble, SATS_BATCH_ERROR_SYSTEM, "%s", "%s", record->message);
    }
    sats_record_free(record);
}

static gboolean round_done(void *context, GError **error) {
    Batch *batch = context;
    if (batch->trouble != NULL || g_get_monotonic_time() - batch->committed >= COMMIT_US) {
        (void)commit(batch);
    }
    count_time(batch);
    if (batch->listener->tick != NULL) {
        batch->listener->tick(batch->listener->context, &batch->counts);
    }
    if (batch->trouble != NULL) {
        g_propagate_error(error, g_error_copy(batch->trouble));
        return FALSE;
    }
    return TRUE;
}

/* ---- survey ---- */

static void surveyed(void *context, guint index, const SatsPoolAnswer *answer) {
    Batch *batch = context;
    Item *item = &batch->items[index];
    SatsSurvey survey = {0};
    if (answer->outcome != SATS_POOL_ANSWERED || !sats_job_survey_answer(answer->text, &survey)) {
        survey.failed = lost_record(item, answer);
    }
    item->name = g_steal_pointer(&survey.name);
    if (item->name == NULL && item->mine) {
        item->unnamed = g_steal_pointer(&survey.failed);
        item->unnamed->seconds = answer->seconds;
    } else if (item->mine && survey.unchanged && !batch->options->force) {
        item->settled = TRUE;
        tell(batch, item, sats_journal_lookup(batch->journal, item->plan->key), TRUE);
    }
    sats_survey_clear(&survey);
}

/* Plans that are known, or named by their data, must be looked at; others have their names. */
static char *survey_request(const Batch *batch, Item *item) {
    const SatsRecord *known = sats_journal_lookup(batch->journal, item->plan->key);
    gboolean skippable =
        known != NULL && known->status == SATS_RECORD_DONE && item->mine && !batch->options->force;
    if (!skippable && !sats_pattern_has_fields(batch->pattern)) {
        item->name = sats_pattern_name(batch->pattern, item->plan->path, NULL, NULL, NULL);
        return NULL;
    }
    return sats_job_survey_request(item->plan, known, item->mine);
}

static gboolean survey(Batch *batch, GError **error) {
    char **requests = g_new0(char *, batch->plans->len);
    for (guint i = 0; i < batch->plans->len; i++) {
        requests[i] = survey_request(batch, &batch->items[i]);
    }
    SatsPoolClient client = {.answered = surveyed, .round = round_done, .context = batch};
    gboolean done = sats_pool_run(batch->pool, requests, batch->plans->len, &client, error);
    for (guint i = 0; i < batch->plans->len; i++) {
        g_free(requests[i]);
    }
    g_free(requests);
    return done;
}

/* Names that differ in case alone are one file on many file systems. */
static gboolean check_names(const Batch *batch, GError **error) {
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) clashes = g_string_new(NULL);
    for (guint i = 0; i < batch->plans->len; i++) {
        const Item *item = &batch->items[i];
        char *folded = item->name == NULL ? NULL : sats_utf8_fold(item->name);
        const Item *other = folded == NULL ? NULL : g_hash_table_lookup(names, folded);
        if (other != NULL) {
            g_string_append_printf(clashes,
                                   sats_batch_say("\n  %s: %s and %s", "\n  %s: %s och %s"),
                                   item->name, other->plan->path, item->plan->path);
            g_free(folded);
        } else if (folded != NULL) {
            g_hash_table_insert(names, folded, &batch->items[i]);
        }
    }
    return clashes->len == 0 ||
           sats_batch_fail(error, SATS_BATCH_ERROR_USAGE,
                           "several plans would write the same file; nothing was written:%s",
                           "flera planer skulle skriva samma fil; inget har skrivits:%s",
                           clashes->str);
}

static void settle_unnamed(Batch *batch) {
    for (guint i = 0; i < batch->plans->len; i++) {
        Item *item = &batch->items[i];
        if (item->unnamed != NULL) {
            settle(batch, item, g_steal_pointer(&item->unnamed));
        }
    }
}

/* ---- render ---- */

static gint compare_sizes(gconstpointer a, gconstpointer b, gpointer context) {
    const Item *items = context;
    goffset first = items[*(const guint *)a].plan->size;
    goffset second = items[*(const guint *)b].plan->size;
    return first != second ? (first < second ? 1 : -1)
                           : (*(const guint *)a < *(const guint *)b ? -1 : 1);
}

typedef struct {
    Batch *batch;
    const guint *order;
} Rendering;

static void rendered_in_order(void *context, guint index, const SatsPoolAnswer *answer) {
    const Rendering *rendering = context;
    rendered(rendering->batch, rendering->order[index], answer);
}

static gboolean rendering_round(void *context, GError **error) {
    const Rendering *rendering = context;
    return round_done(rendering->batch, error);
}

/* Large plans first, so that no worker sits with one when the others are through. */
static gboolean render(Batch *batch, GError **error) {
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < batch->plans->len; i++) {
        if (batch->items[i].mine && !batch->items[i].settled) {
            g_array_append_val(order, i);
        }
    }
    g_array_sort_with_data(order, compare_sizes, batch->items);
    char **requests = g_new0(char *, order->len + 1);
    for (guint i = 0; i < order->len; i++) {
        Item *item = &batch->items[g_array_index(order, guint, i)];
        item->temporary = sats_durable_temporary(batch->folder, batch->suffix, i + 1);
        requests[i] = sats_job_render_request(item->plan, item->name, item->temporary);
    }
    Rendering rendering = {batch, (const guint *)(const void *)order->data};
    SatsPoolClient client = {
        .answered = rendered_in_order, .round = rendering_round, .context = &rendering};
    gboolean done = sats_pool_run(batch->pool, requests, order->len, &client, error);
    g_strfreev(requests);
    if (!commit(batch) && done) {
        g_propagate_error(error, g_error_copy(batch->trouble));
        return FALSE;
    }
    return done;
}

/* ---- the end ---- */

static char *list_hash(const Batch *batch) {
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < batch->plans->len; i++) {
        g_checksum_update(sum, (const guchar *)batch->items[i].plan->key, -1);
        g_checksum_update(sum, (const guchar *)"\n", 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static gboolean close_journal(Batch *batch, gboolean complete, GError **error) {
    g_autofree char *list = list_hash(batch);
    g_autoptr(GHashTable) mine = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < batch->plans->len; i++) {
        if (batch->items[i].mine) {
            g_hash_table_add(mine, batch->items[i].plan->key);
        }
    }
    SatsManifestHead head = {.plans = batch->plans->len, .list = list, .complete = complete};
    return sats_journal_close(batch->journal, &head, mine, error);
}

static gboolean go(Batch *batch, GError **error) {
    if (!sats_shard_read(batch->options->shard, &batch->shard, error)) {
        return FALSE;
    }
    batch->suffix = sats_shard_suffix(&batch->shard);
    batch->pattern = sats_pattern_new(batch->options->pattern, error);
    if (batch->pattern == NULL || !collect(batch, error) || !make_folder(batch, error)) {
        return FALSE;
    }
    batch->journal = sats_journal_open(batch->folder, &batch->shard, error);
    if (batch->journal == NULL || !prepare(batch, error) || !survey(batch, error) ||
        !check_names(batch, error)) {
        return FALSE;
    }
    settle_unnamed(batch);
    gboolean complete = render(batch, error);
    g_clear_pointer(&batch->pool, sats_pool_free); /* nobody writes any more */
    sats_durable_clean(batch->folder, batch->suffix, FALSE);
    return close_journal(batch, complete, complete ? error : NULL) && complete;
}

static void batch_clear(Batch *batch) {
    sats_pool_free(batch->pool);
    sats_journal_free(batch->journal);
    sats_engine_free(batch->engine);
    sats_pattern_free(batch->pattern);
    for (guint i = 0; batch->plans != NULL && i < batch->plans->len; i++) {
        g_free(batch->items[i].name);
        sats_record_free(batch->items[i].unnamed);
        g_free(batch->items[i].temporary);
    }
    g_free(batch->items);
    g_clear_pointer(&batch->plans, g_ptr_array_unref);
    g_ptr_array_unref(batch->finished);
    g_clear_error(&batch->trouble);
    g_free(batch->suffix);
    g_free(batch->folder);
}

SatsStatus sats_batch_run(const SatsBatchOptions *options, const SatsBatchListener *listener,
                          SatsBatchCounts *out_counts, GError **error) {
    static const SatsBatchListener SILENT = {0};
    GError *failure = NULL;
    Batch batch = {
        .options = options,
        .listener = listener != NULL ? listener : &SILENT,
        .folder = g_canonicalize_filename(options->folder != NULL ? options->folder : ".", NULL),
        .finished = g_ptr_array_new_with_free_func(finished_free),
        .began = g_get_monotonic_time()};
    gboolean done = go(&batch, &failure);
    count_time(&batch);
    *out_counts = batch.counts;
    batch_clear(&batch);
    if (!done && failure == NULL) {
        sats_batch_fail(&failure, SATS_BATCH_ERROR_SYSTEM, "stopped", "avbruten");
    }
    SatsStatus status = done ? (out_counts->failed > 0 ? SATS_STATUS_DOCUMENT : SATS_STATUS_DONE)
                        : failure->code == SATS_BATCH_ERROR_USAGE ? SATS_STATUS_USAGE
                                                                  : SATS_STATUS_SYSTEM;
    if (failure != NULL) {
        g_propagate_error(error, failure);
    }
    return status;
}
