/* layout/table-rows.c: rows become slices, and slices boxes of the galley.
 *
 * Rows that row spans join are set together, as a *block*; mostly a block is one row. Its cells are
 * set, its rows get their heights (a spanning cell taller than its rows makes the last one taller),
 * and then it is divided: first into *bands*, at every boundary between rows that no line of a
 * spanning cell straddles, so that a label of three lines beside three short rows holds them
 * together; then, if a band is tall, into slices at heights where no line of any cell is cut.
 *
 * A spanning cell's lines go with the rows beside them. So its text stands at the top and simply
 * runs on over a page break, and a label that has ended before the break can be said again
 * (table-resume.c).
 *
 * Short rows stay whole. Everything that has been set is drawn at once and its scratch memory used
 * again: a table of a hundred thousand rows never has more than a block in hand.
 */
#include "layout/table-rows.h"

#define EPSILON_PT    0.01F
#define SHORT_LINES   3
#define WHOLE_BAND_PT 110.0F
#define SCRATCH_BYTES ((gsize)1 << 18)

/* The theme's paddings count from the type's own height: half the lead is part of them. */
void sats_table_row_padding(const SatsTableSetting *setting, const SatsTableRow *row,
                            float *out_above, float *out_below) {
    const SatsTableStyle *style = setting->style;
    SatsRowKind kind = sats_table_row_kind(row);
    double above = style->pad_above_pt;
    double below = style->pad_below_pt;
    if (kind == SATS_ROW_GROUP || kind == SATS_ROW_SUBGROUP) {
        above = style->group_first_above_pt;
        below = style->group_below_pt;
    } else if (kind == SATS_ROW_HEAD || kind == SATS_ROW_BLOCK_HEAD) {
        above = style->head_above_pt;
        below = style->head_below_pt;
    }
    const SatsTextStyle *text = setting->row_styles[kind].text;
    double half_lead = (text->leading_pt - text->size_pt) / 2;
    *out_above = (float)MAX(0, above - half_lead);
    *out_below = (float)MAX(0, below - half_lead);
}

static float top_of(const SatsTableBlock *block, guint row) {
    return g_array_index(block->tops, float, row);
}

static const SatsTableRow *row_of(const SatsTableBlock *block, guint row) {
    return &block->setting->grid->rows[block->first + row];
}

float sats_table_content_top(const SatsTableBlock *block, const SatsTableCell *cell) {
    float above = 0;
    float below = 0;
    sats_table_row_padding(block->setting, row_of(block, cell->row), &above, &below);
    return top_of(block, cell->row) + above;
}

static guint start_of(const SatsTableBlock *block, guint row) {
    return g_array_index(block->starts, guint, row);
}

static SatsTableCell *cell_at(const SatsTableBlock *block, guint index) {
    return &g_array_index(block->cells, SatsTableCell, index);
}

static SatsTableCell *part_at(const SatsTableBlock *block, guint index) {
    return cell_at(block, g_array_index(block->part, guint, index));
}

/* ---- cells and heights ---- */

static float remark_width(SatsTableBlock *block, const SatsTableRow *row) {
    const SatsRow *data = row->node->as.row;
    if (data == NULL || data->remark == NULL) {
        return 0;
    }
    SatsContext *context = block->setting->context;
    const SatsTextStyle *style = sats_context_style(context, NULL, "group-remark");
    return sats_text_words(context, data->remark, style, 0).max_width_pt + 4 * SATS_TABLE_MM;
}

static void set_row_cells(SatsTableBlock *block, guint r) {
    g_array_append_val(block->starts, block->cells->len);
    SatsTableSetting *setting = block->setting;
    const SatsTableRow *row = row_of(block, r);
    for (const SatsNode *node = row->node->first_child; node != NULL; node = node->next) {
        SatsTableCell cell = {.row = r};
        if (node->kind != SATS_NODE_CELL ||
            !sats_table_cell_box(setting, node, &cell.first, &cell.last)) {
            continue;
        }
        cell.row_span = CLAMP(node->as.cell->row_span, 1U, block->count - r);
        cell.trim_pt = cell.last + 1 == setting->n_columns ? remark_width(block, row) : 0;
        sats_table_cell_set(setting, row, node, block->scratch, &cell);
        g_array_append_val(block->cells, cell);
    }
}

