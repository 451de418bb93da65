/* layout/table.c: sets a table: the driver.
 *
 * A table passes through these steps, a file each (table.h lists them). The grid is read from the
 * node tree: rows in order, with what spans and parts say about their neighbours. Columns get their
 * widths from all cells of the table, or of all tables that share widths. Then the caption and the
 * head are boxes that stay together with the first rows; the rows become slices with a break point
 * after each; the notes stay with the last row.
 *
 * Tables know nothing of pages. What a page break needs is prepared at each break point: its cost,
 * and the resume that says caption, head and running labels again when the break is chosen. So a
 * table over three hundred pages is the same list of boxes as one of three rows, and the page
 * builder weighs its breaks with those of the prose around it.
 *
 * A table that is too wide even for its least widths is tightened (table-widths.c) and then split
 * by columns (table-split.c): each part is set as a table of its own, from the same grid, with the
 * other parts' columns hidden.
 */
#include "layout/table-rows.h"

#include <string.h>

/* ---- styles ---- */

static const SatsTextStyle *scaled_style(const SatsTableSetting *setting, const char *name,
                                         gboolean divide) {
    SatsTextStyle copy = *sats_context_style(setting->context, NULL, name);
    copy.size_pt *= (double)setting->scale;
    copy.leading_pt *= (double)setting->scale;
    copy.hyphenate = divide;
    return sats_arena_memdup(setting->arena, &copy, sizeof copy);
}

static const char *style_name(const SatsTableStyle *style, SatsRowKind kind) {
    switch (kind) {
    case SATS_ROW_HEAD:
    case SATS_ROW_BLOCK_HEAD:
        return style->head_style;
    case SATS_ROW_GROUP:
        return style->group_style;
    case SATS_ROW_SUBGROUP:
        return style->subgroup_style;
    case SATS_ROW_SUBTOTAL:
    case SATS_ROW_TOTAL:
    case SATS_ROW_RESULT:
        return style->total_style;
    case SATS_ROW_BODY:
        break;
    }
    return style->text_style;
}

void sats_table_styles_make(SatsTableSetting *setting) {
    for (guint kind = 0; kind < G_N_ELEMENTS(setting->row_styles); kind++) {
        SatsRowStyle *style = &setting->row_styles[kind];
        style->name = style_name(setting->style, (SatsRowKind)kind);
        gboolean divide = sats_context_style(setting->context, NULL, style->name)->hyphenate;
        style->text = scaled_style(setting, style->name, divide);
        style->plain = scaled_style(setting, style->name,
                                    kind == SATS_ROW_HEAD && setting->divide >= SATS_DIVIDE_HEADS);
    }
}

static const SatsTableStyle *table_style(SatsContext *context, const SatsTable *table) {
    const SatsTableStyle *style =
        table->style != NULL ? sats_theme_table(context->theme, table->style) : NULL;
    if (style == NULL) {
        style = sats_theme_table(context->theme, "standard");
    }
    g_assert(style != NULL);
    return style;
}

void sats_table_setting_init(SatsTableSetting *setting, SatsContext *context,
                             const SatsTableGrid *grid, const SatsMeasure *measure) {
    memset(setting, 0, sizeof *setting);
    setting->context = context;
    setting->arena = context->arena;
    setting->grid = grid;
    setting->measure = *measure;
    setting->style = table_style(context, grid->table);
    setting->scale = 1;
    setting->width_pt = measure->table_width_pt;
    setting->side_pt = (float)setting->style->pad_side_pt;
    setting->column_gap_pt = (float)setting->style->column_gap_pt;
    setting->ink = sats_context_colour(context, "ink");
    setting->hairline = sats_context_colour(context, "hairline");
    setting->tint = sats_context_colour(context, "tint");
    setting->muted = sats_context_colour(context, "muted");
    setting->n_columns = grid->table->n_columns;
    setting->columns = sats_arena_new_array(setting->arena, SatsColumnBox, setting->n_columns + 1);
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsTableColumn *column = &grid->table->columns[i];
        setting->columns[i].column = column;
        setting->columns[i].number =
            column->align == SATS_ALIGN_DECIMAL || column->align == SATS_ALIGN_RIGHT;
        setting->columns[i].compact =
            setting->columns[i].number || column->align == SATS_ALIGN_CENTER;
    }
    sats_table_styles_make(setting);
}

/* ---- a table, or a part of one ---- */

static void set_caption(SatsTableSetting *setting, SatsGalley *galley) {
    const SatsNoteBox *notes = NULL;
    const SatsNoteBox *none = NULL;
    gboolean again = setting->part > 0;
    const SatsBox *caption = sats_table_caption_set(setting, again, &notes);
    if (caption == NULL) {
        return;
    }
    setting->caption_again = again ? caption : sats_table_caption_set(setting, TRUE, &none);
    setting->caption_pt = setting->caption_again->height_pt;
    sats_galley_box(galley, caption, setting->measure.table_x_pt, notes);
}

static void set_head(SatsTableSetting *setting, SatsGalley *galley) {
    const SatsNoteBox *notes = NULL;
    setting->head = sats_table_head_set(setting, &notes);
    if (setting->head != NULL) {
        setting->head_pt = setting->head->height_pt;
        sats_galley_box(galley, setting->head, setting->measure.table_x_pt, notes);
    }
}

void sats_table_part_set(SatsTableSetting *setting, SatsGalley *galley) {
    sats_table_columns_place(setting);
    set_caption(setting, galley);
    set_head(setting, galley);
    sats_table_transport_start(setting);
    sats_table_rows_set(setting, galley);
}

void sats_table_set(SatsContext *context, const SatsNode *table, const SatsMeasure *measure,
                    SatsGalley *galley) {
    if (table->as.table == NULL || table->as.table->n_columns == 0 ||
        measure->table_width_pt <= 0) {
        return;
    }
    SatsTableGrid *grid = sats_arena_new_struct(context->arena, SatsTableGrid);
    sats_table_grid_read(grid, table, context->arena);
    SatsTableSetting *setting = sats_arena_new_struct(context->arena, SatsTableSetting);
    sats_table_setting_init(setting, context, grid, measure);
    if (setting->style->prose && !measure->in_cell) {
        setting->measure.table_x_pt = measure->x_pt;
        setting->width_pt = setting->measure.table_width_pt = measure->width_pt;
    }
    gboolean fits = sats_table_widths(setting);
    if (fits && setting->style->prose) {
        setting->width_pt = sats_table_columns_sum(setting);
    }
    const SatsTheme *theme = context->theme;
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley,
                      measure->in_cell ? 0 : (float)sats_theme_length_pt(theme, "table.above"));
    if (fits) {
        sats_table_part_set(setting, galley);
    } else {
        sats_table_split_set(setting, galley);
    }
    sats_table_notes_set(setting, galley);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley,
                      measure->in_cell ? 0 : (float)sats_theme_length_pt(theme, "table.below"));
}
