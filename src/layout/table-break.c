/* layout/table-break.c: what a page break costs between rows, and what goes with it.
 *
 * Cheapest is a break before a group of rows, then between rows, then between rows of a row span,
 * then between the parts of one item (at a dotted rule), dearest inside a row. Never is a title
 * left at the foot of a page or a sum at the head. One row alone after the head, after a group's
 * title or at the top of the last page is a poor break, not a forbidden one.
 *
 * A label that spans rows, and the identifier of an item whose parts stand in rows of their own, is
 * said again beside what follows, unless its own text still runs on. So that it has room, a break
 * is forbidden where what is left of its rows is lower than the label.
 */
#include "layout/table-rows.h"

#define PENALTY_ROW     15.0F
#define PENALTY_AREA    5.0F
#define PENALTY_SPAN    60.0F
#define PENALTY_PART    90.0F
#define SHORT_ITEM_ROWS 3

static gboolean is_title(const SatsTableRow *row) {
    SatsRowKind kind = sats_table_row_kind(row);
    return kind == SATS_ROW_GROUP || kind == SATS_ROW_SUBGROUP || sats_table_row_is_head(row);
}

static gboolean is_sum(SatsRowKind kind) {
    return kind == SATS_ROW_SUBTOTAL || kind == SATS_ROW_TOTAL || kind == SATS_ROW_RESULT;
}

static gboolean keeps_next(const SatsTableRow *row) {
    return row->node->as.row != NULL && row->node->as.row->keep_with_next;
}

/* Rows of the item that the row belongs to, counted no further than matters. */
static guint item_rows(const SatsTableGrid *grid, guint row) {
    guint first = grid->rows[row].item;
    guint n = row - first;
    while (n <= SHORT_ITEM_ROWS && first + n < grid->n_rows &&
           grid->rows[first + n].item == first) {
        n++;
    }
    return n;
}

static float inner_penalty(const SatsTableGrid *grid, guint upper) {
    const SatsTableRow *above = &grid->rows[upper];
    const SatsTableRow *below = &grid->rows[upper + 1];
    float penalty = above->area || below->area ? PENALTY_AREA : PENALTY_ROW;
    if (above->joined) {
        SatsRule rule =
            below->node->as.row != NULL ? below->node->as.row->rule_above : SATS_RULE_HAIR;
        penalty = rule == SATS_RULE_NONE     ? SATS_PENALTY_POOR
                  : rule == SATS_RULE_DOTTED ? PENALTY_PART
                                             : PENALTY_SPAN;
    }
    if (below->item == above->item) {
        penalty = item_rows(grid, upper) <= SHORT_ITEM_ROWS ? SATS_PENALTY_POOR : PENALTY_PART;
    }
    if (keeps_next(above)) {
        penalty = MAX(penalty, SATS_PENALTY_BAD);
    }
    return penalty;
}

float sats_table_row_penalty(const SatsTableSetting *setting, guint upper) {
    const SatsTableGrid *grid = setting->grid;
    if (upper + 1 >= grid->n_rows) {
        return SATS_PENALTY_FORBIDDEN;
    }
    if (is_title(&grid->rows[upper]) || is_sum(sats_table_row_kind(&grid->rows[upper + 1]))) {
        return SATS_PENALTY_FORBIDDEN;
    }
    if (is_title(&grid->rows[upper + 1])) {
        return SATS_PENALTY_NONE;
    }
    float penalty = inner_penalty(grid, upper);
    if (upper == grid->n_head) {
        penalty = MAX(penalty, SATS_PENALTY_BAD);
    }
    gboolean first_of_group = upper > grid->n_head && is_title(&grid->rows[upper - 1]);
    if (first_of_group || upper + 2 == grid->n_rows) {
        penalty = MAX(penalty, SATS_PENALTY_POOR);
    }
    return penalty;
}

/* ---- labels said again ---- */

static const SatsTableLabel *add_label(const SatsTableBlock *block, const SatsNode *cell, guint row,
                                       const SatsTableLabel *next) {
    SatsTableLabel *label = sats_arena_new_struct(block->setting->arena, SatsTableLabel);
    *label = (SatsTableLabel){.cell = cell, .row = row, .next = next};
    return label;
}

