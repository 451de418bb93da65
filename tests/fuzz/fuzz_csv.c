/* CSV bytes become a list of rows, findings, or both. */
#include "fuzz.h"

#include "data/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SatsSources *sources = sats_sources_new();
    SatsArena *arena = sats_arena_new();
    SatsReport *report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    const SatsReadLimits limits = {.max_nodes = 20000};
    const SatsSource *source = sats_sources_add(sources, "tabell.csv", (const char *)data, size);
    const SatsValue *value = sats_csv_read(source, &limits, arena, report);
    if (value != NULL) {
        g_assert(value->kind == SATS_VALUE_LIST);
        g_free(sats_value_dump(value));
    }
    g_free(sats_report_to_text(report, FALSE));
    sats_report_free(report);
    sats_arena_free(arena);
    sats_sources_free(sources);
    return 0;
}
