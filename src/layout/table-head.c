/* layout/table-head.c: heads: levels with rules under their groups, turned text.
 *
 * All head rows are one box, which a page break never divides and which is repeated as it stands. A
 * cell's text stands at the bottom of the rows it covers, so that the words nearest the figures are
 * on one line in all columns.
 */
#include "layout/table-rows.h"

#define TURNED_AIR_PT 3.0F /* over the end of turned text */

typedef struct {
    SatsTableSetting *setting;
    SatsArena *scratch;
    GArray *cells; /* of SatsTableCell */
    float *tops;   /* of rows, and the bottom of the last */
    const SatsNoteBox *notes;
    float above_pt; /* padding over the text */
    float below_pt; /* padding under the text */
} HeadWork;

gboolean sats_table_head_is_group(const SatsTableGrid *grid, const SatsNode *cell) {
    guint row = 0;
    while (row < grid->n_head && grid->rows[row].node != cell->parent) {
        row++;
    }
    return row + cell->as.cell->row_span < grid->n_head;
}

/* ---- turned text ---- */

/* A turned cell is set to the width that gives it at most two lines; their width is its height. It
 * takes more lines rather than more than a part of the page. */
static void set_turned(HeadWork *work, const SatsNode *node, SatsTableCell *cell) {
    SatsTableSetting *setting = work->setting;
    SatsTextOptions none = {0};
    const SatsTextStyle *style = setting->row_styles[SATS_ROW_HEAD].plain;
    SatsTextBlock block = sats_text_block(setting->context, node, style, &none);
    float part = block.max_width_pt > 1.6F * block.min_width_pt ? 0.52F : 1.0F;
    float most = sats_table_turned_most(setting) - TURNED_AIR_PT;
    SatsLines lines;
    do {
        float width = MAX(block.min_width_pt, MIN(most, part * block.max_width_pt));
        lines = sats_text_lines(setting->context, &block, width + 0.5F);
        part += 0.08F;
    } while (lines.n_lines > 2 && part < 1.1F);
    const SatsColumnBox *first = &setting->columns[cell->first];
    const SatsColumnBox *last = &setting->columns[cell->last];
    cell->node = node;
    cell->flat = TRUE;
    cell->again = first->again;
    cell->x_pt = first->x_pt + first->pad_left_pt;
    cell->width_pt = last->x_pt + last->width_pt - last->pad_right_pt - cell->x_pt;
    cell->n_lines = lines.n_lines;
    cell->lines = sats_arena_new_array(work->scratch, SatsCellLine, lines.n_lines);
    for (guint i = 0; i < lines.n_lines; i++) {
        cell->lines[i] =
            (SatsCellLine){.line = &lines.lines[i],
                           .owner = node,
                           .style = style,
                           .top_pt = (float)i * lines.leading_pt,
                           .height_pt = lines.leading_pt,
                           .baseline_pt = lines.baseline_pt,
                           .notes = sats_line_notes(setting->context, &lines.lines[i])};
    }
    for (guint i = 0; i < lines.n_lines; i++) {
        cell->height_pt = MAX(cell->height_pt, lines.lines[i].width_pt + TURNED_AIR_PT);
    }
}

static void draw_turned(HeadWork *work, SatsTableCell *cell, SatsBoxBuilder *builder,
                        float bottom) {
    SatsTableSetting *setting = work->setting;
    SatsBoxBuilder inner;
    sats_box_builder_init(&inner, setting->arena);
    const SatsNoteBox *notes = sats_table_cell_draw(setting, cell, &inner, 0, 0, G_MAXFLOAT);
    work->notes = sats_table_join_notes(work->notes, notes, setting->arena);
    float thickness = 0;
    for (guint i = 0; i < cell->n_lines; i++) {
        thickness += cell->lines[i].height_pt;
    }
    SatsAlign align = sats_table_cell_align(setting, cell->node, TRUE);
    float spare = cell->width_pt - thickness;
    float left = align == SATS_ALIGN_LEFT ? 0 : align == SATS_ALIGN_RIGHT ? spare : spare / 2;
    SatsItem item = {.kind = SATS_ITEM_TURN,
                     .artifact = cell->again ? SATS_ARTIFACT_PAGINATION : SATS_ITEM_CONTENT,
                     .x = cell->x_pt + left,
                     .y = bottom,
                     .owner = cell->node};
    item.as.turn = sats_arena_alloc(setting->arena, sizeof *item.as.turn);
    item.as.turn->box = sats_box_finish(&inner, cell->height_pt, thickness);
    item.as.turn->degrees = -90;
    sats_box_item(builder, &item);
    sats_box_builder_clear(&inner);
}

/* ---- heights ---- */

