/* batch/journal.h: what is known of the plans in a folder, kept so that nothing can tear it.
 *
 *     plansats-batch.json       the manifest: written whole, beside, and renamed
 *     plansats-batch.journal    one line for each plan finished since, flushed before the next
 *
 * At the end of a run the manifest takes the journal up, and the journal goes. A journal that is
 * there when a run begins is what an interrupted one leaves; it is read after the manifest. A torn
 * last line is passed over and cut off. The journal's file is the lock as well: one batch, or any
 * number of different shards, has a folder at a time. Shards have files of their own, with
 * "-I-of-N" in the name; they begin from the whole folder's manifest too.
 *
 * Life: open (waits a little for a batch that was killed to be gone) -> look up, append … -> close.
 */
#ifndef SATS_BATCH_JOURNAL_H
#define SATS_BATCH_JOURNAL_H

#include "batch/record.h"
#include "batch/shard.h"

typedef struct SatsJournal SatsJournal;

SatsJournal *sats_journal_open(const char *folder, const SatsShard *shard, GError **error);
/* Without a word more to disk: what was appended is there. */
void sats_journal_free(SatsJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsJournal, sats_journal_free)

/* Borrowed; NULL: nothing is known. */
const SatsRecord *sats_journal_lookup(const SatsJournal *journal, const char *plan);

/* Takes the record over. It is on disk after the next flush. */
void sats_journal_append(SatsJournal *journal, SatsRecord *record);
gboolean sats_journal_flush(SatsJournal *journal, GError **error);

/* What the manifest says of the run that it closes. */
typedef struct {
    guint plans;       /* of all shards together */
    const char *list;  /* a hash of all their names */
    gboolean complete; /* each of this shard's plans was seen to */
} SatsManifestHead;

/* Writes the manifest: the records of this run, and older ones whose output still stands (of a
 * shard: those of `mine`, a set of plans). The journal is empty then, and goes when it is freed. On
 * failure it stays as it was. */
gboolean sats_journal_close(SatsJournal *journal, const SatsManifestHead *head, GHashTable *mine,
                            GError **error);

/* ---- manifests ---- */

typedef struct {
    SatsJson *json;     /* the whole */
    GPtrArray *records; /* SatsRecord */
    char *bytes;
    gsize size;
} SatsManifest;

/* NULL without `error`: there is none. NULL with: it cannot be read, or is none. */
SatsManifest *sats_manifest_read(const char *path, GError **error);
void sats_manifest_free(SatsManifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsManifest, sats_manifest_free)
/* Takes the head over. `records` is sorted by plan. */
gboolean sats_manifest_write(const char *folder, const char *suffix, SatsJson *head,
                             GPtrArray *records, GError **error);
char *sats_manifest_path(const char *folder, const char *suffix);
char *sats_journal_path(const char *folder, const char *suffix);

#endif
