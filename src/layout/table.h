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
 *   table-transport.c  sums carried over page breaks
 *   table-split.c   too wide: parts by columns, the key columns repeated
 */
#ifndef SATS_LAYOUT_TABLE_H
#define SATS_LAYOUT_TABLE_H

#include "layout/context.h"

#define SATS_TABLE_MM     (72.0F / 25.4F)
#define SATS_TABLE_LAP_PT 1.0F /* tints reach so far under the next row */

/* ---- grid ---- */

typedef struct {
    const SatsNode *node; /* ROW */
    guint32 item;         /* row that begins the item this row is a part of; itself mostly */
    guint16 own_column;   /* where the row's own cells begin */
    guint16 full_column;  /* where the first cell that is not empty begins */
    guint8 group;         /* SatsRowGroupKind */
    guint8 joined;        /* a row span crosses the boundary below */
    guint8 area;          /* begins or is in a row span of unlike rows: thin rule around */
    guint8 last_in_area;
} SatsTableRow;

typedef struct {
    const SatsNode *node; /* TABLE */
    const SatsTable *table;
    const SatsNode *caption, *notes; /* NULL none */
    SatsTableRow *rows;              /* head rows first */
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
    float x_pt, width_pt; /* of the column with its padding */
    float gap_pt;         /* empty before the column */
    float pad_left_pt, pad_right_pt;
    float min_pt, max_pt;          /* of content */
    float body_max_pt;             /* of content below the head */
    float head_line_pt;            /* the head in one line */
    float integer_pt, fraction_pt; /* DECIMAL: widest part before and from the comma on */
    float hang_pt;                 /* widest note mark that hangs outside the digits */
    gboolean number;               /* right or decimal */
    gboolean compact;              /* numbers or crosses: takes little of spare room */
    gboolean hidden;               /* not in this part of a split table */
    gboolean again;                /* repeated key column of a later part: artifacts */
} SatsColumnBox;

/* How a row's text looks. `text` may divide words, `plain` not. */
typedef struct {
    const char *name;
    const SatsTextStyle *text, *plain;
} SatsRowStyle;

/* Whose words are divided for a table that is too wide otherwise; each of those before it, too. */
typedef enum {
    SATS_DIVIDE_NONE,
    SATS_DIVIDE_HEADS,
    SATS_DIVIDE_CELLS,
} SatsTableDivide;

typedef struct SatsTableTransport SatsTableTransport;

typedef struct SatsTableSetting {
    SatsContext *context;
    SatsArena *arena;
    const SatsTableGrid *grid;
    const SatsTableStyle *style;
    SatsMeasure measure;
    SatsRowStyle row_styles[8]; /* by SatsRowKind */
    guint32 ink, hairline, tint, muted;
    float side_pt, column_gap_pt; /* paddings, maybe tightened */
    float scale;                  /* of type, 1 unless tightened */
    SatsTableDivide divide;       /* whose words may be divided to fit the page */
    SatsColumnBox *columns;
    guint n_columns;
    guint part, n_parts; /* of a table split by columns; 0 of 1 */
    float width_pt;
    const SatsBox *caption_again; /* caption "(forts.)", made when first wanted */
    const SatsBox *head;          /* NULL: no head */
    const SatsBox *head_again;    /* the same as artifacts */
    float caption_pt, head_pt;    /* heights */
    const SatsSpan *spans[8];     /* of plain cells */
    guint next_span;
    SatsTableTransport *transport; /* NULL: no sums are carried over */
    float transport_pt;
} SatsTableSetting;

void sats_table_setting_init(SatsTableSetting *setting, SatsContext *context,
                             const SatsTableGrid *grid, const SatsMeasure *measure);
/* (Re)makes the row styles for the setting's scale. */
void sats_table_styles_make(SatsTableSetting *setting);
/* Sets one setting, whose columns have their widths, into the galley. */
void sats_table_part_set(SatsTableSetting *setting, SatsGalley *galley);
/* The box of a cell: columns it covers, without those that are hidden. FALSE: none is seen. */
gboolean sats_table_cell_box(const SatsTableSetting *setting, const SatsNode *cell,
                             guint *out_first, guint *out_last);

/* ---- widths ---- */

/* Padding and gaps from the look of the columns. */
void sats_table_pad(SatsTableSetting *setting);
/* From measures to widths that add up to `width_pt`; FALSE when even the least do not fit. */
gboolean sats_table_columns_resolve(SatsTableSetting *setting, float width_pt);
/* What the columns take, with the gaps between them. */
float sats_table_columns_sum(const SatsTableSetting *setting);
/* Places columns whose widths are known. */
void sats_table_columns_place(SatsTableSetting *setting);
/* Everything about widths; tightens where needed. FALSE: must be split by columns. */
gboolean sats_table_widths(SatsTableSetting *setting);
/* Where the comma stands in a column whose content ends at `right_pt`. */
float sats_table_decimal_x(const SatsColumnBox *column, float right_pt);

/* ---- head ---- */

/* Sets all head rows as one box; NULL when the table has none. */
const SatsBox *sats_table_head_set(SatsTableSetting *setting, const SatsNoteBox **out_notes);
/* TRUE for a head cell that has heads under it. */
gboolean sats_table_head_is_group(const SatsTableGrid *grid, const SatsNode *cell);

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
/* Tints and zebra of a row, or the part of it between two heights, with which it begins or ends. */
void sats_table_row_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder, guint row,
                         float top, float bottom, gboolean begins, gboolean ends);
void sats_table_cell_fill(const SatsTableSetting *setting, SatsBoxBuilder *builder,
                          const SatsNode *cell, float top, float bottom, gboolean begins);
void sats_table_grid_lines(const SatsTableSetting *setting, SatsBoxBuilder *builder, float top,
                           float bottom);
/* Makes a finished box end with a rule over the full width, `below_pt` under it, as the last of its
 * page. */
void sats_table_close_box(const SatsTableSetting *setting, SatsBox *box, float below_pt);

/* ---- caption and notes ---- */

/* The caption line; NULL when the table has neither caption nor unit. `again` adds "(forts.)" and
 * makes it an artifact. Its height includes the space to the head. */
const SatsBox *sats_table_caption_set(SatsTableSetting *setting, gboolean again,
                                      const SatsNoteBox **out_notes);
/* Sets words that have no runs of their own (unit, remark) at the table's right edge, read after
 * the owner's text. Returns their width. */
float sats_table_right_words(SatsTableSetting *setting, const char *words, const char *style,
                             const SatsNode *owner, gboolean again, SatsBoxBuilder *builder,
                             float baseline_y);
/* TRUE when anything was set. */
gboolean sats_table_notes_set(SatsTableSetting *setting, SatsGalley *galley);

/* ---- transport ---- */

void sats_table_transport_start(SatsTableSetting *setting);
/* Draws the line of sums of all rows before `row`, `transport_pt` high. */
void sats_table_transport_draw(SatsTableSetting *setting, guint row, SatsBoxBuilder *builder,
                               float y);

/* ---- split ---- */

void sats_table_split_set(SatsTableSetting *setting, SatsGalley *galley);

#endif
