/* engine/tables.c: tables that a plan keeps in files of their own: `rader: !csv budget.csv`.
 *
 * The tagged scalar becomes the list of rows that the file holds, each row a map by the names of
 * the first row; findings name the file, line and column. The file is embedded like the plan
 * itself. As values do not change, what lies above a table is made anew; the rest is shared.
 */
#include <string.h>

#include "data/csv.h"
#include "engine/engine-private.h"

#define MAX_TABLE_BYTES ((gsize)64 << 20)
#define MAX_DEPTH       64U

static const SatsValue *read_table(SatsPlan *plan, const SatsValue *name) {
    GError *error = NULL;
    if (!g_str_equal(name->tag, "!csv")) {
        sats_report_add(plan->report, SATS_ERROR, "tag", &name->place,
                        "%s is not supported; save the sheet as CSV and use !csv",
                        "%s stöds inte; spara bladet som CSV och använd !csv", name->tag);
        return name;
    }
    if (name->kind != SATS_VALUE_TEXT || !sats_is_inside_folder(name->as.text)) {
        sats_report_add(plan->report, SATS_ERROR, "include", &name->place,
                        "!csv takes a file in the plan's folder", "!csv tar en fil i planens mapp");
        return name;
    }
    g_autofree char *path = g_build_filename(plan->folder, name->as.text, NULL);
    const SatsSource *source =
        sats_source_read_below(plan->sources, plan->folder, path, MAX_TABLE_BYTES, &error);
    if (source == NULL) {
        sats_report_add(plan->report, SATS_ERROR, "include", &name->place, "cannot read '%s': %s",
                        "kan inte läsa '%s': %s", name->as.text, sats_why(plan->report, error));
        g_clear_error(&error);
        return name;
    }
    const SatsValue *rows = sats_csv_read(source, NULL, plan->arena, plan->report);
    return rows != NULL ? rows : name;
}

static const SatsValue *resolve(SatsPlan *plan, const SatsValue *value, guint depth);

static const SatsValue *resolve_list(SatsPlan *plan, const SatsValue *list, guint depth) {
    const SatsValue **items = NULL;
    for (guint i = 0; i < list->length; i++) {
        const SatsValue *item = resolve(plan, list->as.items[i], depth + 1);
        if (item != list->as.items[i] && items == NULL) {
            items = sats_arena_memdup(plan->arena, list->as.items, list->length * sizeof *items);
        }
        if (items != NULL) {
            items[i] = item;
        }
    }
    if (items == NULL) {
        return list;
    }
    SatsValue *copy = sats_arena_memdup(plan->arena, list, sizeof *list);
    copy->as.items = items;
    return copy;
}

static const SatsValue *resolve_map(SatsPlan *plan, const SatsValue *map, guint depth) {
    SatsEntry *entries = NULL;
    for (guint i = 0; i < map->length; i++) {
        const SatsValue *value = resolve(plan, map->as.entries[i].value, depth + 1);
        if (value != map->as.entries[i].value && entries == NULL) {
            entries =
                sats_arena_memdup(plan->arena, map->as.entries, map->length * sizeof *entries);
        }
        if (entries != NULL) {
            entries[i].value = value;
        }
    }
    if (entries == NULL) {
        return map;
    }
    SatsValue *copy = sats_arena_memdup(plan->arena, map, sizeof *map);
    copy->as.entries = entries;
    copy->indexed = 0;
    return copy;
}

static const SatsValue *resolve(SatsPlan *plan, const SatsValue *value, guint depth) {
    if (value == NULL || depth > MAX_DEPTH) {
        return value;
    }
    if (value->tag != NULL) {
        return read_table(plan, value);
    }
    return value->kind == SATS_VALUE_LIST  ? resolve_list(plan, value, depth)
           : value->kind == SATS_VALUE_MAP ? resolve_map(plan, value, depth)
                                           : value;
}

/* Only a file that holds a '!' can have a tag. */
void sats_plan_read_tables(SatsPlan *plan) {
    gboolean any = FALSE;
    for (guint i = 0; i < sats_sources_count(plan->sources) && !any; i++) {
        any = strchr(sats_sources_at(plan->sources, i)->text, '!') != NULL;
    }
    if (any) {
        plan->root = resolve(plan, plan->root, 0);
    }
}