static float least_height(const SatsTableSetting *setting, const SatsTableRow *row) {
    float above = 0;
    float below = 0;
    sats_table_row_padding(setting, row, &above, &below);
    float given = row->node->as.row != NULL ? (float)row->node->as.row->height_pt : 0;
    float line = (float)setting->row_styles[sats_table_row_kind(row)].text->leading_pt;
    return MAX(given, above + below + line);
}

/* Heights of rows, then their tops; `tops` holds heights at first, one place to the right. */
static void find_tops(SatsTableBlock *block) {
    g_array_set_size(block->tops, block->count + 1);
    float *tops = &g_array_index(block->tops, float, 0);
    tops[0] = 0;
    for (guint r = 0; r < block->count; r++) {
        tops[r + 1] = least_height(block->setting, row_of(block, r));
    }
    for (guint i = 0; i < block->cells->len; i++) {
        const SatsTableCell *cell = &g_array_index(block->cells, SatsTableCell, i);
        float above = 0;
        float below = 0;
        sats_table_row_padding(block->setting, row_of(block, cell->row), &above, &below);
        if (cell->row_span == 1) {
            tops[cell->row + 1] = MAX(tops[cell->row + 1], above + cell->height_pt + below);
        }
    }
    for (guint r = 0; r < block->count; r++) {
        tops[r + 1] += tops[r];
    }
    for (guint i = 0; i < block->cells->len; i++) {
        const SatsTableCell *cell = &g_array_index(block->cells, SatsTableCell, i);
        guint end = cell->row + cell->row_span;
        float above = 0;
        float below = 0;
        sats_table_row_padding(block->setting, row_of(block, cell->row), &above, &below);
        float lack =
            cell->row_span == 1 ? 0 : tops[cell->row] + above + cell->height_pt + below - tops[end];
        for (guint r = end; lack > 0 && r <= block->count; r++) {
            tops[r] += lack;
        }
    }
}

/* ---- drawing a part of a block ---- */

/* Fills and rules of the rows in a part of the block, which is drawn with `top` at 0. */
static void draw_row_fills(SatsTableBlock *block, guint from_row, guint to_row, float top,
                           float bottom) {
    for (guint r = from_row; r < to_row; r++) {
        float from = MAX(top, top_of(block, r));
        float to = MIN(bottom, top_of(block, r + 1));
        if (to > from + EPSILON_PT) {
            sats_table_row_fill(block->setting, &block->builder, block->first + r, from - top,
                                to - top, from <= top_of(block, r) + EPSILON_PT,
                                to >= top_of(block, r + 1) - EPSILON_PT);
        }
    }
    for (guint i = 0; i < block->part->len; i++) {
        SatsTableCell *cell = part_at(block, i);
        float from = MAX(top, top_of(block, cell->row));
        float to = MIN(bottom, top_of(block, cell->row + cell->row_span));
        if (to > from + EPSILON_PT) {
            sats_table_cell_fill(block->setting, &block->builder, cell->node, from - top, to - top,
                                 from <= top_of(block, cell->row) + EPSILON_PT);
        }
    }
}

static void draw_rules(SatsTableBlock *block, guint from_row, guint to_row, float top,
                       float bottom) {
    const SatsTableGrid *grid = block->setting->grid;
    for (guint r = from_row; r < to_row; r++) {
        float y = top_of(block, r + 1);
        if (y > top + EPSILON_PT && y < bottom + EPSILON_PT) {
            guint next = block->first + r + 1;
            const SatsTableRow *lower = next < grid->n_rows ? &grid->rows[next] : NULL;
            SatsBoundary boundary = sats_table_boundary(block->setting, row_of(block, r), lower);
            sats_table_boundary_draw(block->setting, &block->builder, &boundary, y - top);
        }
    }
    sats_table_grid_lines(block->setting, &block->builder, 0, bottom - top);
}

