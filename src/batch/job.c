/* batch/job.c: surveys and renders one plan, in a worker. */
#include "batch/job.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "batch/durable.h"

#define MAX_FINDINGS 50

/* ---- requests and answers ---- */

char *sats_job_survey_request(const SatsBatchPlan *plan, const SatsRecord *known,
                              gboolean output_too) {
    g_autoptr(SatsJson) json = sats_json_map_new();
    sats_json_put_text(json, "do", "survey");
    sats_json_put_text(json, "path", plan->path);
    sats_json_put_text(json, "key", plan->key);
    sats_json_put(json, "output-too", sats_json_bool_new(output_too));
    if (known != NULL && known->status == SATS_RECORD_DONE) {
        sats_json_put(json, "known", sats_record_to_json(known));
    }
    return sats_json_to_text(json);
}

char *sats_job_render_request(const SatsBatchPlan *plan, const char *name, const char *temporary) {
    g_autoptr(SatsJson) json = sats_json_map_new();
    sats_json_put_text(json, "do", "render");
    sats_json_put_text(json, "path", plan->path);
    sats_json_put_text(json, "key", plan->key);
    sats_json_put_text(json, "name", name);
    sats_json_put_text(json, "temporary", temporary);
    return sats_json_to_text(json);
}

gboolean sats_job_survey_answer(const char *answer, SatsSurvey *out) {
    *out = (SatsSurvey){0};
    g_autoptr(SatsJson) json = sats_json_parse(answer, strlen(answer));
    out->unchanged = sats_json_get_bool(json, "unchanged");
    out->name = g_strdup(sats_json_get_text(json, "name"));
    out->failed =
        json == NULL ? NULL : sats_record_from_json(sats_json_get(json, "failed", SATS_JSON_MAP));
    return out->name != NULL || out->failed != NULL;
}

void sats_survey_clear(SatsSurvey *survey) {
    g_clear_pointer(&survey->name, g_free);
    g_clear_pointer(&survey->failed, sats_record_free);
}

SatsRecord *sats_job_render_answer(const char *answer) {
    g_autoptr(SatsJson) json = sats_json_parse(answer, strlen(answer));
    return json == NULL ? NULL : sats_record_from_json(json);
}

/* ---- records ---- */

/* The first findings, errors before others. */
static SatsJson *first_findings(const SatsJson *all) {
    SatsJson *chosen = sats_json_list_new();
    for (int pass = 0; all != NULL && pass < 2; pass++) {
        for (guint i = 0; i < all->values->len && chosen->values->len < MAX_FINDINGS; i++) {
            const SatsJson *finding = g_ptr_array_index(all->values, i);
            gboolean error = g_strcmp0(sats_json_get_text(finding, "severity"), "error") == 0;
            if (error == (pass == 0)) {
                sats_json_add(chosen, sats_json_copy(finding));
            }
        }
    }
    return chosen;
}

/* What can be said of a plan however it went. */
static SatsRecord *record_of(const SatsPlan *plan, const char *key, SatsRecordStatus status) {
    SatsRecord *record = sats_record_new(key, status);
    record->errors = sats_plan_errors(plan);
    record->warnings = sats_plan_warnings(plan);
    record->pages = sats_plan_pages(plan);
    char *text = sats_plan_report(plan, SATS_REPORT_JSON);
    g_autoptr(SatsJson) report = sats_json_parse(text, strlen(text));
    sats_string_free(text);
    record->findings = first_findings(sats_json_get(report, "findings", SATS_JSON_LIST));
    const char *message = sats_plan_message(plan);
    record->message = *message != '\0' ? g_strdup(message) : NULL;
    return record;
}

/* ---- survey ---- */

static char **whole_paths(const SatsJobs *jobs, char *const *paths) {
    guint n = g_strv_length((char **)(gsize)paths);
    char **whole = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++) {
        whole[i] = g_canonicalize_filename(paths[i], jobs->folder);
    }
    return whole;
}

