/* bind/table.c: a table: its columns, caption, rows, notes. */
#include "bind/table.h"

#include <string.h>

/* ---- columns ---- */

typedef struct {
    SatsBinder *binder;
    SatsPlace place;
    GArray *heads;   /* SatsTableHead, of the level being read */
    GArray *columns; /* SatsTableColumn */
    guint level;
} ColumnState;

/* The head cell, made outside the tree: the loop variable stands right only now. */
static SatsNode *head_cell(SatsBinder *binder, const SatsColumnSpec *spec, SatsPlace place) {
    SatsNode *cell = sats_bind_node(binder, NULL, SATS_NODE_CELL, place);
    cell->as.cell->turned = spec->turned ? 1 : 0;
    if (spec->explanation == NULL || spec->explanation->n_pieces == 0) {
        sats_bind_inline(binder, cell, spec->header, 0);
        return cell;
    }
    SatsNode *before = cell->last_child;
    SatsNode *title = sats_bind_node(binder, cell, SATS_NODE_PARAGRAPH, place);
    sats_bind_inline(binder, title, spec->header, 0);
    if (title->n_runs == 0)
        sats_bind_drop_last(cell, before);
    before = cell->last_child;
    SatsNode *explanation = sats_bind_node(binder, cell, SATS_NODE_PARAGRAPH, place);
    explanation->style = "column-explanation";
    sats_bind_inline(binder, explanation, spec->explanation, 0);
    if (explanation->n_runs == 0)
        sats_bind_drop_last(cell, before);
    return cell;
}

static void add_leaf(ColumnState *state, const SatsColumnSpec *spec) {
    SatsBinder *binder = state->binder;
    if (state->columns->len >= SATS_BIND_MAX_COLUMNS) {
        sats_report_add(binder->report, SATS_ERROR, "table-limit", &spec->guard.place,
                        "the table has more than %u columns", "tabellen har fler än %u kolumner",
                        SATS_BIND_MAX_COLUMNS);
        return;
    }
    SatsTableColumn column = spec->layout;
    if (column.align == SATS_ALIGN_INHERIT)
        column.align = SATS_ALIGN_LEFT;
    if (spec->tint_when != NULL)
        column.tint =
            sats_condition_holds(spec->tint_when, binder->scope, binder->arena, binder->report);
    if (column.id == NULL)
        column.id = spec->id;
    g_array_append_val(state->columns, column);
}

static void one_column(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsColumnSpec *spec = item;
    ColumnState *state = data;
    SatsTableHead head = {.cell = head_cell(binder, spec, spec->guard.place)};
    guint before = state->columns->len;
    if (spec->n_children == 0) {
        add_leaf(state, spec);
    } else {
        GArray *outer = state->heads;
        state->heads = g_array_new(FALSE, TRUE, sizeof(SatsTableHead));
        for (guint i = 0; i < spec->n_children; i++)
            sats_bind_each(binder, &spec->children[i].guard, one_column, &spec->children[i], state);
        head.n_children = state->heads->len;
        head.children = sats_arena_memdup(binder->arena, state->heads->data,
                                          sizeof(SatsTableHead) * MAX(head.n_children, 1u));
        g_array_free(state->heads, TRUE);
        state->heads = outer;
    }
    head.n_columns = state->columns->len - before;
    if (head.n_columns > 0)
        g_array_append_val(state->heads, head);
}

/* ---- the maker ---- */

void sats_table_maker_init(SatsTableMaker *maker, SatsBinder *binder, SatsNode *table,
                           guint n_columns) {
    guint n = MAX(n_columns, 1u);
    *maker = (SatsTableMaker){
        .binder = binder,
        .table = table,
        .n_columns = n_columns,
        .columns = table->as.table->columns,
        .column_ids = g_new0(const char **, n),
        .cached = g_new0(const char **, n),
        .cached_at = g_new0(guint, n),
        .state = 1,
        .row_ids = g_ptr_array_new(),
        .busy = g_new0(guint, n),
        .busy_cell = g_new0(SatsNode *, n),
        .taken = g_new0(gboolean, n),
        .frames = g_array_new(FALSE, TRUE, sizeof(SatsTableFrame)),
        .span_cells = g_ptr_array_new(),
    };
}

