/* batch/record.c: a plan's record to and from JSON. */
#include "batch/record.h"

static const char *const WORDS[] = {
    [SATS_RECORD_DONE] = "done",       [SATS_RECORD_DOCUMENT] = "errors",
    [SATS_RECORD_NAME] = "name",       [SATS_RECORD_CRASHED] = "crashed",
    [SATS_RECORD_TIMEOUT] = "timeout", [SATS_RECORD_MEMORY] = "memory",
    [SATS_RECORD_SYSTEM] = "system",   [SATS_RECORD_DISK] = "disk",
};

SatsRecord *sats_record_new(const char *plan, SatsRecordStatus status) {
    SatsRecord *record = g_new0(SatsRecord, 1);
    record->plan = g_strdup(plan);
    record->status = status;
    return record;
}

void sats_record_free(SatsRecord *record) {
    if (record == NULL) {
        return;
    }
    g_free(record->plan);
    g_free(record->output);
    g_free(record->pattern);
    g_free(record->hash);
    g_free(record->sha256);
    g_strfreev(record->inputs);
    sats_json_free(record->findings);
    g_free(record->message);
    g_free(record);
}

SatsRecord *sats_record_copy(const SatsRecord *record) {
    SatsRecord *copy = g_new(SatsRecord, 1);
    *copy = *record;
    copy->plan = g_strdup(record->plan);
    copy->output = g_strdup(record->output);
    copy->pattern = g_strdup(record->pattern);
    copy->hash = g_strdup(record->hash);
    copy->sha256 = g_strdup(record->sha256);
    copy->inputs = g_strdupv(record->inputs);
    copy->findings = record->findings == NULL ? NULL : sats_json_copy(record->findings);
    copy->message = g_strdup(record->message);
    return copy;
}

SatsJson *sats_record_to_json(const SatsRecord *record) {
    SatsJson *json = sats_json_map_new();
    sats_json_put_text(json, "plan", record->plan);
    sats_json_put_text(json, "status", WORDS[record->status]);
    sats_json_put_text(json, "output", record->output);
    sats_json_put_text(json, "sha256", record->sha256);
    if (record->output != NULL) {
        sats_json_put_number(json, "size", record->size);
        sats_json_put_number(json, "pages", record->pages);
    }
    sats_json_put_number(json, "errors", record->errors);
    sats_json_put_number(json, "warnings", record->warnings);
    sats_json_put_number(json, "milliseconds", (gint64)(record->seconds * 1e3 + 0.5));
    sats_json_put_text(json, "input-hash", record->hash);
    sats_json_put_text(json, "pattern", record->pattern);
    sats_json_put_text(json, "message", record->message);
    if (record->findings != NULL && record->findings->values->len > 0) {
        sats_json_put(json, "findings", sats_json_copy(record->findings));
    }
    if (record->inputs != NULL) {
        sats_json_put(json, "inputs", sats_json_texts_new((const char *const *)record->inputs));
    }
    return json;
}

static gboolean read_status(const SatsJson *json, SatsRecordStatus *out) {
    const char *word = sats_json_get_text(json, "status");
    for (guint i = 0; word != NULL && i < G_N_ELEMENTS(WORDS); i++) {
        if (g_str_equal(word, WORDS[i])) {
            *out = (SatsRecordStatus)i;
            return TRUE;
        }
    }
    return FALSE;
}

SatsRecord *sats_record_from_json(const SatsJson *json) {
    SatsRecordStatus status = SATS_RECORD_SYSTEM;
    const char *plan = sats_json_get_text(json, "plan");
    if (plan == NULL || *plan == '\0' || !read_status(json, &status)) {
        return NULL;
    }
    gboolean whole = sats_json_get_text(json, "output") != NULL &&
                     sats_json_get_text(json, "sha256") != NULL &&
                     sats_json_get_number(json, "size", -1) >= 0;
    if (status == SATS_RECORD_DONE && !whole) {
        return NULL;
    }
    SatsRecord *record = sats_record_new(plan, status);
    record->output = g_strdup(sats_json_get_text(json, "output"));
    record->pattern = g_strdup(sats_json_get_text(json, "pattern"));
    record->hash = g_strdup(sats_json_get_text(json, "input-hash"));
    record->sha256 = g_strdup(sats_json_get_text(json, "sha256"));
    record->size = sats_json_get_number(json, "size", -1);
    record->pages = (int)sats_json_get_number(json, "pages", 0);
    record->errors = (int)sats_json_get_number(json, "errors", 0);
    record->warnings = (int)sats_json_get_number(json, "warnings", 0);
    record->seconds = sats_json_get_real(json, "milliseconds", 0) / 1e3;
    record->inputs = sats_json_get_texts(json, "inputs");
    record->message = g_strdup(sats_json_get_text(json, "message"));
    const SatsJson *findings = sats_json_get(json, "findings", SATS_JSON_LIST);
    record->findings = findings == NULL ? NULL : sats_json_copy(findings);
    return record;
}
