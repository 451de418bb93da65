/* data/xlsx-sheet.c: a sheet's cells, and a range of them as rows.
 *
 * Only cells that hold something are kept, as the file has them; what a cell shows is worked out
 * when a range takes it, so that what is wrong elsewhere in the sheet is nobody's business. */
#include "data/rows.h"
#include "data/xlsx-parts.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_CELLS = 2000000, MAX_MERGES = 100000, MAX_MERGE_STEPS = 20000000 };

/* ---- cells from XML ---- */

typedef struct {
    SatsWorkbook *workbook;
    SatsSheet *sheet;
    GArray *merges; /* SatsCellRange */
    gboolean in_data, in_cell, in_inline, in_text;
    guint phonetic;
    SatsCell cell;
    GString *text;
    gboolean has_text;
} Reader;

static SatsPlace cell_place(const SatsSheet *sheet, guint32 row, guint32 column) {
    return sats_place(sheet->source, row, column, 0);
}

static void refuse_sheet(Reader *reader, const char *en, const char *sv) {
    SatsPlace place = cell_place(reader->sheet, reader->cell.row, reader->cell.column);
    gboolean swedish = sats_report_language(reader->workbook->report) == SATS_LANGUAGE_SWEDISH;
    sats_report_add(reader->workbook->report, SATS_ERROR, "xlsx-file", &place, "%s", "%s",
                    swedish ? sv : en);
    sats_package_stop(&reader->workbook->package);
}

static void start_row(Reader *reader, const char **attributes) {
    const char *number = sats_part_attribute(attributes, "r");
    guint64 row = number == NULL ? reader->cell.row + 1u : g_ascii_strtoull(number, NULL, 10);
    if (row <= reader->cell.row || row > SATS_XLSX_ROWS) {
        refuse_sheet(reader, "the file is damaged: its rows are out of order",
                     "filen är skadad: raderna ligger i oordning");
        return;
    }
    reader->cell = (SatsCell){.row = (guint32)row};
}

