/* bind/rows.c: row specifications and data → rows, with spans, groups and rules.
 *
 * Groups, spans and parts are frames on a stack. A frame is opened when its specification is met,
 * but nothing is made of it until the first row inside it comes: only then is it known that there
 * is one. So a span's cells are made in the row where it begins, a group's title just before its
 * first row, and a frame that gets no rows vanishes (`drop-empty`) or closes with one row of empty
 * cells. The values of loop variables are still the same then, since each loop has slots of its
 * own.
 *
 * `busy` says for each column how many rows to come a span covers; cells flow to the next free
 * column.
 *
 * Rules are those of the look: hairlines between rows, dotted ones between the parts of an item, a
 * thin one around a span at the outermost level whose rows are not parts, thin above and below
 * sums, heavy around a result, none above a group's title and thin under it. */
#include "bind/table.h"

#include <string.h>

static SatsTableFrame *frame_at(const SatsTableMaker *maker, guint i) {
    return &g_array_index(maker->frames, SatsTableFrame, i);
}

static SatsPlace row_place(const SatsTableMaker *maker, const SatsRowSpec *spec) {
    SatsPlace item = maker->binder->item_place;
    return item.source != NULL ? item : spec->guard.place;
}

/* ---- is there a row ---- */

typedef struct {
    gboolean any, totals;
} Search;

static gboolean is_sum(const SatsRowSpec *spec) {
    return spec->row_kind != SATS_ROW_BODY;
}

static void search_row(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsRowSpec *spec = item;
    Search *search = data;
    if (search->any)
        return;
    switch (spec->kind) {
    case SATS_ROWS_CELLS:
        search->any = search->totals || !is_sum(spec);
        break;
    case SATS_ROWS_EMPTY:
        search->any = TRUE;
        break;
    case SATS_ROWS_GROUP:
    case SATS_ROWS_SPAN:
    case SATS_ROWS_PARTS:
    case SATS_ROWS_ROWS:
    default:
        search->any = (spec->kind == SATS_ROWS_GROUP || spec->kind == SATS_ROWS_SPAN) &&
                      (!spec->drop_empty || spec->n_rows == 0);
        for (guint i = 0; i < spec->n_rows && !search->any; i++)
            sats_bind_each(binder, &spec->rows[i].guard, search_row, &spec->rows[i], search);
        break;
    }
}

gboolean sats_table_any_row(SatsBinder *binder, const SatsRowSpec *specs, guint n,
                            gboolean totals) {
    Search search = {FALSE, totals};
    for (guint i = 0; i < n && !search.any; i++)
        sats_bind_each(binder, &specs[i].guard, search_row, &specs[i], &search);
    return search.any;
}

/* ---- one row ---- */

SatsNode *sats_table_row_begin(SatsTableMaker *maker, SatsRowKind kind, SatsRule rule,
                               SatsPlace place) {
    SatsBinder *binder = maker->binder;
    SatsTable *table = maker->table->as.table;
    SatsNode *node = sats_bind_node(binder, maker->body, SATS_NODE_ROW, place);
    node->as.row->kind = kind;
    node->as.row->rule_above = rule;
    node->as.row->index = table->n_rows++;
    node->as.row->n_titles = maker->group_ids[SATS_TABLE_SUBGROUP] != NULL ? 2
                             : maker->group_ids[SATS_TABLE_GROUP] != NULL  ? 1
                                                                           : 0;
    if (table->n_rows >= SATS_BIND_MAX_ROWS && !binder->full) {
        binder->full = TRUE;
        sats_report_add(binder->report, SATS_ERROR, "table-limit", &place,
                        "the table has more than %u rows; the rest is left out",
                        "tabellen har fler än %u rader; resten utelämnas", SATS_BIND_MAX_ROWS);
    }
    gboolean covered = FALSE;
    for (guint i = 0; i < maker->n_columns; i++) {
        maker->taken[i] = maker->busy[i] > 0;
        covered = covered || maker->taken[i];
        if (maker->busy[i] > 0 && maker->busy[i] != G_MAXUINT)
            maker->busy[i]--;
    }
    gboolean sum = kind == SATS_ROW_TOTAL || kind == SATS_ROW_RESULT || kind == SATS_ROW_SUBTOTAL;
    if (sum && maker->last_row != NULL)
        maker->last_row->as.row->keep_with_next = TRUE;
    gboolean tail =
        (kind == SATS_ROW_RESULT || kind == SATS_ROW_TOTAL) && !covered && maker->frames->len == 0;
    if (!tail) {
        maker->tail = NULL;
    } else if (maker->tail == NULL || maker->tail->as.row->kind != kind) {
        maker->tail = kind == SATS_ROW_RESULT || maker->n_totals == 0 ? node : NULL;
        maker->before_tail = maker->last_row;
    }
    maker->n_totals += kind == SATS_ROW_TOTAL || kind == SATS_ROW_SUBTOTAL;
    maker->row = node;
    return node;
}

