/* data/csv.h: tables that come from a spreadsheet, as values like a plan's.
 *
 * What Swedish Excel and others export is read as it is: fields between ";", "," or tabs (found in
 * the first line, or told by "sep=;"), quotes, UTF-8 with or without byte order mark or
 * Windows-1252, any line ends. Numbers stay texts with their decimal comma, for
 * sats_value_number(). Empty fields are null; empty rows, and columns at the right end without name
 * and content, are left out.
 */
#ifndef SATS_DATA_CSV_H
#define SATS_DATA_CSV_H

#include "data/value.h"

/* Reads a list of rows. `limits` may be NULL; max_depth is not used, rows and fields are nodes.
 * Findings: "csv-quote", those of data/rows.h, "utf8", "control-character", "limit", "empty". NULL
 * when nothing usable was read. A row of the wrong width is kept, with the fields that have a name.
 * Names are one string for all rows, as keys of one YAML tree. */
const SatsValue *sats_csv_read(const SatsSource *source, const SatsReadLimits *limits,
                               SatsArena *arena, SatsReport *report);

#endif
