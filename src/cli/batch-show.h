/* cli/batch-show.h: tells on standard error how a batch goes, and at the end what failed.
 *
 * On a terminal one line is written over and over; elsewhere each plan that is made or fails gets a
 * line of its own.
 */
#ifndef SATS_CLI_BATCH_SHOW_H
#define SATS_CLI_BATCH_SHOW_H

#include <glib.h>

#include "batch/batch.h"

typedef struct SatsShow SatsShow;

SatsShow *sats_show_new(gboolean quiet);
void sats_show_free(SatsShow *show);

/* "2 failed". Caller frees. */
char *sats_show_count_failed(guint n);

/* For a SatsBatchListener whose context is the SatsShow. */
void sats_show_plan(void *show, const char *path, const SatsRecord *record, gboolean unchanged,
                    const SatsBatchCounts *counts);
void sats_show_tick(void *show, const SatsBatchCounts *counts);

/* A failure to list at the end; sats_show_plan keeps them by itself. */
void sats_show_failure(SatsShow *show, const char *path, const SatsRecord *record);
/* Each failure with its first findings. */
void sats_show_failures(SatsShow *show);

#endif
