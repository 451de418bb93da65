/* Years out of texts: "Budget 2024", "2024–2026", "2024-26". */
#include "check/years.h"

#define FIRST_YEAR SATS_FIRST_YEAR
#define LAST_YEAR  SATS_LAST_YEAR

static void add_years(SatsYears *years, guint from, guint to) {
    for (guint year = from; year <= to; year++)
        years->named[year - FIRST_YEAR] = 1;
    if (years->first == 0 || from < years->first)
        years->first = from;
    years->last = MAX(years->last, to);
}

/* A number of `digits` digits that stands alone; 0: none. */
static guint digits_at(const char *at, guint digits) {
    guint value = 0;
    for (guint i = 0; i < digits; i++) {
        if (!g_ascii_isdigit(at[i]))
            return 0;
        value = value * 10 + (guint)(at[i] - '0');
    }
    return g_ascii_isdigit(at[digits]) ? 0 : value;
}

static guint year_at(const char *at) {
    guint year = digits_at(at, 4);
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* Past the line of a range ("-", "–" …, with spaces about it), or NULL. */
static const char *after_line(const char *at) {
    static const gunichar lines[] = {'-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212};
    while (*at == ' ' || g_str_has_prefix(at, "\xc2\xa0"))
        at += *at == ' ' ? 1 : 2;
    gunichar c = g_utf8_get_char(at);
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        if (c == lines[i]) {
            at = g_utf8_next_char(at);
            while (*at == ' ' || g_str_has_prefix(at, "\xc2\xa0"))
                at += *at == ' ' ? 1 : 2;
            return at;
        }
    return NULL;
}

/* "2020–2022" and "2020-22" are three years. "2020-08" is August, not eight years back. */
static guint end_of_range(const char *at, guint from, const char **out_after) {
    const char *end = after_line(at);
    guint year = end ? year_at(end) : 0, digits = 4;
    if (end && year == 0) {
        year = from - from % 100 + digits_at(end, 2);
        digits = 2;
    }
    if (!end || year <= from || year > LAST_YEAR ||
        (digits == 2 && year - from % 100 - from == 0) || (digits == 2 && year % 100 <= 12))
        return from;
    *out_after = end + digits;
    return year;
}

void sats_years_read(const char *text, SatsYears *years) {
    gboolean in_word = FALSE;
    for (const char *p = text; *p;) {
        guint from = in_word ? 0 : year_at(p);
        if (from == 0) {
            in_word = g_unichar_isalnum(g_utf8_get_char(p));
            p = g_utf8_next_char(p);
            continue;
        }
        p += 4;
        add_years(years, from, end_of_range(p, from, &p));
        in_word = TRUE;
    }
}
