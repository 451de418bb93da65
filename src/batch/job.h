/* batch/job.h: what workers are asked, and how they answer.
 *
 * "survey": is the plan's output still right, and what is it called? "render": make it, under a
 * temporary name. Requests are made and answers read in the parent; sats_job_work runs in a worker.
 */
#ifndef SATS_BATCH_JOB_H
#define SATS_BATCH_JOB_H

#include "batch/names.h"
#include "batch/plans.h"
#include "batch/record.h"
#include "plansats.h"

/* The same for all jobs, there before workers begin. */
typedef struct {
    SatsEngine *engine;
    SatsRenderOptions render;
    const SatsPattern *pattern;
    const char *folder;
} SatsJobs;

/* `known`: what an earlier run recorded, or NULL. `output_too`: the output's bytes are looked at as
 * well; else only what went in. */
char *sats_job_survey_request(const SatsBatchPlan *plan, const SatsRecord *known,
                              gboolean output_too);

typedef struct {
    gboolean unchanged;
    char *name; /* NULL: `failed` says why */
    SatsRecord *failed;
} SatsSurvey;
/* FALSE: it is no answer. */
gboolean sats_job_survey_answer(const char *answer, SatsSurvey *out);
void sats_survey_clear(SatsSurvey *survey);

char *sats_job_render_request(const SatsBatchPlan *plan, const char *name, const char *temporary);
/* NULL: it is no answer. */
SatsRecord *sats_job_render_answer(const char *answer);

/* `jobs`: a SatsJobs. NULL for what is no request. */
char *sats_job_work(void *jobs, const char *request);

#endif