void sats_table_row_end(SatsTableMaker *maker) {
    for (guint i = 0; i < maker->n_columns; i++) {
        if (maker->taken[i])
            continue;
        SatsNode *cell =
            sats_bind_node(maker->binder, maker->row, SATS_NODE_CELL, maker->row->place);
        cell->as.cell->column = (guint16)i;
        maker->taken[i] = TRUE;
        sats_table_cell_headers(maker, cell);
    }
    maker->last_row = maker->row;
    maker->row = NULL;
    maker->after_area = FALSE;
}

void sats_table_rows_end(SatsTableMaker *maker) {
    for (guint i = 0; i < maker->n_columns; i++) {
        if (maker->busy[i] == 0)
            continue;
        SatsNode *cell = maker->busy_cell[i];
        if (cell != NULL && cell->as.cell->column == i && cell->as.cell->row_span > maker->busy[i])
            cell->as.cell->row_span = (guint16)(cell->as.cell->row_span - maker->busy[i]);
        maker->busy[i] = 0;
    }
}

/* ---- rules ---- */

static gboolean is_parts_only(const SatsRowSpec *spec) {
    if (spec->kind == SATS_ROWS_PARTS)
        return TRUE;
    for (guint i = 0; i < spec->n_rows; i++)
        if (spec->rows[i].kind != SATS_ROWS_PARTS)
            return FALSE;
    return spec->n_rows > 0;
}

static gboolean has_cells(const SatsRowSpec *spec) {
    return spec->kind == SATS_ROWS_SPAN || (spec->kind == SATS_ROWS_PARTS && spec->n_cells > 0);
}

/* Is the span the outermost, with rows of its own kind inside? */
static gboolean is_area(const SatsTableMaker *maker, guint index) {
    for (guint i = 0; i < index; i++)
        if (has_cells(frame_at(maker, i)->spec))
            return FALSE;
    const SatsRowSpec *spec = frame_at(maker, index)->spec;
    return has_cells(spec) && !is_parts_only(spec);
}

/* The rule above a body row: what the frames that begin with it ask, else what stands above. */
static SatsRule body_rule(const SatsTableMaker *maker) {
    gboolean begins = FALSE, in_parts = FALSE;
    for (guint i = 0; i < maker->frames->len; i++) {
        const SatsTableFrame *frame = frame_at(maker, i);
        if (frame->spec->kind == SATS_ROWS_GROUP)
            continue;
        if (!frame->placed && is_area(maker, i))
            return SATS_RULE_THIN;
        begins = begins || !frame->placed;
        in_parts = in_parts || (frame->spec->kind == SATS_ROWS_PARTS && frame->placed);
    }
    if (begins)
        return SATS_RULE_HAIR;
    return in_parts ? SATS_RULE_DOTTED : SATS_RULE_HAIR;
}

