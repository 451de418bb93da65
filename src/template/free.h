/* template/free.h: the shape of free tables and free sections in a plan's data.
 *
 * Declarations of the types `table` and `blocks` say no more; what such a value holds is the same
 * in every plan and declared here, as if a template had.
 */
#ifndef SATS_TEMPLATE_FREE_H
#define SATS_TEMPLATE_FREE_H

#include "template/template.h"

/* A MAP: rubrik, id, enhet, stil, numrerad, kolumner, rader, noter. A column may also be a line, a
 * row a list of cells, a note a line; else they are the MAPs below. */
const SatsDecl *sats_free_table_decl(void);
const SatsDecl *sats_free_column_decl(void);
const SatsDecl *sats_free_row_decl(void);
const SatsDecl *sats_free_note_decl(void);
/* The rows of a free table (its `rader`) as a plan may write them: those that come from a file are
 * maps by the names of its first row, and become lists of cells in its order, in the arena. NULL:
 * the table has none. */
const SatsValue *sats_free_rows(const SatsValue *map, SatsArena *arena);

/* The LIST of a free table's columns; NULL: it has none. */
const SatsValue *sats_free_columns(const SatsValue *map);
/* Do the cells of the column head their rows? Those of the first do, unless others are said to. */
gboolean sats_free_column_is_key(const SatsValue *columns, guint index);
/* What stands at the head of a column, or NULL. */
const SatsValue *sats_free_column_head(const SatsValue *column);
/* What stands over that head (`under`), and over those of neighbours that say the same, or NULL. */
const SatsValue *sats_free_column_upper(const SatsValue *column);
/* FALSE: its numbers do not add up to what a sum row says (`summeras: nej`). */
gboolean sats_free_column_is_summed(const SatsValue *column);
/* The LIST of a row's cells as the plan gives it, and what kind of row it is: BODY, SUBTOTAL,
 * TOTAL, RESULT. NULL: it has none; a GROUP, or no row. */
const SatsValue *sats_free_row_cells(const SatsValue *row, SatsRowKind *out_kind);

/* A LIST of MAPs: rubrik, id, text, bild, tabell, tabeller, underavsnitt … */
const SatsDecl *sats_free_sections_decl(void);

#endif