/* Draws the cells' lines that begin in the part. */
static const SatsNoteBox *draw_cells(SatsTableBlock *block, float top, float bottom) {
    const SatsNoteBox *notes = NULL;
    for (guint i = 0; i < block->part->len; i++) {
        SatsTableCell *cell = part_at(block, i);
        float content = sats_table_content_top(block, cell);
        if (content > bottom || top_of(block, cell->row + cell->row_span) <= top + EPSILON_PT) {
            continue;
        }
        float from = MAX(0, top - content);
        const SatsNoteBox *more = sats_table_cell_draw(
            block->setting, cell, &block->builder, content + from - top, from, bottom - content);
        notes = sats_table_join_notes(notes, more, block->setting->arena);
    }
    return notes;
}

/* A group row's remark is read after its title, in the same element. */
static void draw_remark(SatsTableBlock *block, guint r) {
    const SatsTableRow *row = row_of(block, r);
    const SatsNode *cell = row->node->first_child;
    if (row->node->as.row == NULL || row->node->as.row->remark == NULL || cell == NULL) {
        return;
    }
    SatsTableSetting *setting = block->setting;
    const SatsNode *owner =
        cell->n_runs == 0 && cell->first_child != NULL ? cell->first_child : cell;
    float above = 0;
    float below = 0;
    sats_table_row_padding(setting, row, &above, &below);
    float baseline =
        sats_style_baseline_pt(setting->context, setting->row_styles[SATS_ROW_GROUP].text);
    sats_table_right_words(setting, row->node->as.row->remark, "group-remark", owner,
                           setting->part > 0, &block->builder, above + baseline);
}

/* ---- bands ---- */

static gboolean crosses(const SatsTableBlock *block, SatsTableCell *cell, guint r) {
    return cell->row + cell->row_span > r + 1 &&
           sats_table_cell_straddles(cell,
                                     top_of(block, r + 1) - sats_table_content_top(block, cell));
}

/* TRUE when a cell that began at row `from` or is active has a line across the bottom of row `r`.
 */
