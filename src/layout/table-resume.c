/* layout/table-resume.c: what is said again after a page break.
 *
 * The caption and the head, the running titles of groups, and beside the first row the labels that
 * still hold, each with "(forts.)". All of it are artifacts of pagination: in the logical tree the
 * table is one, and said once. Caption and head are made when first wanted and then shared by all
 * pages. Labels hang below the resume's own height, into the room the row leaves for them.
 *
 * A break that is chosen also closes the page before with a rule (table-lines.c).
 */
#include "layout/table-rows.h"

static void merge_again_item(SatsBoxBuilder *builder, const SatsItem *source) {
    SatsItem item = *source;
    if (item.artifact == SATS_ITEM_CONTENT) {
        item.artifact = SATS_ARTIFACT_PAGINATION;
    }
    if (item.kind == SATS_ITEM_TURN) {
        SatsBoxBuilder inner;
        sats_box_builder_init(&inner, builder->arena);
        const SatsBox *box = source->as.turn->box;
        sats_table_merge_again(&inner, box, 0, 0);
        item.as.turn = sats_arena_memdup(builder->arena, source->as.turn, sizeof *source->as.turn);
        item.as.turn->box = sats_box_finish(&inner, box->width_pt, box->height_pt);
        sats_box_builder_clear(&inner);
    }
    sats_box_item(builder, &item);
}

void sats_table_merge_again(SatsBoxBuilder *builder, const SatsBox *box, float dx, float dy) {
    SatsBoxBuilder again;
    sats_box_builder_init(&again, builder->arena);
    for (guint i = 0; i < box->n_items; i++) {
        merge_again_item(&again, &box->items[i]);
    }
    SatsBox turned = {.items = (SatsItem *)(void *)again.items->data, .n_items = again.items->len};
    sats_box_merge(builder, &turned, dx, dy);
    sats_box_builder_clear(&again);
}

/* ---- "(forts.)" ---- */

/* Draws "(forts.)" at x, or on a line of its own where there is no room; returns added height. */
static float draw_continued(SatsTableSetting *setting, SatsBoxBuilder *builder,
                            const SatsTextStyle *style, float left, float x, float right, float top,
                            float baseline) {
    SatsContext *context = setting->context;
    SatsTextBlock words =
        sats_text_words(context, sats_theme_word(context->theme, "forts"), style, SATS_RUN_MUTED);
    gboolean fits = x > left && x + words.max_width_pt <= right + 0.01F;
    float added = fits ? 0 : (float)style->leading_pt;
    if (builder != NULL) {
        SatsLines lines = sats_text_lines(context, &words, MAX(right - left, words.max_width_pt));
        sats_box_artifact_line(builder, SATS_ARTIFACT_PAGINATION, NULL, &lines.lines[0],
                               fits ? x : left, fits ? baseline : top + lines.baseline_pt);
    }
    return added;
}

