/* data/xlsx-names.c: ranges that a workbook has names for, and its tables.
 *
 * A name belongs to the workbook or to one of its sheets, and stands for a formula; one that is a
 * plain range can be read. A table belongs to a sheet by a part of its own, and its name is the
 * workbook's. Few plans name one: tables are read when a name is none of the others. */
#include "data/xlsx-parts.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_NAMES  10000U
#define MAX_TABLES 10000U
/* In bytes; no range is longer. What is told of a formula. */
#define MAX_FORMULA 300U
#define SHOWN_BYTES 100U

void sats_range_name_free(gpointer name) {
    SatsRangeName *own = name;
    g_free(own->name);
    g_free(own->folded);
    g_string_free(own->formula, TRUE);
    g_free(own);
}

static SatsRangeName *add_name(SatsWorkbook *workbook, const char *name) {
    if (name == NULL || workbook->names->len >= MAX_NAMES)
        return NULL;
    SatsRangeName *added = g_new0(SatsRangeName, 1);
    added->name = g_strdup(name);
    added->folded = sats_utf8_fold(name);
    added->formula = g_string_new(NULL);
    g_ptr_array_add(workbook->names, added);
    return added;
}

/* ---- names ---- */

/* Those that programs make for themselves (what is printed, what a filter hides) are left out. */
SatsRangeName *sats_names_add(SatsWorkbook *workbook, const char **attributes) {
    const char *name = sats_part_attribute(attributes, "name");
    const char *hidden = sats_part_attribute(attributes, "hidden");
    const char *scope = sats_part_attribute(attributes, "localSheetId");
    guint64 index = scope == NULL ? 0 : g_ascii_strtoull(scope, NULL, 10);
    if (name == NULL || g_str_has_prefix(name, "_xlnm.") ||
        (hidden != NULL && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0)) ||
        (scope != NULL && index >= workbook->sheets->len))
        return NULL;
    SatsRangeName *added = add_name(workbook, name);
    if (added != NULL && scope != NULL)
        added->scope = g_ptr_array_index(workbook->sheets, (guint)index);
    return added;
}

void sats_names_extend(SatsRangeName *name, const char *bytes, gsize length) {
    gsize room = MAX_FORMULA + 1 - MIN(name->formula->len, MAX_FORMULA + 1);
    g_string_append_len(name->formula, bytes, (gssize)MIN(length, room));
}

/* ---- tables ---- */

typedef struct {
    SatsWorkbook *workbook;
    SatsSheet *sheet;
} TablePart;

static guint32 read_rows(const char *text, guint32 otherwise) {
    return text == NULL ? otherwise
                        : (guint32)MIN(g_ascii_strtoull(text, NULL, 10), SATS_XLSX_ROWS);
}

static void start_table(void *context, const char *name, const char **attributes) {
    const TablePart *part = context;
    const char *range = sats_part_attribute(attributes, "ref");
    const char *own = sats_part_attribute(attributes, "displayName");
    if (strcmp(name, "table") != 0 || range == NULL)
        return;
    own = own != NULL ? own : sats_part_attribute(attributes, "name");
    SatsRangeName *added = add_name(part->workbook, own);
    if (added == NULL)
        return;
    sats_names_extend(added, range, strlen(range));
    added->table_on = part->sheet;
    added->totals = read_rows(sats_part_attribute(attributes, "totalsRowCount"), 0);
    added->headless = read_rows(sats_part_attribute(attributes, "headerRowCount"), 1) == 0;
}

/* FALSE after a finding. */
static gboolean read_tables_of(SatsWorkbook *workbook, SatsSheet *sheet) {
    static const SatsPartHandler handler = {start_table, NULL, NULL};
    TablePart part = {workbook, sheet};
    g_autoptr(GPtrArray) relations = NULL;
    gboolean read = sats_relations_read(&workbook->package, sheet->part, &relations);
    for (guint i = 0; i < relations->len && read; i++) {
        const SatsRelation *relation = g_ptr_array_index(relations, i);
        if (strcmp(relation->type, "table") == 0 && workbook->n_tables++ < MAX_TABLES)
            read = sats_package_read(&workbook->package, relation->part, &handler, &part) !=
                   SATS_PART_REFUSED;
    }
    return read;
}

