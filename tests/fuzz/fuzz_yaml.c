/* YAML bytes become values, findings, or both; every value and finding can be told. */
#include "fuzz.h"

#include <string.h>

#include "data/value.h"

/* Places of all texts, as findings would ask for them. */
static void visit(const SatsValue *value, guint depth) {
    SatsDecimal number;
    gboolean truth = FALSE;
    (void)sats_value_number(value, &number);
    (void)sats_value_bool(value, &truth);
    if (value->kind == SATS_VALUE_TEXT) {
        (void)sats_value_place_at(value, value->length / 2);
    }
    for (guint i = 0; i < value->length && depth < 8; i++) {
        if (value->kind == SATS_VALUE_LIST) {
            visit(value->as.items[i], depth + 1);
        } else if (value->kind == SATS_VALUE_MAP) {
            g_assert(sats_value_lookup(value, value->as.entries[i].key) ==
                     value->as.entries[i].value);
            visit(value->as.entries[i].value, depth + 1);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SatsSources *sources = sats_sources_new();
    SatsArena *arena = sats_arena_new();
    SatsReport *report = sats_report_new(SATS_LANGUAGE_SWEDISH);
    const SatsSource *source = sats_sources_add(sources, "plan.yaml", (const char *)data, size);
    SatsReadLimits limits = {.max_nodes = 20000};
    const SatsValue *value = sats_yaml_read(source, &limits, arena, report);
    if (value != NULL) {
        visit(value, 0);
        g_free(sats_value_dump(value));
    }
    g_free(sats_report_to_text(report, TRUE));
    g_free(sats_report_to_json(report));
    sats_report_free(report);
    sats_arena_free(arena);
    sats_sources_free(sources);
    return 0;
}
