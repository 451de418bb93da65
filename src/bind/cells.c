/* bind/cells.c: cells of a row: where they stand, what they hold, which headers they have. */
#include "bind/table.h"

#include <string.h>

gboolean sats_table_cell_is_blank(const SatsNode *cell) {
    return cell->n_runs == 0 && cell->first_child == NULL;
}

static const char *new_id(SatsTableMaker *maker) {
    return sats_arena_printf(maker->binder->arena, "h%u", ++maker->n_ids);
}

SatsNode *sats_table_cell(SatsTableMaker *maker, guint span, SatsPlace place) {
    guint column = 0;
    while (column < maker->n_columns && maker->taken[column])
        column++;
    if (column >= maker->n_columns)
        return NULL;
    guint n = 0;
    while (n < MAX(span, 1u) && column + n < maker->n_columns && !maker->taken[column + n])
        maker->taken[column + n++] = TRUE;
    SatsNode *cell = sats_bind_node(maker->binder, maker->row, SATS_NODE_CELL, place);
    cell->as.cell->column = (guint16)column;
    cell->as.cell->column_span = (guint16)n;
    return cell;
}

/* ---- headers ---- */

void sats_table_cell_head(SatsTableMaker *maker, SatsNode *cell, SatsScope scope) {
    cell->role = SATS_ROLE_TH;
    cell->as.cell->scope = scope;
    if (maker->uses_headers && cell->as.cell->header_id == NULL)
        cell->as.cell->header_id = new_id(maker);
}

static gboolean holds(const GPtrArray *ids, const char *id) {
    for (guint i = 0; i < ids->len; i++)
        if (g_ptr_array_index(ids, i) == id)
            return TRUE;
    return FALSE;
}

static const char **collect_headers(SatsTableMaker *maker, const SatsNode *cell) {
    const SatsCell *data = cell->as.cell;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint c = data->column; c < (guint)data->column + data->column_span; c++)
        for (const char **id = maker->column_ids[c]; id != NULL && *id != NULL; id++)
            if (!holds(ids, *id))
                g_ptr_array_add(ids, (gpointer)(guintptr)*id);
    for (guint i = 0; i < G_N_ELEMENTS(maker->group_ids); i++)
        if (maker->group_ids[i] != NULL)
            g_ptr_array_add(ids, (gpointer)(guintptr)maker->group_ids[i]);
    for (guint i = 0; i < maker->row_ids->len; i++)
        g_ptr_array_add(ids, g_ptr_array_index(maker->row_ids, i));
    if (ids->len == 0)
        return NULL;
    g_ptr_array_add(ids, NULL);
    return sats_arena_memdup(maker->binder->arena, ids->pdata, ids->len * sizeof(char *));
}

void sats_table_cell_headers(SatsTableMaker *maker, SatsNode *cell) {
    if (!maker->uses_headers)
        return;
    SatsCell *data = cell->as.cell;
    if (maker->row_ids->len > 0 || data->column_span > 1) {
        data->headers = collect_headers(maker, cell);
        return;
    }
    guint column = data->column;
    if (maker->cached_at[column] != maker->state) {
        maker->cached[column] = collect_headers(maker, cell);
        maker->cached_at[column] = maker->state;
    }
    data->headers = maker->cached[column];
}

void sats_table_set_title(SatsTableMaker *maker, guint level, const char *id) {
    for (guint i = level; i < SATS_TABLE_TITLES; i++) {
        const char *now = i == level ? id : NULL;
        maker->state += maker->group_ids[i] != now;
        maker->group_ids[i] = now;
    }
}

/* ---- content ---- */

static void set_fill(SatsBinder *binder, SatsNode *cell, const SatsCellSpec *spec) {
    const char *name = spec->fill;
    if (spec->fill_text != NULL)
        name = sats_bind_plain(binder, spec->fill_text);
    guint32 rgb = 0;
    if (name == NULL)
        return;
    if (sats_theme_colour(binder->theme, name, &rgb))
        cell->as.cell->fill = (gint32)rgb;
    else
        sats_report_add(binder->report, SATS_WARNING, "unknown-colour", &cell->place,
                        "the theme has no colour '%s'", "temat har ingen färg '%s'", name);
}

