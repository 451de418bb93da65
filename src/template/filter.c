/* The filters: their table, and those on numbers, dates and text. Lists are in filter-list.c. */
#include "template/filter.h"

#include <string.h>

#include "base/utf8.h"
#include "template/brackets.h"
#include "template/filter-parts.h"
#include "template/misread.h"

#define NBSP "\xc2\xa0"

/* ---- helpers ---- */

gboolean sats_text_is_placeholder(const char *text) {
    while (g_ascii_isspace(*text))
        text++;
    gsize length = strlen(text);
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    if (length <= 2 || length > G_MAXUINT32 / 4 || text[0] != '[' ||
        memchr(text + 1, '[', length - 1))
        return FALSE;
    gint64 budget = sats_bracket_budget(length);
    SatsBracket bracket = sats_bracket_read(text, 0, (guint32)length, &budget);
    return bracket.kind == SATS_BRACKET_PLACEHOLDER && bracket.end == length;
}

gsize sats_text_reference(const char *text, gsize length, SatsTextReference *out) {
    static const char *const OPENINGS[] = {"{{ref ", "{{sidref "};
    for (guint i = 0; i < G_N_ELEMENTS(OPENINGS); i++) {
        gsize start = strlen(OPENINGS[i]);
        if (length <= start || strncmp(text, OPENINGS[i], start) != 0)
            continue;
        while (start < length && text[start] == ' ')
            start++;
        gsize end = start;
        while (end < length && !g_ascii_isspace(text[end]) && text[end] != '{' && text[end] != '}')
            end++;
        gsize close = end;
        while (close < length && text[close] == ' ')
            close++;
        if (end == start || close + 2 > length || text[close] != '}' || text[close + 1] != '}')
            return 0;
        *out = (SatsTextReference){.id = text + start, .id_length = end - start, .page = i == 1};
        return close + 2;
    }
    return 0;
}

gboolean sats_number_with_note(const char *text, SatsArena *arena, SatsDecimal *out_number,
                               const char **out_note) {
    gsize length = strlen(text), end = length;
    while (end > 0 && (text[end - 1] == '}' || text[end - 1] == ' ')) {
        if (text[end - 1] == ' ') {
            end--;
            continue;
        }
        gsize open = end;
        while (open > 0 && text[open - 1] != '{')
            open--;
        if (open == 0)
            return FALSE;
        end = open - 1;
    }
    gsize from = end;
    while (from < length && text[from] == ' ')
        from++;
    if (!sats_decimal_parse(text, end, out_number))
        return FALSE;
    *out_note = from < length ? sats_arena_strndup(arena, text + from, length - from) : NULL;
    return TRUE;
}

gboolean sats_number_of_cell(const char *text, SatsArena *arena, SatsDecimal *out_number) {
    const char *note;
    g_autofree char *inner = sats_misread_emphasised(text);
    return sats_number_with_note(inner != NULL ? inner : text, arena, out_number, &note);
}

void sats_filter_finding(const SatsFilterContext *context, const SatsResult *result,
                         const char *english, const char *swedish) {
    if (!context->report)
        return;
    SatsPlace place = result->value ? result->value->place : sats_spot_place(context->fallback);
    sats_report_add(context->report, SATS_ERROR, "filter-value", &place,
                    "%s%.0s, and '%s' is not (filter '%s')",
                    "%.0s%s, och det är inte '%s' (filtret '%s')", english, swedish,
                    sats_result_text(result, context->arena), context->call->filter->name);
}

static void set_text(SatsResult *result, const char *text) {
    result->kind = SATS_RESULT_TEXT;
    result->text = text;
    result->computed = TRUE;
}

const char *sats_result_text(const SatsResult *result, SatsArena *arena) {
    if (result->kind == SATS_RESULT_TEXT)
        return result->text;
    if (result->kind == SATS_RESULT_LIST)
        return sats_filter_join(result, arena, ", ", " och ", FALSE);
    if (result->kind != SATS_RESULT_NUMBER)
        return "";
    g_autofree char *number = sats_decimal_format(result->number, &result->format);
    return sats_arena_printf(arena, "%s%s%s", number, result->suffix ? result->suffix : "",
                             result->note ? result->note : "");
}

gboolean sats_result_number(const SatsResult *result, SatsDecimal *out) {
    if (result->kind == SATS_RESULT_NUMBER) {
        *out = result->number;
        return TRUE;
    }
    return result->kind == SATS_RESULT_TEXT && !result->placeholder &&
           sats_decimal_parse(result->text, strlen(result->text), out);
}

