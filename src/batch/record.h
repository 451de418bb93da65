/* batch/record.h: what became of one plan: a line of the journal, an entry of the manifest. */
#ifndef SATS_BATCH_RECORD_H
#define SATS_BATCH_RECORD_H

#include "batch/json.h"

typedef enum {
    SATS_RECORD_DONE,
    SATS_RECORD_DOCUMENT, /* the plan or its template has errors */
    SATS_RECORD_NAME,     /* the pattern found nothing to name its output by */
    SATS_RECORD_CRASHED,
    SATS_RECORD_TIMEOUT,
    SATS_RECORD_MEMORY,
    SATS_RECORD_SYSTEM, /* a file that cannot be read, a font … */
    SATS_RECORD_DISK,   /* its output could not be written: nor will others be; never recorded */
} SatsRecordStatus;

/* Paths of plans, inputs and outputs are relative to the batch's folder where that is near, so that
 * both can be moved together. */
typedef struct {
    char *plan; /* the key */
    SatsRecordStatus status;
    char *output;  /* NULL unless DONE */
    char *pattern; /* that named it; NULL default */
    char *hash;    /* of what went in: sats_plan_hash() */
    char *sha256;  /* of the output */
    gint64 size;   /* of the output, bytes */
    int pages, errors, warnings;
    double seconds;
    char **inputs;      /* that the hash is over; NULL unless DONE */
    SatsJson *findings; /* a list, as `plansats check --format=json` writes them; the first only */
    char *message;      /* of the system; NULL none */
} SatsRecord;

SatsRecord *sats_record_new(const char *plan, SatsRecordStatus status);
void sats_record_free(SatsRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsRecord, sats_record_free)
SatsRecord *sats_record_copy(const SatsRecord *record);

SatsJson *sats_record_to_json(const SatsRecord *record);
/* NULL when it is none, or lacks what its status needs. */
SatsRecord *sats_record_from_json(const SatsJson *json);

#endif
