/* batch/merge.h: joins the manifests that shards have left in a folder, and verifies them.
 *
 * All shards must be there, of one split of one list of plans, and complete; no plan twice, no
 * output twice; each output stands with its size and SHA-256. Then plansats-batch.json is written
 * and the shards' manifests are removed. Killed in between, the next call does the rest: the joined
 * manifest names the shards that are in it by their hash. Without shards, the manifest that stands
 * is verified.
 */
#ifndef SATS_BATCH_MERGE_H
#define SATS_BATCH_MERGE_H

#include "batch/error.h"
#include "batch/record.h"
#include "plansats.h"

typedef struct {
    guint shards, plans, failed; /* failed: plans that have no output */
} SatsMergeCounts;

typedef struct {
    void (*failed)(void *context, const SatsRecord *record); /* may be NULL */
    void *context;
} SatsMergeListener;

/* DONE; DOCUMENT when plans failed, or with `error` when something is missing or does not fit, then
 * nothing was written; SYSTEM with `error`. */
SatsStatus sats_merge_run(const char *folder, const SatsMergeListener *listener,
                          SatsMergeCounts *out_counts, GError **error);

#endif
