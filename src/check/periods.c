/* Checks of time: what must come in order, years that must agree, dates that lie in them. */
#include "check/run.h"

#include <string.h>

#include "base/when.h"
#include "check/years.h"

/* ---- order ---- */

typedef struct {
    const SatsResult *item;
    const char *text;
    gboolean time; /* else a number */
    SatsDecimal number;
    double months;
    guint first, last; /* years that a text names; 0 where they do not count */
} Step;

/* FALSE: nothing that has an order: missing, or found elsewhere. A plain year is a number. */
static gboolean read_step(const SatsCheckRun *run, const SatsResult *item, Step *out) {
    SatsWhen when;
    *out = (Step){.item = item, .text = sats_check_key(run, item)};
    if (*out->text == '\0')
        return FALSE;
    if (run->check->years) {
        SatsYears years = {0};
        sats_years_read(out->text, &years);
        out->first = years.first;
        out->last = years.last;
        return years.first != 0;
    }
    if (sats_result_number(item, &out->number))
        return TRUE;
    out->time = sats_when_parse(out->text, &when);
    if (out->time)
        out->months = sats_when_months(&when, FALSE);
    return out->time;
}

/* Years that overlap are as good as equal. */
static int compare(const Step *a, const Step *b) {
    if (a->first != 0)
        return (a->first > b->last) - (a->last < b->first);
    if (a->time)
        return (a->months > b->months) - (a->months < b->months);
    return sats_decimal_compare(a->number, b->number);
}

/* Two that are equal are in order, unless the check is strict. Heads of one year are not equal when
 * their words differ: "Utfall 2023", "Budget 2023". Which one of several years is a column's own,
 * nobody tells: "Budget 2025 (2024 års priser)". */
static gboolean may_be_equal(const SatsCheck *check, const Step *a, const Step *b) {
    if (!check->years)
        return !check->strict;
    gboolean several = a->first != a->last || b->first != b->last;
    return (several || !check->strict) && strcmp(a->text, b->text) != 0;
}

/* Two keys whose values may have changed places, or another row. */
static void hint_at_order(const SatsCheckRun *run, const SatsResult *last, const SatsResult *here) {
    if (run->check->message[0] || !last->decl || !here->decl || !last->value)
        return;
    if (strcmp(last->decl->name, here->decl->name) != 0)
        sats_report_hint(run->report, "have '%s' and '%s' changed places?",
                         "har '%s' och '%s' bytt plats?", last->decl->name, here->decl->name);
    else if (last->value->place.line > 0)
        sats_report_hint(run->report, "the other '%s' stands in line %u",
                         "den andra '%s' står på rad %u", last->decl->name,
                         last->value->place.line);
}

static void out_of_order(const SatsCheckRun *run, const Step *last, const Step *step,
                         gboolean equal) {
    gboolean down = run->check->descending;
    const char *en = down ? "comes after" : "comes before";
    const char *sv = down ? "efter" : "före";
    if (equal) {
        en = down ? "does not come before" : "does not come after";
        sv = down ? "inte före" : "inte efter";
    }
    sats_check_found(run, sats_check_place(run, step->item, last->item),
                     sats_arena_printf(run->arena, "%s %s %s, which it should %s", step->text, en,
                                       last->text, down ? "precede" : "follow"),
                     sats_arena_printf(run->arena, "%s kommer %s %s, som det ska %s", step->text,
                                       sv, last->text, down ? "komma före" : "följa på"));
    if (!equal)
        hint_at_order(run, last->item, step->item);
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
        gboolean comparable = last.item && last.time == step.time;
        int on = comparable ? compare(&step, &last) * (run->check->descending ? -1 : 1) : 1;
        if (on < 0 || (on == 0 && !may_be_equal(run->check, &last, &step)))
            out_of_order(run, &last, &step, on == 0);
        last = step;
    }
}

/* ---- years ---- */