/* A mark with text beside it; a chip's text stands under it. */
static void fill_marked(SatsBinder *binder, SatsNode *cell, const SatsCellSpec *spec) {
    gboolean has_text = spec->text != NULL && spec->text->n_pieces > 0;
    if (has_text && strcmp(spec->mark->kind, "chip") == 0) {
        SatsNode *before = cell->last_child;
        SatsNode *line = sats_bind_node(binder, cell, SATS_NODE_PARAGRAPH, cell->place);
        line->style = "chip"; /* its remark follows close */
        sats_bind_mark(binder, line, spec->mark, cell->place);
        if (line->n_runs == 0)
            sats_bind_drop_last(cell, before);
        sats_bind_text_blocks(binder, cell, spec->text, "chip-remark");
        return;
    }
    sats_bind_mark(binder, cell, spec->mark, cell->place);
    if (!has_text)
        return;
    guint n = cell->n_runs;
    sats_bind_inline(binder, cell, spec->text, 0);
    if (n > 0 && cell->n_runs > n) {                                       /* a space between */
        if (spec->mark->decorative && cell->runs[0].kind == SATS_RUN_MARK) /* else a wrong value */
            sats_bind_mark_decorate(cell, 0);
        sats_bind_add_run(binder, cell, "", 0, NULL, cell->place);
        memmove(cell->runs + n + 1, cell->runs + n, (cell->n_runs - n - 1) * sizeof *cell->runs);
        cell->runs[n] =
            (SatsRun){.kind = SATS_RUN_TEXT, .length = 1, .text = " ", .place = cell->place};
        for (guint i = binder->pending->len; i-- > 0;) { /* its own are the latest */
            SatsPending *pending = &g_array_index(binder->pending, SatsPending, i);
            if (pending->block != cell)
                break;
            pending->index += pending->index >= n;
        }
    }
}

static void fill_cell(SatsTableMaker *maker, SatsNode *cell, const SatsCellSpec *spec) {
    SatsBinder *binder = maker->binder;
    cell->style = spec->style;
    cell->as.cell->align = spec->align;
    cell->as.cell->turned = spec->turned ? 1 : 0;
    if (spec->fill != NULL || spec->fill_text != NULL)
        set_fill(binder, cell, spec);
    if (spec->mark != NULL)
        fill_marked(binder, cell, spec);
    else if (spec->text != NULL)
        sats_bind_cell_text(binder, cell, spec->text, 0);
    if (spec->body.n > 0)
        sats_bind_blocks(binder, cell, &spec->body);
    if (cell->n_runs > 0 && cell->runs[0].place.source != NULL)
        cell->place = cell->runs[0].place;
}

/* Cells of key columns, and those that say so, head their rows. */
static void head_row(SatsTableMaker *maker, SatsNode *cell, const SatsCellSpec *spec) {
    gboolean key = maker->columns[cell->as.cell->column].key;
    gboolean head = (spec->head || key) && !sats_table_cell_is_blank(cell);
    if (head)
        sats_table_cell_head(maker, cell, SATS_SCOPE_ROW);
    sats_table_cell_headers(maker, cell);
    if (head && maker->uses_headers)
        g_ptr_array_add(maker->row_ids, (gpointer)(guintptr)cell->as.cell->header_id);
}

static void span_rows(SatsTableMaker *maker, SatsNode *cell, const SatsCellSpec *spec,
                      gboolean open) {
    SatsCell *data = cell->as.cell;
    guint busy = open ? G_MAXUINT : spec->rows > 1 ? (guint)spec->rows - 1 : 0;
    if (open)
        g_ptr_array_add(maker->span_cells, cell);
    else if (spec->rows > 1)
        data->row_span = spec->rows;
    for (guint c = 0; busy > 0 && c < data->column_span; c++) {
        maker->busy[data->column + c] = busy;
        maker->busy_cell[data->column + c] = cell;
    }
}

typedef struct {
    SatsTableMaker *maker;
    SatsTableFrame *frame;
    gboolean stop;
} CellState;

static void one_cell(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsCellSpec *spec = item;
    CellState *state = data;
    SatsTableMaker *maker = state->maker;
    if (state->stop)
        return;
    SatsNode *cell = sats_table_cell(maker, spec->span, maker->row->place);
    if (cell == NULL) {
        state->stop = TRUE;
        sats_report_add(binder->report, SATS_ERROR, "too-many-cells", &spec->guard.place,
                        "the row has more cells than the table has columns (%u)",
                        "raden har fler celler än tabellen har kolumner (%u)", maker->n_columns);
        return;
    }
    guint free = (guint)cell->as.cell->column_span;
    if (spec->span > 1 && spec->span != G_MAXUINT16 && free < spec->span)
        sats_report_add(binder->report, SATS_WARNING, "cell-span", &spec->guard.place,
                        free == 1 ? "the cell spans %u columns, but only %u is free"
                                  : "the cell spans %u columns, but only %u are free",
                        "cellen sträcker sig över %u kolumner, men bara %u finns kvar",
                        (guint)spec->span, free);
    fill_cell(maker, cell, spec);
    head_row(maker, cell, spec);
    span_rows(maker, cell, spec, state->frame != NULL);
}

void sats_table_cells(SatsTableMaker *maker, const SatsCellSpec *cells, guint n,
                      SatsTableFrame *frame) {
    CellState state = {maker, frame, FALSE};
    for (guint i = 0; i < n && !state.stop; i++)
        sats_bind_each(maker->binder, &cells[i].guard, one_cell, &cells[i], &state);
}