/* Once. FALSE after a finding: some are missing. */
static gboolean read_tables(SatsWorkbook *workbook) {
    gboolean read = TRUE;
    for (guint i = 0; i < workbook->sheets->len && read && !workbook->has_tables; i++) {
        SatsSheet *sheet = g_ptr_array_index(workbook->sheets, i);
        read = sheet->part == NULL || read_tables_of(workbook, sheet);
    }
    workbook->has_tables = TRUE;
    return read;
}

/* ---- looking up ---- */

/* The sheet's own, else the workbook's, else the only one that any sheet has; NULL none. */
static const SatsRangeName *find_name(const SatsWorkbook *workbook, const SatsSheet *from,
                                      const char *name) {
    g_autofree char *wanted = sats_utf8_fold(name);
    const SatsRangeName *common = NULL, *other = NULL;
    guint n_others = 0;
    for (guint i = 0; i < workbook->names->len; i++) {
        const SatsRangeName *each = g_ptr_array_index(workbook->names, i);
        if (strcmp(each->folded, wanted) != 0)
            continue;
        if (each->scope == NULL) {
            common = common != NULL ? common : each;
        } else if (each->scope == from) {
            return each;
        } else {
            other = each;
            n_others++;
        }
    }
    return common == NULL && from == NULL && n_others == 1 ? other : common;
}

/* What the formula of a name stands for. NULL: no plain range of a sheet. */
static SatsSheet *read_formula(const SatsWorkbook *workbook, const GString *formula,
                               SatsCellRange *out_range) {
    g_autofree char *plain = g_strstrip(g_strdup(formula->str));
    g_autofree char *sheet = NULL;
    g_autofree char *range = NULL;
    if (formula->len > MAX_FORMULA || !sats_reference_parse(plain, &sheet, &range) ||
        range == NULL || sats_cell_range_parse(range, out_range) != SATS_RANGE_GOOD)
        return NULL;
    return sats_workbook_sheet(workbook, sheet);
}

static SatsSheet *read_table_range(const SatsRangeName *table, SatsCellRange *out_range) {
    if (sats_cell_range_parse(table->formula->str, out_range) != SATS_RANGE_GOOD ||
        out_range->last_row - out_range->first_row < table->totals)
        return NULL;
    out_range->last_row -= table->totals;
    return table->table_on;
}

gboolean sats_names_resolve(SatsWorkbook *workbook, const SatsSheet *from, const char *name,
                            const SatsPlace *place, SatsSheet **out_sheet,
                            SatsCellRange *out_range) {
    const SatsRangeName *found = find_name(workbook, from, name);
    gboolean complete = found != NULL || read_tables(workbook);
    found = found != NULL ? found : find_name(workbook, from, name);
    *out_sheet = NULL;
    if (found == NULL)
        return !complete;
    if (found->headless) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "the table '%s' has no row of names", "tabellen '%s' har ingen rubrikrad",
                        found->name);
        return TRUE;
    }
    *out_sheet = found->table_on != NULL ? read_table_range(found, out_range)
                                         : read_formula(workbook, found->formula, out_range);
    if (*out_sheet == NULL)
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "the name '%s' stands for '%.*s', which is no range of cells",
                        "namnet '%s' står för '%.*s', som inte är något cellområde", found->name,
                        sats_utf8_cut(found->formula->str, SHOWN_BYTES), found->formula->str);
    return TRUE;
}

char **sats_names_list(const SatsWorkbook *workbook) {
    guint n = workbook->names->len;
    char **list = g_new0(char *, n + 1U);
    for (guint i = 0; i < n; i++) {
        const SatsRangeName *each = g_ptr_array_index(workbook->names, i);
        list[i] = each->scope == NULL ? g_strdup(each->name)
                                      : g_strdup_printf("%s!%s", each->scope->name, each->name);
    }
    return list;
}
