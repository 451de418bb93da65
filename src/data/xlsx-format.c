/* data/xlsx-format.c: number formats, and what a number shows in one.
 *
 * Numbers are rounded as decimal digits, never as binary fractions: the file has up to 17 digits of
 * a double, of which 15 are the number and the rest is noise; the format says how many of these
 * are shown. */
#include "data/xlsx-parts.h"

#include <string.h>

/* As the plan's numbers (base/decimal.h). */
enum { MAX_DECIMALS = 9, MAX_WHOLE_DIGITS = 18 };
enum { SIGNIFICANT = 15, GENERAL_DIGITS = 10, MAX_DIGITS = 40 };

/* ---- codes ---- */

const char *sats_cell_format_builtin(guint id) {
    static const char *const codes[] = {
        [1] = "0",           [2] = "0.00",        [3] = "#,##0",
        [4] = "#,##0.00",    [9] = "0%",          [10] = "0.00%",
        [14] = "yyyy-mm-dd", [15] = "d-mmm-yy",   [16] = "d-mmm",
        [17] = "mmm-yy",     [18] = "h:mm AM/PM", [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",       [21] = "h:mm:ss",    [22] = "yyyy-mm-dd h:mm",
        [37] = "#,##0",      [38] = "#,##0",      [39] = "#,##0.00",
        [40] = "#,##0.00",   [41] = "#,##0",      [42] = "#,##0",
        [43] = "#,##0.00",   [44] = "#,##0.00",   [45] = "mm:ss",
        [46] = "[h]:mm:ss",  [47] = "mm:ss.0",
    };
    /* Dates of the years of East Asian eras. */
    if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return "yyyy-mm-dd";
    return id < G_N_ELEMENTS(codes) && codes[id] != NULL ? codes[id] : "General";
}

/* What has been seen of a section. */
typedef struct {
    SatsFormatSection section;
    gboolean digits, point, month, general, condition;
    guint commas; /* since the last digit */
} Seen;

/* "[Red]", "[$-41D]", "[>=100]", "[h]": to behind the bracket. */
static const char *skip_bracket(const char *at, Seen *seen) {
    const char *end = strchr(at, ']');
    if (end == NULL)
        return at + strlen(at);
    gsize length = (gsize)(end - at) - 1;
    seen->condition |= at[1] == '<' || at[1] == '>' || at[1] == '=';
    if (length > 0 && strspn(at + 1, "hHmMsS") == length)
        seen->section.elapsed = seen->section.clock = TRUE;
    return end + 1;
}

static void see_letter(char letter, Seen *seen) {
    switch (g_ascii_tolower(letter)) {
    case 'y':
    case 'd':
        seen->section.date = TRUE;
        break;
    case 'h':
    case 's':
        seen->section.clock = TRUE;
        break;
    case 'm':
        seen->month = TRUE;
        break;
    case '0':
    case '#':
    case '?':
        seen->digits = TRUE;
        seen->commas = 0;
        if (seen->point && seen->section.most_decimals < MAX_DECIMALS)
            seen->section.most_decimals++;
        if (seen->point && letter != '#')
            seen->section.least_decimals = seen->section.most_decimals;
        break;
    case '.':
        seen->point = TRUE;
        break;
    case ',':
        seen->commas++;
        break;
    case '%':
        seen->section.shift = (gint8)MIN(seen->section.shift + 2, 8);
        break;
    case 'e':
    case '/':
    case '@':
        seen->general = TRUE;
        break;
    default:
        break;
    }
}

/* Up to the ";" that ends it, or the end. */
static const char *read_section(const char *at, Seen *seen) {
    while (*at != '\0' && *at != ';') {
        if (*at == '"') {
            const char *end = strchr(at + 1, '"');
            at = end == NULL ? at + strlen(at) : end + 1;
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] == '\0' ? 1 : 2;
        } else if (*at == '[') {
            at = skip_bracket(at, seen);
        } else if (g_ascii_strncasecmp(at, "general", 7) == 0) {
            seen->general = TRUE;
            at += 7;
        } else if (g_ascii_strncasecmp(at, "AM/PM", 5) == 0 ||
                   g_ascii_strncasecmp(at, "A/P", 3) == 0) {
            seen->section.clock = TRUE;
            at += at[1] == '/' ? 3 : 5;
        } else {
            see_letter(*at++, seen);
        }
    }
    return at;
}

