/* Times as plans write them. */
#include "base/when.h"

#include <string.h>

static const char *const month_names[12] = {"januari",   "februari", "mars",     "april",
                                            "maj",       "juni",     "juli",     "augusti",
                                            "september", "oktober",  "november", "december"};

static gboolean number_at(const char **at, guint digits, int *out) {
    int value = 0;
    for (guint i = 0; i < digits; i++) {
        if (!g_ascii_isdigit((*at)[i]))
            return FALSE;
        value = value * 10 + ((*at)[i] - '0');
    }
    if (g_ascii_isdigit((*at)[digits]))
        return FALSE;
    *at += digits;
    *out = value;
    return TRUE;
}

static void skip(const char **at, const char *characters) {
    *at += strspn(*at, characters);
}

/* "Q3", "kv 3", "kvartal 3". */
static gboolean quarter_at(const char **at, int *out) {
    static const char *const words[] = {"kvartal", "kv", "q", "k"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize n = strlen(words[i]);
        if (g_ascii_strncasecmp(*at, words[i], n) != 0)
            continue;
        const char *next = *at + n;
        skip(&next, ". ");
        if (!number_at(&next, 1, out) || *out < 1 || *out > 4)
            return FALSE;
        *at = next;
        return TRUE;
    }
    return FALSE;
}

/* A month's name, or its first three letters or more. */
static gboolean month_at(const char **at, int *out) {
    gsize n = 0;
    while (g_ascii_isalpha((*at)[n]))
        n++;
    for (int i = 0; n >= 3 && i < 12; i++) {
        if (n <= strlen(month_names[i]) && g_ascii_strncasecmp(*at, month_names[i], n) == 0) {
            *at += n;
            skip(at, ".");
            *out = i + 1;
            return TRUE;
        }
    }
    return FALSE;
}

/* A year of four digits, or of two after a quarter ("Q3-23"). */
static gboolean year_at(const char **at, gboolean short_too, int *out) {
    if (number_at(at, 4, out))
        return TRUE;
    if (!short_too || !number_at(at, 2, out))
        return FALSE;
    *out += 2000;
    return TRUE;
}

static int days_in(int year, int month) {
    return g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

/* What follows a year: a quarter, or a month and a day. */
static gboolean parse_after_year(const char **at, SatsWhen *time) {
    skip(at, "- ");
    if (**at == '\0')
        return TRUE;
    if (quarter_at(at, &time->quarter))
        return TRUE;
    if (!number_at(at, 2, &time->month) || time->month < 1 || time->month > 12)
        return FALSE;
    if (**at != '-')
        return TRUE;
    (*at)++;
    return number_at(at, 2, &time->day) && time->day >= 1 &&
           time->day <= days_in(time->year, time->month);
}

gboolean sats_when_parse(const char *text, SatsWhen *time) {
    const char *at = text;
    memset(time, 0, sizeof *time);
    skip(&at, " ");
    if (number_at(&at, 4, &time->year)) {
        if (time->year < 1 || !parse_after_year(&at, time))
            return FALSE;
    } else {
        gboolean day = number_at(&at, 2, &time->day) || number_at(&at, 1, &time->day);
        skip(&at, " ");
        gboolean quarter = !day && quarter_at(&at, &time->quarter);
        if (!quarter && !month_at(&at, &time->month))
            return FALSE;
        skip(&at, "- ,");
        if (!year_at(&at, quarter, &time->year) || time->year < 1)
            return FALSE;
        if (day && (time->day < 1 || time->day > days_in(time->year, time->month)))
            return FALSE;
    }
    skip(&at, " ");
    return *at == '\0';
}

double sats_when_months(const SatsWhen *when, gboolean end) {
    int month = when->month > 0 ? when->month - 1 : when->quarter > 0 ? (when->quarter - 1) * 3 : 0;
    double months = (double)(when->year * 12 + month);
    if (when->day > 0)
        months += (double)(when->day - (end ? 0 : 1)) / days_in(when->year, when->month);
    else if (end)
        months += when->month > 0 ? 1.0 : when->quarter > 0 ? 3.0 : 12.0;
    return months;
}