static gboolean needs_escape(const char *text, const char *p, gboolean line_start) {
    if (strchr("\\`*_[]~^{}<>|&", *p))
        return TRUE;
    if (line_start && strchr("#+-=", *p))
        return TRUE;
    if ((*p == '.' || *p == ')') && p > text) { /* "1." and "a)" begin lists */
        const char *from = p;
        while (from > text && g_ascii_isalnum(from[-1]))
            from--;
        return from < p && (from == text || from[-1] == '\n') && (p[1] == ' ' || p[1] == '\0');
    }
    return FALSE;
}

const char *sats_markdown_escape(const char *text, SatsArena *arena) {
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean line_start = TRUE;
    for (const char *p = text; *p; p++) {
        if (needs_escape(text, p, line_start))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
        line_start = *p == '\n' || (line_start && *p == ' ');
    }
    return sats_arena_strndup(arena, out->str, out->len);
}

/* ---- numbers ---- */

static const char *argument(const SatsFilterContext *context) {
    return context->call->n_arguments ? context->call->arguments[0] : NULL;
}

/* Rounds to the decimals the argument says; no argument leaves the number as written. */
static void round_to_argument(const SatsFilterContext *context, SatsResult *result) {
    SatsDecimal decimals;
    const char *text = argument(context);
    if (!text || !sats_decimal_parse(text, strlen(text), &decimals))
        return;
    decimals = sats_decimal_round(decimals, 0);
    result->number =
        sats_decimal_round(result->number, (guint8)CLAMP(decimals.digits, (gint64)0, (gint64)9));
}

static gboolean apply_as_written(const SatsFilterContext *context, SatsResult *result) {
    (void)context;
    (void)result;
    return TRUE;
}

static gboolean apply_whole(const SatsFilterContext *context, SatsResult *result) {
    (void)context;
    result->number = sats_decimal_round(result->number, 0);
    return TRUE;
}

static gboolean apply_decimals(const SatsFilterContext *context, SatsResult *result) {
    round_to_argument(context, result);
    return TRUE;
}

static gboolean apply_sign(const SatsFilterContext *context, SatsResult *result) {
    (void)context;
    result->format.plus = TRUE;
    return TRUE;
}

/* A unit after the number: the suffix is the filter's name, but for percent. */
static gboolean apply_unit(const SatsFilterContext *context, SatsResult *result) {
    const char *name = context->call->filter->name;
    round_to_argument(context, result);
    result->suffix = strcmp(name, "procent") == 0
                         ? NBSP "%"
                         : sats_arena_printf(context->arena, NBSP "%s", name);
    return TRUE;
}

SatsDecimal sats_filter_trim(SatsDecimal number) {
    while (number.scale > 0 && number.digits % 10 == 0) {
        number.digits /= 10;
        number.scale--;
    }
    return number;
}

static gboolean apply_divide(const SatsFilterContext *context, SatsResult *result) {
    SatsDecimal by;
    const char *text = argument(context);
    if (!sats_decimal_parse(text, strlen(text), &by) || by.digits == 0)
        return TRUE;
    for (guint8 scale = 9;; scale--) { /* as exact as 18 digits allow */
        if (sats_decimal_divide(result->number, by, scale, &result->number))
            break;
        if (scale == 0) {
            sats_filter_finding(context, result, "the quotient must fit in 18 digits",
                                "kvoten måste rymmas i 18 siffror");
            return FALSE;
        }
    }
    result->number = sats_filter_trim(result->number);
    return TRUE;
}

static gboolean apply_multiply(const SatsFilterContext *context, SatsResult *result) {
    SatsDecimal by, product;
    const char *text = argument(context);
    if (!sats_decimal_parse(text, strlen(text), &by))
        return TRUE;
    if (!sats_decimal_multiply(result->number, by, &product)) {
        sats_filter_finding(context, result, "the product must fit in 18 digits",
                            "produkten måste rymmas i 18 siffror");
        return FALSE;
    }
    result->number = sats_filter_trim(product);
    return TRUE;
}

static gboolean apply_in_words(const SatsFilterContext *context, SatsResult *result) {
    static const char *const words[] = {"noll", "ett",  "två", "tre", "fyra", "fem", "sex",
                                        "sju",  "åtta", "nio", "tio", "elva", "tolv"};
    if (result->note || sats_decimal_round(result->number, 0).digits < 0)
        return TRUE;
    SatsDecimal whole = sats_filter_trim(result->number);
    if (whole.scale > 0 || whole.digits >= (gint64)G_N_ELEMENTS(words))
        return TRUE;
    const char *one = argument(context);
    set_text(result, whole.digits == 1 && one ? one : words[whole.digits]);
    return TRUE;
}