static SatsRule rule_above(const SatsTableMaker *maker, SatsRowKind kind) {
    if (maker->last_row == NULL)
        return kind == SATS_ROW_RESULT ? SATS_RULE_HEAVY : SATS_RULE_NONE;
    SatsRowKind above = maker->last_row->as.row->kind;
    if (kind == SATS_ROW_RESULT || (above == SATS_ROW_RESULT && kind != SATS_ROW_GROUP))
        return SATS_RULE_HEAVY;
    if (kind == SATS_ROW_GROUP)
        return above == SATS_ROW_BODY || above == SATS_ROW_GROUP ? SATS_RULE_NONE : SATS_RULE_THIN;
    if (kind != SATS_ROW_BODY && kind != SATS_ROW_SUBGROUP)
        return SATS_RULE_THIN;
    if (above != SATS_ROW_BODY && above != SATS_ROW_SUBGROUP)
        return SATS_RULE_THIN;
    if (maker->after_area)
        return SATS_RULE_THIN;
    return kind == SATS_ROW_BODY ? body_rule(maker) : SATS_RULE_HAIR;
}

/* ---- frames ---- */

static void place_group(SatsTableMaker *maker, SatsTableFrame *frame);

/* Makes what the open frames owe before a row of `spec`, then the row, and the cells of spans in
 * it. */
static SatsNode *begin_row(SatsTableMaker *maker, const SatsRowSpec *spec, SatsRowKind kind,
                           guint n_frames) {
    for (guint i = 0; i < n_frames; i++) {
        SatsTableFrame *frame = frame_at(maker, i);
        if (frame->spec->kind == SATS_ROWS_GROUP && !frame->placed)
            place_group(maker, frame);
    }
    SatsRule rule = rule_above(maker, kind);
    if (spec->has_rule)
        rule = spec->rule;
    SatsNode *row = sats_table_row_begin(maker, kind, rule, row_place(maker, spec));
    for (guint i = 0; i < n_frames; i++) {
        SatsTableFrame *frame = frame_at(maker, i);
        if (frame->placed) {
            row->as.row->continued_label =
                row->as.row->continued_label || frame->spec->kind == SATS_ROWS_PARTS;
            continue;
        }
        frame->placed = TRUE;
        frame->first_row = row;
        frame->first_index = row->as.row->index;
        frame->first_cell = maker->span_cells->len;
        frame->n_row_ids = maker->row_ids->len;
        if (frame->spec->n_cells > 0)
            sats_table_cells(maker, frame->spec->cells, frame->spec->n_cells, frame);
    }
    return row;
}

/* The group's title over all free columns. Frames outside it begin in its row. */
static void place_group(SatsTableMaker *maker, SatsTableFrame *frame) {
    const SatsRowSpec *spec = frame->spec;
    SatsBinder *binder = maker->binder;
    guint index = (guint)(frame - frame_at(maker, 0));
    frame->placed = TRUE;
    gboolean sub = spec->row_kind == SATS_ROW_SUBGROUP;
    SatsNode *row = begin_row(maker, spec, sub ? SATS_ROW_SUBGROUP : SATS_ROW_GROUP, index);
    row->as.row->keep_with_next = TRUE;
    row->as.row->remark = sats_bind_side_words(binder, spec->remark);
    SatsNode *cell = sats_table_cell(maker, G_MAXUINT16, row->place);
    guint level = sub ? SATS_TABLE_SUBGROUP : SATS_TABLE_GROUP;
    sats_table_set_title(maker, level, NULL);
    if (cell != NULL) {
        sats_bind_inline(binder, cell, spec->title, 0);
        if (!sats_table_cell_is_blank(cell)) {
            sats_table_cell_head(maker, cell, SATS_SCOPE_COLUMN);
            if (sub && maker->group_ids[SATS_TABLE_GROUP] != NULL) {
                cell->as.cell->headers = sats_arena_new_array(binder->arena, const char *, 2);
                cell->as.cell->headers[0] = maker->group_ids[SATS_TABLE_GROUP];
            }
            sats_table_set_title(maker, level, cell->as.cell->header_id);
        }
    }
    sats_table_row_end(maker);
    frame = frame_at(maker, index);
    frame->first_row = row;
    frame->first_index = row->as.row->index;
}

