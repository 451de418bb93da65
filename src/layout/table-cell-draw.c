/* layout/table-cell-draw.c: a set cell, or part of it, drawn or made ready for slicing.
 *
 * Parts are asked for from the top down, so a cell remembers how far it was looked into: a label
 * that runs on beside ten thousand rows is read once, not once for each of them.
 */
#include "layout/table-rows.h"

#define EPSILON_PT 0.01F

const SatsNoteBox *sats_table_join_notes(const SatsNoteBox *first, const SatsNoteBox *second,
                                         SatsArena *arena) {
    if (first == NULL || second == NULL) {
        return first == NULL ? second : first;
    }
    SatsNoteBox *copy = sats_arena_memdup(arena, first, sizeof *first);
    copy->next = sats_table_join_notes(first->next, second, arena);
    return copy;
}

static void draw_line(const SatsTableSetting *setting, const SatsTableCell *cell,
                      const SatsCellLine *line, SatsBoxBuilder *builder, float y) {
    sats_line_draw(setting->context, builder, line->owner, line->line, line->style, line->x_pt,
                   y + line->baseline_pt, cell->again ? SATS_ARTIFACT_PAGINATION : -1);
}

static void draw_box(const SatsTableCell *cell, const SatsGalleyItem *item, SatsBoxBuilder *builder,
                     float y) {
    if (cell->again) {
        sats_table_merge_again(builder, item->as.box, cell->x_pt + item->x_pt, y);
    } else {
        sats_box_merge(builder, item->as.box, cell->x_pt + item->x_pt, y);
    }
}

static guint n_pieces(const SatsTableCell *cell) {
    return cell->flat ? cell->n_lines : cell->galley.n_items;
}

static float piece_height(const SatsTableCell *cell, guint index) {
    return cell->flat ? cell->lines[index].height_pt : cell->galley.items[index].height_pt;
}

/* The first line or item that begins at or below a height of the content; its top in *out_top. */
static guint seek(SatsTableCell *cell, float from_pt, float *out_top) {
    if (cell->seek_pt > from_pt + EPSILON_PT || from_pt <= 0) {
        cell->seek = 0;
        cell->seek_pt = 0;
    }
    while (cell->seek < n_pieces(cell) && cell->seek_pt < from_pt - EPSILON_PT) {
        cell->seek_pt += piece_height(cell, cell->seek++);
    }
    *out_top = cell->seek_pt;
    return cell->seek;
}

const SatsNoteBox *sats_table_cell_draw(SatsTableSetting *setting, SatsTableCell *cell,
                                        SatsBoxBuilder *builder, float y, float from_pt,
                                        float to_pt) {
    const SatsNoteBox *notes = NULL;
    float top = 0;
    for (guint i = seek(cell, from_pt, &top); i < n_pieces(cell) && top < to_pt - EPSILON_PT; i++) {
        const SatsNoteBox *more = NULL;
        if (cell->flat) {
            draw_line(setting, cell, &cell->lines[i], builder, y + top - from_pt);
            more = cell->lines[i].notes;
        } else if (cell->galley.items[i].kind == SATS_GALLEY_BOX) {
            draw_box(cell, &cell->galley.items[i], builder, y + top - from_pt);
            more = cell->galley.items[i].notes;
        }
        notes = sats_table_join_notes(notes, more, setting->arena);
        top += piece_height(cell, i);
    }
    return notes;
}

/* Two lines of a paragraph at least on each page. */
static float line_penalty(const SatsTableCell *cell, guint next) {
    const SatsNode *owner = cell->lines[next].owner;
    gboolean orphan = next == 1 || cell->lines[next - 2].owner != owner;
    gboolean widow = next + 1 == cell->n_lines || cell->lines[next + 1].owner != owner;
    if (cell->lines[next - 1].owner != owner) {
        return SATS_PENALTY_NONE;
    }
    return orphan || widow ? SATS_PENALTY_BAD : SATS_PENALTY_NONE;
}

static void add_line(SatsTableSetting *setting, const SatsTableCell *cell, guint index,
                     SatsBoxBuilder *builder, SatsGalley *out) {
    const SatsCellLine *line = &cell->lines[index];
    if (out->n_items > 0) {
        sats_galley_break(out, line_penalty(cell, index), NULL);
    }
    draw_line(setting, cell, line, builder, 0);
    sats_galley_box(out, sats_box_finish(builder, 0, line->height_pt), 0, line->notes);
}

static const SatsBox *box_again(SatsTableSetting *setting, const SatsBox *box) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    sats_table_merge_again(&builder, box, 0, 0);
    const SatsBox *again = sats_box_finish(&builder, box->width_pt, box->height_pt);
    sats_box_builder_clear(&builder);
    return again;
}

static void copy_item(SatsTableSetting *setting, const SatsTableCell *cell,
                      const SatsGalleyItem *item, SatsGalley *out) {
    if (item->kind == SATS_GALLEY_BOX) {
        const SatsBox *box = cell->again ? box_again(setting, item->as.box) : item->as.box;
        sats_galley_box(out, box, cell->x_pt + item->x_pt, item->notes);
    } else if (item->kind == SATS_GALLEY_GLUE) {
        sats_galley_space(out, item->height_pt);
    } else if (item->kind == SATS_GALLEY_BREAK) {
        sats_galley_break(out, item->penalty, NULL);
    }
}

float sats_table_cell_galley(SatsTableSetting *setting, SatsTableCell *cell, float from_pt,
                             float to_pt, SatsGalley *out) {
    sats_galley_init(out, setting->arena);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, setting->arena);
    float top = 0;
    float offset = 0;
    for (guint i = seek(cell, from_pt, &top); i < n_pieces(cell) && top < to_pt - EPSILON_PT; i++) {
        gboolean box = cell->flat || cell->galley.items[i].kind == SATS_GALLEY_BOX;
        offset = out->n_items == 0 ? top - from_pt : offset;
        if (cell->flat) {
            add_line(setting, cell, i, &builder, out);
        } else if (box || out->n_items > 0) {
            copy_item(setting, cell, &cell->galley.items[i], out);
        }
        top += piece_height(cell, i);
    }
    sats_box_builder_clear(&builder);
    return offset;
}

gboolean sats_table_cell_straddles(SatsTableCell *cell, float y) {
    float top = 0;
    guint next = seek(cell, y, &top);
    while (next > 0 && !cell->flat && cell->galley.items[next - 1].kind != SATS_GALLEY_BOX) {
        next--;
        top -= piece_height(cell, next);
    }
    return next > 0 && top > y + EPSILON_PT;
}
