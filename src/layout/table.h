/* layout/table.h: what the files of tables share. Private to layout/table*.c.
 *
 * A SatsTableSetting is one table (or, when it had to be split by columns, one part of it) on its
 * way into a galley. It lives in the pages' arena, because the resumes of its break points need it
 * until the last page is broken.
 *
 *   table.c         the driver: grid → widths → caption and head → rows → notes
 *   table-grid.c    rows and their relations, out of the node tree
 *   table-widths.c  measuring; table-columns.c from measures to widths
 *   table-cell.c    one cell's content becomes lines or a galley
 *   table-head.c    heads: levels, turned text
 *   table-rows.c    rows → bands → slices, with the penalties between them
 *   table-lines.c   rules and fills
 *   table-resume.c  what is said again after a page break
 *   table-notes.c   caption line, and notes under the table
 *   table-split.c   too wide: parts by columns, the key columns repeated
 */
#ifndef SATS_LAYOUT_TABLE_H
#define SATS_LAYOUT_TABLE_H

#include "layout/context.h"

#define SATS_TABLE_MM (72.0F / 25.4F)

/* ---- grid ---- */

typedef struct {
    const SatsNode *node;     /* ROW */
    guint32 item;             /* row that begins the item this row is a part of; itself mostly */
    guint16 own_column;       /* where the row's own cells begin */
    guint16 full_column;      /* where the first cell that is not empty begins */
    guint8 group;             /* SatsRowGroupKind */
    guint8 joined;            /* a row span crosses the boundary below */
    guint8 area;              /* begins or is in a row span of unlike rows: thin rule around */
    guint8 last_in_area;
} SatsTableRow;

typedef struct {
    const SatsNode *node;     /* TABLE */
    const SatsTable *table;
    const SatsNode *caption, *notes;  /* NULL none */
    SatsTableRow *rows;       /* head rows first */
    guint n_rows, n_head;
} SatsTableGrid;

void sats_table_grid_read(SatsTableGrid *grid, const SatsNode *table, SatsArena *arena);
/* TRUE when a cell holds nothing at all. */
gboolean sats_table_cell_is_empty(const SatsNode *cell);
SatsRowKind sats_table_row_kind(const SatsTableRow *row);
/* TRUE for head rows and for the heads of a second block. */
gboolean sats_table_row_is_head(const SatsTableRow *row);

/* ---- setting ---- */

typedef struct {
    const SatsTableColumn *column;
    float x_pt, width_pt;               /* of the column with its padding */
    float gap_pt;                       /* empty before the column */
    float pad_left_pt, pad_right_pt;
    float min_pt, max_pt;               /* of content */
    float body_max_pt;                  /* of content below the head */
    float integer_pt, fraction_pt;      /* DECIMAL: widest part before and from the comma on */
    float hang_pt;                      /* widest note mark that hangs outside the digits */
    gboolean number;                    /* right or decimal */
    gboolean compact;                   /* numbers or crosses: takes little of spare room */
    gboolean hidden;                    /* not in this part of a split table */
    gboolean again;                     /* repeated key column of a later part: artifacts */
} SatsColumnBox;

/* How a row's text looks. `text` may divide words, `plain` not. */
typedef struct {
    const char *name;
    const SatsTextStyle *text, *plain;
} SatsRowStyle;

typedef struct SatsTableSetting {
    SatsContext *context;
    SatsArena *arena;
    const SatsTableGrid *grid;
    const SatsTableStyle *style;
    SatsMeasure measure;
    SatsRowStyle row_styles[8];         /* by SatsRowKind */
    guint32 ink, hairline, tint, muted;
    float side_pt, column_gap_pt;       /* paddings, maybe tightened */
    float scale;                        /* of type, 1 unless tightened */
    SatsColumnBox *columns;
    guint n_columns;
    guint part, n_parts;                /* of a table split by columns; 0 of 1 */
    float width_pt;
    const SatsBox *caption_again;       /* caption "(forts.)", made when first wanted */
    const SatsBox *head;                /* NULL: no head */
    const SatsBox *head_again;          /* the same as artifacts */
    float caption_pt, head_pt;          /* heights */
} SatsTableSetting;

void sats_table_setting_init(SatsTableSetting *setting, SatsContext *context, const SatsTableGrid *grid,
                             const SatsMeasure *measure);
