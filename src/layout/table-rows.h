/* layout/table-rows.h: rows on their way to slices, their breaks, and what is said again after one.
 * Private to layout/table*.c; the essays stand in table-rows.c, table-break.c and table-resume.c.
 */
#ifndef SATS_LAYOUT_TABLE_ROWS_H
#define SATS_LAYOUT_TABLE_ROWS_H

#include "layout/table-cell.h"

/* ---- rows ---- */

/* Rows joined by row spans, set together; most often one row. Heights are within the block. */
typedef struct {
    SatsTableSetting *setting;
    SatsGalley *galley;
    SatsArena *scratch;
    SatsBoxBuilder builder;
    GArray *cells;               /* of SatsTableCell, by row, then column */
    GArray *starts;              /* of guint: each row's first cell, and the end */
    GArray *active;              /* of guint: cells that span into the band from above */
    GArray *part;                /* of guint: cells that are seen in the band */
    GArray *tops;                /* of float: count + 1 */
    guint first, count;          /* rows of the grid */
    guint group, subgroup;       /* running group rows + 1; 0 none */
    float group_pt, subgroup_pt; /* their heights when said again */
} SatsTableBlock;

void sats_table_rows_set(SatsTableSetting *setting, SatsGalley *galley);
/* Padding above and below a row's content. */
void sats_table_row_padding(const SatsTableSetting *setting, const SatsTableRow *row,
                            float *out_above, float *out_below);
/* Height of a cell's content top within its block. */
float sats_table_content_top(const SatsTableBlock *block, const SatsTableCell *cell);
/* Cost of a page break between two rows. */
float sats_table_row_penalty(const SatsTableSetting *setting, guint upper);
/* Adds the break point under a finished slice: `cut_pt` within the block, `row` of the grid is what
 * follows, or goes on when `inside`. */
void sats_table_break_add(SatsTableBlock *block, SatsBox *slice, guint row, gboolean inside,
                          float cut_pt, float penalty);

/* ---- resume ---- */

/* A cell whose text is said again, beside the row after the break. */
typedef struct SatsTableLabel {
    const SatsNode *cell;
    guint row; /* of the grid */
    const struct SatsTableLabel *next;
} SatsTableLabel;

typedef struct {
    SatsResume base; /* first */
    SatsTableSetting *setting;
    SatsBox *above; /* the slice that ends the page */
    guint row;      /* of the grid, below the break */
    const SatsTableLabel *labels;
    guint group, subgroup;            /* running group rows of the grid + 1; 0 none */
    float group_pt;                   /* height of the group rows said again */
    gboolean inside;                  /* a row is cut */
    float pad_above_pt, pad_below_pt; /* of the row below; below the cut row's part */
} SatsTableResume;

/* Fills in height and function. */
void sats_table_resume_finish(SatsTableResume *resume);
/* A group row's title with "(forts.)" at `y`; returns its height. `builder` NULL: only measures. */
float sats_table_group_again(SatsTableSetting *setting, guint row, SatsBoxBuilder *builder,
                             float y);
/* Copies items as artifacts of pagination. */
void sats_table_merge_again(SatsBoxBuilder *builder, const SatsBox *box, float dx, float dy);

#endif
