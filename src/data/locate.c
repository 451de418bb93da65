/* data/locate.c: finds the source place of a byte in a scalar's text.
 *
 * The text and the source are walked side by side. In plain and quoted scalars a line end and the
 * blanks around it make one space, or one newline for each empty line; quotes and escapes take more
 * columns than they give bytes. In block scalars each source line without its indentation must
 * stand in the text. */
#include "data/value.h"

#include "base/utf8.h"

#include <string.h>

typedef struct {
    const SatsSource *source;
    guint32 line;
    gsize column;
    const char *at, *end;
} Cursor;

static gboolean go_to_line(Cursor *cursor, guint32 line) {
    gsize length = 0;
    const char *text = sats_source_line(cursor->source, line, &length);
    if (text == NULL)
        return FALSE;
    cursor->line = line;
    cursor->column = 1;
    cursor->at = text;
    cursor->end = text + length;
    return TRUE;
}

/* One character; its bytes. */
static gsize step(Cursor *cursor) {
    gsize bytes = (guchar)*cursor->at < 0x80 ? 1 : sats_utf8_read(cursor->at, cursor->end, NULL);
    cursor->at += bytes;
    cursor->column++;
    return bytes;
}

static gboolean at_blank(const Cursor *cursor) {
    return cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t');
}

static gboolean at_line_end(const Cursor *cursor) {
    Cursor ahead = *cursor;
    while (at_blank(&ahead))
        step(&ahead);
    return ahead.at == ahead.end;
}

/* ---- plain and quoted scalars ---- */

/* Goes to the next line with text; bytes it makes, or 0 when there is none. */
static gsize fold_lines(Cursor *cursor) {
    gsize breaks = 0;
    do {
        if (!go_to_line(cursor, cursor->line + 1))
            return 0;
        breaks++;
    } while (at_line_end(cursor));
    while (at_blank(cursor))
        step(cursor);
    return breaks == 1 ? 1 : breaks - 1;
}

static gsize step_code(Cursor *cursor, int digits) {
    gunichar code = 0;
    for (int i = 0; i < digits && cursor->at < cursor->end; i++) {
        int digit = g_ascii_xdigit_value(*cursor->at);
        code = code * 16 + (gunichar)MAX(digit, 0);
        step(cursor);
    }
    return (gsize)g_unichar_to_utf8(code, NULL);
}

/* After the backslash. */
static gsize step_escape(Cursor *cursor) {
    if (cursor->at == cursor->end) { /* joins lines */
        if (!go_to_line(cursor, cursor->line + 1))
            return 0;
        while (at_blank(cursor))
            step(cursor);
        return 0;
    }
    char kind = *cursor->at;
    step(cursor);
    switch (kind) {
    case 'x':
        return step_code(cursor, 2);
    case 'u':
        return step_code(cursor, 4);
    case 'U':
        return step_code(cursor, 8);
    case 'N':
    case '_':
        return 2;
    case 'L':
    case 'P':
        return 3;
    default:
        return 1;
    }
}

static gsize step_flow(Cursor *cursor, SatsScalarStyle style) {
    if (style == SATS_STYLE_DOUBLE && *cursor->at == '\\') {
        step(cursor);
        return step_escape(cursor);
    }
    if (style == SATS_STYLE_SINGLE && *cursor->at == '\'')
        step(cursor);
    return cursor->at < cursor->end ? step(cursor) : 0;
}

/* Up to `offset` the text stands in the source as it is: almost always. */
static gboolean is_verbatim(const Cursor *cursor, SatsScalarStyle style, const char *text,
                            gsize offset) {
    char escape = style == SATS_STYLE_DOUBLE ? '\\' : style == SATS_STYLE_SINGLE ? '\'' : '\n';
    return (gsize)(cursor->end - cursor->at) > offset && memcmp(cursor->at, text, offset) == 0 &&
           memchr(text, escape, offset) == NULL && cursor->at[offset] != escape &&
           cursor->at[offset] != ' ' && cursor->at[offset] != '\t';
}

