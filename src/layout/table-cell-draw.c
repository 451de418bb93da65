/* layout/table-cell-draw.c: a set cell, or part of it, drawn or made ready for slicing. */
#include "layout/table-rows.h"

#define EPSILON_PT 0.01F

const SatsNoteBox *sats_table_join_notes(const SatsNoteBox *first, const SatsNoteBox *second,
                                         SatsArena *arena)
{
    if (first == NULL || second == NULL) {
        return first == NULL ? second : first;
    }
    SatsNoteBox *copy = sats_arena_memdup(arena, first, sizeof *first);
    copy->next = sats_table_join_notes(first->next, second, arena);
    return copy;
}

static void draw_line(const SatsTableSetting *setting, const SatsTableCell *cell, const SatsCellLine *line,
                      SatsBoxBuilder *builder, float y)
{
    sats_line_draw(setting->context, builder, line->owner, line->line, line->style, line->x_pt,
                   y + line->baseline_pt, cell->again ? SATS_ARTIFACT_PAGINATION : -1);
}

static void draw_box(const SatsTableCell *cell, const SatsGalleyItem *item, SatsBoxBuilder *builder, float y)
{
    if (cell->again) {
        sats_table_merge_again(builder, item->as.box, cell->x_pt + item->x_pt, y);
    } else {
        sats_box_merge(builder, item->as.box, cell->x_pt + item->x_pt, y);
    }
}

const SatsNoteBox *sats_table_cell_draw(SatsTableSetting *setting, const SatsTableCell *cell,
                                        SatsBoxBuilder *builder, float y, float from_pt, float to_pt)
{
    const SatsNoteBox *notes = NULL;
    for (guint i = 0; cell->flat && i < cell->n_lines; i++) {
        const SatsCellLine *line = &cell->lines[i];
        if (line->top_pt >= from_pt - EPSILON_PT && line->top_pt < to_pt - EPSILON_PT) {
            draw_line(setting, cell, line, builder, y + line->top_pt - from_pt);
            notes = sats_table_join_notes(notes, line->notes, setting->arena);
        }
    }
    float top = 0;
    for (guint i = 0; !cell->flat && i < cell->galley.n_items; i++) {
        const SatsGalleyItem *item = &cell->galley.items[i];
        if (item->kind == SATS_GALLEY_BOX && top >= from_pt - EPSILON_PT && top < to_pt - EPSILON_PT) {
            draw_box(cell, item, builder, y + top - from_pt);
            notes = sats_table_join_notes(notes, item->notes, setting->arena);
        }
        top += item->height_pt;
    }
    return notes;
}

/* Two lines of a paragraph at least on each page. */
static float line_penalty(const SatsTableCell *cell, guint next)
{
    const SatsNode *owner = cell->lines[next].owner;
    gboolean orphan = next == 1 || cell->lines[next - 2].owner != owner;
    gboolean widow = next + 1 == cell->n_lines || cell->lines[next + 1].owner != owner;
    if (cell->lines[next - 1].owner != owner) {
        return SATS_PENALTY_NONE;
    }
    return orphan || widow ? SATS_PENALTY_BAD : SATS_PENALTY_NONE;
}

static float flat_galley(SatsTableSetting *setting, const SatsTableCell *cell, float from_pt, float to_pt,
                         SatsGalley *out)
{
    float offset = 0;
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    for (guint i = 0; i < cell->n_lines; i++) {
        const SatsCellLine *line = &cell->lines[i];
        if (line->top_pt < from_pt - EPSILON_PT || line->top_pt >= to_pt - EPSILON_PT) {
            continue;
        }
        if (out->n_items > 0) {
            sats_galley_break(out, line_penalty(cell, i), NULL);
        } else {
            offset = line->top_pt - from_pt;
        }
        draw_line(setting, cell, line, &builder, 0);
        sats_galley_box(out, sats_box_finish(&builder, 0, line->height_pt), 0, line->notes);
    }
    sats_box_builder_clear(&builder);
    return offset;
}

static const SatsBox *box_again(SatsTableSetting *setting, const SatsBox *box)
{
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    sats_table_merge_again(&builder, box, 0, 0);
    const SatsBox *again = sats_box_finish(&builder, box->width_pt, box->height_pt);
    sats_box_builder_clear(&builder);
    return again;
}

static void copy_item(SatsTableSetting *setting, const SatsTableCell *cell, const SatsGalleyItem *item,
                      SatsGalley *out)
{
    if (item->kind == SATS_GALLEY_BOX) {
        const SatsBox *box = cell->again ? box_again(setting, item->as.box) : item->as.box;
        sats_galley_box(out, box, cell->x_pt + item->x_pt, item->notes);
    } else if (item->kind == SATS_GALLEY_GLUE) {
        sats_galley_space(out, item->height_pt);
    } else if (item->kind == SATS_GALLEY_BREAK) {
        sats_galley_break(out, item->penalty, NULL);
    }
}

float sats_table_cell_galley(SatsTableSetting *setting, const SatsTableCell *cell, float from_pt,
                             float to_pt, SatsGalley *out)
{
    sats_galley_init(out, setting->arena);
    if (cell->flat) {
        return flat_galley(setting, cell, from_pt, to_pt, out);
    }
    float top = 0;
    float offset = 0;
    for (guint i = 0; i < cell->galley.n_items; i++) {
        const SatsGalleyItem *item = &cell->galley.items[i];
        gboolean in_range = top >= from_pt - EPSILON_PT && top < to_pt - EPSILON_PT;
        if (in_range && (out->n_items > 0 || item->kind == SATS_GALLEY_BOX)) {
            offset = out->n_items == 0 ? top - from_pt : offset;
            copy_item(setting, cell, item, out);
        }
        top += item->height_pt;
    }
    return offset;
}

gboolean sats_table_cell_straddles(const SatsTableCell *cell, float y)
{
    if (cell->flat) {
        for (guint i = 0; i < cell->n_lines; i++) {
            const SatsCellLine *line = &cell->lines[i];
            if (line->top_pt < y - EPSILON_PT && line->top_pt + line->height_pt > y + EPSILON_PT) {
                return TRUE;
            }
        }
        return FALSE;
    }
    float top = 0;
    for (guint i = 0; i < cell->galley.n_items; i++) {
        const SatsGalleyItem *item = &cell->galley.items[i];
        float bottom = top + item->height_pt;
        if (item->kind == SATS_GALLEY_BOX && top < y - EPSILON_PT && bottom > y + EPSILON_PT) {
            return TRUE;
        }
        top = bottom;
    }
    return FALSE;
}
