/* layout/table-cell.h: one cell: measured, set, drawn whole or in parts. Private to
 * layout/table*.c.
 *
 * Life: set -> draw, or galley for slicing -> clear. What is drawn lives with the pages; the rest
 * in the scratch memory given to set.
 */
#ifndef SATS_LAYOUT_TABLE_CELL_H
#define SATS_LAYOUT_TABLE_CELL_H

#include "layout/table.h"

typedef struct {
    SatsLine *line;
    const SatsNode *owner;
    const SatsTextStyle *style;
    const SatsNoteBox *notes;
    float x_pt, top_pt, height_pt, baseline_pt; /* x in the table, top in the cell's content */
} SatsCellLine;

typedef struct {
    const SatsNode *node; /* CELL */
    guint first, last;    /* columns */
    guint row, row_span;  /* within the block of rows being set */
    gboolean flat;        /* lines, else galley */
    gboolean again;       /* as an artifact */
    SatsCellLine *lines;
    guint n_lines;
    SatsGalley galley;
    float trim_pt;        /* kept free at the right (a group row's remark) */
    float x_pt, width_pt; /* content box in the table */
    float height_pt;
    guint seek; /* where the last look into the content ended: looks go downwards */
    float seek_pt;
} SatsTableCell;

typedef struct {
    float min_pt, max_pt, integer_pt, fraction_pt, hang_pt;
} SatsCellMeasure;

/* Most of the page's height that turned text takes, in points. */
float sats_table_turned_most(const SatsTableSetting *setting);
void sats_table_cell_measure(SatsTableSetting *setting, const SatsTableRow *row,
                             const SatsNode *cell, SatsCellMeasure *out);
/* Sets a cell's content to its columns' width. `scratch` gets what is not part of the pages. */
void sats_table_cell_set(SatsTableSetting *setting, const SatsTableRow *row, const SatsNode *cell,
                         SatsArena *scratch, SatsTableCell *out);
void sats_table_cell_clear(SatsTableCell *cell);
/* Draws the part of a cell whose lines or boxes begin between two heights of its content. */
const SatsNoteBox *sats_table_cell_draw(SatsTableSetting *setting, SatsTableCell *cell,
                                        SatsBoxBuilder *builder, float y, float from_pt,
                                        float to_pt);
/* Copies of the boxes that begin between two heights, as a galley of its own, for slicing. Returns
 * how far below `from_pt` the first of them stands. */
float sats_table_cell_galley(SatsTableSetting *setting, SatsTableCell *cell, float from_pt,
                             float to_pt, SatsGalley *out);
/* One chain after the other; neither is changed. */
const SatsNoteBox *sats_table_join_notes(const SatsNoteBox *first, const SatsNoteBox *second,
                                         SatsArena *arena);
/* TRUE when a line or box of the content straddles this height. */
gboolean sats_table_cell_straddles(SatsTableCell *cell, float y);
SatsAlign sats_table_cell_align(const SatsTableSetting *setting, const SatsNode *cell,
                                gboolean head);

#endif