/* ---- dates ---- */

static const char *const months[] = {"januari",   "februari", "mars",     "april",
                                     "maj",       "juni",     "juli",     "augusti",
                                     "september", "oktober",  "november", "december"};

static gboolean date_of(const SatsFilterContext *context, const SatsResult *result, int *year,
                        int *month, int *day) {
    if (sats_date_parse(result->text, year, month, day))
        return TRUE;
    sats_filter_finding(context, result, "a date is written 2024-12-31",
                        "ett datum skrivs 2024-12-31");
    return FALSE;
}

static gboolean apply_date(const SatsFilterContext *context, SatsResult *result) {
    int year, month, day;
    return date_of(context, result, &year, &month, &day);
}

static gboolean apply_long_date(const SatsFilterContext *context, SatsResult *result) {
    int year, month, day;
    if (!date_of(context, result, &year, &month, &day))
        return FALSE;
    set_text(result, sats_arena_printf(context->arena, "%d" NBSP "%s" NBSP "%d", day,
                                       months[month - 1], year));
    return TRUE;
}

static gboolean apply_month(const SatsFilterContext *context, SatsResult *result) {
    int year, month, day;
    if (!date_of(context, result, &year, &month, &day))
        return FALSE;
    set_text(result, sats_arena_printf(context->arena, "%s" NBSP "%d", months[month - 1], year));
    return TRUE;
}

/* Of a date its year; of a number the number without thousands' spaces. */
static gboolean apply_year(const SatsFilterContext *context, SatsResult *result) {
    int year, month, day;
    if (result->kind == SATS_RESULT_NUMBER) {
        result->format.no_groups = TRUE;
        return TRUE;
    }
    if (result->kind != SATS_RESULT_TEXT)
        return TRUE;
    SatsDecimal number;
    if (sats_result_number(result, &number))
        return TRUE;
    if (!date_of(context, result, &year, &month, &day))
        return FALSE;
    set_text(result, sats_arena_printf(context->arena, "%d", year));
    return TRUE;
}

/* ---- text ---- */

/* Changes the case of everything but the targets of links. */
static gboolean change_case(const SatsFilterContext *context, SatsResult *result,
                            char *(*change)(const gchar *, gssize)) {
    g_autoptr(GString) out = g_string_new(NULL);
    const char *p = result->text;
    while (*p) {
        const char *target = result->markdown ? strstr(p, "](") : NULL;
        const char *end = target ? strchr(target, ')') : NULL;
        gssize n = end ? target - p : (gssize)strlen(p);
        g_autofree char *changed = change(p, n);
        g_string_append(out, changed);
        if (!end)
            break;
        g_string_append_len(out, target, end + 1 - target);
        p = end + 1;
    }
    set_text(result, sats_arena_strndup(context->arena, out->str, out->len));
    return TRUE;
}

static gboolean apply_upper(const SatsFilterContext *context, SatsResult *result) {
    return change_case(context, result, g_utf8_strup);
}

static gboolean apply_lower(const SatsFilterContext *context, SatsResult *result) {
    return change_case(context, result, g_utf8_strdown);
}

static gboolean apply_capital(const SatsFilterContext *context, SatsResult *result) {
    const char *p = result->text;
    while (*p && !g_unichar_isalnum(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    if (!*p)
        return TRUE;
    char letter[7] = {0};
    g_unichar_to_utf8(g_unichar_totitle(g_utf8_get_char(p)), letter);
    set_text(result, sats_arena_printf(context->arena, "%.*s%s%s", (int)(p - result->text),
                                       result->text, letter, g_utf8_next_char(p)));
    return TRUE;
}

static gboolean apply_unbroken(const SatsFilterContext *context, SatsResult *result) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = result->text; *p; p++)
        if (*p == ' ')
            g_string_append(out, NBSP);
        else
            g_string_append_c(out, *p);
    set_text(result, sats_arena_strndup(context->arena, out->str, out->len));
    return TRUE;
}

/* ---- anything ---- */

static gboolean is_empty(const SatsResult *result) {
    return result->kind == SATS_RESULT_EMPTY ||
           (result->kind == SATS_RESULT_TEXT && *result->text == '\0') ||
           (result->kind == SATS_RESULT_LIST && result->n_items == 0);
}

