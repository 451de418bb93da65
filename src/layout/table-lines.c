/* layout/table-lines.c: rules and fills.
 *
 * Viewers fill every pixel that a fill touches, and the fill of a row would swallow the hairline
 * over it. So a row's tint reaches a little under the next row, where the rule is drawn on it, and
 * the next row's begins that much lower; what ends or begins a page is mended when the break is
 * chosen.
 *
 * A rule between two rows belongs to the box of the upper one. So a page that ends between them
 * ends with the rule, and the next begins with the head's: no rule is drawn twice, none changes
 * weight. Where the rule between the rows would be dotted, partial or none at all, the upper box is
 * given a whole hairline when, and only when, that break is chosen.
 *
 * Weights meet as the heavier of what the upper row wants below and the lower above.
 */
#include "layout/table.h"

static gboolean is_sum(SatsRowKind kind) {
    return kind == SATS_ROW_SUBTOTAL || kind == SATS_ROW_TOTAL || kind == SATS_ROW_RESULT;
}

static gboolean is_group(SatsRowKind kind) {
    return kind == SATS_ROW_GROUP || kind == SATS_ROW_SUBGROUP;
}

static void heavier(SatsBoundary *boundary, double weight, guint32 rgb) {
    if ((float)weight > boundary->weight_pt) {
        *boundary = (SatsBoundary){.weight_pt = (float)weight, .rgb = rgb};
    }
}

/* What the row's own `rule_above` says. */
static SatsBoundary given_rule(const SatsTableSetting *setting, const SatsTableRow *lower) {
    const SatsTableStyle *style = setting->style;
    SatsBoundary boundary = {.rgb = setting->hairline};
    switch (lower->node->as.row != NULL ? lower->node->as.row->rule_above : SATS_RULE_HAIR) {
    case SATS_RULE_NONE:
        break;
    case SATS_RULE_DOTTED:
        boundary.weight_pt = (float)style->rule_dotted_pt;
        boundary.dotted = TRUE;
        break;
    case SATS_RULE_HAIR:
        boundary.weight_pt = (float)style->rule_row_pt;
        break;
    case SATS_RULE_THIN:
        boundary.weight_pt = (float)style->rule_span_pt;
        boundary.rgb = setting->ink;
        break;
    case SATS_RULE_HEAVY:
        boundary.weight_pt = (float)style->rule_result_pt;
        boundary.rgb = setting->ink;
        break;
    }
    guint column = boundary.dotted ? lower->full_column : lower->own_column;
    if (column > 0 && column < setting->n_columns) {
        boundary.x_pt = setting->columns[column].x_pt;
    }
    return boundary;
}

static SatsBoundary table_end(const SatsTableSetting *setting, SatsRowKind upper) {
    double weight =
        upper == SATS_ROW_RESULT ? setting->style->rule_result_pt : setting->style->rule_end_pt;
    return (SatsBoundary){.weight_pt = (float)weight, .rgb = setting->ink};
}

SatsBoundary sats_table_boundary(const SatsTableSetting *setting, const SatsTableRow *upper,
                                 const SatsTableRow *lower) {
    const SatsTableStyle *style = setting->style;
    SatsRowKind above = sats_table_row_kind(upper);
    if (lower == NULL) {
        return table_end(setting, above);
    }
    SatsRowKind below = sats_table_row_kind(lower);
    SatsBoundary boundary = given_rule(setting, lower);
    if (is_group(below) && boundary.rgb != setting->ink) {
        boundary.weight_pt = 0;
    }
    if (is_group(above)) {
        boundary = (SatsBoundary){.rgb = setting->hairline};
        gboolean hair = above == SATS_ROW_SUBGROUP;
        heavier(&boundary,
                below == SATS_ROW_SUBGROUP ? 0
                : hair                     ? style->rule_row_pt
                                           : style->rule_group_pt,
                hair ? setting->hairline : setting->ink);
        heavier(&boundary, above == SATS_ROW_GROUP ? style->rule_group_pt : 0, setting->ink);
        return boundary;
    }
    if (is_sum(above) && !is_group(below)) {
        heavier(&boundary, style->rule_total_pt, setting->ink);
    }
    if (is_sum(below)) {
        heavier(&boundary, style->rule_total_pt, setting->ink);
    }
    if (above == SATS_ROW_RESULT || below == SATS_ROW_RESULT) {
        heavier(&boundary, style->rule_result_pt, setting->ink);
    }
    if (sats_table_row_is_head(upper) || sats_table_row_is_head(lower)) {
        heavier(&boundary, style->rule_head_pt, setting->ink);
    }
    gboolean between_areas = !upper->joined && (upper->last_in_area || lower->area);
    if (between_areas && !is_group(below)) {
        heavier(&boundary, style->rule_span_pt, setting->ink);
    }
    if (upper->joined && lower->own_column < setting->n_columns) {
        boundary.x_pt = MAX(boundary.x_pt, setting->columns[lower->own_column].x_pt);
    }
    return boundary;
}

void sats_table_boundary_draw(const SatsTableSetting *setting, SatsBoxBuilder *builder,
                              const SatsBoundary *boundary, float y) {
    if (boundary->weight_pt <= 0) {
        return;
    }
    float middle =
        y - boundary->weight_pt / 2; /* inside its row: the next row's fill covers nothing */
    if (boundary->dotted) {
        sats_box_dotted(builder, boundary->x_pt, middle, setting->width_pt, boundary->weight_pt,
                        boundary->rgb);
    } else {
        sats_box_rule(builder, boundary->x_pt, middle, setting->width_pt, middle,
                      boundary->weight_pt, boundary->rgb);
    }
}