/* Is a section for numbers that says how many decimals they have. */
static gboolean finish_section(Seen *seen) {
    SatsFormatSection *section = &seen->section;
    /* "mmm" alone is a month; beside hours or seconds, minutes. */
    section->date = section->date || (seen->month && !section->clock);
    section->shift = (gint8)(section->shift - 3 * (int)MIN(seen->commas, 6));
    if (section->date || section->clock)
        section->shows = SATS_SHOWS_TIME;
    else if (seen->general || !seen->digits)
        section->shows = SATS_SHOWS_GENERAL;
    return section->shows != SATS_SHOWS_GENERAL || seen->general;
}

SatsCellFormat sats_cell_format_read(const char *code) {
    SatsCellFormat format;
    gboolean condition = FALSE;
    const char *at = code;
    for (guint i = 0; i < G_N_ELEMENTS(format.sections); i++) {
        Seen seen = {0};
        gboolean told = FALSE;
        if (i == 0 || *at == ';') {
            at = read_section(i == 0 ? at : at + 1, &seen);
            told = finish_section(&seen);
            condition |= seen.condition;
        }
        /* What shows no digits (a dash for zero) tells nothing of them. */
        format.sections[i] = i == 0 || (told && !condition) ? seen.section : format.sections[0];
    }
    return format;
}

/* ---- digits ---- */

/* 0.d1d2d3… times 10^point; no digits: zero. */
typedef struct {
    gboolean negative;
    char digits[MAX_DIGITS + 1];
    int count, point;
} Number;

static void take_digit(Number *number, char digit) {
    if (number->count < MAX_DIGITS && (number->count > 0 || digit != '0'))
        number->digits[number->count++] = digit;
}

static gboolean read_exponent(const char *at, int *out) {
    gboolean negative = *at == '-';
    int exponent = 0;
    if (*at == '-' || *at == '+')
        at++;
    if (!g_ascii_isdigit(*at))
        return FALSE;
    for (; g_ascii_isdigit(*at); at++)
        exponent = MIN(exponent * 10 + (*at - '0'), 9999);
    *out = negative ? -exponent : exponent;
    return *at == '\0';
}

static gboolean read_number(const char *at, Number *out) {
    Number number = {0};
    gboolean any = FALSE;
    int exponent = 0;
    number.negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    for (; g_ascii_isdigit(*at); at++, any = TRUE) {
        take_digit(&number, *at);
        number.point = MIN(number.point + (number.count > 0), 9999);
    }
    if (*at == '.') {
        for (at++; g_ascii_isdigit(*at); at++, any = TRUE) {
            take_digit(&number, *at);
            number.point = MAX(number.point - (number.count == 0), -9999);
        }
    }
    if (any && (*at == 'e' || *at == 'E') && read_exponent(at + 1, &exponent))
        at = "";
    number.point = number.count > 0 ? number.point + exponent : 0;
    *out = number;
    return any && *at == '\0';
}

/* Keeps so many digits, rounded half away from zero, and no zeros at the end. */
static void keep_digits(Number *number, int keep) {
    gboolean up = keep >= 0 && keep < number->count && number->digits[keep] >= '5';
    number->count = CLAMP(keep, 0, number->count);
    while (up && number->count > 0 && number->digits[number->count - 1] == '9')
        number->count--;
    if (up && number->count > 0) {
        number->digits[number->count - 1]++;
    } else if (up) {
        number->digits[0] = '1';
        number->count = 1;
        number->point++;
    }
    while (number->count > 0 && number->digits[number->count - 1] == '0')
        number->count--;
    if (number->count == 0)
        number->point = 0;
}

static char digit_at(const Number *number, int index) {
    return index >= 0 && index < number->count ? number->digits[index] : '0';
}

