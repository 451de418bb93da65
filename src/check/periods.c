/* Checks of time: what must come in order, and years that must agree. */
#include "check/run.h"

#include <string.h>

#include "base/when.h"

/* ---- order ---- */

typedef struct {
    const SatsResult *item;
    const char *text;
    gboolean time; /* else a number */
    SatsDecimal number;
    double months;
} Step;

/* FALSE: nothing that has an order: missing, or found elsewhere. A plain year is a number. */
static gboolean read_step(const SatsCheckRun *run, const SatsResult *item, Step *out) {
    SatsWhen when;
    *out = (Step){.item = item, .text = sats_check_key(run, item)};
    if (*out->text == '\0')
        return FALSE;
    if (sats_result_number(item, &out->number))
        return TRUE;
    out->time = sats_when_parse(out->text, &when);
    if (out->time)
        out->months = sats_when_months(&when, FALSE);
    return out->time;
}

static gboolean is_before(const Step *a, const Step *b) {
    return a->time ? a->months < b->months : sats_decimal_compare(a->number, b->number) < 0;
}

/* Two keys whose values may have changed places, or another row. */
static void hint_at_order(const SatsCheckRun *run, const SatsResult *last, const SatsResult *here) {
    if (run->check->message || !last->decl || !here->decl || !last->value)
        return;
    if (strcmp(last->decl->name, here->decl->name) != 0)
        sats_report_hint(run->report, "have '%s' and '%s' changed places?",
                         "har '%s' och '%s' bytt plats?", last->decl->name, here->decl->name);
    else if (last->value->place.line > 0)
        sats_report_hint(run->report, "the other '%s' stands in line %u",
                         "den andra '%s' står på rad %u", last->decl->name,
                         last->value->place.line);
}

void sats_check_order(const SatsCheckRun *run) {
    SatsResult result;
    const SatsResult *items;
    if (!sats_check_values(run, &run->check->left, &result))
        return;
    guint n = sats_check_items(&result, &items);
    Step last = {0}, step;
    for (guint i = 0; i < n; i++) {
        if (!read_step(run, &items[i], &step))
            continue;
        gboolean down = run->check->descending;
        const Step *early = down ? &step : &last, *late = down ? &last : &step;
        if (last.item && last.time == step.time && is_before(late, early)) {
            sats_check_found(run, sats_check_place(run, step.item, last.item),
                             sats_arena_printf(run->arena, "%s comes %s %s, which it should %s",
                                               step.text, down ? "after" : "before", last.text,
                                               down ? "precede" : "follow"),
                             sats_arena_printf(run->arena, "%s kommer %s %s, som det ska %s",
                                               step.text, down ? "efter" : "före", last.text,
                                               down ? "komma före" : "följa på"));
            hint_at_order(run, last.item, step.item);
        }
        last = step;
    }
}

/* ---- years ---- */

#define FIRST_YEAR 1900u
#define LAST_YEAR  2199u
#define N_YEARS    (LAST_YEAR - FIRST_YEAR + 1)

typedef struct {
    guint8 named[N_YEARS];
    guint first, last; /* 0: none */
} Years;

static void add_years(Years *years, guint from, guint to) {
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

static void read_years(const char *text, Years *years) {
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

static void years_of(const SatsCheckRun *run, const SatsResult *result, Years *years) {
    const SatsResult *items;
    guint n = sats_check_items(result, &items);
    memset(years, 0, sizeof *years);
    for (guint i = 0; i < n; i++)
        read_years(sats_check_key(run, &items[i]), years);
}

/* "2018–2020, 2022". */
static const char *list_of(const SatsCheckRun *run, const Years *years) {
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint from = years->first; from != 0 && from <= years->last; from++) {
        if (!years->named[from - FIRST_YEAR])
            continue;
        guint to = from;
        while (to < years->last && years->named[to + 1 - FIRST_YEAR])
            to++;
        g_string_append_printf(list, "%s%u", list->len ? ", " : "", from);
        if (to > from)
            g_string_append_printf(list, "–%u", to);
        from = to;
    }
    return sats_arena_strndup(run->arena, list->str, list->len);
}

static gboolean agree(const SatsCheckRun *run, const Years *title, const Years *columns) {
    for (guint year = title->first; year <= title->last; year++)
        if (title->named[year - FIRST_YEAR] && !columns->named[year - FIRST_YEAR])
            return FALSE;
    return !run->check->exact || (title->first == columns->first && title->last == columns->last);
}

void sats_check_period(const SatsCheckRun *run) {
    SatsResult left, right;
    if (!sats_check_values(run, &run->check->left, &left) ||
        !sats_check_values(run, &run->check->right, &right))
        return;
    Years title, columns;
    years_of(run, &left, &title);
    years_of(run, &right, &columns);
    if (title.first == 0 || columns.first == 0 || agree(run, &title, &columns))
        return;
    const char *a = list_of(run, &title), *b = list_of(run, &columns);
    sats_check_found(run, sats_check_place(run, &left, &right),
                     sats_arena_printf(run->arena, "the title says %s, the content %s", a, b),
                     sats_arena_printf(run->arena, "rubriken säger %s, innehållet %s", a, b));
}
