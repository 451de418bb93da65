/* bind/table.h: what the files of tables share. Private to bind's table.c, table-head.c,
 * rows.c, cells.c, drop-columns.c, free-table.c.
 *
 * A SatsTableMaker is one table while it is made: its columns, the rows that spans still cover, the
 * spans, groups and parts that are open, and the ids of the header cells in force.
 */
#ifndef SATS_BIND_TABLE_H
#define SATS_BIND_TABLE_H

#include "bind/binder.h"

/* What titles rows, from the outermost. */
enum {
    SATS_TABLE_GROUP,
    SATS_TABLE_SUBGROUP,
    SATS_TABLE_BLOCK, /* a block's head that is one cell over the columns */
    SATS_TABLE_TITLES
};

/* What is open around the rows being made. */
typedef struct {
    const SatsRowSpec *spec;
    gboolean placed;   /* its own cells (GROUP: its row) are made */
    gboolean dropping; /* nothing may be made of it alone */
    guint first_cell;  /* SPAN, PARTS: its cells in `span_cells` … */
    guint first_column, end_column;
    guint n_row_ids;   /* row header ids in force before it */
    guint first_index; /* index of its first row */
    SatsNode *first_row;
} SatsTableFrame;

typedef struct {
    SatsBinder *binder;
    SatsNode *table, *body;
    guint n_columns;
    SatsTableColumn *columns;
    gboolean uses_headers; /* Scope is not enough: cells name their headers */
    guint n_ids;
    const char ***column_ids; /* by column: NULL-terminated ids of the heads above it */
    const char ***cached;     /* by column: `headers` of its plain cells, … */
    guint *cached_at;         /* … made at this state */
    guint state;              /* counts changes of groups and heads */
    const char *group_ids[SATS_TABLE_TITLES]; /* of what titles the rows; NULL none */
    GPtrArray *row_ids; /* of row headers: of open spans, then of the row being made */
    guint *busy;        /* by column: rows to come that a span covers; G_MAXUINT an open one */
    SatsNode **busy_cell;
    gboolean *taken; /* by column: of the row being made */
    GArray *frames;  /* SatsTableFrame */
    GPtrArray *span_cells;
    SatsNode *last_row, *row;
    gboolean after_area;          /* the outermost span has ended before the next row */
    SatsNode *tail, *before_tail; /* totals at the end, and the row before them */
    guint n_totals;
} SatsTableMaker;

/* ---- rows.c ---- */

/* Makes all rows of the specs. */
void sats_table_rows(SatsTableMaker *maker, const SatsRowSpec *specs, guint n);
/* TRUE when a row of data would come of them. */
gboolean sats_table_any_row(SatsBinder *binder, const SatsRowSpec *specs, guint n, gboolean totals);
/* A row under the body, and the rest of its columns as empty cells. */
SatsNode *sats_table_row_begin(SatsTableMaker *maker, SatsRowKind kind, SatsRule rule,
                               SatsPlace place);
void sats_table_row_end(SatsTableMaker *maker);
/* Rows that spans promised and did not come. */
void sats_table_rows_end(SatsTableMaker *maker);

/* ---- cells.c ---- */

/* Makes the cells of a row from the first free column on; ones of a span stay open. */
void sats_table_cells(SatsTableMaker *maker, const SatsCellSpec *cells, guint n,
                      SatsTableFrame *frame);
/* One cell of the row being made; NULL when there is no free column. `span` 0: one. */
SatsNode *sats_table_cell(SatsTableMaker *maker, guint span, SatsPlace place);
/* Makes it a header cell. */
void sats_table_cell_head(SatsTableMaker *maker, SatsNode *cell, SatsScope scope);
/* Gives the cell the ids of its headers, when the table needs them. */
void sats_table_cell_headers(SatsTableMaker *maker, SatsNode *cell);
/* From now on rows have the title with this id (NULL: none) and no title further in. */
void sats_table_set_title(SatsTableMaker *maker, guint level, const char *id);
gboolean sats_table_cell_is_blank(const SatsNode *cell);

/* ---- table-head.c ---- */

/* A head, and those that stand under it. Its cell is made outside the tree, as its words may be
 * those of a loop's turn, and is put into its row with the rest. */
typedef struct SatsTableHead SatsTableHead;
struct SatsTableHead {
    SatsNode *cell;
    SatsTableHead *children; /* NULL: it heads one column */
    guint n_children;
    guint n_columns; /* columns under it, at least one */
};

/* How many rows the heads take; 0 for none. */
guint sats_table_head_levels(const SatsTableHead *heads, guint n);
/* Makes the head's rows. A head with others under it spans their columns, one without reaches down
 * to the last row; each is a header cell unless it is blank, and the columns' cells have the ids of
 * all that stand over them, once `uses_headers` of the maker says so. The heads have the table's
 * columns in their order. */
void sats_table_head(SatsTableMaker *maker, const SatsTableHead *heads, guint n, SatsPlace place);

/* ---- drop-columns.c ---- */

/* Takes out the columns that are to go when no row has anything in them. The last one stays. */
void sats_table_drop_columns(SatsNode *table);

/* ---- table.c ---- */

void sats_table_maker_init(SatsTableMaker *maker, SatsBinder *binder, SatsNode *table,
                           guint n_columns);
void sats_table_maker_clear(SatsTableMaker *maker);
SatsNode *sats_table_row_group(SatsBinder *binder, SatsNode *table, SatsRowGroupKind kind,
                               SatsPlace place);
/* Moves the totals at the end of the body into a foot. */
void sats_table_foot(SatsTableMaker *maker);

#endif
