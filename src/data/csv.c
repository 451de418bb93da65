/* data/csv.c: reads separated fields, after RFC 4180 and what spreadsheets make of it. */
#include "data/csv.h"

#include "base/utf8.h"
#include "data/rows.h"

#include <string.h>

typedef struct {
    const SatsSource *source;
    SatsReport *report;
    SatsArena *arena;
    const char *at, *end;
    gsize line, column;
    gboolean windows; /* Windows-1252 instead of UTF-8 */
    char separator;
    GString *text;     /* of the field being read */
    GPtrArray *fields; /* const SatsValue, of the row being read */
} Csv;

/* ---- characters ---- */

static gunichar decode_windows(guchar byte) {
    static const guint16 upper[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
}

static gboolean at_line_end(const Csv *csv) {
    return csv->at == csv->end || *csv->at == '\n' || *csv->at == '\r';
}

static gboolean at_field_end(const Csv *csv) {
    return at_line_end(csv) || *csv->at == csv->separator;
}

static void skip_line_end(Csv *csv) {
    if (csv->at == csv->end)
        return;
    if (*csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n')
        csv->at++;
    csv->at++;
    csv->line++;
    csv->column = 1;
}

static void report_control(Csv *csv, gunichar c) {
    SatsPlace place = sats_place(csv->source, csv->line, csv->column, 1);
    sats_report_add(csv->report, SATS_ERROR, "control-character", &place,
                    "control character U+%04X is not allowed",
                    "styrtecknet U+%04X är inte tillåtet", c);
}

/* Takes one character to the field's text. */
static void take_character(Csv *csv) {
    gunichar c = (guchar)*csv->at;
    gsize bytes = 1;
    if (csv->windows)
        c = decode_windows((guchar)c);
    else
        bytes = sats_utf8_read(csv->at, csv->end, &c);
    if ((c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0)) {
        report_control(csv, c);
        c = '_';
    }
    g_string_append_unichar(csv->text, c);
    csv->at += bytes;
    csv->column++;
}

static void skip_blanks(Csv *csv) {
    while (csv->at < csv->end && *csv->at == ' ') {
        csv->at++;
        csv->column++;
    }
}

/* ---- fields ---- */

static void report_quote(Csv *csv, gsize line, gsize column, const char *en, const char *sv) {
    SatsPlace place = sats_place(csv->source, line, column, 1);
    gboolean swedish = sats_report_language(csv->report) == SATS_LANGUAGE_SWEDISH;
    sats_report_add(csv->report, SATS_ERROR, "csv-quote", &place, "%s", "%s", swedish ? sv : en);
}

/* After the opening quote, to behind the closing one. */
static void read_quoted(Csv *csv) {
    gsize line = csv->line;
    gsize column = csv->column - 1;
    while (csv->at < csv->end) {
        if (*csv->at == '"') {
            csv->at++;
            csv->column++;
            if (csv->at == csv->end || *csv->at != '"')
                return;
            take_character(csv);
        } else if (at_line_end(csv)) {
            g_string_append_c(csv->text, '\n');
            skip_line_end(csv);
        } else {
            take_character(csv);
        }
    }
    report_quote(csv, line, column, "quote is never closed", "citattecknet avslutas aldrig");
}

static void trim_end(GString *text) {
    while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate(text, text->len - 1);
}

static void read_field_text(Csv *csv, SatsPlace *place, gboolean *out_quoted) {
    skip_blanks(csv);
    *out_quoted = csv->at < csv->end && *csv->at == '"';
    if (*out_quoted) {
        csv->at++;
        csv->column++;
        *place = sats_place(csv->source, csv->line, csv->column, 0);
        read_quoted(csv);
        skip_blanks(csv);
        if (at_field_end(csv))
            return;
        report_quote(csv, csv->line, csv->column, "text after the closing quote",
                     "text efter det avslutande citattecknet");
    } else {
        *place = sats_place(csv->source, csv->line, csv->column, 0);
    }
    while (!at_field_end(csv))
        take_character(csv);
    trim_end(csv->text);
}

static void read_field(Csv *csv) {
    gboolean quoted = FALSE;
    SatsPlace place = {0};
    g_string_truncate(csv->text, 0);
    read_field_text(csv, &place, &quoted);
    SatsValue *value = sats_arena_new_struct(csv->arena, SatsValue);
    value->kind = csv->text->len > 0 || quoted ? SATS_VALUE_TEXT : SATS_VALUE_NULL;
    value->length = (guint32)csv->text->len;
    value->as.text = sats_arena_strndup(csv->arena, csv->text->str, csv->text->len);
    if (csv->line == place.line)
        place.length = (guint16)MIN(sats_utf8_columns(csv->text->str, csv->text->len), G_MAXUINT16);
    value->place = place;
    g_ptr_array_add(csv->fields, value);
}

/* ---- rows ---- */

static void read_fields(Csv *csv) {
    g_ptr_array_set_size(csv->fields, 0);
    read_field(csv);
    while (csv->at < csv->end && *csv->at == csv->separator) {
        csv->at++;
        csv->column++;
        read_field(csv);
    }
    skip_line_end(csv);
}

/* The commonest of the separators outside quotes in the first line. */
static char find_separator(const Csv *csv) {
    static const char candidates[] = {';', ',', '\t'};
    guint counts[G_N_ELEMENTS(candidates)] = {0};
    gboolean quoted = FALSE;
    for (const char *at = csv->at; at < csv->end; at++) {
        if (*at == '"')
            quoted = !quoted;
        if (!quoted && (*at == '\n' || *at == '\r') && at > csv->at)
            break;
        for (guint i = 0; i < G_N_ELEMENTS(candidates) && !quoted; i++)
            counts[i] += *at == candidates[i];
    }
    guint best = 0;
    for (guint i = 1; i < G_N_ELEMENTS(candidates); i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* Excel's own line "sep=;". One that names none of those that are used is refused, and passed over.
 */
static char take_separator_line(Csv *csv) {
    gsize left = (gsize)(csv->end - csv->at);
    if (left < 4 || g_ascii_strncasecmp(csv->at, "sep=", 4) != 0)
        return '\0';
    const char *told = csv->at + 4;
    const char *end = told;
    while (end < csv->end && *end != '\n' && *end != '\r')
        end++;
    char separator = end == told + 1 && *told != '\0' && strchr(";,\t|:", *told) ? *told : '\0';
    if (separator == '\0') {
        SatsPlace place =
            sats_place(csv->source, 1, 5, sats_utf8_columns(told, (gsize)(end - told)));
        sats_report_add(csv->report, SATS_ERROR, "csv-separator", &place,
                        "'sep=' names no separator: ; , | : or a tab",
                        "'sep=' anger inget skiljetecken: ; , | : eller tabb");
    }
    csv->at = end;
    if (csv->at < csv->end)
        skip_line_end(csv);
    return separator;
}

/* ---- the whole ---- */

static void begin(Csv *csv) {
    csv->at = csv->source->text;
    csv->end = csv->at + csv->source->length;
    csv->line = csv->column = 1;
    if (csv->source->length >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0)
        csv->at += 3;
    /* A NUL is a control character, not a sign of another encoding. */
    for (const char *at = csv->at; at < csv->end && !csv->windows;) {
        gunichar c = 0;
        at += sats_utf8_read(at, csv->end, &c);
        csv->windows = c == SATS_UTF8_BROKEN;
    }
    char told = take_separator_line(csv);
    csv->separator = told != '\0' ? told : find_separator(csv);
}

/* What can be told before reading. */
static gboolean check_source(const SatsSource *source, gsize max_bytes, SatsReport *report) {
    SatsPlace place = sats_place(source, 1, 0, 0);
    if (source->length > max_bytes) {
        sats_report_add(report, SATS_ERROR, "limit", &place,
                        "too many bytes: more than %" G_GSIZE_FORMAT,
                        "för många byte: mer än %" G_GSIZE_FORMAT, max_bytes);
        return FALSE;
    }
    if (source->length >= 2 &&
        (memcmp(source->text, "\xFF\xFE", 2) == 0 || memcmp(source->text, "\xFE\xFF", 2) == 0)) {
        sats_report_add(report, SATS_ERROR, "utf8", &place, "the file is UTF-16, not UTF-8",
                        "filen är UTF-16, inte UTF-8");
        sats_report_hint(report, "save it as \"CSV UTF-8\"", "spara den som \"CSV UTF-8\"");
        return FALSE;
    }
    return TRUE;
}

const SatsValue *sats_csv_read(const SatsSource *source, const SatsReadLimits *limits,
                               SatsArena *arena, SatsReport *report) {
    static const SatsReadLimits defaults = {0};
    if (limits == NULL)
        limits = &defaults;
    gsize max_bytes = limits->max_bytes;
    if (!check_source(source, max_bytes == 0 ? (gsize)64 * 1024 * 1024 : max_bytes, report))
        return NULL;
    Csv csv = {.source = source, .report = report, .arena = arena};
    csv.text = g_string_new(NULL);
    csv.fields = g_ptr_array_new();
    begin(&csv);
    SatsRows rows;
    sats_rows_begin(&rows, limits->max_nodes, arena, report);
    rows.comma_parts = csv.separator == ',';
    do
        read_fields(&csv);
    while (sats_rows_add(&rows, (gpointer)csv.fields->pdata, csv.fields->len) && csv.at < csv.end);
    const SatsValue *root = sats_rows_end(&rows, sats_place(source, 1, 1, 0));
    if (rows.n_columns == 0) {
        SatsPlace place = sats_place(source, 1, 0, 0);
        sats_report_add(report, SATS_ERROR, "empty", &place, "the file is empty", "filen är tom");
    }
    g_string_free(csv.text, TRUE);
    g_ptr_array_free(csv.fields, TRUE);
    return root;
}
