/* batch/batch.h: renders many plans into one folder, on all processors, so that nothing is lost.
 *
 * A run goes through these steps; nothing is written before the third:
 *   1. collect   the plans, and this shard's part of them
 *   2. survey    in workers: which outputs still are right, what the others will be called; two
 *                plans that would write the same file end the run here
 *   3. render    in workers, to temporary files; this process renames what is whole, and keeps the
 *                journal
 *   4. close     the manifest is written from the journal
 *
 * This process reads no plan and touches no fonts: it must be able to fork at any time, and nothing
 * in a plan can hurt it. See pool.h for the workers, journal.h for what stands in the folder.
 */
#ifndef SATS_BATCH_BATCH_H
#define SATS_BATCH_BATCH_H

#include <signal.h>

#include "batch/error.h"
#include "batch/record.h"
#include "plansats.h"

/* Zero-initialised is fine but for `arguments`. */
typedef struct {
    const char *const *arguments; /* plans, folders, @lists */
    const char *folder;           /* where outputs go; made when it is not there; NULL: "." */
    const char *pattern;          /* batch/names.h; NULL: named as the plans are */
    const char *shard;            /* batch/shard.h; NULL: as the environment says */
    int workers;                  /* 0: one for each processor that this process may use */
    double timeout_s;             /* for each plan; 0: none */
    int memory_mb;                /* of each worker; 0: no limit */
    int force;                    /* render also what is unchanged */
    SatsRenderOptions render;     /* the format is PDF, and all pages */
    SatsEngineOptions engine;
    const volatile sig_atomic_t *stop; /* becomes non-zero: finish at once, tidily; may be NULL */
} SatsBatchOptions;

typedef struct {
    guint total; /* of this shard */
    guint made, unchanged, failed, left;
    double seconds;
} SatsBatchCounts;

/* All may be NULL. Records are borrowed for the call. */
typedef struct {
    /* A plan is finished, or unchanged. */
    void (*plan)(void *context, const char *path, const SatsRecord *record, gboolean unchanged,
                 const SatsBatchCounts *counts);
    /* At least ten times a second. */
    void (*tick)(void *context, const SatsBatchCounts *counts);
    void *context;
} SatsBatchListener;

/* DONE; DOCUMENT when plans failed; USAGE, SYSTEM (also when stopped) with `error`, the counts say
 * how far it came. */
SatsStatus sats_batch_run(const SatsBatchOptions *options, const SatsBatchListener *listener,
                          SatsBatchCounts *out_counts, GError **error);

#endif