static SatsCellType read_type(const char *type) {
    static const struct {
        const char *name;
        SatsCellType type;
    } types[] = {
        {"n", SATS_CELL_NUMBER},       {"s", SATS_CELL_SHARED}, {"str", SATS_CELL_TEXT},
        {"inlineStr", SATS_CELL_TEXT}, {"b", SATS_CELL_BOOL},   {"e", SATS_CELL_ERROR},
        {"d", SATS_CELL_DATE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (type == NULL || strcmp(type, types[i].name) == 0)
            return types[i].type;
    return SATS_CELL_OTHER;
}

static void start_cell(Reader *reader, const char **attributes) {
    SatsCellRange at = {.first_row = reader->cell.row, .first_column = reader->cell.column + 1u};
    const char *name = sats_part_attribute(attributes, "r");
    const char *style = sats_part_attribute(attributes, "s");
    gboolean good = name == NULL || (sats_cell_range_parse(name, &at) == SATS_RANGE_GOOD &&
                                     at.first_column == at.last_column);
    if (!good || at.first_row != reader->cell.row || at.first_column <= reader->cell.column ||
        at.first_column > SATS_XLSX_COLUMNS) {
        refuse_sheet(reader, "the file is damaged: its cells are out of order",
                     "filen är skadad: cellerna ligger i oordning");
        return;
    }
    reader->cell = (SatsCell){.row = reader->cell.row,
                              .column = (guint16)at.first_column,
                              .type = (guint8)read_type(sats_part_attribute(attributes, "t"))};
    if (style != NULL)
        reader->cell.style = (guint32)MIN(g_ascii_strtoull(style, NULL, 10), G_MAXUINT32);
    reader->in_cell = TRUE;
    reader->in_inline = reader->has_text = FALSE;
    reader->phonetic = 0;
    g_string_truncate(reader->text, 0);
}

static void start_within_cell(Reader *reader, const char *name) {
    if (strcmp(name, "f") == 0)
        reader->cell.formula = TRUE;
    else if (strcmp(name, "v") == 0)
        reader->in_text = reader->has_text = TRUE;
    else if (strcmp(name, "is") == 0)
        reader->in_inline = reader->has_text = TRUE;
    else if (strcmp(name, "rPh") == 0)
        reader->phonetic++;
    else if (strcmp(name, "t") == 0)
        reader->in_text = reader->in_inline && reader->phonetic == 0;
}

static void start_merge(Reader *reader, const char **attributes) {
    SatsCellRange range;
    const char *text = sats_part_attribute(attributes, "ref");
    if (text != NULL && sats_cell_range_parse(text, &range) == SATS_RANGE_GOOD &&
        reader->merges->len < MAX_MERGES)
        g_array_append_val(reader->merges, range);
}

static void start_element(void *context, const char *name, const char **attributes) {
    Reader *reader = context;
    if (reader->in_cell)
        start_within_cell(reader, name);
    else if (reader->in_data && strcmp(name, "row") == 0)
        start_row(reader, attributes);
    else if (reader->in_data && reader->cell.row > 0 && strcmp(name, "c") == 0)
        start_cell(reader, attributes);
    else if (strcmp(name, "sheetData") == 0)
        reader->in_data = TRUE;
    else if (strcmp(name, "mergeCell") == 0)
        start_merge(reader, attributes);
}

static void end_cell(Reader *reader) {
    reader->in_cell = FALSE;
    if (!reader->has_text && !reader->cell.formula)
        return;
    if (reader->sheet->cells->len >= MAX_CELLS) {
        SatsPlace place = cell_place(reader->sheet, reader->cell.row, reader->cell.column);
        sats_report_add(reader->workbook->report, SATS_ERROR, "limit", &place,
                        "too many cells: more than %d", "för många celler: fler än %d", MAX_CELLS);
        sats_package_stop(&reader->workbook->package);
        return;
    }
    if (reader->has_text)
        reader->cell.text =
            sats_arena_strndup(reader->workbook->arena, reader->text->str, reader->text->len);
    g_array_append_val(reader->sheet->cells, reader->cell);
}

static void end_element(void *context, const char *name) {
    Reader *reader = context;
    reader->in_text = FALSE;
    if (reader->in_cell && strcmp(name, "c") == 0)
        end_cell(reader);
    else if (reader->in_cell && strcmp(name, "rPh") == 0)
        reader->phonetic -= reader->phonetic > 0;
    else if (!reader->in_cell && strcmp(name, "sheetData") == 0)
        reader->in_data = FALSE;
}

static void take_text(void *context, const char *bytes, gsize length) {
    const Reader *reader = context;
    if (reader->in_cell && reader->in_text)
        g_string_append_len(reader->text, bytes, (gssize)length);
}

/* ---- merged cells ---- */

/* The first cell that stands on the row or below it. */
static guint find_row(const SatsSheet *sheet, guint32 row) {
    guint low = 0, high = sheet->cells->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(sheet->cells, SatsCell, middle).row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What merged cells but the first still hold is not shown. FALSE: too many to go through. */
static gboolean blank_merged(Reader *reader) {
    SatsSheet *sheet = reader->sheet;
    guint steps = 0;
    for (guint i = 0; i < reader->merges->len; i++) {
        const SatsCellRange *range = &g_array_index(reader->merges, SatsCellRange, i);
        for (guint k = find_row(sheet, range->first_row); k < sheet->cells->len; k++) {
            SatsCell *cell = &g_array_index(sheet->cells, SatsCell, k);
            if (cell->row > range->last_row)
                break;
            if (++steps > MAX_MERGE_STEPS)
                return FALSE;
            gboolean first = cell->row == range->first_row && cell->column == range->first_column;
            if (first || cell->column < range->first_column || cell->column > range->last_column)
                continue;
            cell->text = NULL;
            cell->formula = FALSE;
        }
    }
    return TRUE;
}

gboolean sats_sheet_load(SatsWorkbook *workbook, SatsSheet *sheet) {
    static const SatsPartHandler handler = {start_element, end_element, take_text};
    if (sheet->source != NULL)
        return !sheet->refused;
    sheet->source = sats_sources_add_sheet(workbook->sources, workbook->package.file, sheet->name);
    sheet->cells = g_array_new(FALSE, FALSE, sizeof(SatsCell));
    Reader reader = {.workbook = workbook, .sheet = sheet, .text = g_string_new(NULL)};
    reader.merges = g_array_new(FALSE, FALSE, sizeof(SatsCellRange));
    SatsPartResult result = sats_package_read(&workbook->package, sheet->part, &handler, &reader);
    sheet->refused = result != SATS_PART_READ;
    if (result == SATS_PART_ABSENT)
        sats_package_refuse(&workbook->package, "the file is damaged: a sheet's part is missing",
                            "filen är skadad: ett blads del saknas");
    if (!sheet->refused && !blank_merged(&reader)) {
        SatsPlace place = cell_place(sheet, 0, 0);
        sats_report_add(workbook->report, SATS_ERROR, "limit", &place, "too many merged cells",
                        "för många sammanfogade celler");
        sheet->refused = TRUE;
    }
    g_array_unref(reader.merges);
    g_string_free(reader.text, TRUE);
    return !sheet->refused;
}

/* ---- what a cell shows ---- */

typedef struct {
    const SatsWorkbook *workbook;
    const SatsSheet *sheet;
    SatsReport *report;
    GString *text; /* of the cell being shown */
} Shower;

/* Says also what the file has in the cell. */
static void refuse_cell(const Shower *shower, const SatsCell *cell, const char *en,
                        const char *sv) {
    SatsPlace place = cell_place(shower->sheet, cell->row, cell->column);
    const char *text = cell->text == NULL ? "" : cell->text;
    const char *what = sats_report_language(shower->report) == SATS_LANGUAGE_SWEDISH ? sv : en;
    sats_report_add(shower->report, SATS_ERROR, "xlsx-cell", &place, "%s%s%.*s", "%s%s%.*s", what,
                    *text == '\0' ? "" : ": ", sats_utf8_cut(text, 40), text);
}

/* The text of a cell of texts; NULL when its number is none of a shared text. */
static const char *stored_text(const SatsWorkbook *workbook, const SatsCell *cell) {
    if (cell->type != SATS_CELL_SHARED || cell->text == NULL)
        return cell->text;
    char *end = NULL;
    guint64 index = g_ascii_strtoull(cell->text, &end, 10);
    gboolean good = g_ascii_isdigit(*cell->text) && *end == '\0' && index < workbook->strings->len;
    return good ? g_ptr_array_index(workbook->strings, index) : NULL;
}

/* "_x000D_" is how a text writes what XML can't; the code, or 0. */
static gunichar escape_at(const char *text) {
    gunichar code = 0;
    if (text[0] != '_' || text[1] != 'x')
        return 0;
    for (int i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(text[i]))
            return 0;
        code = code * 16 + (gunichar)g_ascii_xdigit_value(text[i]);
    }
    return text[6] == '_' && (code < 0xD800 || code > 0xDFFF) ? code : 0;
}

static void append_character(const Shower *shower, const SatsCell *cell, gunichar c) {
    if ((c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0)) {
        SatsPlace place = cell_place(shower->sheet, cell->row, cell->column);
        sats_report_add(shower->report, SATS_ERROR, "control-character", &place,
                        "control character U+%04X is not allowed",
                        "styrtecknet U+%04X är inte tillåtet", c);
        c = '_';
    }
    g_string_append_unichar(shower->text, c);
}

/* Line ends become "\n"; blanks around the text go. */
static void show_text(const Shower *shower, const SatsCell *cell, const char *text) {
    const char *end = text + strlen(text);
    while (text < end) {
        gunichar c = escape_at(text);
        gsize bytes = c != 0 ? 7 : sats_utf8_read(text, end, &c);
        text += bytes;
        if (c != '\r')
            append_character(shower, cell, c);
        else if (*text != '\n' && escape_at(text) != '\n')
            g_string_append_c(shower->text, '\n');
    }
    g_strstrip(shower->text->str);
    g_string_set_size(shower->text, strlen(shower->text->str));
}

static void show_number(const Shower *shower, const SatsCell *cell) {
    static const SatsCellFormat general = {.sections = {{.shows = SATS_SHOWS_GENERAL},
                                                        {.shows = SATS_SHOWS_GENERAL},
                                                        {.shows = SATS_SHOWS_GENERAL}}};
    const GArray *formats = shower->workbook->formats;
    const SatsCellFormat *format = cell->style < formats->len
                                       ? &g_array_index(formats, SatsCellFormat, cell->style)
                                       : &general;
    if (*cell->text == '\0' ||
        sats_cell_format_apply(format, cell->text, shower->workbook->date1904, shower->text))
        return;
    if (format->sections[0].shows == SATS_SHOWS_TIME)
        refuse_cell(shower, cell, "no day or time that there is", "ingen dag eller tid som finns");
    else
        refuse_cell(shower, cell, "no number that can be set", "inget tal som går att sätta");
}

/* "T12:30", with or without seconds and what is left of them. */
static gboolean is_time(const char *text) {
    static const char form[] = "Tdd:dd:dd";
    gsize n = 0;
    for (; form[n] != '\0' && text[n] != '\0'; n++)
        if (form[n] == 'd' ? !g_ascii_isdigit(text[n]) : text[n] != form[n])
            return FALSE;
    gboolean whole = n == 6 || n == 9;
    const char *rest = text + n;
    if (n == 9 && *rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    rest += *rest == 'Z';
    return whole && *rest == '\0' && strncmp(text + 1, "24", 2) < 0 && text[4] < '6' &&
           (n == 6 || text[7] < '6');
}

/* "2024-12-31T00:00:00": the day alone at midnight. */
static void show_date(const Shower *shower, const SatsCell *cell) {
    g_autofree char *day = g_strndup(cell->text, 10);
    const char *rest = cell->text + strlen(day);
    gboolean day_only = *rest == '\0' || g_str_has_prefix(rest, "T00:00:00");
    if (!sats_date_parse(day, NULL, NULL, NULL) || (*rest != '\0' && !is_time(rest))) {
        refuse_cell(shower, cell, "no day or time that there is", "ingen dag eller tid som finns");
        return;
    }
    g_string_append(shower->text, day);
    if (!day_only)
        g_string_append_printf(shower->text, " %.5s", rest + 1);
}

static void show_cell(const Shower *shower, const SatsCell *cell) {
    const char *text = stored_text(shower->workbook, cell);
    switch ((SatsCellType)cell->type) {
    case SATS_CELL_SHARED:
    case SATS_CELL_TEXT:
        if (text != NULL)
            show_text(shower, cell, text);
        else
            refuse_cell(shower, cell, "the file is damaged, it has no text of the number",
                        "filen är skadad, den har ingen text med numret");
        break;
    case SATS_CELL_NUMBER:
        show_number(shower, cell);
        break;
    case SATS_CELL_BOOL:
        g_string_append(shower->text,
                        strcmp(text, "1") == 0 || strcmp(text, "true") == 0 ? "ja" : "nej");
        break;
    case SATS_CELL_DATE:
        show_date(shower, cell);
        break;
    case SATS_CELL_ERROR:
        refuse_cell(shower, cell, "the cell holds an error", "cellen innehåller ett fel");
        break;
    case SATS_CELL_OTHER:
        refuse_cell(shower, cell, "the cell is of no kind that can be read",
                    "cellen är av ett slag som inte går att läsa");
        break;
    }
}

/* Only a formula's text may be empty. */
static gboolean lacks_value(const SatsCell *cell) {
    return cell->formula &&
           (cell->text == NULL || (*cell->text == '\0' && cell->type != SATS_CELL_TEXT));
}

static const SatsValue *make_value(const Shower *shower, const SatsCell *cell) {
    SatsValue *value = sats_arena_new_struct(shower->workbook->arena, SatsValue);
    value->place = cell_place(shower->sheet, cell->row, cell->column);
    value->as.text = "";
    g_string_truncate(shower->text, 0);
    if (lacks_value(cell)) {
        refuse_cell(shower, cell, "the formula has no value in the file",
                    "formeln har inget värde i filen");
        sats_report_hint(shower->report, "open the workbook, let it be worked out, and save it",
                         "öppna arbetsboken, låt den räknas om, och spara den");
    } else if (cell->text != NULL) {
        show_cell(shower, cell);
    }
    if (shower->text->len > 0) {
        value->kind = SATS_VALUE_TEXT;
        value->length = (guint32)shower->text->len;
        value->as.text =
            sats_arena_strndup(shower->workbook->arena, shower->text->str, shower->text->len);
    }
    return value;
}

/* ---- rows ---- */

/* Holds what a reader of the sheet would see, or an error. */
static gboolean holds_something(const SatsWorkbook *workbook, const SatsCell *cell) {
    const char *text = stored_text(workbook, cell);
    return cell->formula || (cell->text != NULL && (text == NULL || *text != '\0'));
}

/* The first column that holds something. */
static guint32 first_used_column(const SatsWorkbook *workbook, const SatsSheet *sheet) {
    guint32 first = SATS_XLSX_COLUMNS;
    for (guint i = 0; i < sheet->cells->len; i++) {
        const SatsCell *cell = &g_array_index(sheet->cells, SatsCell, i);
        if (cell->column < first && holds_something(workbook, cell))
            first = cell->column;
    }
    return first;
}

/* Fields from the range's first column to the last cell of the row that stands in the range, or the
 * last column that has a name. Goes on to the next row's first cell. */
static void read_fields(const Shower *shower, const SatsCellRange *range, guint *index,
                        guint n_columns, GPtrArray *fields) {
    const GArray *cells = shower->sheet->cells;
    guint32 row = g_array_index(cells, SatsCell, *index).row;
    guint32 column = range->first_column;
    g_ptr_array_set_size(fields, 0);
    while (*index < cells->len && g_array_index(cells, SatsCell, *index).row == row) {
        const SatsCell *cell = &g_array_index(cells, SatsCell, *index);
        (*index)++;
        if (cell->column < range->first_column || cell->column > range->last_column ||
            !holds_something(shower->workbook, cell))
            continue;
        for (; column < cell->column; column++) {
            SatsCell blank = {.row = row, .column = (guint16)column};
            g_ptr_array_add(fields, (gpointer)(gsize)make_value(shower, &blank));
        }
        g_ptr_array_add(fields, (gpointer)(gsize)make_value(shower, cell));
        column++;
    }
    for (; fields->len > 0 && fields->len < n_columns; column++) {
        SatsCell blank = {.row = row, .column = (guint16)column};
        g_ptr_array_add(fields, (gpointer)(gsize)make_value(shower, &blank));
    }
}

const SatsValue *sats_sheet_rows(const SatsWorkbook *workbook, const SatsSheet *sheet,
                                 SatsCellRange range, gboolean used, gsize max_nodes) {
    Shower shower = {workbook, sheet, workbook->report, g_string_new(NULL)};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    SatsRows rows;
    sats_rows_begin(&rows, max_nodes, workbook->arena, workbook->report);
    if (used)
        range.first_column = first_used_column(workbook, sheet);
    guint index = find_row(sheet, range.first_row);
    while (index < sheet->cells->len && !rows.stopped &&
           g_array_index(sheet->cells, SatsCell, index).row <= range.last_row) {
        read_fields(&shower, &range, &index, rows.n_columns, fields);
        if (fields->len > 0)
            sats_rows_add(&rows, (gpointer)fields->pdata, fields->len);
    }
    SatsPlace place = cell_place(sheet, range.first_row, range.first_column);
    const SatsValue *list = sats_rows_end(&rows, place);
    if (rows.n_columns == 0)
        sats_report_add(workbook->report, SATS_ERROR, "empty", &place,
                        used ? "the sheet is empty" : "the range is empty",
                        used ? "bladet är tomt" : "området är tomt");
    g_string_free(shower.text, TRUE);
    return list;
}
