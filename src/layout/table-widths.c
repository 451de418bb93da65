/* layout/table-widths.c: measuring a table's cells, paddings, and what is done when it is too wide.
 *
 * Each column gets the width of its widest unbreakable piece and of its widest line, as CSS's
 * automatic tables do; a column of decimals also the widest part on each side of the comma. All
 * cells are measured, since one long number decides a column, but a cell is measured in scratch
 * memory and forgotten: the shaper keeps words, so that setting it later costs little.
 *
 * A head does not make its column as wide as its longest line: two lines are expected of it.
 *
 * Tables that share their widths are measured together, at the first of them, and keep the answer
 * under the group's name. A table too wide for the page is tightened in steps, each only when the
 * one before was not enough: gaps and paddings, then the type's size, then words of heads divided,
 * then words of all cells, then parts by columns.
 */
#include <string.h>

#include "layout/table-cell.h"

#define SCRATCH_BYTES ((gsize)1 << 18)

/* What cells over several columns want, the most of each range. */
typedef struct {
    guint first, last;
    float min_pt, max_pt;
} SpanWish;

/* ---- paddings ---- */

static gboolean starts_group(const SatsTableSetting *setting, guint column) {
    const SatsTableGrid *grid = setting->grid;
    if (grid->n_head < 2 || column == 0) {
        return FALSE;
    }
    gboolean starts = FALSE;
    gboolean before = FALSE;
    for (const SatsNode *cell = grid->rows[0].node->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind == SATS_NODE_CELL && cell->as.cell->column_span > 1) {
            starts = starts || cell->as.cell->column == column;
            before = before || cell->as.cell->column + cell->as.cell->column_span == (int)column;
        }
    }
    return starts && before;
}

/* What is left of the paddings: 1 all. */
static float tightness(const SatsTableSetting *setting) {
    return setting->side_pt / MAX(0.1F, (float)setting->style->pad_side_pt);
}

/* The first and the last column are aligned with the rules, but not where text would stand at the
 * edge of a ground. */
static gboolean stands_at_the_edge(const SatsTableSetting *setting, const SatsColumnBox *box) {
    return !setting->style->grid && !box->column->tint;
}

void sats_table_pad(SatsTableSetting *setting) {
    const float group_gap = sats_context_length_pt(setting->context, "table.group-gap");
    const float tighter = tightness(setting);
    SatsColumnBox *before = NULL;
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        if (box->hidden) {
            continue;
        }
        gboolean outer = before == NULL && stands_at_the_edge(setting, box);
        box->gap_pt = before == NULL ? 0 : (float)box->column->gap_before_pt;
        if (box->gap_pt <= 0 && before != NULL && starts_group(setting, i)) {
            box->gap_pt = group_gap;
        }
        box->gap_pt *= MIN(1.0F, tighter);
        box->pad_left_pt = outer ? 0 : setting->side_pt;
        box->pad_right_pt = setting->side_pt;
        if (before != NULL && before->number && !box->number &&
            box->column->align != SATS_ALIGN_CENTER && box->gap_pt <= 0) {
            box->pad_left_pt += setting->column_gap_pt;
        }
        before = box;
    }
    if (before != NULL && stands_at_the_edge(setting, before)) {
        before->pad_right_pt = 0;
    }
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        box->pad_right_pt = MAX(box->pad_right_pt, box->hang_pt);
    }
}

/* ---- measuring ---- */

static void add_wish(GHashTable *wishes, guint first, guint last, const SatsCellMeasure *measure) {
    gpointer key = GUINT_TO_POINTER(first << 16 | last);
    SpanWish *wish = g_hash_table_lookup(wishes, key);
    if (wish == NULL) {
        wish = g_new0(SpanWish, 1);
        wish->first = first;
        wish->last = last;
        g_hash_table_insert(wishes, key, wish);
    }
    wish->min_pt = MAX(wish->min_pt, measure->min_pt);
    wish->max_pt = MAX(wish->max_pt, measure->max_pt);
}

static void take_measure(SatsColumnBox *box, const SatsCellMeasure *measure, gboolean head) {
    box->min_pt = MAX(box->min_pt, measure->min_pt);
    if (head) {
        box->head_line_pt = MAX(box->head_line_pt, measure->max_pt);
        float wanted = MAX(measure->min_pt, 0.55F * measure->max_pt);
        box->max_pt = MAX(box->max_pt, MIN(measure->max_pt, MAX(wanted, box->body_max_pt)));
        return;
    }
    box->max_pt = MAX(box->max_pt, measure->max_pt);
    box->body_max_pt = MAX(box->body_max_pt, measure->max_pt);
    box->integer_pt = MAX(box->integer_pt, measure->integer_pt);
    box->fraction_pt = MAX(box->fraction_pt, measure->fraction_pt);
    box->hang_pt = MAX(box->hang_pt, measure->hang_pt);
    float number = box->integer_pt + box->fraction_pt;
    box->min_pt = MAX(box->min_pt, number);
    box->max_pt = MAX(box->max_pt, number);
    box->body_max_pt = MAX(box->body_max_pt, number);
}