static void set_cells(HeadWork *work) {
    SatsTableSetting *setting = work->setting;
    const SatsTableGrid *grid = setting->grid;
    for (guint r = 0; r < grid->n_head; r++) {
        const SatsTableRow *row = &grid->rows[r];
        for (const SatsNode *node = row->node->first_child; node != NULL; node = node->next) {
            SatsTableCell cell = {.row = r};
            if (node->kind != SATS_NODE_CELL ||
                !sats_table_cell_box(setting, node, &cell.first, &cell.last)) {
                continue;
            }
            cell.row_span = CLAMP(node->as.cell->row_span, 1U, grid->n_head - r);
            if (node->as.cell->turned && node->n_runs > 0) {
                set_turned(work, node, &cell);
            } else {
                sats_table_cell_set(setting, row, node, work->scratch, &cell);
            }
            g_array_append_val(work->cells, cell);
        }
    }
}

/* Heights by spans of growing length: what is still wanting goes to the last row. */
static void find_tops(HeadWork *work) {
    const SatsTableGrid *grid = work->setting->grid;
    float above = 0;
    float below = 0;
    if (grid->n_head > 0) {
        sats_table_row_padding(work->setting, &grid->rows[0], &above, &below);
    }
    work->above_pt = above;
    work->below_pt = below;
    g_autofree float *heights = g_new0(float, grid->n_head + 1);
    for (guint span = 1; span <= grid->n_head; span++) {
        for (guint i = 0; i < work->cells->len; i++) {
            const SatsTableCell *cell = &g_array_index(work->cells, SatsTableCell, i);
            if (cell->row_span != span) {
                continue;
            }
            float have = 0;
            for (guint r = cell->row; r < cell->row + span; r++) {
                have += heights[r];
            }
            heights[cell->row + span - 1] += MAX(0, cell->height_pt + above + below - have);
        }
    }
    for (guint r = 0; r < grid->n_head; r++) {
        work->tops[r + 1] = work->tops[r] + heights[r];
    }
}

/* ---- rules and tint ---- */

/* The column beside the cell in this part of the table; the number of columns: none. */
static guint column_beside(const SatsTableSetting *setting, const SatsTableCell *cell,
                           gboolean left) {
    guint column = left ? cell->first - 1 : cell->last + 1; /* before 0: past the last */
    while (column < setting->n_columns && setting->columns[column].hidden) {
        column = left ? column - 1 : column + 1;
    }
    return MIN(column, setting->n_columns);
}

