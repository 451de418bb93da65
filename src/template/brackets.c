/* What a bracket in a text means. */
#include "template/brackets.h"

#define MOST_REFERENCE_DIGITS 3u

gint64 sats_bracket_budget(gsize length) {
    return 100000 + 16 * (gint64)length;
}

guint32 sats_bracket_close(const char *text, guint32 open, guint32 end, char left, char right,
                           gint64 *budget) {
    guint depth = 0;
    for (guint32 i = open; i<end && * budget> 0; i++, (*budget)--) {
        char c = text[i];
        if (c == '\\')
            i++;
        else if (c == '\n' && i + 1 < end && text[i + 1] == '\n')
            return 0;
        else if (c == left)
            depth++;
        else if (c == right && --depth == 0)
            return i;
    }
    return 0;
}

/* "12", "1, 3", "4–6": a year has more digits. */
static gboolean is_reference(const char *at, const char *end) {
    guint digits = 0;
    gboolean any = FALSE;
    for (; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean digit = c < 0x80 && g_ascii_isdigit((char)c);
        if (!digit && c != ',' && c != ' ' && c != '-' && c != 0x2013)
            return FALSE;
        digits = digit ? digits + 1 : 0;
        if (digits > MOST_REFERENCE_DIGITS)
            return FALSE;
        any = any || digit;
    }
    return any;
}

SatsBracket sats_bracket_read(const char *text, guint32 at, guint32 end, gint64 *budget) {
    SatsBracket found = {.close = sats_bracket_close(text, at, end, '[', ']', budget)};
    if (found.close == 0) {
        found.kind = SATS_BRACKET_OPEN;
        return found;
    }
    found.end = found.close + 1;
    if (found.end < end && text[found.end] == '(') {
        guint32 target = sats_bracket_close(text, found.end, end, '(', ')', budget);
        found.kind = target != 0 ? SATS_BRACKET_LINK : SATS_BRACKET_OPEN_LINK;
        found.end = target != 0 ? target + 1 : found.end;
    } else if (found.close == at + 1 || is_reference(text + at + 1, text + found.close)) {
        found.kind = SATS_BRACKET_SIGN;
    } else {
        found.kind = text[at + 1] == '^' ? SATS_BRACKET_NOTE : SATS_BRACKET_PLACEHOLDER;
    }
    return found;
}
