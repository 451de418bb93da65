/* data/rows.h: fields become the rows of a table, the same way for every kind of file.
 *
 * The first row that holds anything names the columns; every row after it becomes a map by these
 * names, whose places are those of its keys. Empty rows, and columns at the right end without name
 * and content, are left out.
 *
 * Life: begin -> add … -> end.
 */
#ifndef SATS_DATA_ROWS_H
#define SATS_DATA_ROWS_H

#include "data/value.h"

typedef struct {
    SatsArena *arena;
    SatsReport *report;
    gboolean comma_parts; /* "," parts the fields: a decimal comma may have parted one too many */
    gboolean stopped;     /* the limit was reached, and told */
    guint n_columns;      /* 0 until the first row is added */
    const char **names;   /* of the columns; NULL for one that is refused */
    SatsPlace *places;    /* of the names */
    GPtrArray *list;      /* const SatsValue: the rows */
    gsize nodes, max_nodes;
} SatsRows;

/* `max_nodes`: 0 takes the default of SatsReadLimits. What is read is in the arena. */
void sats_rows_begin(SatsRows *rows, gsize max_nodes, SatsArena *arena, SatsReport *report);

/* Adds a row of at least one field; the fields are shared, the array is not. A row of another width
 * than the first is reported, empty fields at the end not counted, and kept with the fields that
 * have a name. Findings: "table-width", "table-header", "duplicate-key", "limit". FALSE when
 * there is room for no more. */
gboolean sats_rows_add(SatsRows *rows, const SatsValue *const *fields, guint n_fields);

/* The list of rows, whose place is `place`, in the arena; NULL when the limit was reached or no row
 * held anything (n_columns is 0 then). To be called once, also when the result is not used. */
const SatsValue *sats_rows_end(SatsRows *rows, SatsPlace place);

#endif