static gboolean has_fill(const SatsTableSetting *setting, guint row) {
    return row < setting->grid->n_rows && !is_group(sats_table_row_kind(&setting->grid->rows[row]));
}

static void fill_tints(const SatsTableSetting *setting, SatsBoxBuilder *builder, float top,
                       float bottom) {
    for (guint i = 0; i < setting->n_columns; i++) {
        if (setting->columns[i].hidden || !setting->columns[i].column->tint) {
            continue;
        }
        guint last = i; /* neighbours are one fill */
        while (last + 1 < setting->n_columns && setting->columns[last + 1].column->tint &&
               !setting->columns[last + 1].hidden && setting->columns[last + 1].gap_pt <= 0) {
            last++;
        }
        float x = setting->columns[i].x_pt;
        float right = setting->columns[last].x_pt + setting->columns[last].width_pt;
        sats_box_fill(builder, x, top, right - x, bottom - top, setting->tint);
        i = last;
    }
}

void sats_table_row_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder, guint row,
                         float top, float bottom, gboolean begins, gboolean ends) {
    const SatsTableGrid *grid = setting->grid;
    float lap = ends && has_fill(setting, row + 1) ? SATS_TABLE_LAP_PT : 0;
    if (!has_fill(setting, row)) {
        if (lap > 0) {
            fill_tints(setting, builder, bottom, bottom + lap);
        }
        return;
    }
    float from = top + (begins && row > 0 ? SATS_TABLE_LAP_PT : 0);
    float to = bottom + lap;
    if (setting->style->zebra && row >= grid->n_head && (row - grid->n_head) % 2 == 1) {
        sats_box_fill(builder, 0, top, setting->width_pt, bottom - top, setting->tint);
    }
    fill_tints(setting, builder, from, to);
}

void sats_table_cell_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder,
                          const SatsNode *cell, float top, float bottom, gboolean begins) {
    guint first = 0;
    guint last = 0;
    if (cell->as.cell->fill < 0 || !sats_table_cell_box(setting, cell, &first, &last)) {
        return;
    }
    float x = setting->columns[first].x_pt;
    float right = setting->columns[last].x_pt + setting->columns[last].width_pt;
    float from = top + (begins ? SATS_TABLE_LAP_PT / 2 : 0);
    sats_box_fill(builder, x, from, right - x, bottom - from, (guint32)cell->as.cell->fill);
}

void sats_table_grid_lines(const SatsTableSetting *setting, SatsBoxBuilder *builder, float top,
                           float bottom) {
    if (!setting->style->grid) {
        return;
    }
    float weight = (float)setting->style->rule_row_pt;
    for (guint i = 0; i < setting->n_columns; i++) {
        if (!setting->columns[i].hidden) {
            float x = setting->columns[i].x_pt;
            sats_box_rule(builder, x, top, x, bottom, weight, setting->hairline);
        }
    }
    sats_box_rule(builder, setting->width_pt, top, setting->width_pt, bottom, weight,
                  setting->hairline);
}

/* Fills that reached under the next row, or up to where a row was cut, end at the page's last rule.
 */
static void trim_fill(SatsBoxBuilder *builder, const SatsItem *source, float y, float end) {
    SatsItem item = *source;
    SatsFillItem fill = *source->as.fill;
    if (fill.radius_pt <= 0 && item.y + fill.height_pt > y - 0.01F) {
        fill.height_pt = end - item.y;
        item.as.fill = sats_arena_memdup(builder->arena, &fill, sizeof fill);
    }
    sats_box_item(builder, &item);
}

static const SatsItem *last_rule(const SatsTableSetting *setting, const SatsBox *box) {
    for (guint i = 0; i < box->n_items; i++) {
        const SatsItem *item = &box->items[i];
        float near = box->height_pt - 1.2F;
        if (item->kind == SATS_ITEM_RULE && item->y > near && item->as.rule->y2 > near &&
            item->as.rule->x2 > setting->width_pt - 0.01F) {
            return item;
        }
    }
    return NULL;
}

void sats_table_close_box(const SatsTableSetting *setting, SatsBox *box, float below_pt) {
    const float y = box->height_pt;
    const SatsItem *rule = last_rule(setting, box);
    gboolean whole = rule != NULL && rule->x <= 0.01F && rule->as.rule->dash_on_pt <= 0;
    SatsBoundary hairline = {.weight_pt = (float)setting->style->rule_row_pt,
                             .rgb = setting->hairline};
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    for (guint i = 0; i < box->n_items; i++) {
        const SatsItem *item = &box->items[i];
        if (item->kind == SATS_ITEM_FILL) {
            trim_fill(&builder, item, y, y + below_pt);
        } else if (item != rule || whole) {
            sats_box_item(&builder, item);
        }
    }
    if (!whole) {
        sats_table_boundary_draw(setting, &builder, &hairline, y + below_pt);
    }
    SatsBox *closed = sats_box_finish(&builder, box->width_pt, box->height_pt);
    sats_box_builder_clear(&builder);
    box->items = closed->items;
    box->n_items = closed->n_items;
}
