/* data/yaml-scan.c: looks through the bytes before libyaml sees them.
 *
 * libyaml stops at the first broken byte and counts U+0085, U+2028 and U+2029 as line ends, which
 * editors don't. So these, and control characters, are reported here, all of them, and replaced in
 * a copy of the same length and columns: what libyaml then says has the right places. */
#include "base/utf8.h"
#include "data/yaml-parts.h"

#include <string.h>

enum { MAX_SAME = 10 }; /* findings of one code; a Latin-1 file would drown all others */

typedef struct {
    const SatsSource *source;
    SatsReport *report;
    SatsYamlText *out;
    const char *at, *end;
    gsize line, column;
    guint n_broken, n_control, n_separator;
} Scan;

static void replace(Scan *scan, const char *with, gsize length) {
    SatsYamlText *out = scan->out;
    if (out->patched == NULL) {
        out->patched = g_malloc(out->length + 1);
        memcpy(out->patched, out->text, out->length);
        out->patched[out->length] = '\0';
    }
    memcpy(out->patched + (scan->at - out->text), with, length);
}

static void hint_encoding(Scan *scan, guchar byte) {
    if (byte < 0xA0)
        return;
    char letter[8] = {0};
    g_unichar_to_utf8(byte, letter);
    sats_report_hint(
        scan->report,
        "the file seems to be saved as Windows-1252 ('%s' is meant): save it as UTF-8",
        "filen verkar vara sparad som Windows-1252 (här menas '%s'): spara den som UTF-8", letter);
}

static void report_broken(Scan *scan) {
    scan->out->broken = TRUE;
    guchar byte = (guchar)*scan->at;
    replace(scan, "_", 1);
    if (++scan->n_broken > MAX_SAME)
        return;
    SatsPlace place = sats_place(scan->source, scan->line, scan->column, 1);
    sats_report_add(scan->report, SATS_ERROR, "utf8", &place, "broken UTF-8 (byte 0x%02X)",
                    "trasig UTF-8 (byte 0x%02X)", byte);
    hint_encoding(scan, byte);
}

static void report_control(Scan *scan, gunichar c, gsize length) {
    replace(scan, length == 1 ? "_" : length == 2 ? "\xC2\xBF" : "\xE2\x81\xA0", length);
    if (++scan->n_control > MAX_SAME)
        return;
    SatsPlace place = sats_place(scan->source, scan->line, scan->column, 1);
    sats_report_add(scan->report, SATS_ERROR, "control-character", &place,
                    "control character U+%04X is not allowed",
                    "styrtecknet U+%04X är inte tillåtet", c);
}

static void report_separator(Scan *scan, gunichar c, gsize length) {
    replace(scan, length == 2 ? "\xC2\xA0" : "\xE2\x80\xAF", length);
    if (++scan->n_separator > MAX_SAME)
        return;
    SatsPlace place = sats_place(scan->source, scan->line, scan->column, 1);
    sats_report_add(scan->report, SATS_ERROR, "control-character", &place,
                    "invisible line separator U+%04X is not allowed",
                    "den osynliga radskiljaren U+%04X är inte tillåten", c);
    sats_report_hint(scan->report, "comes with text copied from PDF or Word: replace it by a space",
                     "följer med text som kopierats ur PDF eller Word: byt den mot ett mellanslag");
}