static SatsPlace locate_flow(Cursor cursor, SatsScalarStyle style, const char *text, gsize offset) {
    gsize made = 0;
    if ((style == SATS_STYLE_SINGLE || style == SATS_STYLE_DOUBLE) && cursor.at < cursor.end)
        step(&cursor);
    if (is_verbatim(&cursor, style, text, offset))
        return sats_place(cursor.source, cursor.line,
                          cursor.column + sats_utf8_columns(text, offset), 0);
    while (made < offset) {
        if (at_line_end(&cursor)) {
            gsize bytes = fold_lines(&cursor);
            if (bytes == 0)
                break;
            made += bytes;
        } else {
            made += step_flow(&cursor, style);
        }
    }
    if (style == SATS_STYLE_DOUBLE && cursor.end - cursor.at == 1 && *cursor.at == '\\')
        step_flow(&cursor, style); /* a joined line's end gives no text */
    return sats_place(cursor.source, cursor.line, cursor.column, 0);
}

/* ---- block scalars ---- */

static gsize count_spaces(const char *text, const char *end) {
    gsize count = 0;
    while (text + count < end && text[count] == ' ')
        count++;
    return count;
}

/* Spaces before the first line with text, in the source less those in the text itself. */
static gsize block_indent(Cursor cursor, const SatsValue *value) {
    const char *text = value->as.text, *end = text + value->length;
    while (text < end && *text == '\n')
        text++;
    while (go_to_line(&cursor, cursor.line + 1)) {
        if (at_line_end(&cursor))
            continue;
        gsize spaces = count_spaces(cursor.at, cursor.end);
        gsize own = count_spaces(text, end);
        return spaces > own ? spaces - own : 0;
    }
    return 0;
}

static SatsPlace locate_block(Cursor cursor, const SatsValue *value, gsize offset) {
    const char *text = value->as.text;
    gsize indent = block_indent(cursor, value);
    gsize made = 0;
    while (made < value->length && text[made] == '\n')
        made++;
    while (go_to_line(&cursor, cursor.line + 1)) {
        gsize size = (gsize)(cursor.end - cursor.at);
        if (at_line_end(&cursor))
            continue;
        const char *content = cursor.at + MIN(indent, size);
        size -= MIN(indent, size);
        if (size > value->length - made || memcmp(text + made, content, size) != 0)
            return sats_place(cursor.source, cursor.line, 1, 0);
        if (offset <= made + size) {
            gsize ahead = offset > made ? sats_utf8_columns(content, offset - made) : 0;
            return sats_place(cursor.source, cursor.line, indent + 1 + ahead, 0);
        }
        made += size;
        if (text[made] == ' ')
            made++;
        while (made < value->length && text[made] == '\n')
            made++;
    }
    return value->place;
}

SatsPlace sats_value_place_at(const SatsValue *value, gsize offset) {
    Cursor cursor = {.source = value->place.source};
    if (value->kind != SATS_VALUE_TEXT || !go_to_line(&cursor, value->place.line))
        return value->place;
    offset = MIN(offset, value->length);
    if (value->quoted == SATS_STYLE_LITERAL || value->quoted == SATS_STYLE_FOLDED)
        return locate_block(cursor, value, offset);
    while (cursor.column < value->place.column && cursor.at < cursor.end)
        step(&cursor);
    return locate_flow(cursor, (SatsScalarStyle)value->quoted, value->as.text, offset);
}

SatsPlace sats_spot_place(SatsSpot spot) {
    if (spot.value == NULL)
        return (SatsPlace){0};
    SatsPlace place = sats_value_place_at(spot.value, spot.offset);
    guint length = sats_utf8_columns(spot.value->as.text + spot.offset, spot.length);
    place.length = (guint16)CLAMP(length, 1u, G_MAXUINT16);
    return place;
}
