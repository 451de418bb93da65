/* base/report-print.c: findings as compilers print them, and as JSON.
 *
 * The source line is shown as it stands, with tabs as four spaces and what a terminal can't or must
 * not show as U+FFFD, broken UTF-8 as Latin-1; of a long line about 120 columns around the caret.
 * Columns count characters, carets count terminal cells: a wide character takes two, a combining
 * mark none. */
#include "base/report.h"
#include "base/utf8.h"

#include <string.h>

enum { TAB_CELLS = 4, MAX_CELLS = 120, CELLS_BEFORE_CARET = 60, GUTTER = 5 };

#define BOLD  "\033[1m"
#define GREEN "\033[1;32m"
#define BLUE  "\033[1;34m"
#define RESET "\033[0m"

/* ---- one source line as cells ---- */

typedef struct {
    guint offset; /* in the shown text, bytes */
    guint cell;   /* before the character */
} Character;

typedef struct {
    GString *text;
    GArray *characters; /* Character; one more at the end */
} Line;

static guint append_shown(GString *out, gunichar c) {
    if (c == '\t') {
        g_string_append(out, "    ");
        return TAB_CELLS;
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || !g_unichar_isdefined(c) ||
        g_unichar_type(c) == G_UNICODE_FORMAT || g_unichar_type(c) == G_UNICODE_LINE_SEPARATOR ||
        g_unichar_type(c) == G_UNICODE_PARAGRAPH_SEPARATOR) {
        g_string_append(out, "\xEF\xBF\xBD");
        return 1;
    }
    g_string_append_unichar(out, c);
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* Characters far beyond the finding's are not looked at. */
static Line read_line(const char *text, gsize length, guint until_column) {
    Line line = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(Character))};
    const char *end = text + length;
    Character at = {0, 0};
    guint most = until_column + 2 * MAX_CELLS;
    while (text < end && line.characters->len < most) {
        g_array_append_val(line.characters, at);
        gunichar c = 0;
        gsize bytes = sats_utf8_read(text, end, &c);
        at.cell += append_shown(line.text, c == SATS_UTF8_BROKEN ? (guchar)*text : c);
        at.offset = (guint)line.text->len;
        text += bytes;
    }
    g_array_append_val(line.characters, at);
    return line;
}

static void free_line(Line *line) {
    g_string_free(line->text, TRUE);
    g_array_free(line->characters, TRUE);
}

static Character character_at(const Line *line, guint index) {
    return g_array_index(line->characters, Character, MIN(index, line->characters->len - 1));
}

/* ---- the excerpt ---- */

static guint first_shown(const Line *line, guint column) {
    guint cells = character_at(line, line->characters->len - 1).cell;
    guint caret = character_at(line, column).cell;
    if (cells <= MAX_CELLS || caret <= CELLS_BEFORE_CARET)
        return 0;
    guint first = 0;
    while (first < column && caret - character_at(line, first).cell > CELLS_BEFORE_CARET)
        first++;
    return first;
}

static guint last_shown(const Line *line, guint first) {
    guint last = first;
    guint start = character_at(line, first).cell;
    while (last + 1 < line->characters->len &&
           character_at(line, last + 1).cell - start <= MAX_CELLS)
        last++;
    return last;
}

static void append_spaces(GString *out, guint count) {
    for (guint i = 0; i < count; i++)
        g_string_append_c(out, ' ');
}

static void append_carets(GString *out, const Line *line, guint column, guint length, guint last) {
    guint from = character_at(line, column).cell;
    guint to = character_at(line, MIN(column + MAX(length, 1), MAX(last, column + 1))).cell;
    g_string_append_c(out, '^');
    for (guint i = from + 1; i < to; i++)
        g_string_append_c(out, '~');
}

static guint gutter_width(guint32 line) {
    guint width = 0;
    for (; line > 0; line /= 10)
        width++;
    return MAX(width, GUTTER);
}