static void open_frame(SatsTableMaker *maker, const SatsRowSpec *spec) {
    SatsTableFrame frame = {.spec = spec};
    g_array_append_val(maker->frames, frame);
}

/* Parts of one item stay together when they are few. */
static void keep_parts(const SatsTableFrame *frame, guint n_rows) {
    SatsNode *row = frame->first_row;
    guint n = n_rows <= 4 ? n_rows - 1 : 1;
    for (guint i = 0; i < n && row != NULL; i++, row = row->next)
        row->as.row->keep_with_next = TRUE;
}

static void close_cells(SatsTableMaker *maker, const SatsTableFrame *frame, guint n_rows) {
    if (n_rows > G_MAXUINT16) {
        sats_report_add(maker->binder->report, SATS_ERROR, "span-limit", &frame->first_row->place,
                        "a span over more than %u rows", "en cell över fler än %u rader",
                        (guint)G_MAXUINT16);
        n_rows = G_MAXUINT16;
    }
    for (guint i = frame->first_cell; i < maker->span_cells->len; i++) {
        SatsNode *cell = g_ptr_array_index(maker->span_cells, i);
        cell->as.cell->row_span = (guint16)n_rows;
        cell->as.cell->repeat_label = n_rows > 1;
        for (guint c = 0; c < cell->as.cell->column_span; c++)
            maker->busy[cell->as.cell->column + c] = 0;
    }
    g_ptr_array_set_size(maker->span_cells, (gint)frame->first_cell);
}

static void close_frame(SatsTableMaker *maker) {
    guint index = maker->frames->len - 1;
    const SatsRowSpec *spec = frame_at(maker, index)->spec;
    gboolean bare_parts = spec->kind == SATS_ROWS_PARTS && spec->n_cells == 0;
    gboolean bare_group = spec->kind == SATS_ROWS_GROUP && spec->n_rows == 0;
    if (!frame_at(maker, index)->placed && !spec->drop_empty && !bare_parts) {
        if (bare_group) {
            place_group(maker, frame_at(maker, index));
        } else {
            begin_row(maker, spec, SATS_ROW_BODY, maker->frames->len);
            sats_table_row_end(maker);
        }
    }
    SatsTableFrame frame = *frame_at(maker, index);
    gboolean area = frame.placed && is_area(maker, index);
    g_array_set_size(maker->frames, index);
    if (!frame.placed)
        return;
    guint n_rows = maker->table->as.table->n_rows - frame.first_index;
    if (spec->kind == SATS_ROWS_GROUP)
        sats_table_set_title(
            maker, spec->row_kind == SATS_ROW_SUBGROUP ? SATS_TABLE_SUBGROUP : SATS_TABLE_GROUP,
            NULL);
    else
        close_cells(maker, &frame, n_rows);
    if (spec->kind == SATS_ROWS_PARTS)
        keep_parts(&frame, n_rows);
    if (spec->kind != SATS_ROWS_GROUP && maker->row_ids->len > frame.n_row_ids)
        g_ptr_array_set_size(maker->row_ids, (gint)frame.n_row_ids);
    maker->after_area = maker->after_area || area;
}

/* ---- the kinds of rows ---- */

/* The one cell of a block's head that stands over the columns up to the last; NULL: it has others.
 */
static SatsNode *block_title(const SatsTableMaker *maker, const SatsNode *row) {
    SatsNode *title = NULL;
    for (SatsNode *cell = row->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind != SATS_NODE_CELL || sats_table_cell_is_blank(cell))
            continue;
        guint span = cell->as.cell->column_span;
        if (title != NULL || span < 2 || cell->as.cell->column + span < maker->n_columns)
            return NULL;
        title = cell;
    }
    return title;
}

/* Heads of a second block: the cells are header cells, for all rows that follow. A title leaves the
 * columns the heads they have, and holds for the rows of its list. */