static void years_of(const SatsCheckRun *run, const SatsResult *result, SatsYears *years) {
    const SatsResult *items;
    guint n = sats_check_items(result, &items);
    memset(years, 0, sizeof *years);
    for (guint i = 0; i < n; i++)
        sats_years_read(sats_check_key(run, &items[i]), years);
}

/* "2018–2020, 2022". */
static const char *list_of(const SatsCheckRun *run, const SatsYears *years) {
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint from = years->first; from != 0 && from <= years->last; from++) {
        if (!years->named[from - SATS_FIRST_YEAR])
            continue;
        guint to = from;
        while (to < years->last && years->named[to + 1 - SATS_FIRST_YEAR])
            to++;
        g_string_append_printf(list, "%s%u", list->len ? ", " : "", from);
        if (to > from)
            g_string_append_printf(list, "–%u", to);
        from = to;
    }
    return sats_arena_strndup(run->arena, list->str, list->len);
}

static gboolean agree(const SatsCheckRun *run, const SatsYears *title, const SatsYears *columns) {
    for (guint year = title->first; year <= title->last; year++)
        if (title->named[year - SATS_FIRST_YEAR] && !columns->named[year - SATS_FIRST_YEAR])
            return FALSE;
    return !run->check->exact || (title->first == columns->first && title->last == columns->last);
}

void sats_check_period(const SatsCheckRun *run) {
    SatsResult left, right;
    if (!sats_check_values(run, &run->check->left, &left) ||
        !sats_check_values(run, &run->check->right, &right))
        return;
    SatsYears title, columns;
    years_of(run, &left, &title);
    years_of(run, &right, &columns);
    if (title.first == 0 || columns.first == 0 || agree(run, &title, &columns))
        return;
    const char *a = list_of(run, &title), *b = list_of(run, &columns);
    sats_check_found(run, sats_check_place(run, &left, &right),
                     sats_arena_printf(run->arena, "the title says %s, the content %s", a, b),
                     sats_arena_printf(run->arena, "rubriken säger %s, innehållet %s", a, b));
}

/* ---- dates within years ---- */

/* In months since the year 0: from where to where a date may lie. */
typedef struct {
    double from, to;
    const char *words; /* NULL: no time is named */
} Span;

/* A single time that is finer than a year, "2027-04", is itself the span; else the years named. */
static Span read_span(const SatsCheckRun *run, const SatsResult *result) {
    SatsDecimal early = {0, 0}, late = {0, 0};
    SatsYears years;
    SatsWhen when;
    Span span = {0};
    const SatsResult *items;
    const char *text = sats_check_items(result, &items) == 1 ? sats_check_key(run, items) : "";
    if (sats_when_parse(text, &when)) {
        span = (Span){sats_when_months(&when, FALSE), sats_when_months(&when, TRUE), text};
    } else {
        years_of(run, result, &years);
        if (years.first != 0)
            span = (Span){12.0 * years.first, 12.0 * (years.last + 1), list_of(run, &years)};
    }
    sats_check_operand(run, &run->check->early, &early);
    sats_check_operand(run, &run->check->late, &late);
    span.from -= sats_decimal_to_double(early);
    span.to += sats_decimal_to_double(late);
    return span;
}

void sats_check_within(const SatsCheckRun *run) {
    SatsResult left, right;
    const SatsResult *items;
    SatsWhen when;
    if (!sats_check_values(run, &run->check->left, &left) ||
        !sats_check_values(run, &run->check->right, &right))
        return;
    Span span = read_span(run, &right);
    guint n = sats_check_items(&left, &items);
    for (guint i = 0; span.words && i < n; i++) {
        const char *date = sats_check_key(run, &items[i]);
        if (*date == '\0' || !sats_when_parse(date, &when))
            continue;
        double months = sats_when_months(&when, FALSE);
        if (months < span.from || months >= span.to)
            sats_check_found(
                run, sats_check_place(run, &items[i], &right),
                sats_arena_printf(run->arena, "%s does not lie in %s", date, span.words),
                sats_arena_printf(run->arena, "%s ligger inte i %s", date, span.words));
    }
}