static void append_excerpt(GString *out, const SatsPlace *place, gboolean colour) {
    gsize length = 0;
    const char *text = sats_source_line(place->source, place->line, &length);
    if (text == NULL)
        return;
    guint column = place->column > 0 ? place->column - 1u : 0;
    Line line = read_line(text, length, column);
    guint first = first_shown(&line, column);
    guint last = last_shown(&line, first);
    guint width = gutter_width(place->line);
    const char *frame = colour ? BLUE : "", *reset = colour ? RESET : "";
    Character from = character_at(&line, first), to = character_at(&line, last);

    g_string_append_printf(out, "%s%*u |%s ", frame, (int)width, place->line, reset);
    g_string_append(out, first > 0 ? "…" : "");
    g_string_append_len(out, line.text->str + from.offset, to.offset - from.offset);
    g_string_append(out, last + 1 < line.characters->len ? "…" : "");
    while (out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    if (place->column > 0) {
        g_string_append_printf(out, "\n%s%*s |%s ", frame, (int)width, "", reset);
        append_spaces(out, character_at(&line, column).cell - from.cell + (first > 0));
        g_string_append(out, colour ? GREEN : "");
        append_carets(out, &line, column, place->length, last);
        g_string_append(out, reset);
    }
    g_string_append_c(out, '\n');
    free_line(&line);
}

/* ---- text ---- */

static const char *severity_word(SatsSeverity severity, SatsLanguage language) {
    static const char *const words[][2] = {
        [SATS_NOTE] = {"note", "anm"},
        [SATS_WARNING] = {"warning", "varning"},
        [SATS_ERROR] = {"error", "fel"},
    };
    return words[severity][language == SATS_LANGUAGE_SWEDISH];
}

static const char *severity_colour(SatsSeverity severity) {
    static const char *const colours[] = {
        [SATS_NOTE] = "\033[1;36m",
        [SATS_WARNING] = "\033[1;35m",
        [SATS_ERROR] = "\033[1;31m",
    };
    return colours[severity];
}

static void append_finding(GString *out, const SatsFinding *finding, SatsLanguage language,
                           gboolean colour) {
    const SatsPlace *place = &finding->place;
    g_autofree char *message = sats_utf8_visible(finding->message, FALSE);
    if (place->source != NULL) {
        g_autofree char *name = sats_utf8_visible(place->source->shown, FALSE);
        g_string_append_printf(out, "%s%s:", colour ? BOLD : "", name);
        g_string_append(out, place->source->sheet != NULL ? " " : "");
        gsize before = out->len;
        sats_place_append(out, place);
        g_string_append(out, out->len > before ? ":" : "");
        g_string_append_printf(out, "%s ", colour ? RESET : "");
    }
    g_string_append_printf(
        out, "%s%s:%s %s [%s]\n", colour ? severity_colour(finding->severity) : "",
        severity_word(finding->severity, language), colour ? RESET : "", message, finding->code);
    append_excerpt(out, place, colour);
    if (finding->hint != NULL) {
        g_autofree char *hint = sats_utf8_visible(finding->hint, FALSE);
        append_spaces(out, gutter_width(place->line) + 1);
        g_string_append_printf(out, "= %s\n", hint);
    }
}

char *sats_report_to_text(SatsReport *report, gboolean colour) {
    GString *out = g_string_new(NULL);
    SatsLanguage language = sats_report_language(report);
    for (guint i = 0; i < sats_report_length(report); i++)
        append_finding(out, sats_report_at(report, i), language, colour);
    guint omitted = sats_report_omitted(report);
    if (omitted > 0)
        g_string_append_printf(out,
                               language == SATS_LANGUAGE_SWEDISH
                                   ? "anm: ytterligare %u visas inte [omitted]\n"
                               : omitted == 1 ? "note: %u more finding is not shown [omitted]\n"
                                              : "note: %u more findings are not shown [omitted]\n",
                               omitted);
    return g_string_free(out, FALSE);
}

/* ---- JSON ---- */

static void append_member(GString *out, const char *name, const char *text) {
    g_string_append_printf(out, "\"%s\": ", name);
    sats_utf8_quote(out, text, strlen(text));
}

/* In a sheet, line and column are the cell's row and column. */
static void append_cell(GString *out, const SatsPlace *place) {
    if (place->source->sheet == NULL)
        return;
    g_autoptr(GString) cell = g_string_new(NULL);
    sats_place_append(cell, place);
    g_string_append(out, ", ");
    append_member(out, "cell", cell->str);
}

static void append_json(GString *out, const SatsFinding *finding) {
    const SatsPlace *place = &finding->place;
    g_string_append(out, "    {");
    append_member(out, "severity", severity_word(finding->severity, SATS_LANGUAGE_ENGLISH));
    g_string_append(out, ", ");
    append_member(out, "code", finding->code);
    if (place->source != NULL) {
        g_string_append(out, ", ");
        append_member(out, "file", place->source->shown);
        g_string_append_printf(out, ", \"line\": %u, \"column\": %u, \"length\": %u", place->line,
                               place->column, place->length);
        append_cell(out, place);
    }
    g_string_append(out, ", ");
    append_member(out, "message", finding->message);
    if (finding->hint != NULL) {
        g_string_append(out, ", ");
        append_member(out, "hint", finding->hint);
    }
    g_string_append_c(out, '}');
}

char *sats_report_to_json(SatsReport *report) {
    GString *out = g_string_new("{\n");
    g_string_append_printf(out,
                           "  \"errors\": %u,\n  \"warnings\": %u,\n  \"notes\": %u,\n"
                           "  \"omitted\": %u,\n  \"findings\": [",
                           sats_report_count(report, SATS_ERROR),
                           sats_report_count(report, SATS_WARNING),
                           sats_report_count(report, SATS_NOTE), sats_report_omitted(report));
    guint length = sats_report_length(report);
    for (guint i = 0; i < length; i++) {
        g_string_append(out, i == 0 ? "\n" : ",\n");
        append_json(out, sats_report_at(report, i));
    }
    g_string_append(out, length > 0 ? "\n  ]\n}\n" : "]\n}\n");
    return g_string_free(out, FALSE);
}
