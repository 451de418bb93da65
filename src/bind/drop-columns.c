/* bind/drop-columns.c: columns that are left out when no row has anything in them.
 *
 * What a row holds is known when all rows are made, so the column is taken out of the finished
 * tree: its cells go, cells that span it shrink, those after it move one to the left. */
#include "bind/table.h"

#include <string.h>

typedef void (*CellFunc)(SatsNode *row, SatsNode *before, SatsNode *cell, gpointer data);

/* Calls `func` for each cell of the table; `before` is the one ahead of it in its row, or NULL.
 * `func` may take the cell out of its row. */
static void each_cell(SatsNode *table, CellFunc func, gpointer data) {
    for (SatsNode *group = table->first_child; group != NULL; group = group->next) {
        for (SatsNode *row = group->kind == SATS_NODE_ROW_GROUP ? group->first_child : NULL;
             row != NULL; row = row->next) {
            SatsNode *before = NULL;
            for (SatsNode *cell = row->first_child, *next; cell != NULL; cell = next) {
                next = cell->next;
                func(row, before, cell, data);
                gboolean stays = before == NULL ? row->first_child == cell : before->next == cell;
                before = stays ? cell : before;
            }
        }
    }
}

static gboolean covers(const SatsCell *cell, guint column) {
    return cell->column <= column && column < (guint)cell->column + cell->column_span;
}

typedef struct {
    guint column;
    gboolean filled;
    GPtrArray *ids; /* of the heads that go with the column */
} Drop;

static gboolean calls_note(const SatsNode *node) {
    gboolean calls = node->kind == SATS_NODE_REFERENCE;
    for (const SatsNode *child = node->first_child; child != NULL && !calls; child = child->next)
        calls = calls_note(child);
    return calls;
}

/* Something of the column's own stands in it, or its head calls a note, which needs its place, or
 * is all that its level of the head has. */
static void look(SatsNode *row, SatsNode *before, SatsNode *cell, gpointer data) {
    (void)before;
    Drop *drop = data;
    const SatsCell *own = cell->as.cell;
    if (own->column != drop->column || own->column_span != 1)
        return;
    gboolean needed = row->as.row->kind == SATS_ROW_HEAD
                          ? calls_note(cell) || row->first_child == row->last_child
                          : !sats_table_cell_is_blank(cell);
    drop->filled = drop->filled || needed;
}

static void take_out(SatsNode *row, SatsNode *before, SatsNode *cell, gpointer data) {
    Drop *drop = data;
    SatsCell *own = cell->as.cell;
    if (covers(own, drop->column) && own->column_span > 1) {
        own->column_span--;
    } else if (own->column == drop->column) {
        if (own->header_id != NULL)
            g_ptr_array_add(drop->ids, (gpointer)(guintptr)own->header_id);
        if (before == NULL)
            row->first_child = cell->next;
        else
            before->next = cell->next;
        if (row->last_child == cell)
            row->last_child = before;
    } else if (own->column > drop->column) {
        own->column--;
    }
}

static gboolean is_gone(const Drop *drop, const char *id) {
    for (guint i = 0; i < drop->ids->len; i++)
        if (strcmp(g_ptr_array_index(drop->ids, i), id) == 0)
            return TRUE;
    return FALSE;
}

/* Lists of ids are shared by cells: taking an id out twice does no harm. */
static void forget_heads(SatsNode *row, SatsNode *before, SatsNode *cell, gpointer data) {
    (void)row;
    (void)before;
    const Drop *drop = data;
    const char **headers = cell->as.cell->headers;
    guint n = 0;
    for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
        if (!is_gone(drop, headers[i]))
            headers[n++] = headers[i];
    if (headers != NULL)
        headers[n] = NULL;
}

void sats_table_drop_columns(SatsNode *table) {
    SatsTable *own = table->as.table;
    for (guint column = own->n_columns; column-- > 0;) {
        Drop drop = {.column = column, .filled = !own->columns[column].drop_empty};
        if (!drop.filled)
            each_cell(table, look, &drop);
        if (drop.filled || own->n_columns == 1)
            continue;
        drop.ids = g_ptr_array_new();
        each_cell(table, take_out, &drop);
        each_cell(table, forget_heads, &drop);
        g_ptr_array_free(drop.ids, TRUE);
        own->n_columns--;
        memmove(own->columns + column, own->columns + column + 1,
                (own->n_columns - column) * sizeof *own->columns);
    }
}