static void measure_row(SatsTableSetting *setting, const SatsTableRow *row, GHashTable *wishes) {
    for (const SatsNode *cell = row->node->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind != SATS_NODE_CELL) {
            continue;
        }
        guint first = cell->as.cell->column;
        guint last = MIN(first + cell->as.cell->column_span, setting->n_columns) - 1;
        if (first >= setting->n_columns ||
            (last > first && last - first + 1 == setting->n_columns)) {
            continue;
        }
        SatsCellMeasure measure;
        sats_table_cell_measure(setting, row, cell, &measure);
        if (last > first) {
            add_wish(wishes, first, last, &measure);
        } else {
            take_measure(&setting->columns[first], &measure, sats_table_row_is_head(row));
        }
    }
}

/* Body first: what a head may want depends on it. */
static void measure_rows(SatsTableSetting *setting, GHashTable *wishes) {
    SatsContext *context = setting->context;
    SatsArena *pages = context->arena;
    guint n_refs = context->page_refs->len;
    g_autoptr(SatsArena) scratch = sats_arena_new();
    const SatsTableGrid *grid = setting->grid;
    for (guint k = 0; k < grid->n_rows; k++) {
        guint i = (k + grid->n_head) % grid->n_rows;
        if (sats_arena_used(scratch) > SCRATCH_BYTES) {
            sats_arena_free(scratch);
            scratch = sats_arena_new();
        }
        context->arena = scratch;
        measure_row(setting, &grid->rows[i], wishes);
        context->arena = pages;
    }
    g_ptr_array_set_size(context->page_refs, (gint)n_refs);
}

static gint compare_wishes(gconstpointer a, gconstpointer b) {
    const SpanWish *x = a;
    const SpanWish *y = b;
    guint wx = x->last - x->first;
    guint wy = y->last - y->first;
    return wx != wy ? (wx > wy) - (wx < wy) : (x->first > y->first) - (x->first < y->first);
}

/* Spreads what a wide cell lacks over its columns, in proportion to what they have; columns of
 * fixed width take nothing while there are others. */
static void spread_wish(SatsTableSetting *setting, const SpanWish *wish, gboolean least) {
    float have = 0;
    float weight = 0;
    gboolean flexible = FALSE;
    for (guint i = wish->first; i <= wish->last; i++) {
        flexible = flexible || setting->columns[i].column->width_kind != SATS_WIDTH_FIXED;
    }
    for (guint i = wish->first; i <= wish->last; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        have += (least ? box->min_pt : box->max_pt) + (i > wish->first ? 2 * setting->side_pt : 0);
        weight += !flexible || box->column->width_kind != SATS_WIDTH_FIXED ? box->max_pt + 1 : 0;
    }
    float lack = (least ? wish->min_pt : wish->max_pt) - have;
    for (guint i = wish->first; i <= wish->last && lack > 0; i++) {
        SatsColumnBox *box = &setting->columns[i];
        if (flexible && box->column->width_kind == SATS_WIDTH_FIXED) {
            continue;
        }
        float part = lack * (box->max_pt + 1) / weight;
        if (least) {
            box->min_pt += part;
        }
        box->max_pt = least ? MAX(box->max_pt, box->min_pt) : box->max_pt + part;
    }
}

/* Fills min, max and decimal widths of the columns. */
static void measure_cells(SatsTableSetting *setting) {
    g_autoptr(GHashTable) wishes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    measure_rows(setting, wishes);
    g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_values(wishes), compare_wishes);
    for (const GList *item = sorted; item != NULL; item = item->next) {
        spread_wish(setting, item->data, TRUE);
        spread_wish(setting, item->data, FALSE);
    }
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        box->max_pt = MAX(box->max_pt, box->min_pt);
    }
}

float sats_table_decimal_x(const SatsColumnBox *column, float right_pt) {
    return right_pt - column->fraction_pt;
}

/* ---- widths shared by several tables ---- */

typedef struct {
    guint n_columns;
    SatsColumnBox *columns; /* measures only */
} SharedMeasures;

static void merge_measures(SatsColumnBox *into, const SatsColumnBox *from) {
    into->min_pt = MAX(into->min_pt, from->min_pt);
    into->max_pt = MAX(into->max_pt, from->max_pt);
    into->body_max_pt = MAX(into->body_max_pt, from->body_max_pt);
    into->integer_pt = MAX(into->integer_pt, from->integer_pt);
    into->fraction_pt = MAX(into->fraction_pt, from->fraction_pt);
    into->hang_pt = MAX(into->hang_pt, from->hang_pt);
    into->head_line_pt = MAX(into->head_line_pt, from->head_line_pt);
}