static gboolean group_beside(const HeadWork *work, const SatsTableCell *cell, gboolean left) {
    const SatsTableSetting *setting = work->setting;
    guint beside = column_beside(setting, cell, left);
    if (beside == setting->n_columns || setting->columns[left ? cell->first : beside].gap_pt > 0) {
        return FALSE;
    }
    for (guint i = 0; i < work->cells->len; i++) {
        const SatsTableCell *other = &g_array_index(work->cells, SatsTableCell, i);
        gboolean touches = (left ? other->last : other->first) == beside;
        if (touches && other->row == cell->row &&
            sats_table_head_is_group(work->setting->grid, other->node)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void draw_level_rule(HeadWork *work, const SatsTableCell *cell, SatsBoxBuilder *builder) {
    SatsTableSetting *setting = work->setting;
    const SatsTheme *theme = setting->context->theme;
    if (!sats_table_head_is_group(setting->grid, cell->node) ||
        sats_table_cell_is_empty(cell->node) || setting->style->rule_head_pt <= 0) {
        return;
    }
    gboolean first_level = cell->row == 0;
    float inset = setting->side_pt;
    float x = setting->columns[cell->first].x_pt;
    float right = setting->columns[cell->last].x_pt + setting->columns[cell->last].width_pt;
    x += first_level && group_beside(work, cell, TRUE) ? inset : 0;
    right -= first_level && group_beside(work, cell, FALSE) ? inset : 0;
    float weight = (float)sats_theme_length_pt(theme, first_level ? "table.level-1-rule"
                                                                  : "table.level-2-rule");
    float y = work->tops[cell->row + cell->row_span] - weight / 2;
    sats_box_rule(builder, x, y, right, y, weight, first_level ? setting->ink : setting->hairline);
}

/* From where down a tinted column is filled: the top of its lowest head. */
static void find_tint_tops(const HeadWork *work, float *tops) {
    const SatsTableSetting *setting = work->setting;
    for (guint i = 0; i < work->cells->len; i++) {
        const SatsTableCell *cell = &g_array_index(work->cells, SatsTableCell, i);
        for (guint c = cell->first; c <= cell->last; c++) {
            if (cell->row + cell->row_span == setting->grid->n_head) {
                tops[c] = work->tops[cell->row];
            }
        }
    }
}

static gboolean is_tinted(const SatsTableSetting *setting, guint column) {
    return column < setting->n_columns && setting->columns[column].column->tint &&
           !setting->columns[column].hidden;
}

/* Tints of neighbours are one fill; they reach under the first row if that is tinted too. */
static void draw_tints(HeadWork *work, SatsBoxBuilder *builder) {
    SatsTableSetting *setting = work->setting;
    const guint n_head = setting->grid->n_head;
    g_autofree float *tops = g_new0(float, setting->n_columns + 1);
    find_tint_tops(work, tops);
    float bottom = work->tops[n_head];
    if (n_head < setting->grid->n_rows) {
        SatsRowKind first = sats_table_row_kind(&setting->grid->rows[n_head]);
        bottom += first == SATS_ROW_GROUP || first == SATS_ROW_SUBGROUP ? 0 : SATS_TABLE_LAP_PT;
    }
    for (guint c = 0; c < setting->n_columns; c++) {
        if (!is_tinted(setting, c)) {
            continue;
        }
        guint last = c;
        while (is_tinted(setting, last + 1) && setting->columns[last + 1].gap_pt <= 0 &&
               ABS(tops[last + 1] - tops[c]) < 0.01F) {
            last++;
        }
        float x = setting->columns[c].x_pt;
        float right = setting->columns[last].x_pt + setting->columns[last].width_pt;
        sats_box_fill(builder, x, tops[c], right - x, bottom - tops[c], setting->tint);
        c = last;
    }
}

static void draw_fills(HeadWork *work, SatsBoxBuilder *builder) {
    if (work->setting->grid->n_head > 0) {
        draw_tints(work, builder);
    }
    for (guint i = 0; i < work->cells->len; i++) {
        const SatsTableCell *cell = &g_array_index(work->cells, SatsTableCell, i);
        sats_table_cell_fill(work->setting, builder, cell->node, work->tops[cell->row],
                             work->tops[cell->row + cell->row_span], TRUE);
    }
}

static void draw_rules(HeadWork *work, SatsBoxBuilder *builder) {
    SatsTableSetting *setting = work->setting;
    const SatsTableStyle *style = setting->style;
    float bottom = work->tops[setting->grid->n_head];
    SatsBoundary top = {.weight_pt = (float)style->rule_top_pt, .rgb = setting->ink};
    sats_table_boundary_draw(setting, builder, &top, top.weight_pt);
    for (guint i = 0; i < work->cells->len; i++) {
        draw_level_rule(work, &g_array_index(work->cells, SatsTableCell, i), builder);
    }
    SatsBoundary under = {.weight_pt = (float)style->rule_head_pt, .rgb = setting->ink};
    if (setting->grid->n_head > 0) {
        sats_table_boundary_draw(setting, builder, &under, bottom);
        sats_table_grid_lines(setting, builder, 0, bottom);
    }
}

/* Where all heads are of one level and upright they begin at the top together. */
static gboolean heads_begin_at_top(const HeadWork *work) {
    if (work->setting->grid->n_head != 1)
        return FALSE;
    for (guint i = 0; i < work->cells->len; i++) {
        if (g_array_index(work->cells, SatsTableCell, i).node->as.cell->turned)
            return FALSE;
    }
    return TRUE;
}

static void draw_cells(HeadWork *work, SatsBoxBuilder *builder) {
    SatsTableSetting *setting = work->setting;
    gboolean at_top = heads_begin_at_top(work);
    for (guint i = 0; i < work->cells->len; i++) {
        SatsTableCell *cell = &g_array_index(work->cells, SatsTableCell, i);
        float bottom = work->tops[cell->row + cell->row_span] - work->below_pt;
        if (cell->node->as.cell->turned && cell->flat && cell->node->n_runs > 0) {
            draw_turned(work, cell, builder, bottom);
            continue;
        }
        float top = at_top ? work->tops[cell->row] + work->above_pt : bottom - cell->height_pt;
        const SatsNoteBox *notes = sats_table_cell_draw(setting, cell, builder, top, 0, G_MAXFLOAT);
        work->notes = sats_table_join_notes(work->notes, notes, setting->arena);
    }
}

const SatsBox *sats_table_head_set(SatsTableSetting *setting, const SatsNoteBox **out_notes) {
    *out_notes = NULL;
    const guint n_head = setting->grid->n_head;
    if (n_head == 0 && setting->style->rule_top_pt <= 0) {
        return NULL;
    }
    g_autoptr(SatsArena) scratch = sats_arena_new();
    g_autoptr(GArray) cells = g_array_new(FALSE, TRUE, sizeof(SatsTableCell));
    g_autofree float *tops = g_new0(float, n_head + 1);
    HeadWork work = {.setting = setting, .scratch = scratch, .cells = cells, .tops = tops};
    set_cells(&work);
    find_tops(&work);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    draw_fills(&work, &builder);
    draw_rules(&work, &builder);
    draw_cells(&work, &builder);
    float height = MAX(tops[n_head], (float)setting->style->rule_top_pt);
    const SatsBox *box = sats_box_finish(&builder, setting->width_pt, height);
    sats_box_builder_clear(&builder);
    for (guint i = 0; i < cells->len; i++) {
        sats_table_cell_clear(&g_array_index(cells, SatsTableCell, i));
    }
    *out_notes = work.notes;
    return box;
}