static void become_heads(SatsTableMaker *maker, const SatsNode *row) {
    const SatsNode *title =
        row->as.row->kind == SATS_ROW_BLOCK_HEAD ? block_title(maker, row) : NULL;
    sats_table_set_title(maker, SATS_TABLE_BLOCK, NULL);
    for (SatsNode *cell = row->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind != SATS_NODE_CELL || sats_table_cell_is_blank(cell))
            continue;
        cell->as.cell->headers = NULL;
        sats_table_cell_head(maker, cell, SATS_SCOPE_COLUMN);
        if (cell == title) {
            sats_table_set_title(maker, SATS_TABLE_BLOCK, cell->as.cell->header_id);
            continue;
        }
        const char **ids = sats_arena_new_array(maker->binder->arena, const char *, 2);
        ids[0] = cell->as.cell->header_id;
        for (guint c = 0; c < cell->as.cell->column_span; c++)
            maker->column_ids[cell->as.cell->column + c] = ids;
        maker->state++;
    }
}

static void cells_row(SatsTableMaker *maker, const SatsRowSpec *spec) {
    SatsNode *row = begin_row(maker, spec, spec->row_kind, maker->frames->len);
    guint n_ids = maker->row_ids->len; /* what the row's own cells add goes with it */
    sats_table_cells(maker, spec->cells, spec->n_cells, NULL);
    sats_table_row_end(maker);
    g_ptr_array_set_size(maker->row_ids, (gint)n_ids);
    row->as.row->keep_with_next = row->as.row->keep_with_next || spec->keep_with_next;
    row->as.row->height_pt = spec->height_pt;
    if (spec->row_kind == SATS_ROW_BLOCK_HEAD || spec->row_kind == SATS_ROW_HEAD) {
        become_heads(maker, row);
        row->as.row->keep_with_next = TRUE;
    }
}

static void empty_rows(SatsTableMaker *maker, const SatsRowSpec *spec) {
    SatsBinder *binder = maker->binder;
    SatsDecimal count = {1, 0};
    if (spec->count != NULL)
        sats_text_number(spec->count, binder->scope, binder->arena, binder->report, &count);
    count = sats_decimal_round(count, 0);
    gint64 n = CLAMP(count.digits, 0, 10000);
    for (gint64 i = 0; i < n && !binder->full; i++) {
        SatsNode *row = begin_row(maker, spec, SATS_ROW_BODY, maker->frames->len);
        row->as.row->height_pt = spec->height_pt;
        guint n_ids = maker->row_ids->len;
        if (spec->n_cells > 0)
            sats_table_cells(maker, spec->cells, spec->n_cells, NULL);
        sats_table_row_end(maker);
        g_ptr_array_set_size(maker->row_ids, (gint)n_ids);
    }
}

/* Rows inside a specification; a block's title among them ends with them. */
static void inner_rows(SatsTableMaker *maker, const SatsRowSpec *spec) {
    const char *title = maker->group_ids[SATS_TABLE_BLOCK];
    sats_table_rows(maker, spec->rows, spec->n_rows);
    sats_table_set_title(maker, SATS_TABLE_BLOCK, title);
}

static void one_spec(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsRowSpec *spec = item;
    SatsTableMaker *maker = data;
    (void)binder;
    switch (spec->kind) {
    case SATS_ROWS_CELLS:
        cells_row(maker, spec);
        break;
    case SATS_ROWS_EMPTY:
        empty_rows(maker, spec);
        break;
    case SATS_ROWS_ROWS:
        inner_rows(maker, spec);
        break;
    case SATS_ROWS_GROUP:
    case SATS_ROWS_SPAN:
    case SATS_ROWS_PARTS:
        open_frame(maker, spec);
        inner_rows(maker, spec);
        close_frame(maker);
        break;
    default:
        g_assert_not_reached();
    }
}

void sats_table_rows(SatsTableMaker *maker, const SatsRowSpec *specs, guint n) {
    for (guint i = 0; i < n && !maker->binder->full; i++)
        sats_bind_each(maker->binder, &specs[i].guard, one_spec, &specs[i], maker);
}