/* What is found in the other table is told when it is set. */
static void measure_other(SatsTableSetting *setting, const SatsNode *table) {
    if (table == setting->grid->node) {
        return;
    }
    SatsContext *context = setting->context;
    SatsReport *report = context->report;
    SatsArena *pages = context->arena;
    g_autoptr(SatsReport) unheard = sats_report_new(sats_report_language(report));
    g_autoptr(SatsArena) scratch = sats_arena_new();
    SatsTableGrid grid;
    sats_table_grid_read(&grid, table, scratch);
    SatsTableSetting other;
    sats_table_setting_init(&other, context, &grid, &setting->measure);
    other.scale = setting->scale;
    other.divide = setting->divide;
    other.side_pt *= tightness(setting);
    sats_table_styles_make(&other);
    context->report = unheard;
    measure_cells(&other);
    context->report = report;
    context->arena = pages;
    for (guint i = 0; i < setting->n_columns; i++) {
        merge_measures(&setting->columns[i], &other.columns[i]);
    }
}

/* Walks the document without recursion; tables do not stand in tables of their own group. */
static void measure_group(SatsTableSetting *setting) {
    const char *group = setting->grid->table->widths_group;
    const SatsNode *node = setting->context->document->root;
    const SatsNode *root = node;
    while (node != NULL) {
        gboolean table = node->kind == SATS_NODE_TABLE;
        if (table && g_strcmp0(node->as.table->widths_group, group) == 0 &&
            node->as.table->n_columns == setting->n_columns) {
            measure_other(setting, node);
        }
        if (!table && node->first_child != NULL) {
            node = node->first_child;
            continue;
        }
        while (node != root && node->next == NULL) {
            node = node->parent;
        }
        node = node == root ? NULL : node->next;
    }
}

/* All that the measures depend on: whichever table is the first to be set, they are the same. */
static char *shared_key(const SatsTableSetting *setting) {
    return g_strdup_printf("%s/%u/%.0f/%d/%u/%s", setting->grid->table->widths_group,
                           setting->n_columns, (double)setting->scale * 1000, (int)setting->divide,
                           setting->measure.flags, setting->context->page->name);
}

static void measure_all(SatsTableSetting *setting) {
    const char *group = setting->grid->table->widths_group;
    if (group == NULL || setting->context->shared_widths == NULL) {
        measure_cells(setting);
        return;
    }
    g_autofree char *key = shared_key(setting);
    const SharedMeasures *known = g_hash_table_lookup(setting->context->shared_widths, key);
    if (known != NULL) {
        for (guint i = 0; i < setting->n_columns; i++) {
            merge_measures(&setting->columns[i], &known->columns[i]);
        }
        return;
    }
    measure_cells(setting);
    measure_group(setting);
    SharedMeasures *measures = sats_arena_new_struct(setting->arena, SharedMeasures);
    measures->n_columns = setting->n_columns;
    measures->columns = sats_arena_memdup(setting->arena, setting->columns,
                                          setting->n_columns * sizeof(SatsColumnBox));
    g_hash_table_insert(setting->context->shared_widths, sats_arena_strdup(setting->arena, key),
                        measures);
}

/* ---- too wide ---- */

static void forget_measures(SatsTableSetting *setting) {
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        box->min_pt = box->max_pt = box->body_max_pt = 0;
        box->integer_pt = box->fraction_pt = box->hang_pt = box->head_line_pt = 0;
    }
}

static gboolean try_paddings(SatsTableSetting *setting, float part) {
    setting->side_pt = (float)setting->style->pad_side_pt * part;
    setting->column_gap_pt = (float)setting->style->column_gap_pt * part;
    sats_table_pad(setting);
    return sats_table_columns_resolve(setting, setting->width_pt);
}

/* Measures again after something about the type has changed. */
static gboolean try_type(SatsTableSetting *setting, float scale, SatsTableDivide divide) {
    setting->scale = scale;
    setting->divide = divide;
    sats_table_styles_make(setting);
    forget_measures(setting);
    measure_all(setting);
    return try_paddings(setting, 0.7F) || try_paddings(setting, 0.5F);
}

gboolean sats_table_widths(SatsTableSetting *setting) {
    measure_all(setting);
    if (try_paddings(setting, 1.0F) || try_paddings(setting, 0.7F) || try_paddings(setting, 0.5F)) {
        return TRUE;
    }
    const SatsTextStyle *text = setting->row_styles[SATS_ROW_BODY].text;
    float least = (float)setting->style->min_size_pt / (float)text->size_pt;
    gboolean smaller = least > 0 && least < 0.999F;
    float scale = smaller ? least : 1;
    if (!(smaller && try_type(setting, scale, SATS_DIVIDE_NONE)) &&
        !try_type(setting, scale, SATS_DIVIDE_HEADS) &&
        !try_type(setting, scale, SATS_DIVIDE_CELLS)) {
        try_type(setting, scale, SATS_DIVIDE_NONE); /* parts have room for whole words */
        return FALSE;
    }
    if (!smaller) {
        return TRUE;
    }
    int tenths = (int)(setting->style->min_size_pt * 10 + 0.5);
    sats_report_add(
        setting->context->report, SATS_NOTE, "table-tightened", &setting->grid->node->place,
        "the table is too wide for its page and is set in %d.%d point",
        "tabellen är för bred för sidan och sätts i %d,%d punkter", tenths / 10, tenths % 10);
    return TRUE;
}