static void append_number(GString *out, const Number *number, int least_decimals) {
    int decimals = MAX(number->count - number->point, least_decimals);
    if (number->negative && number->count > 0)
        g_string_append_c(out, '-');
    if (number->point <= 0)
        g_string_append_c(out, '0');
    for (int i = 0; i < number->point; i++)
        g_string_append_c(out, digit_at(number, i));
    for (int i = 0; i < decimals; i++) {
        if (i == 0)
            g_string_append_c(out, '.');
        g_string_append_c(out, digit_at(number, number->point + i));
    }
}

/* ---- days and times ---- */

enum { DAY_SECONDS = 86400, LAST_DAY = 2958465 };

/* Whole days, and the seconds of the day; FALSE for what is no time. */
static gboolean split_days(const Number *number, int *out_days, int *out_seconds) {
    if ((number->negative && number->count > 0) || number->point > 7)
        return FALSE;
    int days = 0;
    gint64 fraction = 0;
    for (int i = 0; i < number->point; i++)
        days = days * 10 + (digit_at(number, i) - '0');
    for (int i = 0; i < 12; i++)
        fraction = fraction * 10 + (digit_at(number, number->point + i) - '0');
    int seconds = (int)((fraction * DAY_SECONDS + 500000000000) / 1000000000000);
    *out_days = days + (seconds == DAY_SECONDS);
    *out_seconds = seconds % DAY_SECONDS;
    return *out_days <= LAST_DAY;
}

/* Excel's calendar has a 29 February 1900, day 60; days before it count from one day later. */
static gboolean append_date(GString *out, int days, gboolean date1904) {
    GDate date;
    g_date_clear(&date, 1);
    if (date1904)
        g_date_set_dmy(&date, 1, G_DATE_JANUARY, 1904);
    else
        g_date_set_dmy(&date, days < 60 ? 31 : 30, G_DATE_DECEMBER, 1899);
    if (!date1904 && (days == 0 || days == 60))
        return FALSE;
    g_date_add_days(&date, (guint)days);
    if (g_date_get_year(&date) > 9999)
        return FALSE;
    g_string_append_printf(out, "%04u-%02d-%02u", (guint)g_date_get_year(&date),
                           (int)g_date_get_month(&date), (guint)g_date_get_day(&date));
    return TRUE;
}

static gboolean append_time(GString *out, const Number *number, const SatsFormatSection *section,
                            gboolean date1904) {
    int days = 0, seconds = 0;
    if (!split_days(number, &days, &seconds) ||
        (section->date && !append_date(out, days, date1904)))
        return FALSE;
    if (!section->clock || (section->date && seconds == 0))
        return TRUE;
    int hours = seconds / 3600 + (section->elapsed ? days * 24 : 0);
    g_string_append_printf(out, "%s%02d:%02d", section->date ? " " : "", hours, seconds / 60 % 60);
    if (seconds % 60 != 0)
        g_string_append_printf(out, ":%02d", seconds % 60);
    return TRUE;
}

/* ---- the whole ---- */

gboolean sats_cell_format_apply(const SatsCellFormat *format, const char *text, gboolean date1904,
                                GString *out) {
    Number number;
    if (!read_number(text, &number))
        return FALSE;
    keep_digits(&number, SIGNIFICANT);
    const SatsFormatSection *section = &format->sections[number.count == 0 ? 2
                                                         : number.negative ? 1
                                                                           : 0];
    if (section->shows == SATS_SHOWS_TIME)
        return append_time(out, &number, section, date1904);
    gboolean general = section->shows == SATS_SHOWS_GENERAL;
    number.point += number.count > 0 && !general ? section->shift : 0;
    int decimals = general ? CLAMP(GENERAL_DIGITS - MAX(number.point, 1), 0, MAX_DECIMALS)
                           : section->most_decimals;
    keep_digits(&number, number.point + decimals);
    if (number.point > MAX_WHOLE_DIGITS - (general ? 0 : section->least_decimals))
        return FALSE;
    append_number(out, &number, general ? 0 : section->least_decimals);
    return TRUE;
}