static gboolean is_bold(const SatsNode *cell) {
    for (guint i = 0; i < cell->n_runs; i++) {
        if ((cell->runs[i].flags & (SATS_RUN_STRONG | SATS_RUN_SEMIBOLD)) != 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Plain labels are muted the second time; identifiers and titles keep their look. */
static void set_again(SatsTableSetting *setting, guint row, const SatsNode *node,
                      SatsArena *scratch, SatsTableCell *cell) {
    guint flags = setting->measure.flags;
    gboolean title =
        setting->row_styles[sats_table_row_kind(&setting->grid->rows[row])].plain->weight > 500;
    setting->measure.flags |= title || is_bold(node) || node->style != NULL ? 0U : SATS_RUN_MUTED;
    cell->row_span = 1;
    sats_table_cell_set(setting, &setting->grid->rows[row], node, scratch, cell);
    cell->again = TRUE;
    setting->measure.flags = flags;
}

/* A cell's text and "(forts.)": behind its last word when `behind` and there is room, else below.
 */
static float draw_label(SatsTableSetting *setting, guint row, const SatsNode *node, gboolean behind,
                        SatsBoxBuilder *builder, float y) {
    SatsTableCell cell = {0};
    if (!sats_table_cell_box(setting, node, &cell.first, &cell.last)) {
        return 0;
    }
    g_autoptr(SatsArena) scratch = sats_arena_new();
    set_again(setting, row, node, scratch, &cell);
    if (builder != NULL) {
        sats_table_cell_draw(setting, &cell, builder, y, 0, G_MAXFLOAT);
    }
    float x = cell.x_pt;
    float baseline = 0;
    const SatsTextStyle *style = setting->row_styles[SATS_ROW_BODY].plain;
    if (behind && cell.flat && cell.n_lines > 0) {
        const SatsCellLine *last = &cell.lines[cell.n_lines - 1];
        x = last->x_pt + last->line->width_pt + 0.3F * (float)last->style->size_pt;
        baseline = y + last->top_pt + last->baseline_pt;
        style = last->style;
    }
    float height =
        cell.height_pt + draw_continued(setting, builder, style, cell.x_pt, x,
                                        cell.x_pt + cell.width_pt, y + cell.height_pt, baseline);
    sats_table_cell_clear(&cell);
    return height;
}

float sats_table_group_again(SatsTableSetting *setting, guint row, SatsBoxBuilder *builder,
                             float y) {
    const SatsTableRow *title = &setting->grid->rows[row];
    float above = 0;
    float below = 0;
    sats_table_row_padding(setting, title, &above, &below);
    float height = above;
    const SatsNode *cell = title->node->first_child;
    while (cell != NULL && cell->kind != SATS_NODE_CELL) {
        cell = cell->next;
    }
    if (cell != NULL) {
        height += draw_label(setting, row, cell, TRUE, builder, y + above);
    }
    height += below;
    if (builder != NULL) {
        const SatsTableStyle *style = setting->style;
        gboolean sub = sats_table_row_kind(title) == SATS_ROW_SUBGROUP;
        SatsBoundary rule = {.weight_pt = (float)(sub ? style->rule_row_pt : style->rule_group_pt),
                             .rgb = sub ? setting->hairline : setting->ink};
        sats_table_boundary_draw(setting, builder, &rule, y + height);
    }
    return height;
}

/* ---- the resume ---- */

static void make_caption_and_head(SatsTableSetting *setting) {
    if (setting->caption_again == NULL && setting->caption_pt > 0) {
        const SatsNoteBox *none = NULL;
        setting->caption_again = sats_table_caption_set(setting, TRUE, &none);
    }
    if (setting->head_again == NULL && setting->head != NULL) {
        SatsBoxBuilder builder;
        sats_box_builder_init(&builder, setting->arena);
        sats_table_merge_again(&builder, setting->head, 0, 0);
        setting->head_again = sats_box_finish(&builder, setting->width_pt, setting->head_pt);
        sats_box_builder_clear(&builder);
    }
}

static const SatsBox *resume_make(const SatsResume *base, SatsArena *arena) {
    const SatsTableResume *resume = (const SatsTableResume *)base;
    SatsTableSetting *setting = resume->setting;
    make_caption_and_head(setting);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, arena);
    const float dx = setting->measure.table_x_pt;
    const float end = base->height_pt;
    sats_table_row_fill(setting, &builder, resume->row,
                        end - (resume->inside ? resume->pad_above_pt : 0),
                        end + (resume->inside ? 0 : SATS_TABLE_LAP_PT), FALSE, FALSE);
    if (setting->caption_again != NULL) {
        sats_box_merge(&builder, setting->caption_again, 0, 0);
    }
    if (setting->head_again != NULL) {
        sats_box_merge(&builder, setting->head_again, 0, setting->caption_pt);
    }
    float y = setting->caption_pt + setting->head_pt;
    sats_table_transport_draw(setting, resume->row, &builder, y);
    y += setting->transport_pt;
    y += resume->group == 0 ? 0 : sats_table_group_again(setting, resume->group - 1, &builder, y);
    y += resume->subgroup == 0 ? 0
                               : sats_table_group_again(setting, resume->subgroup - 1, &builder, y);
    float label_y = y + resume->pad_above_pt;
    for (const SatsTableLabel *label = resume->labels; label != NULL; label = label->next) {
        draw_label(setting, label->row, label->cell, FALSE, &builder, label_y);
    }
    SatsBox *box = sats_box_finish(&builder, setting->width_pt, base->height_pt);
    if (dx != 0) {
        sats_box_merge(&builder, box, dx, 0);
        box = sats_box_finish(&builder, setting->width_pt, base->height_pt);
    }
    sats_box_builder_clear(&builder);
    if (resume->above != NULL) {
        sats_table_close_box(setting, resume->above, resume->pad_below_pt);
    }
    return box;
}

void sats_table_resume_finish(SatsTableResume *resume) {
    const SatsTableSetting *setting = resume->setting;
    resume->base.height_pt = setting->caption_pt + setting->head_pt + setting->transport_pt +
                             resume->group_pt + (resume->inside ? resume->pad_above_pt : 0);
    resume->base.make = resume_make;
}
