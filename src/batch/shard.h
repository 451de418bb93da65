/* batch/shard.h: which part of the plans this process takes.
 *
 * Sorted, the plans go round the shards like cards: every shard sees the same list, so they agree
 * without speaking, and none gets all the large ones that lie together.
 */
#ifndef SATS_BATCH_SHARD_H
#define SATS_BATCH_SHARD_H

#include <glib.h>

typedef struct {
    guint index, count; /* from 1; count 0: not split */
} SatsShard;

#define SATS_SHARD_MAX 100000

/* `text`: "I/N", "none", or NULL to read the environment: SLURM_ARRAY_TASK_ID with …_COUNT, …_MIN
 * and …_STEP; JOB_COMPLETION_INDEX (from 0) with PLANSATS_SHARDS. Without either, not split. USAGE.
 */
gboolean sats_shard_read(const char *text, SatsShard *out, GError **error);

gboolean sats_shard_holds(const SatsShard *shard, guint position);
/* "" or "-I-of-N": what its files are called by. Caller frees. */
char *sats_shard_suffix(const SatsShard *shard);

#endif