void sats_table_maker_clear(SatsTableMaker *maker) {
    g_free(maker->column_ids);
    g_free(maker->cached);
    g_free(maker->cached_at);
    g_ptr_array_free(maker->row_ids, TRUE);
    g_free(maker->busy);
    g_free(maker->busy_cell);
    g_free(maker->taken);
    g_array_free(maker->frames, TRUE);
    g_ptr_array_free(maker->span_cells, TRUE);
}

SatsNode *sats_table_row_group(SatsBinder *binder, SatsNode *table, SatsRowGroupKind kind,
                               SatsPlace place) {
    static const SatsRole roles[] = {SATS_ROLE_THEAD, SATS_ROLE_TBODY, SATS_ROLE_TFOOT};
    SatsNode *group = sats_bind_node(binder, table, SATS_NODE_ROW_GROUP, place);
    group->as.row_group->kind = kind;
    group->role = (guint8)roles[kind];
    return group;
}

void sats_table_foot(SatsTableMaker *maker) {
    SatsNode *first = maker->tail, *before = maker->before_tail;
    if (first == NULL || before == NULL || before->next != first)
        return;
    SatsNode *foot =
        sats_table_row_group(maker->binder, maker->table, SATS_ROWS_FOOT, first->place);
    foot->first_child = first;
    foot->last_child = maker->body->last_child;
    maker->body->last_child = before;
    before->next = NULL;
    for (SatsNode *row = first; row != NULL; row = row->next)
        row->parent = foot;
}

/* ---- the parts of a table ---- */

static gboolean needs_headers(const SatsRowSpec *specs, guint n) {
    for (guint i = 0; i < n; i++) {
        const SatsRowSpec *spec = &specs[i];
        if (spec->kind == SATS_ROWS_GROUP || spec->kind == SATS_ROWS_SPAN ||
            (spec->kind == SATS_ROWS_PARTS && spec->n_cells > 0) ||
            (spec->kind == SATS_ROWS_CELLS &&
             (spec->row_kind == SATS_ROW_BLOCK_HEAD || spec->row_kind == SATS_ROW_HEAD)) ||
            needs_headers(spec->rows, spec->n_rows))
            return TRUE;
        for (guint c = 0; c < spec->n_cells; c++)
            if (spec->cells[c].rows > 1)
                return TRUE;
    }
    return FALSE;
}

static gboolean has_data_rows(const SatsRowSpec *specs, guint n) {
    for (guint i = 0; i < n; i++)
        if (specs[i].kind != SATS_ROWS_CELLS || specs[i].row_kind == SATS_ROW_BODY)
            return TRUE;
    return FALSE;
}

static void bind_caption(SatsBinder *binder, SatsNode *node, const SatsTableBlock *spec) {
    SatsTable *table = node->as.table;
    table->id = sats_bind_plain(binder, spec->id);
    table->unit = sats_bind_side_words(binder, spec->unit);
    SatsNode *caption = NULL;
    if (spec->numbered || table->unit != NULL ||
        (spec->caption != NULL && spec->caption->n_pieces > 0)) {
        caption = sats_bind_node(binder, node, SATS_NODE_CAPTION, node->place);
        caption->keep = TRUE;
    }
    table->number = sats_bind_caption_number(binder, SATS_TARGET_TABLE, node, caption, table->id,
                                             spec->numbered);
    if (caption == NULL)
        return;
    sats_bind_inline(binder, caption, spec->caption, 0);
    if (caption->n_runs == 0 && table->unit == NULL)
        sats_bind_drop_last(node, NULL);
}

static void one_note(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsNoteSpec *spec = item;
    SatsNode *notes = data;
    SatsNode *before = notes->last_child;
    const char *mark = sats_bind_plain(binder, spec->mark);
    gboolean of_plan = spec->guard.each != NULL && binder->item_place.source != NULL;
    SatsNode *paragraph =
        sats_bind_table_note(binder, notes, mark, of_plan ? binder->item_place : spec->guard.place);
    sats_bind_inline(binder, paragraph, spec->text, 0);
    if (paragraph->n_runs == 0)
        sats_bind_drop_last(notes, before);
}

