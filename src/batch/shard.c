/* batch/shard.c: a share of the plans, told or read from the cluster's environment. */
#include "batch/shard.h"

#include "batch/error.h"

static gboolean read_number(const char *text, gint64 *out) {
    char *end = NULL;
    gint64 value = text == NULL ? -1 : g_ascii_strtoll(text, &end, 10);
    if (text == NULL || end == text || *end != '\0' || value < 0 || value > G_MAXINT32) {
        return FALSE;
    }
    *out = value;
    return TRUE;
}

static gboolean set(gint64 index, gint64 count, const char *what, SatsShard *out, GError **error) {
    if (count < 1 || count > SATS_SHARD_MAX || index < 1 || index > count) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "%s: there is no shard %d of %d",
                               "%s: det finns ingen del %d av %d", what, (int)index, (int)count);
    }
    *out = (SatsShard){(guint)index, (guint)count};
    return TRUE;
}

static gboolean read_slurm(const char *task, SatsShard *out, GError **error) {
    gint64 id = 0;
    gint64 count = 0;
    gint64 first = 1;
    gint64 step = 1;
    if (!read_number(task, &id) || !read_number(g_getenv("SLURM_ARRAY_TASK_COUNT"), &count)) {
        return sats_batch_fail(
            error, SATS_BATCH_ERROR_USAGE,
            "SLURM_ARRAY_TASK_ID is set, but not to a number with SLURM_ARRAY_TASK_COUNT",
            "SLURM_ARRAY_TASK_ID är satt, men inte till ett tal med SLURM_ARRAY_TASK_COUNT");
    }
    (void)read_number(g_getenv("SLURM_ARRAY_TASK_MIN"), &first);
    if (!read_number(g_getenv("SLURM_ARRAY_TASK_STEP"), &step) || step < 1) {
        step = 1;
    }
    if ((id - first) % step != 0) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE,
                               "the Slurm array is uneven: use --shard I/N",
                               "Slurms jobbserie är ojämn: använd --shard I/N");
    }
    return set((id - first) / step + 1, count, "SLURM_ARRAY_TASK_ID", out, error);
}

static gboolean read_completion(const char *completion, SatsShard *out, GError **error) {
    gint64 index = 0;
    gint64 count = 0;
    if (!read_number(completion, &index) || !read_number(g_getenv("PLANSATS_SHARDS"), &count)) {
        return sats_batch_fail(
            error, SATS_BATCH_ERROR_USAGE,
            "JOB_COMPLETION_INDEX is set: PLANSATS_SHARDS must say of how many",
            "JOB_COMPLETION_INDEX är satt: PLANSATS_SHARDS måste ange hur många delarna är");
    }
    return set(index + 1, count, "JOB_COMPLETION_INDEX", out, error);
}

gboolean sats_shard_read(const char *text, SatsShard *out, GError **error) {
    *out = (SatsShard){0, 0};
    const char *task = g_getenv("SLURM_ARRAY_TASK_ID");
    const char *completion = g_getenv("JOB_COMPLETION_INDEX");
    if (text == NULL) {
        return task != NULL         ? read_slurm(task, out, error)
               : completion != NULL ? read_completion(completion, out, error)
                                    : TRUE;
    }
    if (g_str_equal(text, "none")) {
        return TRUE;
    }
    g_auto(GStrv) parts = g_strsplit(text, "/", -1);
    gint64 index = 0;
    gint64 count = 0;
    if (g_strv_length(parts) != 2 || !read_number(parts[0], &index) ||
        !read_number(parts[1], &count)) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "--shard is like 2/8, not '%s'",
                               "--shard är som 2/8, inte '%s'", text);
    }
    return set(index, count, "--shard", out, error);
}

gboolean sats_shard_holds(const SatsShard *shard, guint position) {
    return shard->count == 0 || position % shard->count == shard->index - 1;
}

char *sats_shard_suffix(const SatsShard *shard) {
    return shard->count == 0 ? g_strdup("")
                             : g_strdup_printf("-%u-of-%u", shard->index, shard->count);
}