static gboolean output_stands(const SatsJobs *jobs, const SatsRecord *known) {
    g_autofree char *path = g_canonicalize_filename(known->output, jobs->folder);
    g_autofree char *sha256 = sats_durable_sha256(path, known->size);
    return g_strcmp0(sha256, known->sha256) == 0;
}

static gboolean is_unchanged(const SatsJobs *jobs, const SatsRecord *known, gboolean output_too) {
    if (known == NULL || known->hash == NULL || known->inputs == NULL ||
        (output_too && !output_stands(jobs, known))) {
        return FALSE;
    }
    g_auto(GStrv) inputs = whole_paths(jobs, known->inputs);
    char *hash = sats_inputs_hash(jobs->engine, &jobs->render, (const char *const *)inputs);
    gboolean same = g_strcmp0(hash, known->hash) == 0;
    sats_string_free(hash);
    return same;
}

static char *look_up(void *plan, const char *path) {
    char *text = sats_plan_text(plan, path);
    char *copy = g_strdup(text);
    sats_string_free(text);
    return copy;
}

/* Reads the plan to name its output; *out_failed when it cannot be. */
static char *name_by_data(const SatsJobs *jobs, const char *path, const char *key,
                          SatsRecord **out_failed) {
    SatsPlan *plan = sats_plan_load(jobs->engine, path);
    g_autofree char *missing = NULL;
    char *name = sats_pattern_name(jobs->pattern, path, look_up, plan, &missing);
    if (name == NULL) {
        gboolean system = *sats_plan_message(plan) != '\0';
        SatsRecordStatus status = system                       ? SATS_RECORD_SYSTEM
                                  : sats_plan_errors(plan) > 0 ? SATS_RECORD_DOCUMENT
                                                               : SATS_RECORD_NAME;
        *out_failed = record_of(plan, key, status);
        if (status == SATS_RECORD_NAME) {
            (*out_failed)->message = g_steal_pointer(&missing);
        }
    }
    sats_plan_free(plan);
    return name;
}

static char *survey(const SatsJobs *jobs, const SatsJson *request) {
    const char *path = sats_json_get_text(request, "path");
    const char *key = sats_json_get_text(request, "key");
    const SatsJson *json = sats_json_get(request, "known", SATS_JSON_MAP);
    g_autoptr(SatsRecord) known = json == NULL ? NULL : sats_record_from_json(json);
    gboolean unchanged = is_unchanged(jobs, known, sats_json_get_bool(request, "output-too"));
    g_autoptr(SatsRecord) failed = NULL;
    g_autofree char *name = NULL;
    if (unchanged && g_strcmp0(known->pattern, sats_pattern_text(jobs->pattern)) == 0) {
        name = g_strdup(known->output);
    } else if (sats_pattern_has_fields(jobs->pattern)) {
        name = name_by_data(jobs, path, key, &failed);
    } else {
        name = sats_pattern_name(jobs->pattern, path, NULL, NULL, NULL);
    }
    unchanged = unchanged && g_strcmp0(name, known->output) == 0;
    g_autoptr(SatsJson) answer = sats_json_map_new();
    sats_json_put(answer, "unchanged", sats_json_bool_new(unchanged));
    sats_json_put_text(answer, "name", name);
    if (failed != NULL) {
        sats_json_put(answer, "failed", sats_record_to_json(failed));
    }
    return sats_json_to_text(answer);
}

/* ---- render ---- */

/* A file being written, and its digest so far. */
typedef struct {
    int descriptor;
    int error; /* errno of the first failure */
    gint64 size;
    GChecksum *sum;
} Output;

static int write_output(void *context, int page, const void *bytes, size_t size) {
    Output *output = context;
    const guint8 *at = bytes;
    gsize left = size;
    (void)page;
    while (left > 0) {
        ssize_t n = write(output->descriptor, at, left);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            output->error = n < 0 ? errno : EIO;
            return 0;
        }
        at += n;
        left -= (gsize)n;
    }
    g_checksum_update(output->sum, bytes, (gssize)size);
    output->size += (gint64)size;
    return 1;
}

