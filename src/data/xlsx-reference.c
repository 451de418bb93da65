/* data/xlsx-reference.c: references to cells, as formulas write them. */
#include "data/xlsx-parts.h"

#include <string.h>

/* Letters, then digits, either may be missing: 0 then. FALSE: beyond what a sheet has. */
static gboolean read_corner(const char **at, guint32 *out_row, guint32 *out_column) {
    guint32 row = 0, column = 0;
    gboolean inside = TRUE, digits = FALSE;
    if (**at == '$')
        (*at)++;
    for (; g_ascii_isalpha(**at); (*at)++) {
        column = MIN(column * 26 + (guint32)(g_ascii_toupper(**at) - 'A') + 1, G_MAXUINT16);
    }
    if (column > 0 && **at == '$')
        (*at)++;
    for (; g_ascii_isdigit(**at); (*at)++) {
        row = MIN(row * 10 + (guint32)(**at - '0'), 10000000);
        digits = TRUE;
    }
    inside = column <= SATS_XLSX_COLUMNS && row <= SATS_XLSX_ROWS && (row > 0 || !digits);
    *out_row = row;
    *out_column = column;
    return inside;
}

SatsRangeResult sats_cell_range_parse(const char *text, SatsCellRange *out) {
    SatsCellRange range = {0};
    gboolean word = strpbrk(text, "0123456789:") == NULL;
    gboolean inside = read_corner(&text, &range.first_row, &range.first_column);
    gboolean single = *text == '\0';
    range.last_row = range.first_row;
    range.last_column = range.first_column;
    if (*text == ':') {
        text++;
        inside = read_corner(&text, &range.last_row, &range.last_column) && inside;
    }
    gboolean rows = range.first_row > 0, columns = range.first_column > 0;
    if (*text != '\0' || word)
        return SATS_RANGE_NONE;
    if (!inside)
        return SATS_RANGE_OUTSIDE;
    if (rows != (range.last_row > 0) || columns != (range.last_column > 0) || (!rows && !columns) ||
        (single && !(rows && columns)))
        return SATS_RANGE_NONE;
    if (range.last_row < range.first_row || range.last_column < range.first_column)
        return SATS_RANGE_REVERSED;
    if (!rows) {
        range.first_row = 1;
        range.last_row = SATS_XLSX_ROWS;
    }
    if (!columns) {
        range.first_column = 1;
        range.last_column = SATS_XLSX_COLUMNS;
    }
    *out = range;
    return SATS_RANGE_GOOD;
}

gboolean sats_reference_parse(const char *reference, char **out_sheet, char **out_range) {
    GString *sheet = g_string_new(NULL);
    const char *at = reference;
    gboolean closed = TRUE;
    if (*at == '\'') {
        closed = FALSE;
        for (at++; *at != '\0' && !closed; at++) {
            if (*at == '\'' && at[1] == '\'')
                at++;
            else if (*at == '\'')
                closed = TRUE;
            if (!closed)
                g_string_append_c(sheet, *at);
        }
    } else {
        const char *end = strrchr(at, '!');
        g_string_append_len(sheet, at, end != NULL ? end - at : -1);
        at += sheet->len;
    }
    *out_sheet = g_string_free(sheet, FALSE);
    *out_range = *at == '!' ? g_strdup(at + 1) : NULL;
    return closed && (*at == '!' || *at == '\0');
}
