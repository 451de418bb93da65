/* base/utf8.c: edit distance, columns, quoting and real days. */
#include "base/utf8.h"

#include <string.h>

char *sats_utf8_fold(const char *name) {
    g_autofree char *folded = g_utf8_casefold(name, -1);
    return g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
}

static glong fold(const char *text, gunichar **out) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *folded = sats_utf8_fold(valid);
    glong length = 0;
    *out = g_utf8_to_ucs4_fast(folded, -1, &length);
    return length;
}

/* The row of distances below `above`, whose own row above is `over`; returns the row's least. */
static guint fill_row(const gunichar *a, glong i, const gunichar *b, glong n, const guint *over,
                      const guint *above, guint *row) {
    row[0] = (guint)i;
    guint least = row[0];
    for (glong j = 1; j <= n; j++) {
        guint best = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        best = MIN(best, above[j] + 1);
        best = MIN(best, row[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN(best, over[j - 2] + 1);
        row[j] = best;
        least = MIN(least, best);
    }
    return least;
}

/* `rows` has room for three rows of n + 1. */
static guint count_edits(const gunichar *a, glong m, const gunichar *b, glong n, guint limit,
                         guint *rows) {
    gsize width = (gsize)n + 1;
    for (glong j = 0; j <= n; j++)
        rows[j] = (guint)j;
    for (glong i = 1; i <= m; i++) { /* the rows take turns */
        const guint *above = rows + width * (gsize)((i - 1) % 3);
        const guint *over = rows + width * (gsize)((i + 1) % 3);
        if (fill_row(a, i, b, n, over, above, rows + width * (gsize)(i % 3)) > limit)
            return limit + 1;
    }
    return MIN(rows[width * (gsize)(m % 3) + (gsize)n], limit + 1);
}

guint sats_utf8_distance(const char *a, const char *b, guint limit) {
    g_autofree gunichar *x = NULL;
    g_autofree gunichar *y = NULL;
    glong m = fold(a, &x);
    glong n = fold(b, &y);
    if (ABS(m - n) > (glong)limit)
        return limit + 1;
    guint *rows = g_new0(guint, 3 * ((gsize)n + 1));
    guint distance = count_edits(x, m, y, n, limit, rows);
    g_free(rows);
    return distance;
}

gsize sats_utf8_read(const char *text, const char *end, gunichar *out) {
    gunichar c = *text == '\0' ? 0 : g_utf8_get_char_validated(text, end - text);
    gboolean broken = c >= (gunichar)-2;
    if (out != NULL)
        *out = broken ? SATS_UTF8_BROKEN : c;
    return broken ? 1 : (gsize)g_utf8_skip[(guchar)*text];
}

int sats_utf8_cut(const char *text, int most) {
    gsize length = strnlen(text, (gsize)most + 1);
    if (length <= (gsize)most) {
        return (int)length;
    }
    int cut = most;
    while (cut > 0 && ((guchar)text[cut] & 0xC0) == 0x80) {
        cut--;
    }
    return cut;
}

guint sats_utf8_columns(const char *text, gsize length) {
    guint count = 0;
    for (gsize i = 0; i < length; i++)
        count += ((guchar)text[i] & 0xC0) != 0x80;
    return count;
}

static gboolean is_hidden(gunichar c) {
    return c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0xAD || c == 0x202F || c == 0x2060 ||
           c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

void sats_utf8_quote(GString *out, const char *text, gsize length) {
    g_string_append_c(out, '"');
    const char *end = text + length;
    while (text < end) {
        gunichar c = 0;
        const char *next = text + sats_utf8_read(text, end, &c);
        if (c == SATS_UTF8_BROKEN)
            g_string_append(out, "\xEF\xBF\xBD");
        else if (c == '"' || c == '\\')
            g_string_append_printf(out, "\\%c", (int)c);
        else if (c == '\n')
            g_string_append(out, "\\n");
        else if (c == '\t')
            g_string_append(out, "\\t");
        else if (c < 0x20 || is_hidden(c))
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_len(out, text, next - text);
        text = next;
    }
    g_string_append_c(out, '"');
}

/* What moves the cursor, changes colours or turns the direction of writing. */
static gboolean commands_a_terminal(gunichar c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *sats_utf8_visible(const char *text, gboolean lines) {
    GString *out = g_string_new(NULL);
    const char *end = text + strlen(text);
    while (text < end) {
        gunichar c = 0;
        const char *next = text + sats_utf8_read(text, end, &c);
        if (c == SATS_UTF8_BROKEN || (c < 0xA0 && commands_a_terminal(c) && !(lines && c == '\n')))
            g_string_append_printf(out, "\\x%02X",
                                   c == SATS_UTF8_BROKEN ? (guint)(guchar)*text : c);
        else if (c >= 0xA0 && commands_a_terminal(c))
            g_string_append_printf(out, "\\u{%04X}", c);
        else
            g_string_append_len(out, text, next - text);
        text = next;
    }
    return g_string_free(out, FALSE);
}

static int read_digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + g_ascii_digit_value(text[i]);
    }
    return value;
}

gboolean sats_date_parse(const char *text, int *out_year, int *out_month, int *out_day) {
    if (text == NULL || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return FALSE;
    int year = read_digits(text, 4);
    int month = read_digits(text + 5, 2);
    int day = read_digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    if (out_year != NULL)
        *out_year = year;
    if (out_month != NULL)
        *out_month = month;
    if (out_day != NULL)
        *out_day = day;
    return TRUE;
}