static SatsNode *bind_notes(SatsBinder *binder, SatsNode *node, const SatsTableBlock *spec) {
    if (spec->n_notes == 0)
        return NULL;
    SatsNode *parent = node->parent; /* a Table may hold no Note: they follow it */
    SatsNode *before = parent->last_child;
    SatsNode *notes = sats_bind_node(binder, parent, SATS_NODE_NOTES, node->place);
    for (guint i = 0; i < spec->n_notes; i++)
        sats_bind_each(binder, &spec->notes[i].guard, one_note, &spec->notes[i], notes);
    if (notes->first_child != NULL)
        return notes;
    sats_bind_drop_last(parent, before);
    return NULL;
}

static void bind_empty(SatsTableMaker *maker, const SatsText *text) {
    sats_table_row_begin(maker, SATS_ROW_BODY, SATS_RULE_NONE, maker->table->place);
    SatsNode *cell = sats_table_cell(maker, G_MAXUINT16, maker->table->place);
    if (cell != NULL)
        sats_bind_inline(maker->binder, cell, text, SATS_RUN_MUTED);
    sats_table_row_end(maker);
}

static void bind_content(SatsBinder *binder, SatsNode *node, const SatsTableBlock *spec,
                         gboolean any_row) {
    SatsTable *table = node->as.table;
    ColumnState state = {.binder = binder,
                         .place = node->place,
                         .heads = g_array_new(FALSE, TRUE, sizeof(SatsTableHead)),
                         .columns = g_array_new(FALSE, TRUE, sizeof(SatsTableColumn))};
    for (guint i = 0; i < spec->n_columns; i++)
        sats_bind_each(binder, &spec->columns[i].guard, one_column, &spec->columns[i], &state);
    table->n_columns = state.columns->len;
    table->columns = sats_arena_memdup(binder->arena, state.columns->data,
                                       sizeof(SatsTableColumn) * MAX(table->n_columns, 1u));
    const SatsTableHead *heads = (const SatsTableHead *)(const void *)state.heads->data;
    guint n_levels = sats_table_head_levels(heads, state.heads->len);
    SatsTableMaker maker;
    sats_table_maker_init(&maker, binder, node, table->n_columns);
    maker.uses_headers =
        any_row && ((n_levels > 1 && !spec->no_head) || needs_headers(spec->rows, spec->n_rows));
    if (!spec->no_head && table->n_columns > 0)
        sats_table_head(&maker, heads, state.heads->len, node->place);
    maker.body = sats_table_row_group(binder, node, SATS_ROWS_BODY, node->place);
    if (table->n_columns > 0 && any_row)
        sats_table_rows(&maker, spec->rows, spec->n_rows);
    else if (table->n_columns > 0)
        bind_empty(&maker, spec->empty);
    sats_table_rows_end(&maker);
    sats_table_foot(&maker);
    if (any_row)
        sats_table_drop_columns(node);
    sats_table_maker_clear(&maker);
    g_array_free(state.heads, TRUE);
    g_array_free(state.columns, TRUE);
}

void sats_bind_table(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsTableBlock *spec = block->as.table;
    gboolean totals = !has_data_rows(spec->rows, spec->n_rows);
    gboolean any_row = sats_table_any_row(binder, spec->rows, spec->n_rows, totals);
    if (!any_row && spec->empty == NULL)
        return;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_TABLE, block->guard.place);
    node->keep = block->keep != FALSE;
    SatsTable *table = node->as.table;
    table->style = spec->style;
    table->widths_group = spec->widths_group;
    table->transport = spec->transport;
    GArray *outer_calls = binder->note_calls;
    gboolean in_cell = binder->in_cell;
    binder->note_calls = g_array_new(FALSE, TRUE, sizeof(SatsNoteCall));
    bind_caption(binder, node, spec);
    binder->in_cell = TRUE;
    bind_content(binder, node, spec, any_row);
    binder->in_cell = in_cell;
    const SatsNode *notes = bind_notes(binder, node, spec);
    sats_bind_join_notes(binder, binder->note_calls, notes);
    g_array_free(binder->note_calls, TRUE);
    binder->note_calls = outer_calls;
}