static float label_height(const SatsTableBlock *block, const SatsTableCell *cell) {
    float above = 0;
    float below = 0;
    const SatsTableSetting *setting = block->setting;
    sats_table_row_padding(setting, &setting->grid->rows[block->first + cell->row], &above, &below);
    return above + cell->height_pt + (float)setting->row_styles[SATS_ROW_BODY].text->leading_pt +
           below;
}

static gboolean is_row_head(const SatsTableBlock *block, const SatsTableCell *cell) {
    const SatsCell *data = cell->node->as.cell;
    return data->scope == SATS_SCOPE_ROW || data->repeat_label ||
           block->setting->columns[cell->first].column->key;
}

/* Cells whose rows go on below the cut though their text has ended above it. */
static const SatsTableLabel *find_labels(SatsTableBlock *block, gboolean inside, guint row,
                                         float cut_pt, float *penalty) {
    const SatsTableLabel *labels = NULL;
    const guint cut_row = row - block->first;
    for (guint i = 0; i < block->part->len; i++) {
        const SatsTableCell *cell =
            &g_array_index(block->cells, SatsTableCell, g_array_index(block->part, guint, i));
        guint end = cell->row + cell->row_span;
        gboolean spans =
            cell->row_span > 1 && end > cut_row && cell->row < cut_row + (inside ? 1 : 0);
        gboolean divided = inside && cell->row_span == 1 && cell->row == cut_row;
        float bottom = sats_table_content_top(block, cell) + cell->height_pt;
        if (!(spans && cell->node->as.cell->repeat_label) &&
            !(divided && is_row_head(block, cell))) {
            continue;
        }
        if (bottom > cut_pt + 0.5F || cell->height_pt <= 0 || cell->again) {
            continue;
        }
        labels = add_label(block, cell->node, block->first + cell->row, labels);
        float left = g_array_index(block->tops, float, MIN(end, block->count)) - cut_pt;
        float spare = inside ? (float)block->setting->style->pad_above_pt : 0;
        if (left + spare < label_height(block, cell)) {
            *penalty = MAX(*penalty, divided ? SATS_PENALTY_BAD : SATS_PENALTY_FORBIDDEN);
        }
    }
    return labels;
}

/* The identifier of an item whose next part begins a page, when the part's own cell there is empty.
 */
static const SatsTableLabel *item_label(const SatsTableBlock *block, guint row,
                                        const SatsTableLabel *next) {
    const SatsTableGrid *grid = block->setting->grid;
    const SatsTableRow *below = &grid->rows[row];
    if (row >= grid->n_rows || below->item == row) {
        return next;
    }
    const SatsNode *cell = grid->rows[below->item].node->first_child;
    gboolean free = cell != NULL && cell->kind == SATS_NODE_CELL && cell->as.cell->row_span <= 1 &&
                    below->full_column > cell->as.cell->column && !sats_table_cell_is_empty(cell);
    return free ? add_label(block, cell, below->item, next) : next;
}

void sats_table_break_add(SatsTableBlock *block, SatsBox *slice, guint row, gboolean inside,
                          float cut_pt, float penalty) {
    SatsTableSetting *setting = block->setting;
    SatsTableResume *resume = sats_arena_new_struct(setting->arena, SatsTableResume);
    SatsRowKind below = sats_table_row_kind(&setting->grid->rows[row]);
    resume->setting = setting;
    resume->above = slice;
    resume->row = row;
    resume->group = below == SATS_ROW_GROUP ? 0 : block->group;
    resume->subgroup = below == SATS_ROW_GROUP || below == SATS_ROW_SUBGROUP ? 0 : block->subgroup;
    resume->group_pt = (resume->group != 0 ? block->group_pt : 0) +
                       (resume->subgroup != 0 ? block->subgroup_pt : 0);
    resume->inside = inside;
    sats_table_row_padding(setting, &setting->grid->rows[row], &resume->pad_above_pt,
                           &resume->pad_below_pt);
    resume->pad_below_pt = inside ? resume->pad_below_pt : 0;
    if (row < block->first + block->count) {
        resume->labels = find_labels(block, inside, row, cut_pt, &penalty);
    }
    if (!inside) {
        resume->labels = item_label(block, row, resume->labels);
    }
    sats_table_resume_finish(resume);
    sats_galley_break(block->galley, penalty, &resume->base);
}