/* (Re)makes the row styles for the setting's scale. */
void sats_table_styles_make(SatsTableSetting *setting);
/* Sets one setting, whose columns have their widths, into the galley. */
void sats_table_part_set(SatsTableSetting *setting, SatsGalley *galley);
/* The box of a cell: columns it covers, without those that are hidden. FALSE: none is seen. */
gboolean sats_table_cell_box(const SatsTableSetting *setting, const SatsNode *cell, guint *out_first,
                             guint *out_last);

/* ---- widths ---- */

/* Measures all cells: fills min, max and decimal widths of the columns. */
void sats_table_measure(SatsTableSetting *setting);
/* Padding and gaps from the look of the columns. */
void sats_table_pad(SatsTableSetting *setting);
/* From measures to widths that add up to `width_pt`; FALSE when even the least do not fit. */
gboolean sats_table_columns_resolve(SatsTableSetting *setting, float width_pt);
/* Places columns whose widths are known. */
void sats_table_columns_place(SatsTableSetting *setting);
/* Everything about widths; tightens where needed. FALSE: must be split by columns. */
gboolean sats_table_widths(SatsTableSetting *setting);
float sats_table_decimal_x(const SatsTableSetting *setting, const SatsColumnBox *column, float right_pt);

/* ---- cells ---- */

typedef struct {
    SatsLine *line;
    const SatsNode *owner;
    const SatsTextStyle *style;
    const SatsNoteBox *notes;
    float x_pt, top_pt, height_pt, baseline_pt;  /* x in the table, top in the cell's content */
} SatsCellLine;

typedef struct {
    const SatsNode *node;         /* CELL */
    guint first, last;            /* columns */
    guint row, row_span;          /* within the block of rows being set */
    gboolean flat;                /* lines, else galley */
    gboolean again;               /* as an artifact */
    SatsCellLine *lines;
    guint n_lines;
    SatsGalley galley;
    float trim_pt;                /* kept free at the right (a group row's remark) */
    float x_pt, width_pt;         /* content box in the table */
    float height_pt;
} SatsTableCell;

typedef struct {
    float min_pt, max_pt, integer_pt, fraction_pt, hang_pt;
} SatsCellMeasure;

void sats_table_cell_measure(SatsTableSetting *setting, const SatsTableRow *row, const SatsNode *cell,
                             SatsCellMeasure *out);
/* Sets a cell's content to its columns' width. `scratch` gets what is not part of the pages. */
void sats_table_cell_set(SatsTableSetting *setting, const SatsTableRow *row, const SatsNode *cell,
                         SatsArena *scratch, SatsTableCell *out);
void sats_table_cell_clear(SatsTableCell *cell);
/* Draws the part of a cell whose lines or boxes begin between two heights of its content. */
const SatsNoteBox *sats_table_cell_draw(SatsTableSetting *setting, const SatsTableCell *cell,
                                        SatsBoxBuilder *builder, float y, float from_pt, float to_pt);
/* Copies of the boxes that begin between two heights, as a galley of its own, for slicing. Returns
 * how far below `from_pt` the first of them stands. */
float sats_table_cell_galley(SatsTableSetting *setting, const SatsTableCell *cell, float from_pt,
                             float to_pt, SatsGalley *out);
/* One chain after the other; neither is changed. */
const SatsNoteBox *sats_table_join_notes(const SatsNoteBox *first, const SatsNoteBox *second,
                                         SatsArena *arena);
/* TRUE when a line or box of the content straddles this height. */
gboolean sats_table_cell_straddles(const SatsTableCell *cell, float y);
SatsAlign sats_table_cell_align(const SatsTableSetting *setting, const SatsNode *cell, gboolean head);

/* ---- head ---- */

/* Sets all head rows as one box; NULL when the table has none. */
const SatsBox *sats_table_head_set(SatsTableSetting *setting, const SatsNoteBox **out_notes);
/* TRUE for a head cell that has heads under it. */
gboolean sats_table_head_is_group(const SatsTableGrid *grid, const SatsNode *cell);

/* ---- rows ---- */