static gboolean apply_or(const SatsFilterContext *context, SatsResult *result) {
    if (!is_empty(result))
        return TRUE;
    set_text(result, argument(context));
    result->markdown = TRUE;
    result->placeholder = sats_text_is_placeholder(result->text);
    return TRUE;
}

static gboolean apply_dash(const SatsFilterContext *context, SatsResult *result) {
    (void)context;
    if (!is_empty(result))
        return TRUE;
    set_text(result, "–");
    result->words = TRUE;
    return TRUE;
}

/* Text before or after what is not empty. */
static gboolean apply_around(const SatsFilterContext *context, SatsResult *result) {
    if (is_empty(result))
        return TRUE;
    const char *name = context->call->filter->name,
               *text = sats_result_text(result, context->arena);
    const char *before = strcmp(name, "före") == 0 ? argument(context) : "";
    const char *after = strcmp(name, "efter") == 0 ? argument(context) : "";
    if (strcmp(name, "mellanslag") == 0)
        after = " ";
    set_text(result, sats_arena_printf(context->arena, "%s%s%s", before, text, after));
    return TRUE;
}

/* ---- the table ---- */

#define N SATS_FILTER_NUMBER
#define T SATS_FILTER_TEXT
#define L SATS_FILTER_LIST
#define A SATS_FILTER_ANY

static const SatsFilter filters[] = {
    {"tal", 0, 0, FALSE, N, N, "talet som det är skrivet", "1880,5 → 1 880,5", apply_as_written},
    {"heltal", 0, 0, FALSE, N, N, "avrundat till heltal", "1880,5 → 1 881", apply_whole},
    {"decimal", 1, 1, TRUE, N, N, "avrundat till så många decimaler", "decimal:2: 3,1 → 3,10",
     apply_decimals},
    {"tecken", 0, 0, FALSE, N, N, "med plustecken framför positiva tal", "3,3 → +3,3", apply_sign},
    {"procent", 0, 1, TRUE, N, N, "med procenttecken; argument: decimaler", "5,4 → 5,4 %",
     apply_unit},
    {"kr", 0, 1, TRUE, N, N, "med enheten kr; argument: decimaler", "250 → 250 kr", apply_unit},
    {"tkr", 0, 1, TRUE, N, N, "med enheten tkr; argument: decimaler", "250 → 250 tkr", apply_unit},
    {"mnkr", 0, 1, TRUE, N, N, "med enheten mnkr; argument: decimaler", "mnkr:1: 2,65 → 2,7 mnkr",
     apply_unit},
    {"mdkr", 0, 1, TRUE, N, N, "med enheten mdkr; argument: decimaler", "1,2 → 1,2 mdkr",
     apply_unit},
    {"omvand", 1, 1, TRUE, N, N, "dividerat med argumentet", "omvand:1000: 12500 → 12,5",
     apply_divide},
    {"gånger", 1, 1, TRUE, N, N, "multiplicerat med argumentet", "gånger:100: 0,05 → 5",
     apply_multiply},
    {"ord", 0, 1, FALSE, N, A, "noll till tolv i ord; argument: ordet för 1", "ord:en: 1 → en",
     apply_in_words},
    {"summa", 0, 1, FALSE, L, N, "summan av talen; argument: postens nyckel", "[1, 2] → 3",
     sats_filter_sum},
    {"antal", 0, 0, FALSE, L, N, "hur många posterna är", "[a, b] → 2", sats_filter_count_items},
    {"min", 0, 1, FALSE, L, N, "det minsta talet; argument: postens nyckel", "[1, 2] → 1",
     sats_filter_least},
    {"max", 0, 1, FALSE, L, N, "det största talet; argument: postens nyckel", "[1, 2] → 2",
     sats_filter_greatest},
    {"medel", 0, 1, FALSE, L, N, "medelvärdet; argument: postens nyckel", "[1, 2] → 1,5",
     sats_filter_mean},
    {"lista", 0, 1, FALSE, L, T, "en uppräkning; argument: bindeordet", "[a, b, c] → a, b och c",
     sats_filter_enumerate},
    {"rader", 0, 0, FALSE, L, T, "en rad för varje post", "[a, b] → a / b", sats_filter_lines},
    {"första", 0, 1, FALSE, L, A, "den första posten; argument: dess nyckel", "[a, b] → a",
     sats_filter_first},
    {"sista", 0, 1, FALSE, L, A, "den sista posten; argument: dess nyckel", "[a, b] → b",
     sats_filter_last},
    {"datum", 0, 0, FALSE, T, T, "datum, prövat", "2024-01-01 → 2024-01-01", apply_date},
    {"långt-datum", 0, 0, FALSE, T, T, "datum med månaden i ord", "2024-01-01 → 1 januari 2024",
     apply_long_date},
    {"månad", 0, 0, FALSE, T, T, "månad och år", "2024-01-01 → januari 2024", apply_month},
    {"år", 0, 0, FALSE, A, A, "året ur ett datum; ett tal utan mellanrum", "2024-01-01 → 2024",
     apply_year},
    {"versal", 0, 0, FALSE, T, T, "versaler", "plan → PLAN", apply_upper},
    {"gemen", 0, 0, FALSE, T, T, "gemener", "Plan → plan", apply_lower},
    {"inledande", 0, 0, FALSE, T, T, "första bokstaven versal", "plan → Plan", apply_capital},
    {"obrutet", 0, 0, FALSE, T, T, "mellanslagen bryts inte", "FD 12 → FD 12", apply_unbroken},
    {"eller", 1, 1, FALSE, A, A, "argumentet i stället för tomt", "eller:inget: tomt → inget",
     apply_or},
    {"streck", 0, 0, FALSE, A, A, "tankstreck i stället för tomt", "tomt → –", apply_dash},
    {"före", 1, 1, FALSE, A, T, "argumentet framför det som inte är tomt", "före:'nr ': 3 → nr 3",
     apply_around},
    {"efter", 1, 1, FALSE, A, T, "argumentet efter det som inte är tomt", "efter:' st': 3 → 3 st",
     apply_around},
    {"mellanslag", 0, 0, FALSE, A, T, "mellanslag efter det som inte är tomt", "a → \"a \"",
     apply_around},
};

