/* engine/tables.c: tables that a plan keeps in files of their own: `rader: !csv budget.csv`,
 * `rader: !xlsx budget.xlsx#Blad1!A3:F20`.
 *
 * The tagged scalar becomes the list of rows that the file holds, each row a map by the names of
 * the first row; findings name the file and the line or cell. A file is read once, however many
 * tables it holds, and is embedded like the plan itself. As values do not change, what lies above a
 * table is made anew; the rest is shared.
 */
#include <string.h>

#include "data/csv.h"
#include "data/xlsx.h"
#include "engine/engine-private.h"

#define MAX_TABLE_BYTES ((gsize)64 << 20)
#define MAX_TABLE_NODES 4000000U /* rows and fields of all tables of a plan */
#define MAX_DEPTH       64U

/* A workbook that has been opened; NULL when it could not be, which has been told. */
typedef struct {
    const SatsSource *file;
    SatsWorkbook *workbook;
} OpenWorkbook;

typedef struct {
    SatsPlan *plan;
    GArray *workbooks; /* OpenWorkbook */
    GHashTable *read;  /* const SatsValue, the rows, by what names them: an alias names the same */
    gsize nodes_left;
} Tables;

/* The readers take the file and what stands behind "#" ("" nothing); NULL after findings. */
typedef const SatsValue *(*ReadTable)(Tables *tables, const SatsSource *file, const char *part,
                                      const SatsValue *name);

/* ---- readers ---- */

static const SatsValue *read_csv(Tables *tables, const SatsSource *file, const char *part,
                                 const SatsValue *name) {
    (void)part, (void)name;
    SatsReadLimits limits = {.max_nodes = (guint)tables->nodes_left};
    return sats_csv_read(file, &limits, tables->plan->arena, tables->plan->report);
}

static SatsWorkbook *open_workbook(Tables *tables, const SatsSource *file) {
    for (guint i = 0; i < tables->workbooks->len; i++) {
        const OpenWorkbook *known = &g_array_index(tables->workbooks, OpenWorkbook, i);
        if (known->file == file) {
            return known->workbook;
        }
    }
    SatsPlan *plan = tables->plan;
    GError *error = NULL;
    OpenWorkbook opened = {
        file, sats_workbook_open(plan->sources, file, plan->arena, plan->report, &error)};
    g_array_append_val(tables->workbooks, opened);
    if (error != NULL) {
        sats_plan_fail(plan, error);
    }
    return opened.workbook;
}

static const SatsValue *read_xlsx(Tables *tables, const SatsSource *file, const char *part,
                                  const SatsValue *name) {
    SatsWorkbook *workbook = open_workbook(tables, file);
    return workbook == NULL ? NULL
                            : sats_workbook_read(workbook, part, &name->place, tables->nodes_left);
}

/* ---- files ---- */

/* What was read before has its path as name. */
static const SatsSource *find_source(const SatsSources *sources, const char *path) {
    for (guint i = 0; i < sats_sources_count(sources); i++) {
        if (g_str_equal(sats_sources_at(sources, i)->name, path)) {
            return sats_sources_at(sources, i);
        }
    }
    return NULL;
}

static const SatsSource *read_source(SatsPlan *plan, const char *file, const SatsValue *name) {
    if (*file == '\0' || !sats_is_inside_folder(file)) {
        sats_report_add(plan->report, SATS_ERROR, "include", &name->place,
                        "%s takes a file in the plan's folder", "%s tar en fil i planens mapp",
                        name->tag);
        return NULL;
    }
    g_autofree char *path = g_build_filename(plan->folder, file, NULL);
    const SatsSource *source = find_source(plan->sources, path);
    if (source != NULL) {
        return source;
    }
    GError *error = NULL;
    source = sats_source_read_below(plan->sources, plan->folder, path, MAX_TABLE_BYTES, &error);
    if (source == NULL) {
        g_autofree char *why = sats_why(plan->report, error);
        sats_report_add(plan->report, SATS_ERROR, "include", &name->place, "cannot read '%s': %s",
                        "kan inte läsa '%s': %s", file, why);
        g_clear_error(&error);
    }
    return source;
}

/* ---- tables ---- */

/* In place of a table that could not be read, which has been told. */
static const SatsValue *no_rows(SatsPlan *plan, const SatsValue *name) {
    plan->incomplete = TRUE;
    SatsValue *list = sats_arena_new_struct(plan->arena, SatsValue);
    list->kind = SATS_VALUE_LIST;
    list->place = name->place;
    return list;
}

/* The rows, as long as all tables together are not too large. */
static const SatsValue *count_nodes(Tables *tables, const SatsValue *rows, const SatsValue *name) {
    gsize nodes = 0;
    for (guint i = 0; i < rows->length; i++) {
        nodes += rows->as.items[i]->length + 1U;
    }
    if (nodes >= tables->nodes_left) {
        sats_report_add(tables->plan->report, SATS_ERROR, "limit", &name->place,
                        "too many values in tables: more than %u",
                        "för många värden i tabeller: mer än %u", MAX_TABLE_NODES);
        return no_rows(tables->plan, name);
    }
    tables->nodes_left -= nodes;
    return rows;
}