/* Rows joined by row spans, set together; most often one row. Heights are within the block. */
typedef struct {
    SatsTableSetting *setting;
    SatsGalley *galley;
    SatsArena *scratch;
    SatsBoxBuilder builder;
    GArray *cells;                      /* of SatsTableCell, by row, then column */
    GArray *starts;                     /* of guint: each row's first cell, and the end */
    GArray *active;                     /* of guint: cells that span into the band from above */
    GArray *part;                       /* of guint: cells that are seen in the band */
    GArray *tops;                       /* of float: count + 1 */
    guint first, count;                 /* rows of the grid */
    guint group, subgroup;              /* running group rows + 1; 0 none */
    float group_pt, subgroup_pt;        /* their heights when said again */
} SatsTableBlock;

void sats_table_rows_set(SatsTableSetting *setting, SatsGalley *galley);
/* Padding above and below a row's content. */
void sats_table_row_padding(const SatsTableSetting *setting, const SatsTableRow *row, float *out_above,
                            float *out_below);
/* Height of a cell's content top within its block. */
float sats_table_content_top(const SatsTableBlock *block, const SatsTableCell *cell);
/* Cost of a page break between two rows. */
float sats_table_row_penalty(const SatsTableSetting *setting, guint upper);
/* Adds the break point under a finished slice: `cut_pt` within the block, `row` of the grid is what
 * follows, or goes on when `inside`. */
void sats_table_break_add(SatsTableBlock *block, SatsBox *slice, guint row, gboolean inside, float cut_pt,
                          float penalty);

/* ---- lines ---- */

typedef struct {
    float weight_pt, x_pt;
    guint32 rgb;
    gboolean dotted;
} SatsBoundary;

/* The rule between two neighbouring rows; `lower` NULL: the table's end. Weight 0: none. */
SatsBoundary sats_table_boundary(const SatsTableSetting *setting, const SatsTableRow *upper,
                                 const SatsTableRow *lower);
void sats_table_boundary_draw(const SatsTableSetting *setting, SatsBoxBuilder *builder,
                              const SatsBoundary *boundary, float y);
/* Tints, zebra, cells' own fills, grid lines of a row between two heights of a box. */
void sats_table_row_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder, guint row, float top,
                         float bottom);
void sats_table_cell_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder, const SatsNode *cell,
                          float top, float bottom);
void sats_table_grid_lines(const SatsTableSetting *setting, SatsBoxBuilder *builder, float top, float bottom);
/* Makes a finished box end with a rule over the full width, `below_pt` under it, as the last of its
 * page. */
void sats_table_close_box(const SatsTableSetting *setting, SatsBox *box, float below_pt);

/* ---- resume ---- */

/* A cell whose text is said again, beside the row after the break. */
typedef struct SatsTableLabel {
    const SatsNode *cell;
    guint row;                          /* of the grid */
    const struct SatsTableLabel *next;
} SatsTableLabel;

typedef struct {
    SatsResume base;                    /* first */
    SatsTableSetting *setting;
    SatsBox *above;                     /* the slice that ends the page */
    const SatsTableLabel *labels;
    guint group, subgroup;              /* running group rows of the grid + 1; 0 none */
    float group_pt;                     /* height of the group rows said again */
    gboolean inside;                    /* a row is cut */
    float pad_above_pt, pad_below_pt;   /* of the row below; below the cut row's part */
} SatsTableResume;

/* Fills in height and function. */
void sats_table_resume_finish(SatsTableResume *resume);
/* A group row's title with "(forts.)" at `y`; returns its height. `builder` NULL: only measures. */
float sats_table_group_again(SatsTableSetting *setting, guint row, SatsBoxBuilder *builder, float y);
/* Copies items as artifacts of pagination. */
void sats_table_merge_again(SatsBoxBuilder *builder, const SatsBox *box, float dx, float dy);

/* ---- caption and notes ---- */

/* The caption line; NULL when the table has neither caption nor unit. `again` adds "(forts.)" and
 * makes it an artifact. Its height includes the space to the head. */
const SatsBox *sats_table_caption_set(SatsTableSetting *setting, gboolean again, const SatsNoteBox **out_notes);
/* Sets words that have no runs of their own (unit, remark) at the table's right edge, read after
 * the owner's text. Returns their width. */
float sats_table_right_words(SatsTableSetting *setting, const char *words, const char *style,
                             const SatsNode *owner, gboolean again, SatsBoxBuilder *builder, float baseline_y);
/* TRUE when anything was set. */
gboolean sats_table_notes_set(SatsTableSetting *setting, SatsGalley *galley);

/* ---- split ---- */

void sats_table_split_set(SatsTableSetting *setting, SatsGalley *galley);

#endif