/* Has the disk begin; the parent waits for it (batch.c). */
static void close_output(Output *output) {
    if (output->error == 0) {
        (void)sync_file_range(output->descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    }
    if (close(output->descriptor) != 0 && output->error == 0) {
        output->error = errno;
    }
}

static void note_inputs(const SatsJobs *jobs, const SatsPlan *plan, SatsRecord *record) {
    char *hash = sats_plan_hash(plan, &jobs->render);
    char **inputs = sats_plan_inputs(plan);
    guint n = g_strv_length(inputs);
    record->hash = g_strdup(hash);
    record->inputs = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++) {
        record->inputs[i] = sats_path_from(jobs->folder, inputs[i]);
    }
    sats_strings_free(inputs);
    sats_string_free(hash);
}

static SatsRecord *disk_failure(const char *key, const char *temporary, int number) {
    SatsRecord *record = sats_record_new(key, SATS_RECORD_DISK);
    g_autofree char *folder = g_path_get_dirname(temporary);
    record->message = g_strdup_printf("%s: %s", folder, g_strerror(number));
    return record;
}

static gboolean is_own_source(const SatsJobs *jobs, const SatsPlan *plan, const SatsJson *request) {
    g_autofree char *path =
        g_build_filename(jobs->folder, sats_json_get_text(request, "name"), NULL);
    return sats_plan_reads(plan, path);
}

static SatsRecord *render_to(const SatsJobs *jobs, SatsPlan *plan, const SatsJson *request,
                             Output *output) {
    const char *key = sats_json_get_text(request, "key");
    const char *temporary = sats_json_get_text(request, "temporary");
    output->sum = g_checksum_new(G_CHECKSUM_SHA256);
    SatsStatus status = sats_plan_render(plan, &jobs->render, write_output, output);
    close_output(output);
    SatsRecord *record = NULL;
    if (output->error != 0) {
        record = disk_failure(key, temporary, output->error);
    } else if (status != SATS_STATUS_DONE) {
        record = record_of(
            plan, key, status == SATS_STATUS_DOCUMENT ? SATS_RECORD_DOCUMENT : SATS_RECORD_SYSTEM);
    } else if (is_own_source(jobs, plan, request)) {
        record = sats_record_new(key, SATS_RECORD_SYSTEM);
        record->message = g_strdup_printf("%s is what the plan is made from",
                                          sats_json_get_text(request, "name"));
    } else {
        record = record_of(plan, key, SATS_RECORD_DONE);
        record->output = g_strdup(sats_json_get_text(request, "name"));
        record->pattern = g_strdup(sats_pattern_text(jobs->pattern));
        record->sha256 = g_strdup(g_checksum_get_string(output->sum));
        record->size = output->size;
        note_inputs(jobs, plan, record);
    }
    g_checksum_free(output->sum);
    return record;
}

static char *render(const SatsJobs *jobs, const SatsJson *request) {
    const char *temporary = sats_json_get_text(request, "temporary");
    Output output = {
        .descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666)};
    g_autoptr(SatsRecord) record = NULL;
    if (output.descriptor < 0) {
        record = disk_failure(sats_json_get_text(request, "key"), temporary, errno);
    } else {
        SatsPlan *plan = sats_plan_load(jobs->engine, sats_json_get_text(request, "path"));
        record = render_to(jobs, plan, request, &output);
        sats_plan_free(plan);
        if (record->status != SATS_RECORD_DONE) {
            unlink(temporary);
        }
    }
    g_autoptr(SatsJson) json = sats_record_to_json(record);
    return sats_json_to_text(json);
}

char *sats_job_work(void *jobs, const char *request) {
    g_autoptr(SatsJson) json = sats_json_parse(request, strlen(request));
    const char *what = json == NULL ? NULL : sats_json_get_text(json, "do");
    if (g_strcmp0(what, "survey") == 0) {
        return survey(jobs, json);
    }
    return g_strcmp0(what, "render") == 0 ? render(jobs, json) : NULL;
}