/* The rows keep the tag: a free table takes those of a file by their order. */
static const SatsValue *with_tag(const SatsPlan *plan, const SatsValue *rows, const char *tag) {
    SatsValue *tagged = sats_arena_memdup(plan->arena, rows, sizeof *rows);
    tagged->tag = tag;
    return tagged;
}

static const SatsValue *read_table(Tables *tables, const SatsValue *name) {
    static const struct {
        const char *tag;
        ReadTable read;
        gboolean parts; /* of a file, named behind "#" */
    } KINDS[] = {{"!csv", read_csv, FALSE}, {"!xlsx", read_xlsx, TRUE}};
    const SatsValue *known = g_hash_table_lookup(tables->read, name);
    if (known != NULL) {
        return count_nodes(tables, known, name);
    }
    guint kind = 0;
    while (!g_str_equal(KINDS[kind].tag, name->tag)) {
        kind++;
        g_assert(kind < G_N_ELEMENTS(KINDS)); /* data/yaml.c keeps no other tags */
    }
    const char *text = name->kind == SATS_VALUE_TEXT ? name->as.text : "";
    const char *part = KINDS[kind].parts ? strchr(text, '#') : NULL;
    g_autofree char *path = g_strndup(text, part != NULL ? (gsize)(part - text) : strlen(text));
    const SatsSource *file = read_source(tables->plan, path, name);
    const SatsValue *rows =
        file == NULL ? NULL : KINDS[kind].read(tables, file, part != NULL ? part + 1 : "", name);
    rows = rows != NULL ? with_tag(tables->plan, rows, name->tag) : no_rows(tables->plan, name);
    g_hash_table_insert(tables->read, (gpointer)(gsize)name, (gpointer)(gsize)rows);
    return count_nodes(tables, rows, name);
}

static const SatsValue *resolve(Tables *tables, const SatsValue *value, guint depth);

static const SatsValue *resolve_list(Tables *tables, const SatsValue *list, guint depth) {
    const SatsValue **items = NULL;
    for (guint i = 0; i < list->length; i++) {
        const SatsValue *item = resolve(tables, list->as.items[i], depth + 1);
        if (item != list->as.items[i] && items == NULL) {
            items = sats_arena_memdup(tables->plan->arena, list->as.items,
                                      list->length * sizeof(gpointer));
        }
        if (items != NULL) {
            items[i] = item;
        }
    }
    if (items == NULL) {
        return list;
    }
    SatsValue *copy = sats_arena_memdup(tables->plan->arena, list, sizeof *list);
    copy->as.items = items;
    return copy;
}

static const SatsValue *resolve_map(Tables *tables, const SatsValue *map, guint depth) {
    SatsEntry *entries = NULL;
    for (guint i = 0; i < map->length; i++) {
        const SatsValue *value = resolve(tables, map->as.entries[i].value, depth + 1);
        if (value != map->as.entries[i].value && entries == NULL) {
            entries = sats_arena_memdup(tables->plan->arena, map->as.entries,
                                        map->length * sizeof *entries);
        }
        if (entries != NULL) {
            entries[i].value = value;
        }
    }
    if (entries == NULL) {
        return map;
    }
    SatsValue *copy = sats_arena_memdup(tables->plan->arena, map, sizeof *map);
    copy->as.entries = entries;
    copy->indexed = 0;
    return copy;
}

static const SatsValue *resolve(Tables *tables, const SatsValue *value, guint depth) {
    if (value == NULL || depth > MAX_DEPTH) {
        return value;
    }
    if (value->tag != NULL) {
        return read_table(tables, value);
    }
    return value->kind == SATS_VALUE_LIST  ? resolve_list(tables, value, depth)
           : value->kind == SATS_VALUE_MAP ? resolve_map(tables, value, depth)
                                           : value;
}

/* Only a file that holds a '!' can have a tag. */
void sats_plan_read_tables(SatsPlan *plan) {
    gboolean any = FALSE;
    for (guint i = 0; i < sats_sources_count(plan->sources) && !any; i++) {
        any = strchr(sats_sources_at(plan->sources, i)->text, '!') != NULL;
    }
    if (!any) {
        return;
    }
    Tables tables = {.plan = plan, .nodes_left = MAX_TABLE_NODES};
    tables.workbooks = g_array_new(FALSE, FALSE, sizeof(OpenWorkbook));
    tables.read = g_hash_table_new(g_direct_hash, g_direct_equal);
    plan->root = resolve(&tables, plan->root, 0);
    for (guint i = 0; i < tables.workbooks->len; i++) {
        sats_workbook_free(g_array_index(tables.workbooks, OpenWorkbook, i).workbook);
    }
    g_array_unref(tables.workbooks);
    g_hash_table_unref(tables.read);
}