static gboolean boundary_is_straddled(const SatsTableBlock *block, guint from, guint r) {
    for (guint i = 0; i < block->active->len; i++) {
        if (crosses(block, cell_at(block, g_array_index(block->active, guint, i)), r)) {
            return TRUE;
        }
    }
    for (guint i = start_of(block, from); i < start_of(block, r + 1); i++) {
        if (crosses(block, cell_at(block, i), r)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void gather_part(SatsTableBlock *block, guint from, guint to) {
    g_array_set_size(block->part, 0);
    if (block->active->len > 0) {
        g_array_append_vals(block->part, block->active->data, block->active->len);
    }
    for (guint i = start_of(block, from); i < start_of(block, to); i++) {
        g_array_append_val(block->part, i);
    }
}

/* Cells of the band that go on below it. */
static void keep_active(SatsTableBlock *block, guint to) {
    g_array_set_size(block->active, 0);
    for (guint i = 0; i < block->part->len; i++) {
        SatsTableCell *cell = part_at(block, i);
        if (cell->row + cell->row_span > to) {
            g_array_append_val(block->active, g_array_index(block->part, guint, i));
        }
    }
}

static gboolean band_is_short(const SatsTableBlock *block, guint from, guint to) {
    float height = top_of(block, to) - top_of(block, from);
    if (to - from > 1) {
        return height <= WHOLE_BAND_PT;
    }
    const SatsTableRow *row = row_of(block, from);
    SatsRowKind kind = sats_table_row_kind(row);
    float leading = (float)block->setting->row_styles[kind].text->leading_pt;
    float given = row->node->as.row != NULL ? (float)row->node->as.row->height_pt : 0;
    float above = 0;
    float below = 0;
    sats_table_row_padding(block->setting, row, &above, &below);
    float padding = above + below;
    return kind == SATS_ROW_GROUP || kind == SATS_ROW_SUBGROUP || height <= given + EPSILON_PT ||
           height <= SHORT_LINES * leading + padding + 0.75F * leading;
}

static void space_before(SatsTableBlock *block, guint r) {
    const SatsTableGrid *grid = block->setting->grid;
    guint index = block->first + r;
    SatsRowKind kind = sats_table_row_kind(&grid->rows[index]);
    if (index == grid->n_head) {
        return;
    }
    SatsRowKind before = sats_table_row_kind(&grid->rows[index - 1]);
    gboolean after_group = before == SATS_ROW_GROUP || before == SATS_ROW_SUBGROUP;
    const SatsTableStyle *style = block->setting->style;
    float more = (float)(style->group_above_pt - style->group_first_above_pt);
    if (kind == SATS_ROW_GROUP && !after_group) {
        sats_galley_space(block->galley, more);
    } else if (kind == SATS_ROW_SUBGROUP && !after_group) {
        sats_galley_space(block->galley, more / 2);
    }
}

/* A bar beside what has changed rows. */
static void draw_change_bar(SatsTableBlock *block, guint from, guint to, float height) {
    for (guint r = from; r < to; r++) {
        if (row_of(block, r)->node->changed && !block->setting->measure.in_cell) {
            sats_change_bar(block->setting->context, &block->builder,
                            block->setting->measure.table_x_pt, height);
            return;
        }
    }
}

static void emit_whole(SatsTableBlock *block, guint from, guint to) {
    float top = top_of(block, from);
    float bottom = top_of(block, to);
    draw_row_fills(block, from, to, top, bottom);
    draw_rules(block, from, to, top, bottom);
    const SatsNoteBox *notes = draw_cells(block, top, bottom);
    draw_remark(block, from);
    draw_change_bar(block, from, to, bottom - top);
    space_before(block, from);
    SatsBox *box = sats_box_finish(&block->builder, block->setting->width_pt, bottom - top);
    sats_galley_box(block->galley, box, block->setting->measure.table_x_pt, notes);
    if (block->first + to < block->setting->grid->n_rows) {
        sats_table_break_add(block, box, block->first + to, FALSE, bottom,
                             sats_table_row_penalty(block->setting, block->first + to - 1));
    }
}

/* The row a height within the block is in: a boundary belongs to the row above. */
static guint row_at(const SatsTableBlock *block, guint from, float y) {
    guint r = from;
    while (r + 1 < block->count && top_of(block, r + 1) < y - EPSILON_PT) {
        r++;
    }
    return r;
}

static void emit_slice(SatsTableBlock *block, const SatsSlice *slice, float origin, guint from,
                       guint to) {
    float top = origin + slice->top_pt;
    float bottom = origin + slice->bottom_pt;
    draw_row_fills(block, from, to, top, bottom);
    draw_rules(block, from, to, top, bottom);
    sats_box_merge(&block->builder, slice->box, 0, 0);
    draw_change_bar(block, from, to, bottom - top);
    SatsBox *box = sats_box_finish(&block->builder, block->setting->width_pt, bottom - top);
    sats_galley_box(block->galley, box, block->setting->measure.table_x_pt, slice->notes);
    guint row = row_at(block, from, bottom);
    gboolean inside = bottom < top_of(block, row + 1) - EPSILON_PT;
    guint next = block->first + (inside ? row : row + 1);
    if (next >= block->setting->grid->n_rows) {
        return;
    }
    float penalty = inside ? SATS_PENALTY_POOR : sats_table_row_penalty(block->setting, next - 1);
    sats_table_break_add(block, box, next, inside, bottom, MAX(penalty, slice->penalty));
}

static void emit_sliced(SatsTableBlock *block, guint from, guint to) {
    SatsTableSetting *setting = block->setting;
    float top = top_of(block, from);
    float bottom = top_of(block, to);
    guint n = 0;
    SatsFlow *flows = g_new0(SatsFlow, block->part->len);
    SatsGalley *galleys = g_new0(SatsGalley, block->part->len);
    for (guint i = 0; i < block->part->len; i++) {
        SatsTableCell *cell = part_at(block, i);
        float content = sats_table_content_top(block, cell);
        if (cell->flat && cell->n_lines == 0) {
            continue;
        }
        float first = MAX(0, top - content);
        float offset = sats_table_cell_galley(setting, cell, first, bottom - content, &galleys[n]);
        flows[n] = (SatsFlow){.galley = &galleys[n], .y_pt = content + first + offset - top};
        n++;
    }
    guint n_slices = 0;
    SatsSlice *slices = sats_flows_slice(flows, n, bottom - top, FALSE, setting->arena, &n_slices);
    space_before(block, from);
    for (guint i = 0; i < n_slices; i++) {
        emit_slice(block, &slices[i], top, from, to);
    }
    for (guint i = 0; i < n; i++) {
        sats_galley_clear(&galleys[i]);
    }
    g_free(galleys);
    g_free(flows);
}

static void emit_bands(SatsTableBlock *block) {
    for (guint from = 0; from < block->count;) {
        guint to = from + 1;
        while (to < block->count && boundary_is_straddled(block, from, to - 1)) {
            to++;
        }
        gather_part(block, from, to);
        if (band_is_short(block, from, to)) {
            emit_whole(block, from, to);
        } else {
            emit_sliced(block, from, to);
        }
        keep_active(block, to);
        from = to;
    }
}

/* ---- blocks ---- */

/* Which titles are said again from here on. */
static void follow_groups(SatsTableBlock *block) {
    SatsTableSetting *setting = block->setting;
    guint index = block->first;
    SatsRowKind kind = sats_table_row_kind(&setting->grid->rows[index]);
    if (kind == SATS_ROW_GROUP) {
        block->group = index + 1;
        block->group_pt = sats_table_group_again(setting, index, NULL, 0);
        block->subgroup = 0;
        block->subgroup_pt = 0;
    } else if (kind == SATS_ROW_SUBGROUP) {
        block->subgroup = index + 1;
        block->subgroup_pt = sats_table_group_again(setting, index, NULL, 0);
    } else {
        guint8 n_titles = setting->grid->rows[index].node->as.row->n_titles;
        block->group = n_titles < 1 ? 0 : block->group;
        block->subgroup = n_titles < 2 ? 0 : block->subgroup;
    }
}

static void clear_block(SatsTableBlock *block) {
    for (guint i = 0; i < block->cells->len; i++) {
        sats_table_cell_clear(&g_array_index(block->cells, SatsTableCell, i));
    }
    g_array_set_size(block->cells, 0);
    g_array_set_size(block->starts, 0);
    g_array_set_size(block->active, 0);
    if (sats_arena_used(block->scratch) > SCRATCH_BYTES) {
        sats_arena_free(block->scratch);
        block->scratch = sats_arena_new();
    }
}

void sats_table_rows_set(SatsTableSetting *setting, SatsGalley *galley) {
    const SatsTableGrid *grid = setting->grid;
    SatsTableBlock block = {.setting = setting, .galley = galley, .scratch = sats_arena_new()};
    block.cells = g_array_new(FALSE, FALSE, sizeof(SatsTableCell));
    block.tops = g_array_new(FALSE, FALSE, sizeof(float));
    block.starts = g_array_new(FALSE, FALSE, sizeof(guint));
    block.active = g_array_new(FALSE, FALSE, sizeof(guint));
    block.part = g_array_new(FALSE, FALSE, sizeof(guint));
    sats_box_builder_init(&block.builder, setting->arena);
    for (guint first = grid->n_head; first < grid->n_rows;) {
        guint last = first;
        while (last + 1 < grid->n_rows && grid->rows[last].joined) {
            last++;
        }
        block.first = first;
        block.count = last - first + 1;
        for (guint r = 0; r < block.count; r++) {
            set_row_cells(&block, r);
        }
        g_array_append_val(block.starts, block.cells->len);
        follow_groups(&block);
        find_tops(&block);
        emit_bands(&block);
        clear_block(&block);
        first = last + 1;
    }
    sats_box_builder_clear(&block.builder);
    g_array_unref(block.part);
    g_array_unref(block.active);
    g_array_unref(block.starts);
    g_array_unref(block.tops);
    g_array_unref(block.cells);
    sats_arena_free(block.scratch);
}
