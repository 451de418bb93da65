/* template/misread.c: what was meant by numbers and dates that are not read as meant. */
#include "template/misread.h"

#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

/* Bytes of the dash that the text begins with; 0 none. "-" and U+2212 are minus signs. */
static gsize dash(const char *text) {
    gunichar c = *text == '\0' ? 0 : g_utf8_get_char(text);
    return c >= 0x2010 && c <= 0x2015 ? 3 : 0;
}

static gsize sign(const char *text) {
    gsize length = dash(text);
    if (length == 0 && (*text == '-' || *text == '+'))
        return 1;
    return length == 0 && g_str_has_prefix(text, "\xE2\x88\x92") ? 3 : length;
}

gboolean sats_misread_thousands(const char *text) {
    text += sign(text);
    gsize whole = strspn(text, "0123456789");
    const char *decimals = text + whole + 1;
    return whole >= 1 && whole <= 3 && *text != '0' && text[whole] == '.' &&
           strspn(decimals, "0123456789") == 3 && decimals[2] == '0' && decimals[3] == '\0';
}

/* A point before each group of three digits, and at least one. */
static gboolean has_point_groups(const char *text) {
    gsize digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 3 || text[digits] != '.')
        return FALSE;
    text += digits;
    while (*text == '.') {
        if (strspn(text + 1, "0123456789") != 3)
            return FALSE;
        text += 4;
    }
    return *text == '\0' || *text == ',';
}

/* As sats_misread_number(), of one that is read, too. */
static char *rewrite(const char *text) {
    gsize begin = sign(text);
    GString *out = g_string_new(dash(text) > 0 ? "-" : NULL);
    if (dash(text) == 0)
        g_string_append_len(out, text, (gssize)begin);
    text += begin;
    while (begin > 0 && *text == ' ')
        text++;
    gboolean groups = has_point_groups(text);
    for (; *text != '\0'; text++)
        if (!groups || *text != '.')
            g_string_append_c(out, *text);
    return g_string_free(out, FALSE);
}

char *sats_misread_emphasised(const char *text) {
    gsize stars = strspn(text, "*"), end = strlen(text);
    while (end > 0 && (text[end - 1] == '}' || text[end - 1] == ' ')) {
        gboolean call = text[--end] == '}';
        while (call && end > 0 && text[end] != '{')
            end--;
    }
    if (stars == 0 || stars > 3 || end <= 2 * stars ||
        strncmp(text + end - stars, "***", stars) != 0)
        return NULL;
    return g_strndup(text + stars, end - 2 * stars);
}

char *sats_misread_number(const char *text) {
    SatsDecimal number;
    g_autofree char *inner = sats_misread_emphasised(text);
    if (inner != NULL && sats_decimal_parse(inner, strlen(inner), &number))
        return g_steal_pointer(&inner);
    g_autofree char *meant = rewrite(text);
    if (sats_decimal_parse(text, strlen(text), &number) ||
        !sats_decimal_parse(meant, strlen(meant), &number))
        return NULL;
    return g_steal_pointer(&meant);
}

gboolean sats_misread_begins_with_number(const char *text) {
    SatsDecimal number;
    const char *first = text + strspn(text, "*");
    gboolean digit = g_ascii_isdigit(first[sign(first)]);
    return digit && !sats_decimal_parse(text, strlen(text), &number);
}

gboolean sats_misread_hint_number(SatsReport *report, const char *text) {
    g_autofree char *meant = sats_misread_number(text);
    gboolean unit = sats_misread_begins_with_number(text);
    if (meant != NULL && dash(text) > 0)
        sats_report_hint(report, "a minus is written with a hyphen: %s",
                         "minus skrivs med bindestreck: %s", meant);
    else if (meant != NULL)
        sats_report_hint(report, "write %s", "skriv %s", meant);
    else if (unit)
        sats_report_hint(report, "write the number alone, without words or a unit after it",
                         "skriv talet ensamt, utan ord eller enhet efter");
    return meant != NULL || unit;
}

gboolean sats_misread_hint_date(SatsReport *report, const char *text) {
    static const guint starts[] = {0, 5, 8};
    guint parts[3];
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return FALSE;
    for (guint i = 0; i < 3; i++) {
        gsize length = i == 0 ? 4 : 2;
        if (strspn(text + starts[i], "0123456789") != length)
            return FALSE;
        parts[i] = (guint)g_ascii_strtoull(text + starts[i], NULL, 10);
    }
    gboolean month = parts[1] >= 1 && parts[1] <= 12;
    if (parts[0] == 0)
        return FALSE;
    if (month)
        sats_report_hint(report, "%.7s has %u days", "%.7s har %u dagar", text,
                         g_date_get_days_in_month((GDateMonth)parts[1], (GDateYear)parts[0]));
    else
        sats_report_hint(report, "the months are 01 to 12: year-month-day",
                         "månaderna är 01 till 12: år-månad-dag");
    return TRUE;
}