#undef N
#undef T
#undef L
#undef A

guint sats_filter_count(void) {
    return G_N_ELEMENTS(filters);
}

const SatsFilter *sats_filter_at(guint index) {
    return &filters[index];
}

const SatsFilter *sats_filter_lookup(const char *name) {
    for (guint i = 0; i < G_N_ELEMENTS(filters); i++)
        if (strcmp(filters[i].name, name) == 0)
            return &filters[i];
    return NULL;
}

/* ---- running ---- */

static gboolean apply_to_number(const SatsFilterContext *context, SatsResult *result) {
    if (result->kind == SATS_RESULT_TEXT) {
        if (result->words)
            return TRUE;
        SatsDecimal number;
        if (!sats_result_number(result, &number)) {
            sats_filter_finding(context, result, "a number is needed here", "här behövs ett tal");
            return FALSE;
        }
        result->kind = SATS_RESULT_NUMBER;
        result->number = number;
        result->format = (SatsDecimalFormat){.decimals = -1};
        result->computed = TRUE;
    }
    return context->call->filter->apply(context, result);
}

static gboolean apply_to_text(const SatsFilterContext *context, SatsResult *result) {
    if (result->kind == SATS_RESULT_NUMBER)
        set_text(result, sats_result_text(result, context->arena));
    return context->call->filter->apply(context, result);
}

static gboolean apply_to_items(const SatsFilterContext *context, SatsResult *result) {
    SatsResult *items =
        sats_arena_memdup(context->arena, result->items, sizeof *items * result->n_items);
    gboolean ok = TRUE;
    for (guint i = 0; i < result->n_items; i++)
        ok = sats_filter_apply(context, &items[i]) && ok;
    result->items = items;
    result->computed = TRUE;
    return ok;
}

gboolean sats_filter_apply(const SatsFilterContext *context, SatsResult *in_out) {
    const SatsFilter *filter = context->call->filter;
    if (filter->input == SATS_FILTER_LIST)
        return filter->apply(context, in_out);
    if (filter->input == SATS_FILTER_ANY && in_out->kind != SATS_RESULT_LIST)
        return in_out->placeholder ? TRUE : filter->apply(context, in_out);
    if (in_out->kind == SATS_RESULT_LIST && in_out->n_items > 0)
        return apply_to_items(context, in_out);
    if (in_out->kind == SATS_RESULT_EMPTY || in_out->placeholder ||
        in_out->kind == SATS_RESULT_LIST)
        return TRUE;
    if (in_out->kind == SATS_RESULT_MAP) {
        sats_filter_finding(context, in_out, "one value is needed here", "här behövs ett värde");
        return FALSE;
    }
    return filter->input == SATS_FILTER_NUMBER ? apply_to_number(context, in_out)
                                               : apply_to_text(context, in_out);
}
