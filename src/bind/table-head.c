/* bind/table-head.c: the head of a table: the cells of a tree of heads, in as many rows as it is
 * deep. */
#include "bind/table.h"

guint sats_table_head_levels(const SatsTableHead *heads, guint n) {
    guint levels = 0;
    for (guint i = 0; i < n; i++)
        levels = MAX(levels, 1 + sats_table_head_levels(heads[i].children, heads[i].n_children));
    return levels;
}

static void attach_cell(SatsNode *row, SatsNode *cell) {
    cell->parent = row;
    if (row->last_child == NULL)
        row->first_child = cell;
    else
        row->last_child->next = cell;
    row->last_child = cell;
}

/* Ids of a head's column, its own last. */
static const char **with_id(SatsTableMaker *maker, const char **above, const char *id) {
    guint n = 0;
    while (above != NULL && above[n] != NULL)
        n++;
    const char **ids = sats_arena_new_array(maker->binder->arena, const char *, n + 2);
    for (guint i = 0; i < n; i++)
        ids[i] = above[i];
    ids[n] = id;
    return ids;
}

/* Puts the heads of `level`, which stand over the columns from `column` on, into their row, and
 * those under them into theirs. */
static void place_heads(SatsTableMaker *maker, const SatsTableHead *heads, guint n, guint column,
                        guint level, guint n_levels, SatsNode **rows) {
    for (guint i = 0; i < n; i++) {
        const SatsTableHead *head = &heads[i];
        SatsCell *cell = head->cell->as.cell;
        cell->column = (guint16)column;
        cell->column_span = (guint16)head->n_columns;
        cell->row_span = (guint16)(head->n_children > 0 ? 1 : n_levels - level);
        attach_cell(rows[level], head->cell);
        const char **above = maker->column_ids[column];
        if (!sats_table_cell_is_blank(head->cell)) {
            if (maker->uses_headers && n_levels > 1)
                cell->headers = above;
            sats_table_cell_head(maker, head->cell, SATS_SCOPE_COLUMN);
            if (cell->header_id != NULL) {
                const char **ids = with_id(maker, above, cell->header_id);
                for (guint c = 0; c < head->n_columns; c++)
                    maker->column_ids[column + c] = ids;
            }
        }
        place_heads(maker, head->children, head->n_children, column, level + 1, n_levels, rows);
        column += head->n_columns;
    }
}

void sats_table_head(SatsTableMaker *maker, const SatsTableHead *heads, guint n, SatsPlace place) {
    guint n_levels = sats_table_head_levels(heads, n);
    SatsNode *group = sats_table_row_group(maker->binder, maker->table, SATS_ROWS_HEAD, place);
    SatsNode **rows = sats_arena_new_array(maker->binder->arena, SatsNode *, n_levels);
    for (guint i = 0; i < n_levels; i++) {
        rows[i] = sats_bind_node(maker->binder, group, SATS_NODE_ROW, place);
        rows[i]->as.row->kind = SATS_ROW_HEAD;
        rows[i]->as.row->keep_with_next = TRUE;
        rows[i]->as.row->index = maker->table->as.table->n_rows++;
    }
    place_heads(maker, heads, n, 0, 0, n_levels, rows);
}
