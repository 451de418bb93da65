/* layout/table-grid.c: rows and their relations, out of the node tree. */
#include "layout/table.h"

SatsRowKind sats_table_row_kind(const SatsTableRow *row) {
    return row->node->as.row != NULL ? row->node->as.row->kind : SATS_ROW_BODY;
}

gboolean sats_table_row_is_head(const SatsTableRow *row) {
    SatsRowKind kind = sats_table_row_kind(row);
    return row->group == SATS_ROWS_HEAD || kind == SATS_ROW_HEAD || kind == SATS_ROW_BLOCK_HEAD;
}

gboolean sats_table_cell_is_empty(const SatsNode *cell) {
    for (guint i = 0; i < cell->n_runs; i++) {
        const SatsRun *run = &cell->runs[i];
        if (run->kind != SATS_RUN_TEXT || run->length > 0) {
            return FALSE;
        }
    }
    for (const SatsNode *child = cell->first_child; child != NULL; child = child->next) {
        if (!sats_node_is_inline(child)) {
            return FALSE;
        }
    }
    return TRUE;
}

static guint count_rows(const SatsNode *table, gboolean heads) {
    guint n = 0;
    for (const SatsNode *group = table->first_child; group != NULL; group = group->next) {
        if (group->kind == SATS_NODE_ROW_GROUP &&
            (group->as.row_group->kind == SATS_ROWS_HEAD) == heads) {
            for (const SatsNode *row = group->first_child; row != NULL; row = row->next) {
                n += row->kind == SATS_NODE_ROW ? 1 : 0;
            }
        }
    }
    return n;
}

static SatsTableRow *read_rows(const SatsNode *table, gboolean heads, SatsTableRow *out) {
    for (const SatsNode *group = table->first_child; group != NULL; group = group->next) {
        if (group->kind != SATS_NODE_ROW_GROUP ||
            (group->as.row_group->kind == SATS_ROWS_HEAD) != heads) {
            continue;
        }
        for (const SatsNode *row = group->first_child; row != NULL; row = row->next) {
            if (row->kind == SATS_NODE_ROW) {
                *out++ = (SatsTableRow){.node = row, .group = (guint8)group->as.row_group->kind};
            }
        }
    }
    return out;
}

/* Where the row's cells begin; which rows a span joins. */
static void relate_row(SatsTableGrid *grid, guint index) {
    SatsTableRow *row = &grid->rows[index];
    gboolean seen = FALSE;
    gboolean full = FALSE;
    for (const SatsNode *cell = row->node->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind != SATS_NODE_CELL) {
            continue;
        }
        const SatsCell *data = cell->as.cell;
        row->own_column = seen ? MIN(row->own_column, data->column) : data->column;
        seen = TRUE;
        if (!full && !sats_table_cell_is_empty(cell)) {
            row->full_column = data->column;
            full = TRUE;
        }
        guint end = MIN(index + data->row_span, index < grid->n_head ? grid->n_head : grid->n_rows);
        for (guint i = index; i + 1 < end; i++) {
            grid->rows[i].joined = TRUE;
        }
    }
    row->full_column = full ? row->full_column : row->own_column;
}

static SatsRule rule_above(const SatsTableRow *row) {
    return row->node->as.row != NULL ? row->node->as.row->rule_above : SATS_RULE_HAIR;
}

static gboolean continues_item(const SatsTableRow *row) {
    return row->node->as.row != NULL && row->node->as.row->continued_label;
}

/* Rows joined by spans are an area when their insides are ruled as rows are: parts of one item have
 * dotted rules or none between them and are no area. */
static void mark_areas(SatsTableGrid *grid) {
    for (guint first = grid->n_head; first < grid->n_rows;) {
        guint last = first;
        gboolean unlike = FALSE;
        while (last + 1 < grid->n_rows && grid->rows[last].joined) {
            last++;
            SatsRule rule = rule_above(&grid->rows[last]);
            unlike = unlike || (rule != SATS_RULE_DOTTED && rule != SATS_RULE_NONE);
        }
        if (last > first && unlike) {
            for (guint i = first; i <= last; i++) {
                grid->rows[i].area = TRUE;
            }
            grid->rows[last].last_in_area = TRUE;
        }
        first = last + 1;
    }
}

void sats_table_grid_read(SatsTableGrid *grid, const SatsNode *table, SatsArena *arena) {
    *grid = (SatsTableGrid){.node = table, .table = table->as.table};
    grid->n_head = count_rows(table, TRUE);
    grid->n_rows = grid->n_head + count_rows(table, FALSE);
    grid->rows = sats_arena_new_array(arena, SatsTableRow, grid->n_rows + 1);
    read_rows(table, FALSE, read_rows(table, TRUE, grid->rows));
    for (const SatsNode *child = table->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_CAPTION) {
            grid->caption = child;
        }
    }
    grid->notes = table->next != NULL && table->next->kind == SATS_NODE_NOTES ? table->next : NULL;
    for (guint i = 0; i < grid->n_rows; i++) {
        relate_row(grid, i);
        grid->rows[i].item =
            i > grid->n_head && continues_item(&grid->rows[i]) ? grid->rows[i - 1].item : i;
    }
    mark_areas(grid);
}