/* Anything but printable ASCII. */
static void scan_character(Scan *scan) {
    if (*scan->at == '\n' ||
        (*scan->at == '\r' && (scan->at + 1 == scan->end || scan->at[1] != '\n'))) {
        scan->at++;
        scan->line++;
        scan->column = 1;
        return;
    }
    gunichar c = 0;
    gsize length = sats_utf8_read(scan->at, scan->end, &c);
    if (c == SATS_UTF8_BROKEN)
        report_broken(scan);
    else if (c == 0x85 || c == 0x2028 || c == 0x2029)
        report_separator(scan, c, length);
    else if ((c < 0x20 && c != '\t' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0xFEFF ||
             c == 0xFFFE || c == 0xFFFF)
        report_control(scan, c, length);
    scan->at += length;
    scan->column++;
}

static gboolean is_utf16(const SatsSource *source) {
    const char *text = source->text;
    return source->length >= 2 &&
           (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0 ||
            (text[0] == '\0') != (text[1] == '\0'));
}

SatsYamlText sats_yaml_scan(const SatsSource *source, SatsReport *report) {
    SatsYamlText out = {.text = source->text, .length = source->length};
    if (is_utf16(source)) {
        SatsPlace place = sats_place(source, 1, 1, 0);
        sats_report_add(report, SATS_ERROR, "utf8", &place, "the file is UTF-16, not UTF-8",
                        "filen är UTF-16, inte UTF-8");
        sats_report_hint(report, "save it as UTF-8", "spara den som UTF-8");
        out.useless = TRUE;
        return out;
    }
    if (out.length >= 3 && memcmp(out.text, "\xEF\xBB\xBF", 3) == 0) {
        out.text += 3;
        out.length -= 3;
    }
    Scan scan = {.source = source, .report = report, .out = &out, .line = 1, .column = 1};
    scan.at = out.text;
    scan.end = out.text + out.length;
    while (scan.at < scan.end) {
        const char *start = scan.at;
        while (scan.at < scan.end && *scan.at >= 0x20 && *scan.at < 0x7F)
            scan.at++;
        scan.column += (gsize)(scan.at - start);
        if (scan.at < scan.end)
            scan_character(&scan);
    }
    if (out.patched != NULL)
        out.text = out.patched;
    return out;
}

/* ---- tabs ---- */

typedef struct {
    gsize spaces;   /* before the first tab or text */
    gsize tab;      /* column of the first tab in the indentation, 0 none */
    gboolean empty; /* nothing, or a comment */
    gboolean block; /* opens a block scalar */
} Indent;

/* The line ends in "|" or ">" with its indicators, after a blank. */
static gboolean opens_block(const char *text, gsize length) {
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    while (length > 0 && strchr("+-123456789", text[length - 1]) != NULL)
        length--;
    return length >= 2 && (text[length - 1] == '|' || text[length - 1] == '>') &&
           text[length - 2] == ' ';
}

static Indent read_indent(const char *text, gsize length) {
    Indent indent = {0};
    gsize i = 0;
    while (i < length && text[i] == ' ')
        i++;
    indent.spaces = i;
    if (i < length && text[i] == '\t')
        indent.tab = i + 1;
    while (i < length && (text[i] == ' ' || text[i] == '\t'))
        i++;
    indent.empty = i == length || text[i] == '#';
    indent.block = opens_block(text, length);
    return indent;
}

gboolean sats_yaml_line_has_tab(const SatsSource *source, guint32 line) {
    gsize length = 0;
    const char *text = sats_source_line(source, line, &length);
    return text != NULL && read_indent(text, length).tab > 0;
}

static void report_tab(const SatsSource *source, guint32 line, gsize column, SatsReport *report) {
    SatsPlace place = sats_place(source, line, column, 1);
    sats_report_add(report, SATS_ERROR, "tab", &place, "tab used as indentation",
                    "tabb använd som indrag");
    sats_report_hint(report, "indent with spaces", "gör indrag med mellanslag");
}

void sats_yaml_report_tabs(const SatsSource *source, guint32 line, SatsReport *report) {
    gsize block = 0; /* indentation of the line that opened a block scalar, plus 1; 0 outside */
    gsize length = 0;
    guint32 first = line;
    const char *text;
    while ((text = sats_source_line(source, line, &length)) != NULL) {
        Indent indent = read_indent(text, length);
        gboolean inside = block > 0 && (indent.empty || indent.spaces >= block);
        if (!inside) {
            block = indent.block ? indent.spaces + 1 : 0;
            if (indent.tab > 0 && (!indent.empty || line == first))
                report_tab(source, line, indent.tab, report);
        }
        line++;
    }
}
