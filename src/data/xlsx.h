/* data/xlsx.h: tables in the sheets of an Excel workbook (.xlsx, .xlsm), as values like a plan's.
 *
 * A cell gives what it shows: a number with the decimals of its number format (a percentage as the
 * number before the sign, without the sign), a date as 2024-12-31, a time as 13:45, true and false
 * as ja and nej, a text without blanks around it. A formula gives the value that was saved with it.
 * Of merged cells the first holds the value, the others are blank. Hidden rows, columns and sheets
 * are read like others. Rows become maps as those of CSV do (data/rows.h).
 *
 * Life: open -> read … -> free.
 */
#ifndef SATS_DATA_XLSX_H
#define SATS_DATA_XLSX_H

#include "data/value.h"

typedef struct SatsWorkbook SatsWorkbook;

/* Opens a workbook whose bytes are `file`; source, arena and report must outlive it, and its sheets
 * become sources of `sources`. Findings of the code "xlsx-file" tell what is no workbook, or a
 * damaged, encrypted or hostile one, "limit" one that unpacks to too much; NULL then. NULL with
 * GError when the libraries that it takes are not there. */
SatsWorkbook *sats_workbook_open(SatsSources *sources, const SatsSource *file, SatsArena *arena,
                                 SatsReport *report, GError **error);
void sats_workbook_free(SatsWorkbook *workbook);

/* Reads a range as a list of rows. `reference` is as a formula's: "Blad1!A3:F20", "'Budget
 * 2024'!A:F", "Blad1!3:20", or "Blad1": all that is used; "" is the only visible sheet. "Namn" and
 * "Blad1!Namn" are a name of the workbook's, the sheet's own before it, or a table: its head and
 * rows, no totals. `place` is where the reference stands, for findings about it. `max_nodes`: rows
 * and cells, 0 as SatsReadLimits.
 *
 * Findings: "xlsx-sheet", "xlsx-range" (at `place`); "xlsx-cell" (an error, a formula without a
 * value, a number or date that cannot be), "control-character", "empty", those of data/rows.h, at
 * the cell. NULL when nothing usable was read. Rows and texts are in the arena, not the workbook's.
 */
const SatsValue *sats_workbook_read(SatsWorkbook *workbook, const char *reference,
                                    const SatsPlace *place, gsize max_nodes);

#endif
