/* data/rows.c: names from the first row, maps from the others. */
#include "data/rows.h"

#include "data/yaml-parts.h"

enum { DEFAULT_MAX_NODES = 4000000 };

void sats_rows_begin(SatsRows *rows, gsize max_nodes, SatsArena *arena, SatsReport *report) {
    *rows = (SatsRows){.arena = arena, .report = report};
    rows->max_nodes = max_nodes == 0 ? DEFAULT_MAX_NODES : max_nodes;
    rows->list = g_ptr_array_new();
}

/* How many fields there are up to the last that holds something. */
static guint count_filled(const SatsValue *const *fields, guint count) {
    while (count > 0 && sats_value_is_empty(fields[count - 1]))
        count--;
    return count;
}

/* ---- the first row ---- */

static void refuse_name(SatsRows *rows, const SatsValue *field, guint column, const char *same) {
    if (same == NULL) {
        sats_report_add(rows->report, SATS_ERROR, "table-header", &field->place,
                        "column %u has no name", "kolumn %u saknar rubrik", column + 1);
        return;
    }
    sats_report_add(rows->report, SATS_ERROR, "duplicate-key", &field->place,
                    "two columns have the name '%s'", "två kolumner har rubriken '%s'", same);
}

static void read_names(SatsRows *rows, const SatsValue *const *fields) {
    rows->names = sats_arena_new_array(rows->arena, const char *, rows->n_columns);
    rows->places = sats_arena_new_array(rows->arena, SatsPlace, rows->n_columns);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->n_columns; i++) {
        const SatsValue *field = fields[i];
        rows->places[i] = field->place;
        g_autofree char *name = /* "å" may be written as "a" and a ring */
            sats_value_is_empty(field) ? NULL
                                       : g_utf8_normalize(field->as.text, -1, G_NORMALIZE_NFC);
        if (name == NULL)
            refuse_name(rows, field, i, NULL);
        else if (g_hash_table_contains(seen, name))
            refuse_name(rows, field, i, name);
        else
            rows->names[i] = sats_arena_strdup(rows->arena, name);
        if (rows->names[i] != NULL)
            g_hash_table_add(seen, (gpointer)(gsize)rows->names[i]);
    }
    g_hash_table_unref(seen);
}

/* ---- the others ---- */

/* Every row must have as many fields as the first, empty ones at the end not counted. */
static void check_width(SatsRows *rows, const SatsValue *const *row, guint width, guint filled) {
    if (width >= rows->n_columns && filled <= rows->n_columns)
        return;
    guint fields = MAX(filled, MIN(width, rows->n_columns));
    SatsPlace place = row[filled > rows->n_columns ? rows->n_columns : 0]->place;
    sats_report_add(rows->report, SATS_ERROR, "table-width", &place,
                    fields == 1 ? "the row has %u field, the first row %u"
                                : "the row has %u fields, the first row %u",
                    "raden har %u fält, den första raden %u", fields, rows->n_columns);
    if (filled > rows->n_columns && rows->comma_parts)
        sats_report_hint(rows->report, "fields with a decimal comma must be in quotes",
                         "fält med decimalkomma måste stå inom citattecken");
}

static gboolean count_row(SatsRows *rows, const SatsValue *first, guint n_fields) {
    rows->nodes += n_fields + 1u;
    if (rows->nodes <= rows->max_nodes)
        return TRUE;
    sats_report_add(rows->report, SATS_ERROR, "limit", &first->place,
                    "too many values: more than %" G_GSIZE_FORMAT,
                    "för många värden: mer än %" G_GSIZE_FORMAT, rows->max_nodes);
    rows->stopped = TRUE;
    return FALSE;
}

static void fill_map(const SatsRows *rows, SatsValue *row, const SatsValue *const *fields,
                     guint width) {
    row->kind = SATS_VALUE_MAP;
    row->length = width;
    SatsEntry *entries = sats_yaml_new_entries(rows->arena, row);
    guint count = 0;
    for (guint i = 0; i < width; i++) {
        if (rows->names[i] == NULL)
            continue;
        entries[count].key = rows->names[i];
        entries[count].value = fields[i];
        entries[count].place = rows->places[i];
        count++;
    }
    row->length = count;
    sats_yaml_index(row);
}

gboolean sats_rows_add(SatsRows *rows, const SatsValue *const *fields, guint n_fields) {
    guint filled = count_filled(fields, n_fields);
    if (filled == 0 || rows->stopped)
        return !rows->stopped;
    if (rows->n_columns == 0) {
        rows->n_columns = filled;
        read_names(rows, fields);
        return TRUE;
    }
    if (!count_row(rows, fields[0], n_fields))
        return FALSE;
    check_width(rows, fields, n_fields, filled);
    SatsValue *row = sats_arena_new_struct(rows->arena, SatsValue);
    row->place = fields[0]->place;
    fill_map(rows, row, fields, MIN(n_fields, rows->n_columns));
    g_ptr_array_add(rows->list, row);
    return TRUE;
}

const SatsValue *sats_rows_end(SatsRows *rows, SatsPlace place) {
    SatsValue *root = NULL;
    if (!rows->stopped && rows->n_columns > 0) {
        root = sats_arena_new_struct(rows->arena, SatsValue);
        root->kind = SATS_VALUE_LIST;
        root->place = place;
        root->length = rows->list->len;
        root->as.items =
            sats_arena_memdup(rows->arena, rows->list->pdata, root->length * sizeof(gpointer));
    }
    g_clear_pointer(&rows->list, g_ptr_array_unref);
    return root;
}
